"""What the pages of consent show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from corneum.clinic.consent import queries
from corneum.clinic.consent.models import PHOTOGRAPH_PURPOSES, Consent, Ending, Kind, Permission, Purpose, Signer
from corneum.clinic.people.models import Client
from corneum.clinic.practice.models import Practice
from corneum.reports.consent_sheet import ConsentPrint, SignedBy

_SAID: dict[str, tuple[str, str | Promise]] = {
    "in_force": ("done", _lazy("in force")),
    "outdated": ("stop", _lazy("to be signed anew")),
    "missing": ("stop", _lazy("missing")),
    "refused": ("wait", _lazy("asked; every use refused")),
    "not_asked": ("wait", _lazy("not asked yet")),
}
_OF_AGE = _lazy("The client is of age now.")


@dataclass(frozen=True)
class KindState:
    """How one kind of consent stands.

    Parameters
    ----------
    kind, title
        Which.
    tone, said
        How it stands, as a class of the design and in words.
    consent
        The sheet in force, or the last one of photographs; None without one.
    uses
        For photographs: each purpose with whether it stands.
    why
        Why a sheet must be signed anew; empty otherwise.
    """

    kind: str
    title: str | Promise
    tone: str
    said: str | Promise
    consent: Consent | None
    uses: tuple[tuple[str, str | Promise, bool], ...] = ()
    why: str | Promise = ""

    @property
    def opens(self) -> bool:
        """Whether there is something to sign before a treatment."""
        return self.tone != "done"


def states(client: Client, sheets: list[Consent], standing: list[Permission], today: date) -> tuple[KindState, ...]:
    """Return how each kind of consent stands for a client."""
    held = {row.purpose: row.consent for row in standing}
    return tuple(_state(kind, client, sheets, held, today) for kind in (Kind.TREATMENT, Kind.DATA, Kind.PHOTOGRAPH))


def _state(kind: Kind, client: Client, sheets: list[Consent], held: dict[str, Consent], today: date) -> KindState:
    uses: tuple[tuple[str, str | Promise, bool], ...] = ()
    if kind == Kind.PHOTOGRAPH:
        newest = next((one for one in sheets if one.kind == kind), None)
        there = {one for one in PHOTOGRAPH_PURPOSES if one.value in held}
        old = any(queries.outdated(held[one], client, today) for one in there)
        uses = tuple(
            (one.value, one.label, one in there and (one == Purpose.RECORD or not old)) for one in PHOTOGRAPH_PURPOSES
        )
        state = "outdated" if old else "in_force" if there else "refused" if newest else "not_asked"
        return KindState(kind.value, kind.label, *_SAID[state], newest, uses, _OF_AGE if old else "")
    consent = held.get(kind.value)
    old = consent is not None and queries.outdated(consent, client, today)
    state = "missing" if consent is None else "outdated" if old else "in_force"
    why: str | Promise = ""
    if consent is not None and old:
        of_age = consent.of_minor and not queries.is_minor(client, today)
        why = _OF_AGE if of_age else _("The plan was changed since.")
    return KindState(kind.value, kind.label, *_SAID[state], consent, why=why)


def sheet_page(consent: Consent) -> dict[str, Any]:
    """Return a signed sheet, word for word, with who signed and what became of it."""
    return {
        "consent": consent,
        "sheet": consent.sheet,
        "signatures": list(consent.signatures.all()),
        "permissions": [(Purpose(row.purpose).label, row) for row in consent.permissions.all()],
        "refused": refused_uses(consent),
    }


def printed(consent: Consent, practice: Practice) -> ConsentPrint:
    """Return a signed sheet as it is printed: all of it in the language in which it was read."""
    with translation.override(consent.text.language):
        return _printed(consent, practice)


def _printed(consent: Consent, practice: Practice) -> ConsentPrint:
    sheet = consent.sheet
    agreed = tuple(_printed_use(row) for row in consent.permissions.all())
    refused = tuple(str(label) for label in refused_uses(consent))
    taken = _("taken by %(who)s") % {"who": consent.taken_by} if consent.taken_by else _("signed at home")
    day = date_format(timezone.localtime(consent.given), "DATETIME_FORMAT")
    version = _("version %(number)s of the text") % {"number": consent.text.number}
    return ConsentPrint(
        language=consent.text.language,
        title=sheet["title"],
        person=f"{consent.client.name}, {date_format(consent.client.born, 'DATE_FORMAT')}",
        sections=tuple(
            (one["title"], tuple((line["title"], line["text"]) for line in one["lines"])) for one in sheet["sections"]
        ),
        outcome=tuple(
            (title, lines) for title, lines in ((_("Agreed to"), agreed), (_("Not agreed to"), refused)) if lines
        ),
        signatures=tuple(
            SignedBy(one.name, str(Signer(one.signer).label), None if one.picture is None else bytes(one.picture))
            for one in consent.signatures.all()
        ),
        foot=" · ".join((day, taken, version, consent.digest[:16])),
        letterhead=practice.lines,
    )


def _printed_use(row: Permission) -> str:
    said = str(Purpose(row.purpose).label)
    if row.until is None:
        return said
    return f"{said} ({Ending(row.ending).label}, {date_format(timezone.localtime(row.until), 'DATE_FORMAT')})"


def refused_uses(consent: Consent) -> list[str | Promise]:
    """Return the uses of photographs that were not agreed to on a sheet."""
    if consent.kind != Kind.PHOTOGRAPH:
        return []
    given = {row.purpose for row in consent.permissions.all()}
    return [one.label for one in PHOTOGRAPH_PURPOSES if one.value not in given]
