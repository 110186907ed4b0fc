"""A pair of photographs, from files to a table of changes, each with its error and its verdict."""

import math
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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
from corneum.imaging.pairs.withheld import refusal, with_matches, without
from corneum.imaging.pairs.words import gate_in_words, notes_of, of_each, told
from corneum.imaging.photo import Photo, PhotoRefused
from corneum.imaging.repeatability import Study, error_of

Progress = Callable[[str, int, int], None]
_STEPS = ("aligning", "resampling", "computing indices", "matching spots")
_SMALLEST_CM2 = 0.5
_WORKERS = 3
"""Indices worked on at once: more would only hold more memory, as the pictures are what the processor waits for."""


_LOST = ("focus", "motion", "cut", "dark", "noise")
"""Gates of one photograph beyond whose limit nothing can be measured; the others are told beside the result."""


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
        If a photograph has lost what shall be measured, or the light, the view, the distance, the head or the site
        differs too much, or both are one file.
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
    measured = _measured(both, check, study)
    layers = {key: one.layers for key, one in measured.items() if one.layers is not None}
    progress(_STEPS[3], 3, len(_STEPS))
    spots = _spots(both, layers)
    changes = with_matches([measured[key].changes[zone] for zone in both[0].zone_names for key in INDICES], spots)
    progress(_STEPS[3], 4, len(_STEPS))
    return Pair(
        names=(baseline.photo.name, followup.photo.name),
        sha256=(baseline.photo.sha256, followup.photo.sha256),
        taken=(baseline.photo.taken, followup.photo.taken),
        outcome=outcome_of(baseline.photo.taken, followup.photo.taken),
        changes=changes,
        spots=spots,
        quality=_quality(baseline, followup, alignment, both[1], check),
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
    """Return how alike the photographs were taken; what differs too much, or what the file has lost, is refused."""
    if baseline.site != followup.site:
        raise PairRefused(f"one photograph shows {baseline.site or 'a face'}, the other {followup.site or 'a face'}")
    seen: dict[str, str] = {}
    for one in (baseline, followup):
        require_new(one.photo, seen)
    for one in (baseline, followup):
        for gate in one.gates:
            if gate.key in _LOST and gate.result == "refuse":
                raise PairRefused(f"{one.photo.name}: {gate_in_words(gate)}")
    check = compare_checks(baseline.held(), followup.held())
    for gate in check.gates:
        if gate.result == "refuse":
            raise PairRefused(gate_in_words(gate))
    return check


def require_new(photo: Photo, seen: dict[str, str]) -> None:
    """Refuse a photograph that was given before: a copy agrees with itself and says nothing of any error.

    Parameters
    ----------
    photo
        As read.
    seen
        SHA-256 to the name of each photograph so far; this one is added.

    Raises
    ------
    PairRefused
        If its file is one of them.
    """
    if photo.sha256 in seen:
        names = " and ".join(dict.fromkeys((seen[photo.sha256], photo.name)))
        raise PairRefused(f"{names}: the same file twice (by SHA-256); give two photographs")
    if photo.sha256:
        seen[photo.sha256] = photo.name


def _faces(baseline: Prepared, followup: Prepared) -> tuple[Face, Face] | None:
    return None if baseline.face is None or followup.face is None else (baseline.face, followup.face)


@dataclass(frozen=True)
class _Measured:
    """One index: its two maps, None where it is withheld, and the change in every zone."""

    layers: tuple[FloatMap, FloatMap] | None
    changes: dict[str, Change]


def _measured(both: tuple[Canvas, Canvas], check: PairCheck, study: Study | None) -> dict[str, _Measured]:
    """Return every index, worked on side by side: the work is done in compiled code that lets other threads run."""
    zones = {name: both[0].zone(name) for name in both[0].zone_names}
    # Indices of detail take longest; begun last, they would be waited for alone.
    order = sorted(INDICES.values(), key=lambda index: -index.needs_px_per_mm)
    with ThreadPoolExecutor(_WORKERS) as pool:
        jobs = {
            index.key: pool.submit(_one_index, index, both, zones, refusal(index, both[0], check), study)
            for index in order
        }
        return {key: jobs[key].result() for key in INDICES}


def _one_index(
    index: Index, both: tuple[Canvas, Canvas], zones: dict[str, Mask], refused: str, study: Study | None
) -> _Measured:
    if refused:
        return _Measured(None, {zone: without(index.key, index.unit, zone, refused) for zone in zones})
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
        return without(
            index.key, index.unit, zone, f"less than {_SMALLEST_CM2:g} cm² of it can be measured in both photographs"
        )
    before, after = (index.value(layer, inside, canvas) for layer, canvas in zip(layers, both, strict=True))
    if not (math.isfinite(before) and math.isfinite(after)):
        return without(index.key, index.unit, zone, "too little of it can be measured in both photographs")
    error = error_of(index, zone, before, after, both, layers, study)
    change = after - before
    verdict: Verdict = "within_noise" if abs(change) <= error.mdc95 else "higher" if change > 0 else "lower"
    return Change(zone, index.key, index.unit, before, after, change, error.se, error.mdc95, error.source, verdict)


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
        notes=(*told(check), *of_each(baseline, followup), *notes_of(baseline, followup, canvas), *alignment.notes),
    )
