"""What a client answered, what the rules say of it, what bothers them, and what waits to be looked at."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from corneum.clinic.intake.models import CheckIn, Concern, InboxItem, ItemKind, Link, RuleOverride, Sheet
from corneum.clinic.intake.reading import HELD, answers_on, book_with, holds
from corneum.clinic.intake.triage import EMERGENCY
from corneum.clinic.people.models import Client
from corneum.clinic.rules.queries import book as rules_in_force
from corneum.clinic.ui.ids import uuid_of
from corneum.screening import AnswerSheet, Finding, Screening, screen

PAGE = 100
"""Items of a page of the inbox."""


def newest_sheet(client_id: UUID) -> Sheet | None:
    """Return the newest sheet that was handed in, or None."""
    return Sheet.objects.filter(client_id=client_id, submitted__isnull=False).order_by("-number").first()


def draft_of(client_id: UUID) -> Sheet | None:
    """Return the draft of a client, or None."""
    return Sheet.objects.filter(client_id=client_id, submitted=None).first()


def working_sheet(client_id: UUID) -> Sheet | None:
    """Return the draft, or else the newest sheet that was handed in."""
    return draft_of(client_id) or newest_sheet(client_id)


def sheets_of(client_id: UUID) -> list[Sheet]:
    """Return the sheets that were handed in, newest first."""
    found = Sheet.objects.filter(client_id=client_id, submitted__isnull=False).order_by("-number")
    return list(found.defer("answers").select_related("submitted_by"))


def answers_of(client_id: UUID) -> AnswerSheet | None:
    """Return the newest answers that were handed in, checked by the core; None where there are none.

    The zones are those of the concerns and those that the client named.
    """
    sheet = newest_sheet(client_id)
    client = Client.objects.filter(pk=client_id).first()
    if sheet is None or client is None:
        return None
    answers = answers_on(sheet, client, sheet.day)
    return AnswerSheet(answers, zones_of(client_id, sheet), sheet.day, f"answers {sheet.number}")


def concerns_of(client_id: UUID) -> list[Concern]:
    """Return what bothers a client, in the order in which it was placed."""
    return list(Concern.objects.filter(client_id=client_id, removed=None))


def zones_of(client_id: UUID, sheet: Sheet | None) -> tuple[str, ...]:
    """Return the sites of the concerns, and after them those that the client named."""
    placed = Concern.objects.filter(client_id=client_id, removed=None).values_list("zone", flat=True)
    return tuple(dict.fromkeys([*placed, *(sheet.zones if sheet is not None else [])]))


def overrides_of(client_id: UUID) -> list[RuleOverride]:
    """Return the decisions of clinicians against rules, newest first, ended ones as well."""
    return list(RuleOverride.objects.filter(client_id=client_id).select_related("by", "ended_by"))


def screening_of(client_id: UUID, today: date) -> Screening | None:
    """Return what the rules say today of the newest answers that were handed in; None without answers or zones."""
    sheet = newest_sheet(client_id)
    return None if sheet is None else screening_on(sheet, today)


def against(client_id: UUID, zones: Collection[str], today: date) -> list[Finding]:
    """Return what stops or defers a treatment of zones today by the newest answers, but for what was overridden."""
    sheet = newest_sheet(client_id)
    screening = None if sheet is None else screening_on(sheet, today, zones=zones)
    found = () if screening is None else screening.findings
    return [one for one in found if one.kind == "fired" and one.verdict in HELD]


def screening_on(
    sheet: Sheet,
    today: date,
    *,
    overrides: list[RuleOverride] | None = None,
    client: Client | None = None,
    zones: Collection[str] | None = None,
) -> Screening | None:
    """Return what the rules say of one sheet, with the decisions of clinicians that stand; None without zones.

    The zones are those of the concerns and those that the client named, where none are given.
    """
    zones = zones_of(sheet.client_id, sheet) if zones is None else zones
    if not zones:
        return None
    answers = answers_on(sheet, client or sheet.client, today)
    stored = overrides_of(sheet.client_id) if overrides is None else overrides
    return screen(answers, zones, today, book_with((one for one in stored if one.ended is None), answers))


def lapsed(overrides: list[RuleOverride], sheet: Sheet, client: Client, today: date) -> list[RuleOverride]:
    """Return the decisions that no longer stand, since the answers or the rule were changed."""
    answers, book = answers_on(sheet, client, today), rules_in_force()
    return [one for one in overrides if one.ended is None and not holds(one, answers, book)]


def phototype_of(answers: Mapping[str, Any]) -> str | None:
    """Return the phototype by the questionnaire, or None where it was not answered or is not known."""
    said = answers.get("person.phototype")
    return said if said in ("I", "II", "III", "IV", "V", "VI") else None


def links_of(client_id: UUID) -> list[Link]:
    """Return the private links of a client, newest first."""
    return list(Link.objects.filter(client_id=client_id).select_related("made_by"))


def check_ins_of(client_id: UUID) -> list[CheckIn]:
    """Return the check-ins of a client, newest first."""
    return list(CheckIn.objects.filter(client_id=client_id).select_related("answered_by").order_by("-due"))


def check_in_of(client_id: UUID, check_in_id: UUID) -> CheckIn | None:
    """Return one check-in of a client, or None."""
    return CheckIn.objects.filter(pk=check_in_id, client_id=client_id).first()


def check_ins_open(client_id: UUID, today: date) -> list[CheckIn]:
    """Return the check-ins that are due and not answered yet, the oldest first."""
    return list(CheckIn.objects.filter(client_id=client_id, answered=None, due__lte=today))


def inbox(*, seen: bool, after: str = "") -> tuple[list[InboxItem], bool]:
    """Return a page of what waits, most urgent first, or of what was seen, newest first; and whether there is more.

    Parameters
    ----------
    seen
        What was seen, rather than what waits.
    after
        Id of the last item of the page before; where there is no such item, the first page is returned.
    """
    found = InboxItem.objects.select_related("client", "seen_by", "check_in").filter(seen__isnull=not seen)
    last = _item(after)
    if last is not None and seen:
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    elif last is not None:
        later = Q(at__gt=last.at) | Q(at=last.at, pk__gt=last.pk)
        found = found.filter(Q(level__lt=last.level) | Q(level=last.level) & later)
    page = list(found.order_by(*(("-at", "-pk") if seen else ("-level", "at", "pk")))[: PAGE + 1])
    return page[:PAGE], len(page) > PAGE


def _item(named: str) -> InboxItem | None:
    item_id = uuid_of(named)
    return None if item_id is None else InboxItem.objects.filter(pk=item_id).first()


def just_seen(named: str, by_id: UUID, since: datetime) -> InboxItem | None:
    """Return the item that a person just marked as seen, to undo it; None where none is named, or it is too late."""
    item_id, found = uuid_of(named), InboxItem.objects.select_related("client")
    return None if item_id is None else found.filter(pk=item_id, seen_by_id=by_id, seen__gt=since).first()


def emergencies() -> list[UUID]:
    """Return the red flags and reactions of the highest level that nobody saw yet, the oldest first; at most 20."""
    kinds = (ItemKind.RED_FLAG, ItemKind.REACTION)
    waiting = InboxItem.objects.filter(seen=None, kind__in=kinds, level=EMERGENCY)
    return list(waiting.order_by("at").values_list("pk", flat=True)[:20])


def inbox_count() -> int:
    """Return how many items nobody has looked at yet."""
    return InboxItem.objects.filter(seen=None).count()
