"""Whether an alignment is good enough to measure by, said from its residual alone."""

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.align.alignment import Alignment
from corneum.imaging.align.field import Field
from corneum.imaging.align.flow import Motion
from corneum.imaging.align.patches import Found
from corneum.imaging.align.refused import AlignmentRefused
from corneum.imaging.align.subject import Subject
from corneum.imaging.canvas import FloatMap
from corneum.imaging.faces.face import Face
from corneum.imaging.faces.pose import pose_of
from corneum.imaging.photo import Pixels

_LEAST_OVERLAP = 0.5
"""Share of the subject that both photographs must show."""
_MOST_SCALE = 3.0
"""Difference of scale beyond which one photograph holds too little of the other's detail."""
_FEWEST_PATCHES = 20
"""A median and a 95th percentile of fewer say little."""
_LEAST_FOUND = 0.25
"""Share of patches that must be found again: twice what two other people, aligned by force, have in common."""
_MOST_SHARE = 0.006
"""Largest median residual, share of the eye distance: 0.4 mm on a face, the radius of a small spot."""
_CHECKED_LESS = 0.6
"""Share of patches found again, below which the reader is told."""
_TURNED = 5.0
"""Change of yaw and pitch in degrees, as the landmarks give it, from which the reader is told."""
_AGREE_SHARE = 0.006
"""Disagreement of forward and backward, share of the eye distance, above which a place is not trusted."""


def require_overlap(affine: NDArray[np.float64], subject: Subject, followup: Pixels) -> None:
    """Refuse a pair that does not show the same part at a like scale.

    Parameters
    ----------
    affine
        First map, shape (2, 3).
    subject
        In the baseline.
    followup
        The second photograph.

    Raises
    ------
    AlignmentRefused
        If less than half the subject is in the follow-up, or it is mirrored, or its scale differs threefold.
    """
    area = float(np.linalg.det(affine[:, :2]))
    if not _MOST_SCALE**-2 <= area <= _MOST_SCALE**2:
        raise AlignmentRefused(
            "the second photograph is mirrored"
            if area < 0
            else f"one photograph shows the skin {max(area, 1 / area) ** 0.5:.1f} times larger than the other: "
            "photograph from the same distance"
        )
    low, high = subject.box
    if subject.outline is not None:
        low, high = subject.outline.min(axis=0), subject.outline.max(axis=0)
    x, y = np.meshgrid(np.linspace(low[0], high[0], 24), np.linspace(low[1], high[1], 24))
    there = np.stack([x.ravel(), y.ravel(), np.ones(x.size)]).T @ affine.T
    size = np.array([followup.shape[1], followup.shape[0]])
    share = float(((there >= 0) & (there <= size - 1)).all(axis=1).mean())
    if share < _LEAST_OVERLAP:
        raise AlignmentRefused(
            f"the second photograph shows only {100 * share:.0f} % of what the first one shows:"
            " photograph the same area"
        )


def judge(field: Field, last: Motion, found: Found, subject: Subject, faces: tuple[Face, Face] | None) -> Alignment:
    """Return the alignment, or refuse it.

    Parameters
    ----------
    field
        The map.
    last
        The last motion that was seen.
    found
        Held-out patches, found again.
    subject
        In the baseline.
    faces
        Landmarks in both photographs, if it is a face.

    Raises
    ------
    AlignmentRefused
        If too few patches could be found again, or they lie too far from where the map puts them.
    """
    count, sure = found.likeness.size, int(np.count_nonzero(found.sure))
    if count < _FEWEST_PATCHES:
        raise AlignmentRefused(
            f"the skin shows too little texture to check the alignment ({count} pieces): focus on the skin, come nearer"
        )
    if sure < max(_LEAST_FOUND * count, _FEWEST_PATCHES / 2):
        raise AlignmentRefused(
            f"only {sure} of {count} pieces of skin were found again in the second photograph: check that both show the"
            " same person and side, in focus, with the same expression and like light"
        )
    middle, upper = (float(value) for value in np.percentile(found.distances, (50, 95)))
    if middle > _MOST_SHARE * subject.length:
        raise AlignmentRefused(
            f"after alignment the skin still lies {middle:.1f} px apart; {_MOST_SHARE * subject.length:.1f} px can be"
            " measured by: photograph from the same side and distance, with the same expression"
        )
    core = subject.core(field.grid) > 0
    across = float(np.median(last.disagreement[core])) if core.any() else float("nan")
    return Alignment(
        field=field,
        agreement=_agreement(last, subject, field),
        residual_px=middle,
        residual_p95_px=upper,
        residual_share=middle / subject.length,
        forward_backward_px=across,
        patches=count,
        found_share=sure / count,
        notes=_notes(sure / count, faces),
    )


def _agreement(last: Motion, subject: Subject, field: Field) -> FloatMap:
    near = subject.regard(field.grid) > 0.5
    limit = _AGREE_SHARE * subject.length
    agreed = near & (last.disagreement < limit) & (last.weight > 0) & ~_folded(field)
    return np.asarray(cv2.blur(agreed.astype(np.float32), (5, 5)), np.float32)


def _folded(field: Field) -> NDArray[np.bool_]:
    """Return where the map squeezes skin to less than half or turns it over: hidden skin, or a mistake."""
    columns, rows = field.grid.places()
    x, y = field.positions(columns, rows)
    (yx, xx), (yy, xy) = np.gradient(x), np.gradient(y)
    plain = float(np.linalg.det(field.affine[:, :2])) * float(np.prod(field.grid.steps))
    return np.asarray((xx * yy - yx * xy) / plain < 0.5, bool)


def _notes(found_share: float, faces: tuple[Face, Face] | None) -> tuple[str, ...]:
    notes = []
    if faces is not None:
        first, second = pose_of(faces[0]), pose_of(faces[1])
        turn = float(np.hypot(second.yaw_deg - first.yaw_deg, second.pitch_deg - first.pitch_deg))
        if turn > _TURNED:
            notes.append(
                f"The head is turned by {turn:.0f} degrees between the photographs: skin near the outline, beside the"
                " nose and under the jaw is seen from another angle."
            )
    if found_share < _CHECKED_LESS:
        notes.append(
            f"Only {100 * found_share:.0f} % of the pieces of skin that check the alignment were found again:"
            " expression, focus or light differ."
        )
    return tuple(notes)
