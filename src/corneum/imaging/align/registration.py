"""Two photographs of one person laid over each other, to a part of a pixel, with the error that is left."""

from dataclasses import dataclass

import cv2
import numpy as np

from corneum.imaging.align.alignment import Alignment
from corneum.imaging.align.field import Field
from corneum.imaging.align.flow import Motion, after, motion_between, smoothed
from corneum.imaging.align.light import evened
from corneum.imaging.align.patches import Patches, find_again, pick
from corneum.imaging.align.start import Matches, fit_affine, matches_of_faces, matches_of_features, starting_field
from corneum.imaging.align.subject import Subject, subject_of_face, subject_of_skin
from corneum.imaging.align.verdict import judge, require_overlap
from corneum.imaging.align.view import View, view_over
from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.faces.face import Face
from corneum.imaging.photo import Pixels

_MOST_PIXELS = 2.0e6
"""Of the finest view: enough for a twentieth of a pixel at 12 MP, few enough for four seconds."""
_LEVELS = (4.0, 2.0, 1.0, 1.0)
"""How much coarser than the finest view each round is; the last one takes up what smoothing left."""
_REACH_SHARE = 0.04
"""Smoothing, one standard deviation, share of the eye distance: 2.5 mm, so a spot's edge is outvoted by its skin."""
_REACH_RADII = 0.6
"""Least smoothing, in radii of the held-out patches: it must bridge them."""
_GRID_SHARE = 0.01
"""Step of the stored grid, share of the eye distance: a quarter of the smoothing."""
_PATCH_SHARE = 0.04
"""Half the side of a held-out patch, share of the eye distance; a patch is 5 mm of a face."""
_LEAST_RADIUS, _MOST_RADIUS = 14, 24
"""Bounds of the same, px: fewer pixels match by chance, more only cost time."""
_CELL_SHARE = 0.22
"""One held-out patch in each square of this side, share of the eye distance."""
_CELL_SIDES = 2.0
"""Least side of the same square, in sides of a patch: a quarter of the skin is held out at most."""
_MOST_CELLS = 160
"""Squares in the whole subject at most: a close-up has no need of more."""
_SPARE_SHARE, _COARSE = 0.03, 32
"""Rim of the follow-up that is kept around what is needed, and columns of the grid that finds it."""
_SEARCH_SHARE = 0.025
"""How far away a patch is sought, share of the eye distance."""


def align(
    baseline: Pixels, followup: Pixels, faces: tuple[Face, Face] | None = None, skin: Mask | None = None
) -> Alignment:
    """Return where each place of the baseline lies in the follow-up photograph, with the error of that.

    Landmarks (of a face) or features (of a body site) give a first map; dense motion of local contrast refines it
    from coarse to fine. Local contrast knows no light, so light and color do not move the map; smoothing keeps the
    change of a spot out of it. Patches of skin that the smoothed motion never used are then found again one by one:
    their distance from the map is the residual. Nothing here tells or keeps who the person is.

    Parameters
    ----------
    baseline, followup
        The photographs, shape (height, width, 3) each; sizes may differ.
    faces
        Landmarks in both, or None for a body site.
    skin
        Measurable skin of the baseline, shape (height, width); None for the face's outline or the whole picture.

    Raises
    ------
    AlignmentRefused
        If the photographs do not show the same skin, or not nearly from the same side, or not sharply enough.

    References
    ----------
    Kroeger et al., Fast optical flow using dense inverse search, ECCV 2016 (the dense motion).
    """
    if faces is None:
        matches = matches_of_features(baseline, followup)
        subject = subject_of_skin(baseline, skin)
    else:
        matches = matches_of_faces(*faces)
        subject = subject_of_face(baseline, faces[0], skin)
    require_overlap(fit_affine(matches), subject, followup)
    pair = _pair_of(baseline, followup, matches, subject)
    field, last = _refined(pair, subject)
    radius = pair.patches.radius
    found = find_again(baseline, followup, field, pair.patches, max(radius // 3, round(_SEARCH_SHARE * subject.length)))
    return judge(field, last, found, subject, faces)


@dataclass(frozen=True)
class _Pair:
    """Both photographs in their finest views, the first map, and what is held out."""

    view: View
    before: FloatMap
    follow: View
    behind: FloatMap
    field: Field
    patches: Patches
    regard: FloatMap


def _pair_of(baseline: Pixels, followup: Pixels, matches: Matches, subject: Subject) -> _Pair:
    area = float(np.prod(subject.box[1] - subject.box[0]))
    view = view_over(baseline.shape, subject.box, max(1.0, float(np.sqrt(area / _MOST_PIXELS))))
    grid = view.coarser(max(1.0, _GRID_SHARE * subject.length / view.steps[0]))
    field = starting_field(matches, grid, subject.length)
    follow = _seen_through(field, view, followup)
    before = view.gray(baseline)
    radius = int(np.clip(round(_PATCH_SHARE * subject.length), _LEAST_RADIUS, _MOST_RADIUS))
    core = subject.core(view)
    cell = max(
        _CELL_SHARE * subject.length,
        _CELL_SIDES * (2 * radius + 1),
        float(np.sqrt(core.sum() / _MOST_CELLS)) * view.steps[0],
    )
    patches = pick(view, evened(before), core, radius, cell)
    regard = subject.regard(grid) * patches.keep_off(grid, 0.0)
    return _Pair(view, before, follow, follow.gray(followup), field, patches, regard)


def _seen_through(field: Field, view: View, followup: Pixels) -> View:
    """Return a view of the follow-up that holds what the baseline's view shows, at the same pixels per skin."""
    columns, rows = field.positions(*view.coarser(view.columns / _COARSE).places())
    spare = _SPARE_SHARE * max(float(np.ptp(columns)), float(np.ptp(rows)))
    low = np.array([columns.min() - spare, rows.min() - spare])
    high = np.array([columns.max() + spare, rows.max() + spare])
    larger = float(np.sqrt(abs(np.linalg.det(field.affine[:, :2]))))
    return view_over(followup.shape, np.stack([low, high]), max(1.0, view.steps[0] * larger))


def _refined(pair: _Pair, subject: Subject) -> tuple[Field, Motion]:
    """Return the field after all rounds, and the last motion that was seen."""
    field, grid = pair.field, pair.field.grid
    reach = max(_REACH_SHARE * subject.length, _REACH_RADII * pair.patches.radius)
    motion = None
    for level in _LEVELS:
        view, follow = pair.view.coarser(level), pair.follow.coarser(level)
        before, behind = evened(_shrunk(pair.before, view)), evened(_shrunk(pair.behind, follow))
        columns, rows = follow.from_photo(*field.positions(*view.places()))
        seen = cv2.remap(behind, columns, rows, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        inside = (columns > 1) & (rows > 1) & (columns < follow.columns - 2) & (rows < follow.rows - 2)
        motion = motion_between(before, np.asarray(seen, np.float32), inside.astype(np.float32), view, grid)
        field = after(field, smoothed(motion, pair.regard, grid, reach))
    assert motion is not None
    return field, motion


def _shrunk(layer: FloatMap, view: View) -> FloatMap:
    if layer.shape == view.shape:
        return layer
    return np.asarray(cv2.resize(layer, (view.columns, view.rows), interpolation=cv2.INTER_AREA), np.float32)
