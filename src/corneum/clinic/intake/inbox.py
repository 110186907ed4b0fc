"""What must be looked at: check-ins asked and answered, red flags told at once, and who saw them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.intake.models import CheckIn, InboxItem, ItemKind
from corneum.clinic.intake.triage import Flag, asked_on, days, flags
from corneum.clinic.people.models import Client


class CheckInRefused(ValueError):
    """Answers to a check-in that cannot be kept; ``mistakes`` says why, by question."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        self.mistakes = dict(mistakes)
        super().__init__("; ".join(f"{name}: {said}" for name, said in self.mistakes.items()))


SEEN_BACK = timedelta(minutes=15)
"""How long a slip of the finger can be undone."""


class TooLate(ValueError):
    """What was marked as seen stays so."""


class AlreadyAnswered(ValueError):
    """A check-in is answered once; what changes afterwards is told by the next one, or by a call."""


@transaction.atomic
def plan_check_ins(*, by: User, client: Client, treated: date, now: datetime) -> list[CheckIn]:
    """Put the check-ins of a treatment down; those that stand already stay as they are.

    References
    ----------
    Rows ``course.check_in.*`` of the evidence: days 1, 3 and 14.
    """
    made = []
    for number in days():
        one, new = CheckIn.objects.get_or_create(
            client=client, treated=treated, after_days=number, defaults={"due": treated + timedelta(days=number)}
        )
        made += [one] * new
    if made:
        record("check_ins.planned", by=by, subject=client, now=now, data={"days": [one.after_days for one in made]})
    return made


@transaction.atomic
def answer_check_in(
    *, by: User | None, check_in: CheckIn, answers: Mapping[str, object], now: datetime
) -> tuple[Flag, ...]:
    """Keep the answers to a check-in, and tell the practitioners at once of what somebody must look at.

    Parameters
    ----------
    by
        Who wrote them down, on the telephone; None for the client.
    check_in
        Which.
    answers
        "yes" or "no", or a number from 0 to 10, for every question of that day.
    now
        When.

    Returns
    -------
    tuple of Flag
        What somebody must look at, most urgent first.

    Raises
    ------
    AlreadyAnswered
        If it is.
    CheckInRefused
        If an answer is missing or is none.
    """
    stored = CheckIn.objects.select_for_update().get(pk=check_in.pk)
    if stored.answered is not None:
        raise AlreadyAnswered("this check-in was answered")
    kept = _checked(answers, stored.after_days)
    stored.answers, stored.answered, stored.answered_by = kept, now, by
    stored.save(update_fields=["answers", "answered", "answered_by"])
    found = flags(kept, (timezone.localdate(now) - stored.treated).days)
    record("check_in.answered", by=by, subject=stored, now=now, data={"day": stored.after_days, "flags": len(found)})
    if found:
        signs = [flag.asked.id for flag in found]
        tell(client=stored.client, kind=ItemKind.RED_FLAG, level=found[0].level, signs=signs, check_in=stored, now=now)
    return found


def tell(
    *,
    client: Client,
    kind: ItemKind,
    now: datetime,
    level: int = 1,
    signs: Sequence[str] = (),
    check_in: CheckIn | None = None,
) -> InboxItem:
    """Put something into the inbox, in the transaction of what it tells of."""
    return InboxItem.objects.create(client=client, kind=kind, level=level, signs=list(signs), check_in=check_in, at=now)


@transaction.atomic
def acknowledge(*, by: User, item: InboxItem, note: str, now: datetime) -> InboxItem:
    """Write down that somebody looked, and what they did; who came second changes nothing."""
    stored = InboxItem.objects.select_for_update().get(pk=item.pk)
    if stored.seen is None:
        stored.seen, stored.seen_by, stored.note = now, by, note.strip()
        stored.save(update_fields=["seen", "seen_by", "note"])
        record("inbox.seen", by=by, subject=stored, now=now, data={"kind": stored.kind})
    return stored


@transaction.atomic
def take_back_seen(*, by: User, item: InboxItem, now: datetime) -> InboxItem:
    """Let an item wait again that was marked as seen by a slip.

    Raises
    ------
    TooLate
        If nobody marked it, another person did, or it is longer ago than `SEEN_BACK`.
    """
    stored = InboxItem.objects.select_for_update().get(pk=item.pk)
    if not can_be_taken_back(stored, by, now):
        raise TooLate("this item is not taken back any more")
    # What was written stays, so that nobody types it twice.
    stored.seen, stored.seen_by = None, None
    stored.save(update_fields=["seen", "seen_by"])
    record("inbox.seen_undone", by=by, subject=stored, now=now, data={"kind": stored.kind})
    return stored


def can_be_taken_back(item: InboxItem, by: User, now: datetime) -> bool:
    """Return whether a person may still undo having marked an item as seen."""
    return item.seen is not None and item.seen_by_id == by.pk and now - item.seen < SEEN_BACK


def _checked(answers: Mapping[str, object], after_days: int) -> dict[str, object]:
    kept: dict[str, object] = {}
    mistakes: dict[str, str] = {}
    for asked in asked_on(after_days):
        value = answers.get(asked.id)
        fits = value in ("yes", "no") if asked.kind == "yes_no" else isinstance(value, int) and 0 <= value <= 10
        if fits:
            kept[asked.id] = value
        else:
            mistakes[asked.id] = "not answered" if value in (None, "") else "no such answer"
    if mistakes:
        raise CheckInRefused(mistakes)
    return kept
