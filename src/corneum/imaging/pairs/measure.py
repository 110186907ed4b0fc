"""A pair of photographs, from files to a table of changes, each with its error and its verdict."""

import math
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from corneum.evidence import load_evidence
from corneum.imaging.align import Alignment, align
from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.faces import Face
from corneum.imaging.gates import PairCheck, compare_checks
from corneum.imaging.indices import INDICES, Index, Matched, Spot, equalize_sharpness, find_spots, match_spots
from corneum.imaging.pairs.canvases import canvases
from corneum.imaging.pairs.prepared import Prepared
from corneum.imaging.pairs.result import Change, Outcome, Pair, Quality, SpotCount, Verdict
from corneum.imaging.pairs.words import notes_of, told
from corneum.imaging.photo import PhotoRefused
from corneum.imaging.repeatability import Study, error_of

Progress = Callable[[str, int, int], None]
_STEPS = ("aligning", "resampling", "computing indices", "matching spots")
_SMALLEST_CM2 = 0.5
_COUNTED = frozenset({"spot_count", "spot_area", "spot_contrast"})
_NO_SPOT = "no matched spot is new, gone or changed beyond the noise of this pair"


class PairRefused(PhotoRefused):
    """Two photographs cannot be compared; the message says why and what to do."""


def _silent(what: str, done: int, total: int) -> None:
    return None


def measure_pair(
    baseline: Prepared, followup: Prepared, *, study: Study | None = None, progress: Progress = _silent
) -> Pair:
    """Return what changed between two photographs of one person, with the error of each change.

    Parameters
    ----------
    baseline, followup
        From `prepare`: both of a face, or both of the same body site.
    study
        The clinic's own repeatability study; without it, the shipped simulation gives the errors.
    progress
        Called with what is being done, steps done, and steps in all.

    Raises
    ------
    PairRefused
        If the main light moved too far, or the sites differ.
    AlignmentRefused
        If the photographs cannot be laid over each other well enough.

    References
    ----------
    ``imaging.light.change_most_deg``.
    """
    check = _comparable(baseline, followup)
    progress(_STEPS[0], 0, len(_STEPS))
    alignment = align(baseline.photo.pixels, followup.photo.pixels, _faces(baseline, followup))
    progress(_STEPS[1], 1, len(_STEPS))
    both = equalize_sharpness(*canvases(baseline, followup, alignment))
    progress(_STEPS[2], 2, len(_STEPS))
    measured = _measured(both, study)
    layers = {key: one.layers for key, one in measured.items() if one.layers is not None}
    progress(_STEPS[3], 3, len(_STEPS))
    spots = _spots(both, layers)
    changes = _with_matches([measured[key].changes[zone] for zone in both[0].zone_names for key in INDICES], spots)
    progress(_STEPS[3], 4, len(_STEPS))
    return Pair(
        names=(baseline.photo.name, followup.photo.name),
        sha256=(baseline.photo.sha256, followup.photo.sha256),
        taken=(baseline.photo.taken, followup.photo.taken),
        outcome=outcome_of(baseline.photo.taken, followup.photo.taken),
        changes=changes,
        spots=spots,
        quality=_quality(baseline, followup, alignment, both[0], check),
        canvases=both,
        layers=layers,
    )


def outcome_of(baseline: datetime | None, followup: datetime | None) -> Outcome:
    """Return whether a follow-up shows the immediate or the durable result.

    Parameters
    ----------
    baseline, followup
        When the photographs were taken; None where it is not known.

    References
    ----------
    ``imaging.durable_after_d``: smoothness right after a session is mostly gone within 14 days.

    Examples
    --------
    >>> outcome_of(datetime(2026, 3, 1), datetime(2026, 3, 12))
    'between'
    """
    if baseline is None or followup is None:
        return "unknown"
    days = (followup.date() - baseline.date()).days
    if days < 0:
        return "unknown"
    if days >= load_evidence().number("imaging.durable_after_d").value:
        return "durable"
    return "immediate" if days == 0 else "between"


def _comparable(baseline: Prepared, followup: Prepared) -> PairCheck:
    """Return how alike the photographs were taken; a site, a view or a light that differs is refused."""
    if baseline.site != followup.site:
        raise PairRefused(f"one photograph shows {baseline.site or 'a face'}, the other {followup.site or 'a face'}")
    check = compare_checks(baseline.held(), followup.held())
    for gate in check.gates:
        if gate.key in ("view", "light") and gate.result == "refuse":
            value = gate.said or f"{gate.value:.0f} {gate.unit}, at most {gate.limit_high:.0f}"
            raise PairRefused(f"{gate.title}: {value}. {gate.advice}")
    return check


def _faces(baseline: Prepared, followup: Prepared) -> tuple[Face, Face] | None:
    return None if baseline.face is None or followup.face is None else (baseline.face, followup.face)


def _possible(index: Index, canvas: Canvas) -> bool:
    colored = canvas.absolute if index.needs_absolute else canvas.carded if index.needs_card else True
    return colored and canvas.resolution_px_per_mm >= index.needs_px_per_mm


