"""What was measured in photographs, out of a table that a measurement kept."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from corneum.imaging.faces import site_of
from corneum.imaging.pairs.result import Change
from corneum.imaging.pairs.words import per_baseline
from corneum.reports.photographs.stored import TableUnreadable, read_pair_table


@dataclass(frozen=True)
class Told:
    """The change of one index at one body site of one person: the mean of the site's zones.

    Parameters
    ----------
    value, error
        The change and its standard error, in ``unit``.
    unit
        Percent of the baseline, or the index's own.
    beyond
        Whether it is beyond measurement noise in any of the zones.
    """

    value: float
    error: float
    unit: str
    beyond: bool


def changes_of(table: Mapping[str, Any], wanted: Collection[tuple[str, str]]) -> tuple[Change, ...]:
    """Return the changes that a measurement kept of some body sites and indices; none of a table of another version."""
    try:
        indices = {index for _site, index in wanted}
        near = [raw for raw in table["changes"] if raw["index"] in indices]
        some = [raw for raw in near if (site_of(raw["zone"]), raw["index"]) in wanted]
        return read_pair_table({**table, "changes": some}).changes
    except (KeyError, TypeError, TableUnreadable):
        return ()


def told_at(changes: Iterable[Change], site: str, index: str) -> Told | None:
    """Return the change of an index at a body site; None where it was not measured there."""
    found = [one for one in changes if one.index == index and one.verdict != "withheld" and site_of(one.zone) == site]
    sized = [(one, *per_baseline(one)) for one in found]
    if not sized or len({unit for _one, _by, unit in sized}) > 1:
        return None
    return Told(
        value=sum(by * one.change for one, by, _unit in sized) / len(sized),
        # Zones of one pair share most of their error: the mean of them is taken to be no better known than one.
        error=math.sqrt(sum((by * one.se) ** 2 for one, by, _unit in sized) / len(sized)),
        unit=sized[0][2],
        beyond=any(one.verdict != "within_noise" for one in found),
    )
