"""The standard error of a change, and the smallest change that a pair can show."""

import math
from dataclasses import dataclass
from typing import Literal

from corneum.evidence import load_evidence
from corneum.imaging.canvas import Canvas, FloatMap
from corneum.imaging.indices.kinds import Index
from corneum.imaging.repeatability.components import change_limit
from corneum.imaging.repeatability.shipped import shipped_error
from corneum.imaging.repeatability.study import Study
from corneum.imaging.repeatability.tiles import noise_of

_EVERY = 8
"""Steps in px at which a map is looked at for its spread."""


@dataclass(frozen=True)
class Error:
    """The error of one change.

    Parameters
    ----------
    se
        Standard error, in the index's unit.
    mdc95
        Minimal detectable change: 95 % limit of a change where nothing changed.
    source
        ``clinic`` for its own study, ``simulation`` for the shipped table with the pair's own tiles.
    df
        Degrees of freedom of ``se``; infinite for the shipped simulation.
    """

    se: float
    mdc95: float
    source: Literal["clinic", "simulation"]
    df: float


def error_of(
    index: Index,
    zone: str,
    before: float,
    after: float,
    canvases: tuple[Canvas, Canvas],
    layers: tuple[FloatMap, FloatMap],
    study: Study | None = None,
) -> Error:
    """Return the error of the change of an index in a zone.

    A clinic's own study tells its usual error; a pair that is noisier than that by its own tiles is given the larger
    one, for a study of careful captures does not know of a smile or a moved lamp.

    Parameters
    ----------
    index
        Which.
    zone
        Name, as in `Canvas.zone_names`.
    before, after
        Its values in that zone.
    canvases, layers
        Of the pair.
    study
        The clinic's own repeatability; an index that it does not hold falls back to the shipped simulation.

    References
    ----------
    Rows ``imaging.repeatability.*`` and ``imaging.tone.effect_ratio``; docs of the shipped model in
    `corneum.imaging.repeatability.shipped`.
    """
    mean = (abs(before) + abs(after)) / 2
    level = mean if index.is_ratio else 1.0
    tone = _tone_se(index, mean, canvases, layers)
    pair = math.hypot(_pair_se(index, zone, mean, canvases, layers), tone)
    row = study.row(index.key) if study is not None else None
    own = row.components.change_se * level if row is not None and row.share == index.is_ratio else 0.0
    own = math.hypot(own, tone) if own else own
    if row is None or own < pair:
        return Error(pair, change_limit(pair, math.inf), "simulation", math.inf)
    return Error(own, change_limit(own, row.components.df), "clinic", row.components.df)


def _tone_se(index: Index, mean: float, canvases: tuple[Canvas, Canvas], layers: tuple[FloatMap, FloatMap]) -> float:
    """Return what another tone curve of the camera may do to a change, in the index's unit.

    Contrasts grow with the exponent. A difference between zones may be nothing and still grow: it shares the spread of
    its map over the skin.
    """
    off = abs(canvases[1].tone_exponent - 1)
    if not off:
        return 0.0
    level = mean
    if not index.is_ratio:
        # The spread of a map needs no pixel beside a pixel.
        some = (slice(None, None, _EVERY),) * 2
        level = max(mean, float(layers[0][some][canvases[0].skin[some]].std()))
    return load_evidence().number("imaging.tone.effect_ratio").value * off * level


def _pair_se(
    index: Index, zone: str, mean: float, canvases: tuple[Canvas, Canvas], layers: tuple[FloatMap, FloatMap]
) -> float:
    """Return the standard error by the shipped table and the pair's own tiles, in the index's unit."""
    level = mean if index.is_ratio else 1.0
    shipped = shipped_error(index.key, index.is_ratio, canvases[0].carded)
    noise = noise_of(index, zone, mean, canvases, layers)
    if math.isnan(noise):
        return math.hypot(shipped.alone * level, shipped.floor)
    return math.hypot(shipped.common * level, shipped.tile_ratio * noise, shipped.floor)
