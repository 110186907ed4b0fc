"""The words of the day of treatment."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corneum.clinic.stock.present import refusal as lot_refusal
from corneum.clinic.stock.services import LotRefused
from corneum.clinic.treatments import refusals

Word = str | Promise

GROUPS: Mapping[str, Word] = {
    "sun": _("Sun"),
    "creams": _("Retinoids and acids"),
    "skin": _("Cold sores and wounds"),
    "hair": _("Waxing and other hair removal"),
    "numbing": _("Numbing cream"),
    "now": _("On the skin now"),
    "earlier": _("After earlier sessions"),
    "room": _("Room and person"),
}
ROOM: Mapping[str, Word] = {
    "eyes.uncovered": _("Eye shields are on"),
    "hygiene.uncovered": _("Latex-free gloves and mask are on"),
    "hygiene.open": _("Handpiece sterilized, tip sterile or new"),
    "hygiene.reused_crystals": _("Crystals are fresh"),
    "operator.untrained": _("Training of the operator is on record"),
    "tip.alone": _("A doctor holds the coarse tip or stands beside"),
}
"""What is ticked before the start; each tick answers a question that the rules put the other way round."""
SETTINGS: Mapping[str, Word] = {
    "vacuum": _("Vacuum"),
    "flow": _("Crystal flow"),
    "grit": _("Grit"),
    "speed": _("Speed of the hand"),
}
END_POINTS: Mapping[str, Word] = {
    "none": _("No redness"),
    "light": _("Even, light redness"),
    "strong": _("Strong or patchy redness"),
}
REACTIONS: Mapping[str, Word] = {
    "swelling": _("Swelling"),
    "sting": _("Stinging"),
    "streaks": _("Streaks"),
    "petechiae": _("Petechiae"),
    "blister": _("Blister"),
    "hives": _("Hives"),
}
POINTS: Mapping[str, Word] = {
    "photographs": _("Photographs taken"),
    "consent": _("Consent in force"),
    "lots": _("Lots on record"),
    "settings": _("Every treated zone: end point, pain, timer stopped"),
    "aftercare": _("Aftercare explained and given"),
    "note": _("Note written, or nothing to add"),
}
CONSENT: Mapping[str, Word] = {
    "treatment": _("treatment"),
    "photograph": _("photographs"),
    "data": _("data"),
}
REASONS: tuple[Word, ...] = (
    _("As planned; last time was tolerated"),
    _("A clinician asked for it"),
    _("End point not reached"),
)
KINDS: Mapping[str, Word] = {
    "answers": _("Answered"),
    "asked": _("Somebody was asked"),
    "overridden": _("Rule overridden"),
    "lot": _("Lot opened"),
    "begun": _("Treatment begun"),
    "setting": _("Setting"),
    "pass": pgettext_lazy("treatment", "Pass"),
    "undo": _("Undone"),
    "end_point": _("End point"),
    "bleeding": _("Pinpoint bleeding"),
    "comfort": _("Pain"),
    "reaction": _("Reaction"),
    "timer": _("Timer"),
    "finished": _("Zone done"),
    "check": _("Closing list"),
    "note": _("Note"),
}
_REFUSALS: Mapping[type[refusals.Refused], Word] = {
    refusals.NoPlan: _("No clinician has approved a plan yet."),
    refusals.AlreadyOpen: _("A session of this client is still open. Sign it first."),
    refusals.WrongNumber: _("The next session has another number: please look again."),
    refusals.ReviewDue: _("The result has to be looked at before the course goes on."),
    refusals.CourseStopped: _("The review stopped this course."),
    refusals.NewPlanNeeded: _(
        "The course before was stopped, or its result was not looked at: a clinician approves a plan for a new one."
    ),
    refusals.RuleStands: _(
        "A rule stands against the treatment by the newest answers (%(said)s): go to the consultation. "
        "It is overridden there by a clinician alone, with a reason."
    ),
    refusals.ConsentMissing: _(
        "Consent is not in force: have it signed, or write down that it is left out, such as signed on paper."
    ),
    refusals.ConsentWithdrawn: _("The client took the consent back: nothing is begun until it is given anew."),
    refusals.Sealed: _("The session is signed: it does not change any more. An amendment can be added."),
    refusals.OtherTap: _("That tap was sent before, as another one. Please look whether it is right."),
    refusals.NotATap: _("That could not be read, and was not kept."),
    refusals.NotPlanned: _("This zone is not in the plan."),
    refusals.NotBegun: _("The treatment was not begun yet."),
    refusals.NothingStands: _("This rule stands against nothing any more."),
    refusals.NothingToTreat: _("Something still stands against every zone: look at the checks."),
    refusals.ZoneBlocked: _("A check stands against this zone."),
    refusals.ZoneClosed: _("Pinpoint bleeding closed this zone: no further pass."),
    refusals.ZoneFinished: _("This zone was declared done."),
    refusals.ReactionStops: _("A reaction was noted after which nothing more is done here."),
    refusals.CapReached: _("No more passes: the cap of one session is reached."),
    refusals.ReasonNeeded: _("That needs a reason."),
    refusals.AppliedAlready: _("The treatment is under way, or was begun more than 10 minutes ago."),
    refusals.CannotUndo: _("That cannot be undone, or was already."),
    refusals.Unfinished: _("Something of the closing list is still open."),
    refusals.NotSigned: _("The session is still open: it is corrected by its own taps."),
    refusals.ClosedAlready: _("This is closed already."),
}


def refusal(error: refusals.Refused | LotRefused) -> str:
    """Return why something was refused."""
    if isinstance(error, LotRefused):
        return lot_refusal(error)
    return str(_REFUSALS.get(type(error), _REFUSALS[refusals.NotATap])) % {"said": error}


def consents(kinds: Iterable[str]) -> str:
    """Return kinds of consent as people read them."""
    return ", ".join(str(CONSENT.get(kind, kind)) for kind in kinds)


def clock(seconds: float) -> str:
    """Return a time on the skin.

    Examples
    --------
    >>> clock(90)
    '1:30'
    """
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
