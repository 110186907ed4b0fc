"""One published measurement beside what the model expects of it, and the verdict."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from corneum.evidence import Measurement
from corneum.treatment import Band, band
from corneum.validation.findings import Finding, NotSimulated, Ordered, Predicted, Samples
from corneum.validation.wording import range_text

Verdict: TypeAlias = Literal["inside", "outside", "order reproduced", "order not reproduced", "not simulated"]

ORDER_HOLDS_SHARE = 0.8
"""Share of the sampled skins that must show a published order for it to count as reproduced (a choice)."""


class PredictionError(ValueError):
    """A prediction that cannot be judged: values that are not finite, or a range that is missing."""


@dataclass(frozen=True)
class Case:
    """A published measurement, the prediction and the verdict.

    Parameters
    ----------
    key, title, rows, used, source, read, grade, conditions, published, unit, note
        The measurement as its evidence row has it; ``rows`` are ids of the evidence files, ``used`` says whether a
        constant was fitted to it ("calibration"), a model input was read from it ("input"), or neither ("no").
    low, high
        Published range in ``unit``, or None where only an order or a sign is published.
    variant
        What tells several predictions of one measurement apart, for example the two laws of TEWL. Empty for one.
    predicted
        Median and central 95 % over the sampled skins in ``unit``; None for an order.
    predicted_text
        The same in words.
    agreeing_share
        Share of the sampled skins inside the published range, or showing the published order; None for one value.
    verdict
        See `judged`.
    median_inside
        Whether the predicted median lies in the published range; None for one value or an order.
    remark
        What the set-up had to choose.
    rests_on
        Keys of the evidence rows that the prediction used.
    """

    key: str
    title: str
    rows: tuple[str, ...]
    used: Literal["calibration", "input", "no"]
    source: str
    read: str
    grade: str
    conditions: str
    published: str
    unit: str
    note: str
    low: float | None
    high: float | None
    variant: str
    predicted: Band | None
    predicted_text: str
    agreeing_share: float | None
    verdict: Verdict
    median_inside: bool | None
    remark: str
    rests_on: tuple[str, ...]

    @property
    def missed(self) -> bool:
        """Whether the model was compared and does not agree."""
        return self.verdict in ("outside", "order not reproduced")

    @property
    def band_fold(self) -> float | None:
        """Upper over lower end of the predicted band; None for an order, or where the lower end is 0 or less.

        A wide band is easily hit: read it beside the verdict.
        """
        if self.predicted is None or self.predicted.low <= 0:
            return None
        return float(self.predicted.high / self.predicted.low)


def judged(measurement: Measurement, finding: Finding, rests_on: tuple[str, ...] = ()) -> Case:
    """Return the case that a finding about a measurement makes.

    One published value is "inside" if it lies in the predicted central 95 %. A published range is "inside" if its
    middle lies there, or if the predicted median lies in the range. A published limit is "inside" only if the
    predicted median keeps to it. An order is "reproduced" if at least `ORDER_HOLDS_SHARE` of the samples show it.

    Parameters
    ----------
    measurement
        The published measurement.
    finding
        What its set-up found.
    rests_on
        Keys of the evidence rows that were used.

    Raises
    ------
    PredictionError
        If a value is not finite, or a number is compared with a measurement that has no range.
    """
    if isinstance(finding, Predicted):
        return _judged_number(measurement, finding, rests_on)
    if isinstance(finding, Ordered):
        share = float(np.mean(finding.holds))
        verdict: Verdict = "order reproduced" if share >= ORDER_HOLDS_SHARE else "order not reproduced"
        said = f"{finding.said}; holds in {100 * share:.0f} % of the samples"
        return _case(measurement, verdict, said, finding, rests_on, agreeing_share=share)
    return _case(measurement, "not simulated", "", finding, ())


def _judged_number(measurement: Measurement, finding: Predicted, rests_on: tuple[str, ...]) -> Case:
    low, high, values = measurement.low, measurement.high, finding.values
    at = f"{measurement.key}{f' ({finding.variant})' if finding.variant else ''}"
    if low is None or high is None:
        raise PredictionError(f"{at}: a number is predicted, but the measurement has no range to compare it with")
    if values.ndim != 1 or values.size == 0 or not np.all(np.isfinite(values)):
        lost = int(np.count_nonzero(~np.isfinite(values)))
        raise PredictionError(f"{at}: {lost} of {values.size} predicted values are not finite")
    found = band(values)
    within = bool(low <= found.middle <= high)
    middle_held = bool(found.low <= (low + high) / 2 <= found.high)
    inside = within if finding.bound else middle_held or (within and low < high)
    return _case(
        measurement,
        "inside" if inside else "outside",
        range_text(found, measurement.unit),
        finding,
        rests_on,
        predicted=found,
        agreeing_share=_share_between(values, low, high) if low < high else None,
        median_inside=within if low < high else None,
    )


def _share_between(values: Samples, low: float, high: float) -> float:
    return float(np.mean((values >= low) & (values <= high)))


def _case(
    measurement: Measurement,
    verdict: Verdict,
    said: str,
    finding: Finding,
    rests_on: tuple[str, ...],
    *,
    predicted: Band | None = None,
    agreeing_share: float | None = None,
    median_inside: bool | None = None,
) -> Case:
    told = ("", finding.reason) if isinstance(finding, NotSimulated) else (finding.variant, finding.remark)
    return Case(
        key=measurement.key,
        title=measurement.title,
        rows=measurement.rows,
        used=measurement.used,
        source=measurement.source,
        read=measurement.read,
        grade=measurement.grade,
        conditions=measurement.conditions,
        published=measurement.published,
        unit=measurement.unit,
        note=measurement.note,
        low=measurement.low,
        high=measurement.high,
        variant=told[0],
        predicted=predicted,
        predicted_text=said,
        agreeing_share=agreeing_share,
        verdict=verdict,
        median_inside=median_inside,
        remark=told[1],
        rests_on=rests_on,
    )
