"""The views of clinical photography, and how the head is turned in each."""

from dataclasses import dataclass


class UnknownView(ValueError):
    """No view has this name."""


@dataclass(frozen=True)
class View:
    """One view.

    Parameters
    ----------
    key
        For example ``oblique_left``: the person's own left side faces the camera.
    title
        As people read it.
    yaw_deg, pitch_deg
        How the head is turned, in the axes of `corneum.imaging.faces.Pose`; None where it does not matter.
    face
        Whether a whole face must be in the picture.
    turn
        Which limits of turn hold: ``near`` for a straight look, ``far`` where landmarks are less exact.
    how
        How to bring the person into the view.
    """

    key: str
    title: str
    yaw_deg: float | None
    pitch_deg: float | None
    face: bool
    turn: str
    how: str


_ROWS = (
    View("front", "front", 0.0, 0.0, True, "near", "both ears show equally, eyes level"),
    View("oblique_left", "left, 45 degrees", -45.0, 0.0, True, "far", "nose tip in line with the right cheek's edge"),
    View("oblique_right", "right, 45 degrees", 45.0, 0.0, True, "far", "nose tip in line with the left cheek's edge"),
    View("profile_left", "left, 90 degrees", -90.0, 0.0, False, "far", "the right brow just disappears"),
    View("profile_right", "right, 90 degrees", 90.0, 0.0, False, "far", "the left brow just disappears"),
    View("chin_up", "chin up", 0.0, 30.0, False, "far", "nose tip between the eyes, neck seen"),
    View("close_up", "close-up", None, None, False, "none", "camera square to the skin, scale in the frame"),
    View("body", "body site", None, None, False, "none", "camera square to the skin, scale in the frame"),
)
VIEWS: dict[str, View] = {row.key: row for row in _ROWS}


def view_of(name: str) -> View:
    """Return a view by its name.

    Raises
    ------
    UnknownView
        If there is none; the message lists them.

    Examples
    --------
    >>> view_of("front").title
    'front'
    """
    if name not in VIEWS:
        raise UnknownView(f"no view is called {name!r}: use one of {', '.join(VIEWS)}")
    return VIEWS[name]


def nearest_view(yaw_deg: float, pitch_deg: float) -> View:
    """Return the view of a whole face or profile that a turn of the head comes nearest to.

    Parameters
    ----------
    yaw_deg, pitch_deg
        In the axes of `corneum.imaging.faces.Pose`.

    Examples
    --------
    >>> nearest_view(-38.0, 4.0).key
    'oblique_left'
    """
    turned = [row for row in _ROWS if row.yaw_deg is not None and row.pitch_deg is not None]
    return min(turned, key=lambda row: (yaw_deg - (row.yaw_deg or 0)) ** 2 + (pitch_deg - (row.pitch_deg or 0)) ** 2)
