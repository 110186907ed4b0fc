"""The numbers of a zone that a reader asks for first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.reports.numbers import count, duration, percent, range_text, two_digits
from corneum.treatment import ZoneResult, band

_SURE = "in 95 % of samples"
_RULE = "never below the rule treatment.actives.earliest"


@dataclass(frozen=True)
class KeyNumber:
    """One line of the table.

    Parameters
    ----------
    name
        What it is.
    middle, spread
        Median, and the central 95 %, as text.
    unit
        Unit as text.
    meaning
        How to read it.
    """

    name: str
    middle: str
    spread: str
    unit: str
    meaning: str = ""


def key_numbers(zone: ZoneResult) -> tuple[KeyNumber, ...]:
    """Return the key numbers of a zone, the first session first."""
    return (*_removed(zone), *_struck(zone), *_after(zone))


def _removed(zone: ZoneResult) -> list[KeyNumber]:
    first, last = zone.sessions[0], zone.sessions[-1]
    lines = [
        _sampled("Depth removed, mean over the area", first.depth_um, "µm"),
        _shared("Stratum corneum removed", first.corneum_share, "of its thickness before the session"),
    ]
    if len(zone.sessions) > 1:
        lines.append(
            _shared(f"The same in session {len(zone.sessions)}", last.corneum_share, "of what has grown back by then")
        )
    bleeding = first.beyond_junction_share
    return [
        *lines,
        _sampled("Living epidermis removed, mean over the area", first.living_um, "µm"),
        _shared("Area beyond the stratum corneum", first.beyond_corneum_share, "of the area: none of it is left"),
        _shared("Area beyond the dermo-epidermal junction", bleeding, "of the area: pinpoint bleeding (PR-019)"),
        _unevenness(zone),
    ]


def _unevenness(zone: ZoneResult) -> KeyNumber:
    name, first = "Unevenness over the area", zone.sessions[0]
    if not first.depth_um.any():
        return KeyNumber(name, "–", "–", "", "nothing is removed")
    return _sampled(name, first.total.uniformity_ratio, "", "0 is even; standard deviation over mean")


def _struck(zone: ZoneResult) -> list[KeyNumber]:
    impacts = sum(done.impacts for done in zone.worked)
    blisters = np.max([done.blister_index for done in zone.worked], axis=0)
    return [
        KeyNumber(
            "Grains that strike the zone",
            count(impacts) if impacts else "none",
            "",
            "",
            "per session, each one simulated" if impacts else "no crystals are used",
        ),
        _sampled("Micro-blister index", blisters, "", "above 1: micro-blisters in place of selective removal"),
        _sampled("Highest skin blood flow", zone.curves.blood_flow_ratio.max(axis=1), "times rest", "redness"),
    ]


def _after(zone: ZoneResult) -> list[KeyNumber]:
    after = "after the last session" if len(zone.sessions) > 1 else "after the session"
    barrier = [
        KeyNumber(
            f"Barrier back, {law} law",
            duration(days * 24) if days else "at once",
            _SURE,
            "",
            f"{after}; laws are compared, not averaged" if days else "the excess of TEWL never passes the limit",
        )
        for law, days in zone.barrier_back_d.items()
    ]
    first = "after the first session" if len(zone.sessions) > 1 else "after the session"
    return [
        *barrier,
        KeyNumber("Redness gone", duration(zone.redness_gone_h), _SURE, "", first),
        KeyNumber(
            "Actives wait",
            duration(zone.actives_wait_h),
            _SURE,
            "",
            f"{after}; {_RULE}",
        ),
    ]


def _sampled(name: str, values: NDArray[np.float64], unit: str, meaning: str = "") -> KeyNumber:
    found = band(values)
    spread = "one sample" if values.size == 1 else range_text(float(found.low), float(found.high))
    return KeyNumber(name, two_digits(float(found.middle)), spread, unit, meaning)


def _shared(name: str, values: NDArray[np.float64], meaning: str) -> KeyNumber:
    found = band(values)
    spread = "one sample" if values.size == 1 else range_text(float(found.low), float(found.high), as_percent=True)
    return KeyNumber(name, percent(float(found.middle)), spread, "%", meaning)