@dataclass(frozen=True)
class _Measured:
    """One index: its two maps, None where it is withheld, and the change in every zone."""

    layers: tuple[FloatMap, FloatMap] | None
    changes: dict[str, Change]


def _measured(both: tuple[Canvas, Canvas], study: Study | None) -> dict[str, _Measured]:
    """Return every index, worked on side by side: the work is done in compiled code that lets other threads run."""
    zones = {name: both[0].zone(name) for name in both[0].zone_names}
    with ThreadPoolExecutor() as pool:
        jobs = {key: pool.submit(_one_index, index, both, zones, study) for key, index in INDICES.items()}
        return {key: job.result() for key, job in jobs.items()}


def _one_index(index: Index, both: tuple[Canvas, Canvas], zones: dict[str, Mask], study: Study | None) -> _Measured:
    if not _possible(index, both[0]):
        return _Measured(None, {zone: _withheld(index, zone, both[0]) for zone in zones})
    layers = (index.layer(both[0]), index.layer(both[1]))
    return _Measured(
        layers, {zone: _change(index, zone, inside, both, layers, study) for zone, inside in zones.items()}
    )


def _change(
    index: Index,
    zone: str,
    inside: Mask,
    both: tuple[Canvas, Canvas],
    layers: tuple[FloatMap, FloatMap],
    study: Study | None,
) -> Change:
    if both[0].area_cm2(inside) < _SMALLEST_CM2:
        return _without(index, zone, f"less than {_SMALLEST_CM2:g} cm² of it can be measured in both photographs")
    before, after = (index.value(layer, inside, canvas) for layer, canvas in zip(layers, both, strict=True))
    if not (math.isfinite(before) and math.isfinite(after)):
        return _without(index, zone, "too little of it can be measured in both photographs")
    error = error_of(index, zone, before, after, both, layers, study)
    change = after - before
    verdict: Verdict = "within_noise" if abs(change) <= error.mdc95 else "higher" if change > 0 else "lower"
    return Change(zone, index.key, index.unit, before, after, change, error.se, error.mdc95, error.source, verdict)


def _withheld(index: Index, zone: str, canvas: Canvas) -> Change:
    if canvas.resolution_px_per_mm < index.needs_px_per_mm:
        return _without(
            index,
            zone,
            f"needs {index.needs_px_per_mm:g} px per mm of skin, here are {canvas.resolution_px_per_mm:.1f}",
        )
    card = "a ColorChecker" if index.needs_absolute else "a color card or gray target"
    return _without(index, zone, f"needs {card} in both photographs")


def _without(index: Index, zone: str, why: str) -> Change:
    nan = math.nan
    return Change(zone, index.key, index.unit, nan, nan, nan, nan, nan, "", "withheld", why)


def _spots(both: tuple[Canvas, Canvas], layers: dict[str, tuple[FloatMap, FloatMap]]) -> tuple[SpotCount, ...]:
    """Return the spots of every zone, matched; nothing where the photographs cannot carry them."""
    if "spot_strength" not in layers:
        return ()
    maps = layers["spot_strength"]
    before, after = (find_spots(canvas, layer) for canvas, layer in zip(both, maps, strict=True))
    match = match_spots(before, after, maps, both)

    def count(spots: Iterable[Spot | Matched], zone: str) -> int:
        return sum(spot.zone == zone for spot in spots)

    return tuple(
        SpotCount(
            zone,
            count(before, zone),
            count(after, zone),
            count(match.new, zone),
            count(match.gone, zone),
            count(match.changed, zone),
        )
        for zone in both[0].zone_names
    )


def _with_matches(changes: Iterable[Change], spots: Iterable[SpotCount]) -> tuple[Change, ...]:
    """Return the changes; those of counted spots only stand where a matched spot stands behind them.

    A spot near the limit of being seen comes and goes between any two photographs, and takes its whole area with it.
    """
    moved = {count.zone: count.new + count.gone + count.changed > 0 for count in spots}
    return tuple(
        replace(change, verdict="within_noise", why=_NO_SPOT)
        if change.index in _COUNTED and change.verdict != "withheld" and not moved.get(change.zone, False)
        else change
        for change in changes
    )


def _quality(baseline: Prepared, followup: Prepared, alignment: Alignment, canvas: Canvas, check: PairCheck) -> Quality:
    residuals = tuple(
        math.nan if one.correction is None else one.correction.residual_de for one in (baseline, followup)
    )
    return Quality(
        residual_px=alignment.residual_px,
        residual_p95_px=alignment.residual_p95_px,
        residual_mm=alignment.residual_px / baseline.scale.px_per_mm,
        resolution_px_per_mm=canvas.resolution_px_per_mm,
        scale_from=baseline.scale.source,
        scale_error_share=baseline.scale.error_share,
        light_change_deg=next((gate.value for gate in check.gates if gate.key == "light"), math.nan),
        card_residual_de=(residuals[0], residuals[1]),
        notes=(*notes_of(baseline, followup, canvas), *alignment.notes, *told(check)),
    )
