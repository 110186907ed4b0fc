"""The table of a year's outcomes, as it is kept and shown: numbers of few people are not in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import sqrt
from statistics import fmean, stdev
from typing import Any

from corneum.clinic.reports.counting import tally
from corneum.clinic.reports.counting.changes import Told
from corneum.clinic.reports.counting.hiding import FEWEST, cell, parted
from corneum.clinic.reports.counting.tally import Year

FORMAT = 1


def outcomes_of(number: int, now: datetime) -> dict[str, Any]:
    """Return the outcomes of one year.

    Parameters
    ----------
    number
        The year.
    now
        When it is counted: recalls and courses that go on are told as of then.
    """
    year = Year(number)
    people, sessions = tally.people_and_sessions(year)
    return {
        "format": FORMAT,
        "year": number,
        "fewest": FEWEST,
        "people": cell(people).to_dict(),
        # With few people, how often they came would tell of each.
        "sessions": sessions if cell(people).is_told else None,
        "courses": _courses(tally.courses(year, now)),
        "reactions": _reactions(tally.reactions(year)),
        "changes": [_change(*key, told) for key, told in sorted(tally.changes(year).items())],
        "overrides": _overrides(tally.overrides(year)),
        "recalls": {kind: cell(count).to_dict() for kind, count in sorted(tally.recalls(now).items())},
    }


def _courses(counts: Mapping[str, int]) -> dict[str, Any]:
    total, parts = parted(list(counts.values()))
    return {"begun": total.to_dict(), **{name: one.to_dict() for name, one in zip(counts, parts, strict=True)}}


def _reactions(by_kind: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """Return a line for each kind; kinds have no total, since it would narrow down the small ones among them."""
    found = []
    for kind, severities in sorted(by_kind.items()):
        names = sorted(severities)
        total, parts = parted([severities[name] for name in names])
        told = {name: one.to_dict() for name, one in zip(names, parts, strict=True)} if total.is_told else {}
        found.append({"kind": kind, "people": total.to_dict(), "severities": told})
    return found


def _change(concern: str, index: str, told: Sequence[Told]) -> dict[str, Any]:
    units = {one.unit for one in told}
    beyond = sum(one.beyond for one in told)
    people, (moved, still) = parted([beyond, len(told) - beyond])
    found: dict[str, Any] = {
        "concern": concern,
        "index": index,
        "people": people.to_dict(),
        "beyond": moved.to_dict(),
        "within": still.to_dict(),
        "mean": None,
    }
    if len(told) >= FEWEST and people.is_told and len(units) == 1:
        mean, low, high = _interval([one.value for one in told])
        found |= {"unit": units.pop(), "mean": mean, "low": low, "high": high}
        # What one pair cannot tell apart, beside which the mean is read.
        found["error"] = 1.96 * sqrt(fmean([one.error**2 for one in told]))
    return found


def _interval(values: Sequence[float]) -> tuple[float, float, float]:
    # Where it is needed: loading it takes longer than all else of the clinic's start.
    from scipy.stats import t as student

    mean = fmean(values)
    reach = float(student.ppf(0.975, len(values) - 1)) * stdev(values) / sqrt(len(values))
    return mean, mean - reach, mean + reach


def _overrides(counted: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    return {
        where: {"people": cell(people).to_dict(), "times": times if cell(people).is_told else None}
        for where, (people, times) in counted.items()
    }
