"""What a course costs: from the clinic's own price, else from fees that sources quote, in their currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import Field

from corneum.course.tables import SourcedRow, TableError, nearest, read_table, shipped
from corneum.evidence.rows import Read


class CostError(ValueError):
    """A price or number of sessions that cannot be: the message says what is allowed."""


class Fee(SourcedRow):
    """A fee as a source quotes it.

    Parameters
    ----------
    per
        Whether it is for a session or for a whole procedure.
    low, high
        Ends of the quoted range; no ``high`` where the source only says "more than".
    mean
        The quoted mean, where there is one.
    currency
        As printed; never converted.
    cost_class, text
        Class and wording for people.
    read
        How it was read.
    """

    per: Literal["session", "procedure"]
    low: float = Field(gt=0)
    high: float | None = None
    mean: float | None = None
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    cost_class: str
    text: str = Field(min_length=8)
    read: Read


@dataclass(frozen=True)
class Price:
    """A clinic's own price of one session.

    Parameters
    ----------
    amount
        More than 0.
    currency
        ISO code, such as ``EUR``.
    """

    amount: float
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is no price."""
        if not self.amount > 0:
            raise CostError(f"a price must be above 0, not {self.amount:g}")
        if not (len(self.currency) == 3 and self.currency.isalpha() and self.currency.isupper()):
            raise CostError(f"a currency is three capital letters such as EUR, not {self.currency!r}")


@dataclass(frozen=True)
class CourseCost:
    """The cost of a course.

    Parameters
    ----------
    sessions
        Number of sessions counted.
    low, high
        Ends of the range for all sessions, in ``currency``; equal for a clinic's own price.
    currency
        Of the price or of the source.
    origin
        Whose figure it is.
    text
        One sentence for people.
    source, rows
        Where a quoted figure was read; empty for a clinic's price.
    """

    sessions: int
    low: float
    high: float
    currency: str
    origin: Literal["clinic", "quoted"]
    text: str
    source: str = ""
    rows: tuple[str, ...] = ()


def read_fees(path: Traversable | Path) -> Mapping[str, Fee]:
    """Return the fees of a file by id, or raise `TableError` with every mistake."""
    rows = read_table(path, {"fee": Fee})["fee"]
    wrong = [f"{path.name}: {row.id}: high is below low" for row in rows if row.high is not None and row.high < row.low]
    if wrong:
        raise TableError(wrong)
    return {row.id: row for row in rows}


@cache
def load_fees() -> Mapping[str, Fee]:
    """Return the shipped fees; they are read once."""
    return read_fees(shipped("costs.toml"))


def course_cost(sessions: int, price: Price | None = None, fees: Mapping[str, Fee] | None = None) -> CourseCost:
    """Return the cost of a course of microdermabrasion.

    Parameters
    ----------
    sessions
        Number of sessions, at least 1.
    price
        The clinic's price of a session; without it the quoted US figures are used, and said to be such.
    fees
        Another table than the shipped one.

    Raises
    ------
    CostError
        If ``sessions`` is below 1.

    References
    ----------
    Row CO-003 of the survey.

    Examples
    --------
    >>> course_cost(6, Price(90, "EUR")).text
    "540 EUR for 6 sessions at the clinic's price of 90 EUR each."
    >>> course_cost(6).text
    'About 600-1,800 USD for 6 sessions, from US fees of 100-300 USD quoted second-hand; the clinic gave no price.'
    """
    if sessions < 1:
        raise CostError(f"a course has at least 1 session, not {sessions}")
    if price is not None:
        total = sessions * price.amount
        each = f"{_amount(price.amount)} {price.currency}"
        text = f"{_amount(total)} {price.currency} for {_sessions(sessions)} at the clinic's price of {each} each."
        return CourseCost(sessions, total, total, price.currency, "clinic", text)
    fee = _fee("microdermabrasion", fees or load_fees())
    high = fee.low if fee.high is None else fee.high
    text = (
        f"About {_amount(sessions * fee.low)}-{_amount(sessions * high)} {fee.currency} for {_sessions(sessions)}, "
        f"from US fees of {_amount(fee.low)}-{_amount(high)} {fee.currency} quoted second-hand; "
        "the clinic gave no price."
    )
    return CourseCost(sessions, sessions * fee.low, sessions * high, fee.currency, "quoted", text, fee.source, fee.rows)


def _fee(name: str, fees: Mapping[str, Fee]) -> Fee:
    if name not in fees:
        raise CostError(f"no fee for {name!r}.{nearest(name, fees)}")
    return fees[name]


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"


def _amount(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
