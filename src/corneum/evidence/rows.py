"""The rows of the evidence tables: numbers, rules, published measurements and sources."""

import math
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from corneum.units import check_name_fits_unit, unit

Read = Literal[
    "ABS",
    "ABS*",
    "FIG",
    "TAB",
    "PAGE",
    "INTRO",
    "REV",
    "SEC",
    "VEND",
    "SPUN",
    "DERIVED",
    "MEMORY",
    "ASSUMED",
    "CALIBRATED",
]
Grade = Literal["A", "B", "C", "D", "E"]
Shape = Literal["normal", "lognormal", "uniform", "fixed"]

READ_CODES: dict[str, str] = {
    "ABS": "abstract read at the publisher, PubMed or PMC",
    "ABS*": "abstract read on an aggregator",
    "FIG": "figure legend read",
    "TAB": "table read",
    "PAGE": "scanned journal page read",
    "INTRO": "opening of the paper read",
    "REV": "book chapter or review read",
    "SEC": "secondary source quoting the study; the study itself was not read",
    "VEND": "claim of a manufacturer or seller",
    "SPUN": "machine-altered copy of a paper; confirm before use",
    "DERIVED": "arithmetic on other rows or first principles",
    "MEMORY": "recalled, not seen; unverified",
    "ASSUMED": "no source gives it: an assumption with a wide range",
    "CALIBRATED": "fitted by the project to the published rows that are named",
}
GRADES: dict[str, str] = {
    "A": "consistent measurements in people, numbers read",
    "B": "one measurement in people, or a consistent one outside the body",
    "C": "animal, ex vivo or indirect measurement; first principles",
    "D": "secondary, vendor or machine-altered text",
    "E": "assumption, or a sign without a size",
}
MARKED = frozenset({"MEMORY", "SPUN", "SEC", "VEND", "ASSUMED", "CALIBRATED"})


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Source(_Row):
    """Where a number or rule was read.

    Parameters
    ----------
    key
        Short name used by rows, for example ``exp_dermatol_2013``.
    citation
        Authors, title or journal, year, as far as they were shown.
    where
        DOI, PMID, PMC id or page; never a bare site name without a path where one is known.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    citation: str = Field(min_length=8)
    where: str = ""


class _Read(_Row):
    key: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")
    source: str
    rows: tuple[str, ...] = ()
    read: Read
    grade: Grade
    note: str = ""

    @property
    def mark(self) -> str:
        """The reading code where it must be shown beside the value, else empty."""
        return self.read if self.read in MARKED else ""


class Number(_Read):
    """One number: value, range, unit, conditions, source, and how it was read.

    ``low`` and ``high`` are the ends of the central 95 % (normal, lognormal) or the hard ends (uniform, fixed).
    ``varies`` says whether the range is between people or because nobody knows;
    ``range_from`` says whether the source gives the range or this project chose it.
    """

    value: float
    low: float
    high: float
    unit: str
    shape: Shape = "normal"
    varies: Literal["people", "knowledge"] = "knowledge"
    range_from: Literal["source", "assumed"] = "assumed"
    conditions: str = Field(min_length=3)

    @model_validator(mode="before")
    @classmethod
    def _range_from_sd(cls, raw: dict[str, object]) -> dict[str, object]:
        row = dict(raw)
        sd = row.pop("sd", None)
        if sd is None:
            return row
        if "low" in row or "high" in row:
            raise ValueError("give sd, or low and high, not both")
        if not isinstance(sd, (int, float)) or sd < 0:
            raise ValueError("sd must be a number of at least 0")
        value = row.get("value")
        if isinstance(value, (int, float)):
            row["low"], row["high"] = value - 1.96 * sd, value + 1.96 * sd
        return row

    @model_validator(mode="after")
    def _make_sense(self) -> Self:
        unit(self.unit)
        check_name_fits_unit(self.key, self.unit)
        if not all(map(math.isfinite, (self.value, self.low, self.high))):
            raise ValueError("value, low and high must be finite numbers")
        if not self.low <= self.value <= self.high:
            raise ValueError(f"value {self.value:g} is outside its own range {self.low:g} to {self.high:g}")
        if self.shape == "lognormal" and self.low <= 0:
            raise ValueError("a lognormal row needs low above 0")
        if self.shape != "fixed" and self.low == self.high:
            raise ValueError("low equals high: say shape = 'fixed' if it does not vary")
        return self


class Rule(_Read):
    """A limit or instruction of the protocol literature; those on settings are printed beside a simulation."""

    text: str = Field(min_length=8)
    action: Literal["refuse", "stop", "warn", "default", "advise"]
    value: float | None = None
    unit: str = "1"

    @model_validator(mode="after")
    def _known_unit(self) -> Self:
        unit(self.unit)
        return self


class Measurement(_Read):
    """A published measurement that a prediction is compared with.

    ``used`` says whether a constant was fitted to it or the model's form was chosen to reproduce it ("calibration"),
    a model input was taken from it, or neither.
    ``comparison`` says how the published finding is expressed: as a range, or as an order or sign (text only).
    """

    title: str = Field(min_length=5)
    published: str = Field(min_length=1)
    low: float | None = None
    high: float | None = None
    unit: str = "1"
    used: Literal["calibration", "input", "no"]
    conditions: str = Field(min_length=3)

    @model_validator(mode="after")
    def _make_sense(self) -> Self:
        unit(self.unit)
        if (self.low is None) != (self.high is None):
            raise ValueError("give both low and high, or neither")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high")
        return self
