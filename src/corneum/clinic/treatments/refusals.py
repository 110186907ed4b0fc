"""Why something is refused on the day of treatment."""


class Refused(ValueError):
    """It was not done, and nothing was changed."""


class NoPlan(Refused):
    """No clinician has approved a plan."""


class AlreadyOpen(Refused):
    """Another session of this client is still open."""


class WrongNumber(Refused):
    """The session is neither the next one of the course nor the first of a new one."""


class ReviewDue(Refused):
    """The result has to be looked at before the course goes on."""


class CourseStopped(Refused):
    """The review stopped this course."""


class NewPlanNeeded(Refused):
    """The course before was stopped, or its review is due: a new one needs a plan approved after that."""


class RuleStands(Refused):
    """A rule stops or defers the treatment by the client's newest answers; the message names the rules."""


class ConsentMissing(Refused):
    """No consent to the treatment is in force, and nobody wrote down that it stands on paper."""


class ConsentWithdrawn(Refused):
    """The client took the consent back."""


class Sealed(Refused):
    """The session is signed."""


class OtherTap(Refused):
    """Another tap has this id."""


class NotATap(Refused):
    """What was sent cannot be read."""


class NotPlanned(Refused):
    """The zone is not in the plan."""


class NotBegun(Refused):
    """The treatment was not begun yet."""


class NothingStands(Refused):
    """The rule does not stand against anything, or no longer."""


class NothingToTreat(Refused):
    """The rules of the day, or an open question, stand against every zone."""


class ZoneBlocked(Refused):
    """The rules of the day, or an open question, stand against this zone."""


class ZoneClosed(Refused):
    """Pinpoint bleeding closed the zone."""


class ZoneFinished(Refused):
    """The zone was declared done."""


class ReactionStops(Refused):
    """A reaction was seen after which nothing more is done."""


class CapReached(Refused):
    """More passes than a session may have."""


class ReasonNeeded(Refused):
    """A step up needs a reason."""


class AppliedAlready(Refused):
    """The treatment is under way: its beginning is not taken back any more."""


class CannotUndo(Refused):
    """A tap that cannot be taken back, or was already."""


class Unfinished(Refused):
    """The closing list is not done."""


class NotSigned(Refused):
    """An open session is corrected by its own taps, not amended."""


class ClosedAlready(Refused):
    """The reaction is closed already."""
