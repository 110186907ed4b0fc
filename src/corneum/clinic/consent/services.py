"""Give consent, take it back, and write a new version of a text."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.consent.composing import check_places, composed
from corneum.clinic.consent.models import (
    PHOTOGRAPH_PURPOSES,
    Consent,
    ConsentText,
    Ending,
    Kind,
    Permission,
    Signature,
    Signer,
)
from corneum.clinic.consent.queries import is_minor, sheet_for, text_in_force
from corneum.clinic.consent.withdrawing import ended_with
from corneum.clinic.people.models import Client
from corneum.course.wording import refused_words


class ConsentRefused(ValueError):
    """A signature that cannot stand; the message says why."""


class TextChanged(ConsentRefused):
    """What was shown is no longer what would be signed."""


class WordsRefused(ValueError):
    """A text that says what nobody may say; the message names the words."""


Told = Callable[[Client, frozenset[str], User | None, datetime], None]
"""Called in the transaction in which purposes end or begin: whose, which, who wrote it down, when."""
_withdrawn: list[Told] = []
_given: list[Told] = []


def on_withdrawal(function: Told) -> Told:
    """Have other apps told when a permission ends without another in its place; for the `ready` of an app."""
    if function not in _withdrawn:
        _withdrawn.append(function)
    return function


def on_permission(function: Told) -> Told:
    """Have other apps told, in the same way, when a permission begins that was not there; for `ready`."""
    if function not in _given:
        _given.append(function)
    return function


@dataclass(frozen=True)
class Signed:
    """A signature on its way in.

    Parameters
    ----------
    signer
        Who.
    name
        Typed.
    picture
        Drawn, as PNG; None where the typed name was confirmed instead.
    """

    signer: Signer
    name: str
    picture: bytes | None = None


@transaction.atomic
def give(
    *,
    by: User | None,
    client: Client,
    kind: str,
    digest: str,
    signatures: Sequence[Signed],
    now: datetime,
    purposes: Collection[str] = (),
) -> Consent:
    """Keep a signed sheet; what it permits replaces what an earlier sheet of its kind permitted.

    Parameters
    ----------
    by
        Who took it; None if the client signed at home, by a private link.
    client
        Whose.
    kind
        Of consent.
    digest
        Of the sheet that was shown.
    signatures
        The client's; under age the guardian's and the young person's.
    now
        When.
    purposes
        Of photographs; may be empty, which records that each use was refused.

    Raises
    ------
    TextChanged
        If text or plan changed while it was read.
    ConsentRefused
        If a signature or a purpose is missing or is none that can be.
    """
    Client.objects.select_for_update().get(pk=client.pk)
    minor = is_minor(client, timezone.localdate(now))
    _check_signers(signatures, minor)
    wanted = _wanted(kind, purposes)
    text, sheet = sheet_for(client, kind)
    if sheet.digest != digest:
        raise TextChanged("the text was changed while it was read")
    if text._state.adding:
        text.made = now
        text.save()
    consent = Consent.objects.create(
        client=client,
        kind=kind,
        text=text,
        sheet=sheet.to_dict(),
        digest=sheet.digest,
        plan=sheet.plan,
        of_minor=minor,
        given=now,
        taken_by=by,
    )
    Signature.objects.bulk_create(
        Signature(consent=consent, signer=one.signer, name=one.name, picture=one.picture) for one in signatures
    )
    before = frozenset(_in_force(client, kind).values_list("purpose", flat=True))
    _in_force(client, kind).update(until=now, ending=Ending.REPLACED, ended_by=by)
    Permission.objects.bulk_create(
        Permission(consent=consent, client=client, purpose=purpose, since=now) for purpose in wanted
    )
    record("consent.given", by=by, subject=consent, now=now, data={"kind": kind, "purposes": sorted(wanted)})
    _tell(_withdrawn, client, before - wanted, by, now)
    _tell(_given, client, wanted - before, by, now)
    return consent


@transaction.atomic
def withdraw(*, by: User | None, client: Client, purposes: Collection[str], now: datetime) -> int:
    """Take back permissions; from this moment on they are refused everywhere. Return how many ended.

    With the record of photographs every other use of them ends.

    Parameters
    ----------
    by
        Who wrote it down; None if the client did, by a private link.
    client
        Whose.
    purposes
        What is taken back.
    now
        When.
    """
    Client.objects.select_for_update().get(pk=client.pk)
    standing = Permission.objects.filter(client=client, until=None)
    held = frozenset(standing.values_list("purpose", flat=True))
    taken = sorted(ended_with(held & set(purposes)) & held)
    standing.filter(purpose__in=taken).update(until=now, ending=Ending.WITHDRAWN, ended_by=by)
    if taken:
        record("consent.withdrawn", by=by, subject=client, now=now, data={"purposes": taken})
        _tell(_withdrawn, client, frozenset(taken), by, now)
    return len(taken)


@transaction.atomic
def write_text(*, by: User, kind: str, language: str, body: str, now: datetime) -> ConsentText:
    """Make a new version of a text; sheets that were signed keep the old one.

    Raises
    ------
    TextRefused
        If it has no title or no section, or plan and risks have no place in it.
    WordsRefused
        If it holds a word or claim that the program's table of words refuses.
    """
    sheet = composed(body, None)
    check_places(sheet, treatment=kind == Kind.TREATMENT)
    own = " ".join((sheet.title, *(f"{part.title} {line.text}" for part in sheet.sections for line in part.lines)))
    found = refused_words(own)
    if found:
        raise WordsRefused("; ".join(f"“{one.words}”: {one.row.instead}" for one in found))
    standing = text_in_force(kind, language)
    if standing._state.adding:
        standing.made = now
        standing.save()
    text = ConsentText.objects.create(
        kind=kind, language=language, number=standing.number + 1, body=body.strip(), made=now, made_by=by
    )
    record("consent_text.written", by=by, subject=text, now=now, data={"kind": kind, "number": text.number})
    return text


def _tell(told: list[Told], client: Client, which: frozenset[str], by: User | None, now: datetime) -> None:
    for function in told if which else ():
        function(client, which, by, now)


def _in_force(client: Client, kind: str) -> QuerySet[Permission]:
    return Permission.objects.filter(client=client, until=None, consent__kind=kind)


def _check_signers(signatures: Sequence[Signed], minor: bool) -> None:
    needed = {Signer.GUARDIAN, Signer.ASSENT} if minor else {Signer.CLIENT}
    if {one.signer for one in signatures} != needed or len(signatures) != len(needed):
        raise ConsentRefused("under age the guardian signs and the young person agrees; else the client signs")
    if not all(one.name.strip() for one in signatures):
        raise ConsentRefused("a signature has a name")


def _wanted(kind: str, purposes: Collection[str]) -> frozenset[str]:
    if kind not in Kind.values:
        raise ConsentRefused(f"there is no consent of the kind {kind!r}")
    if kind != Kind.PHOTOGRAPH:
        return frozenset({kind})
    unknown = set(purposes) - {purpose.value for purpose in PHOTOGRAPH_PURPOSES}
    if unknown:
        raise ConsentRefused(f"no purpose of photographs: {', '.join(sorted(unknown))}")
    return frozenset(purposes)
