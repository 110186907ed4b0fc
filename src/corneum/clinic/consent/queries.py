"""What is in force, what is missing, and what is on a sheet that is to be signed."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from uuid import UUID

from django.utils import timezone, translation

from corneum.clinic.consent.composing import Sheet, composed, plan_versions, plan_words, shipped_text
from corneum.clinic.consent.models import PHOTOGRAPH_PURPOSES, Consent, ConsentText, Ending, Kind, Permission, Purpose
from corneum.clinic.people.models import Client
from corneum.screening import load_rules

NEEDED = (Kind.TREATMENT, Kind.DATA)
"""Without these nobody is treated; photographs are free to refuse."""
_BOTH_AGREE = "age.030"


def photo_purposes(client_id: UUID) -> frozenset[str]:
    """Return what the client's photographs may be used for now; asked anew at every view of every copy.

    Of what a guardian signed the record alone stands once the client is of age; every other use is asked anew.
    """
    found = Permission.objects.filter(client_id=client_id, until=None, purpose__in=PHOTOGRAPH_PURPOSES)
    held, today = found.values_list("purpose", "consent__of_minor", "client__born"), timezone.localdate()
    return frozenset(
        purpose
        for purpose, of_minor, born in held
        if purpose == Purpose.RECORD or not (of_minor and _is_of_age(born, today))
    )


def missing(client_id: UUID, today: date | None = None) -> list[str]:
    """Return the kinds of consent that a treatment needs and that are not in force, each once, in order.

    A sheet is no longer in force once it was taken back, once a new version of the plan was approved, and once a
    young person whose guardian signed is of age.
    """
    return missing_of([client_id], today)[client_id]


def withdrawn(client_id: UUID) -> list[str]:
    """Return the kinds of consent that a treatment needs and that the client took back and gave no more."""
    rows = Permission.objects.filter(client_id=client_id, purpose__in=[kind.value for kind in NEEDED])
    last = dict(rows.order_by("since").values_list("purpose", "ending"))
    return [str(kind) for kind in NEEDED if last.get(kind.value) == Ending.WITHDRAWN]


def missing_of(client_ids: Iterable[UUID], today: date | None = None) -> Mapping[UUID, list[str]]:
    """Return what is missing for many clients, such as those of a day; see `missing`."""
    ids, day = list(client_ids), today or timezone.localdate()
    held = Permission.objects.filter(client_id__in=ids, until=None, purpose__in=[kind.value for kind in NEEDED])
    rows = held.values_list(
        "client_id", "purpose", "consent__kind", "consent__plan", "consent__of_minor", "client__born"
    )
    plans = plan_versions(ids)
    there = {
        (client, purpose)
        for client, purpose, kind, plan, of_minor, born in rows
        if not (of_minor and _is_of_age(born, day)) and not (kind == Kind.TREATMENT and plans.get(client, plan) != plan)
    }
    return {one: [str(kind) for kind in NEEDED if (one, kind.value) not in there] for one in ids}


def outdated(consent: Consent, client: Client, today: date) -> bool:
    """Return whether a sheet must be signed anew: the plan is another one, or the young person is of age.

    Parameters
    ----------
    consent, client
        The sheet, and whose it is.
    today
        The day.
    """
    if consent.of_minor and _is_of_age(client.born, today):
        return True
    return consent.kind == Kind.TREATMENT and plan_versions([client.pk]).get(client.pk, consent.plan) != consent.plan


def permissions_in_force(client_id: UUID) -> list[Permission]:
    """Return the permissions of a client that stand."""
    found = Permission.objects.filter(client_id=client_id, until=None)
    return list(found.select_related("consent__text").defer("consent__sheet"))


def history(client_id: UUID) -> list[Consent]:
    """Return the sheets that a client signed, newest first, with what became of each permission."""
    found = Consent.objects.filter(client_id=client_id).defer("sheet")
    return list(found.select_related("text", "taken_by").prefetch_related("permissions__ended_by"))


def text_in_force(kind: str, language: str) -> ConsentText:
    """Return the newest text; one that comes with the program is kept once somebody signs it.

    A text that the clinic wrote stays in force when the program brings a new one.
    """
    newest = ConsentText.objects.filter(kind=kind, language=language).first()
    shipped = shipped_text(kind, language)
    if newest is not None and (newest.made_by_id is not None or newest.body == shipped):
        return newest
    number = 1 if newest is None else newest.number + 1
    return ConsentText(kind=kind, language=language, number=number, body=shipped, made=timezone.now())


def sheet_for(client: Client, kind: str) -> tuple[ConsentText, Sheet]:
    """Return the text in force in a client's language, and what this client reads of it."""
    text = text_in_force(kind, client.language)
    with translation.override(client.language):
        return text, composed(text.body, plan_words(client.pk) if kind == Kind.TREATMENT else None)


@cache
def age_of_consent() -> float:
    """Return the age below which a guardian signs and the young person agrees.

    References
    ----------
    Screening rule ``age.030`` (CI-090, PH-014).
    """
    clauses = load_rules().rule(_BOTH_AGREE).when
    return next(one.below for one in clauses if one.question == "person.age" and one.below is not None)


def age_on(born: date, day: date) -> int:
    """Return how many years old somebody is on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(client: Client, today: date) -> bool:
    """Return whether a guardian signs for a client."""
    return not _is_of_age(client.born, today)


def _is_of_age(born: date, today: date) -> bool:
    return age_on(born, today) >= age_of_consent()
