"""The words of photographs: views, what the gates look at, and what to do before the camera."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corneum.clinic.ui.phrases import spoken
from corneum.skin import SITES

Word = str | Promise

VIEWS: Mapping[str, Word] = {
    "front": pgettext_lazy("view", "Front"),
    "oblique_left": pgettext_lazy("view", "Left, 45°"),
    "oblique_right": pgettext_lazy("view", "Right, 45°"),
    "profile_left": pgettext_lazy("view", "Left, 90°"),
    "profile_right": pgettext_lazy("view", "Right, 90°"),
    "chin_up": pgettext_lazy("view", "Chin up"),
    "close_up": pgettext_lazy("view", "Close-up"),
    "body": pgettext_lazy("view", "Body"),
}
HOW: Mapping[str, Word] = {
    "front": _("Both ears show equally, eyes level, look into the lens."),
    "oblique_left": _("The left cheek to the camera: the tip of the nose in line with the right cheek's edge."),
    "oblique_right": _("The right cheek to the camera: the tip of the nose in line with the left cheek's edge."),
    "profile_left": _("The left side to the camera: the right brow just disappears."),
    "profile_right": _("The right side to the camera: the left brow just disappears."),
    "chin_up": _("Chin up until the tip of the nose is between the eyes; the neck is seen."),
    "close_up": _("Camera square to the skin, the printed target or a color card beside it."),
    "body": _("Camera square to the skin, the printed target or a color card beside it."),
}
GATES: Mapping[str, Word] = {
    "face": _("Face"),
    "site": _("Skin in the frame"),
    "detail": _("Detail on the skin"),
    "pixels": _("Pixels"),
    "focus": _("Focus (width of the blur)"),
    "motion": _("Motion"),
    "cut": _("Skin too bright"),
    "dark": _("Skin too dark"),
    "noise": _("Noise on the skin"),
    "distance": _("Distance"),
    "yaw": _("Head turned"),
    "pitch": _("Chin"),
    "roll": _("Head tilted"),
    "expression": _("Expression"),
    "light": _("Main light"),
    "shine": _("Shine"),
    "card": _("Color card"),
    "scale": _("Scale"),
}
LIVE: Mapping[str, Word] = {**GATES, "focus": _("Focus"), "distance": _("Size of the face")}
"""As above, of a frame: it is small, and the distance shows in the size of the face alone."""
RESULTS: Mapping[str, tuple[str, Word]] = {
    "good": ("done", _("within limits")),
    "correct": ("wait", _("better next time")),
    "refuse": ("stop", _("not to be measured")),
    "unknown": ("", _("cannot be told")),
}
HINTS: Mapping[str, Word] = {
    "": _("Good. Hold still and take the photograph."),
    "no_face": _("No face, or several: one person, the whole face in the frame."),
    "whole_face": _("Bring the whole face into the frame."),
    "turn_left": _("Turn the head a little to your own left."),
    "turn_right": _("Turn the head a little to your own right."),
    "chin_up": _("Raise the chin a little."),
    "chin_down": _("Lower the chin a little."),
    "tilt_left": _("Tilt the head a little to your own left."),
    "tilt_right": _("Tilt the head a little to your own right."),
    "closer": _("Come a little closer."),
    "back": _("Step back a little."),
    "light_moved": _("The light comes from elsewhere than at the baseline: put it back."),
    "light_side": _("Half of the face is in shadow: put the light beside the camera."),
    "rest": _("Relax the face: mouth closed, no smile, eyes open."),
    "brighter": _("The skin is too dark: more light, or expose longer."),
    "darker": _("The skin is too bright: less light, or expose shorter."),
    "focus": _("Out of focus: tap on the face to focus, and hold still."),
}


def view_title(view: str, site: str = "") -> str:
    """Return a view as people read it, with the body site where it has one."""
    title = str(VIEWS.get(view, view))
    return f"{title}: {site_title(site)}" if site else title


def site_title(site: str) -> str:
    """Return a body site as people read it."""
    return spoken(SITES[site].title) if site in SITES else site
