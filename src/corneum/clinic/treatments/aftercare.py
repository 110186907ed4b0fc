"""The instructions after one session, dated from the day on which it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from corneum.clinic.treatments import translate
from corneum.clinic.treatments.models import Session
from corneum.course import CalendarEntry
from corneum.course.schedule import care_entries, own_entries
from corneum.evidence import load_evidence


@dataclass(frozen=True)
class Aftercare:
    """What a client is told after a session.

    Parameters
    ----------
    day
        Of the session.
    zones
        That were treated; those of the plan where nothing was.
    avoid, do, expect, call
        Instructions, those that last longest first.
    check_ins
        Days on which the clinic asks.
    """

    day: date
    zones: tuple[str, ...]
    avoid: tuple[CalendarEntry, ...]
    do: tuple[CalendarEntry, ...]
    expect: tuple[CalendarEntry, ...]
    call: tuple[CalendarEntry, ...]
    check_ins: tuple[CalendarEntry, ...]

    @property
    def entries(self) -> tuple[CalendarEntry, ...]:
        """All of them."""
        return (*self.avoid, *self.do, *self.expect, *self.call, *self.check_ins)


def aftercare_of(session: Session) -> Aftercare:
    """Return the instructions after a session, by the rows of `corneum.course` that plans are dated with."""
    day = timezone.localdate(session.opened_at)
    zones = tuple(session.done) or tuple(raw["zone"] for raw in session.planned)
    prescribed = translate.prescribed_of(session)
    entries = care_entries((day,), zones, translate.phototype_of(session), prescribed)
    told = [entry for entry in entries if entry.kind == "aftercare" and entry.client_text]
    check_ins = own_entries((day,), None, (), zones, load_evidence())
    return Aftercare(
        day=day,
        zones=zones,
        avoid=_longest_first(told, "avoid"),
        do=_longest_first(told, "do"),
        expect=_longest_first(told, "expect"),
        call=_longest_first(told, "call"),
        check_ins=tuple(entry for entry in check_ins if entry.kind == "check_in"),
    )


def _longest_first(entries: Sequence[CalendarEntry], care: str) -> tuple[CalendarEntry, ...]:
    found = [entry for entry in entries if entry.care == care]
    return tuple(sorted(found, key=lambda entry: entry.last_day or entry.day, reverse=True))
