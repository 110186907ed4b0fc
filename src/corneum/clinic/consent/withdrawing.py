"""What a withdrawal means, purpose by purpose, and which copies of photographs went out under a purpose."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneum.clinic.consent.models import PHOTOGRAPH_PURPOSES, Permission, Purpose

MEANINGS: Mapping[str, str | Promise] = {
    Purpose.TREATMENT: _("From this moment on you are not treated. What was done so far stays in your record."),
    Purpose.DATA: _(
        "From this moment on you are not treated, since no treatment is done without being written down. What was "
        "kept until now stays as long as the law asks for it; to have the rest erased, ask the clinic."
    ),
    Purpose.RECORD: _(
        "Your photographs are closed from this moment on: nobody sees them, and every other use of them ends as well. "
        "Smaller sizes, comparisons and copies of your data that wait to be fetched are deleted. The closed "
        "photographs stay as long as the law asks for your record; to have them erased, ask the clinic."
    ),
    Purpose.SHOW: _("From this moment on no photograph of you is shown to other clients."),
    Purpose.TEACH: _("From this moment on no photograph of you is used for teaching."),
    Purpose.PUBLISH: _(
        "From this moment on no photograph of you is given out to be printed or put on a website. What others keep of "
        "it already cannot be fetched back."
    ),
}


@dataclass(frozen=True)
class CopyOut:
    """A copy of a photograph that left the clinic.

    Parameters
    ----------
    at, purpose, to
        When, for what, and to whom.
    """

    at: datetime
    purpose: str
    to: str


CopyTeller = Callable[[UUID], Sequence[CopyOut]]
_tellers: list[CopyTeller] = []


def tell_copies_by(teller: CopyTeller) -> None:
    """Register who knows of copies: that app stands above this one and is never imported here."""
    _tellers[:] = [teller]


def ended_with(purposes: Collection[str]) -> frozenset[str]:
    """Return the purposes of photographs that end with some: all of them with the record, without which none stands."""
    ended = {one.value for one in PHOTOGRAPH_PURPOSES} if Purpose.RECORD in purposes else set[str]()
    return frozenset(ended | {str(one) for one in purposes})


def copies_out(client_id: UUID, purposes: Collection[str]) -> list[CopyOut]:
    """Return the copies of a client's photographs that a withdrawal does not reach by itself, the newest first."""
    ended = ended_with(purposes)
    return [one for one in (_tellers[0](client_id) if _tellers else ()) if one.purpose in ended]


@dataclass(frozen=True)
class Withdrawal:
    """One permission that can be withdrawn, and what that means."""

    purpose: str
    title: str | Promise
    meaning: str | Promise
    since: datetime
    copies: tuple[CopyOut, ...]


def withdrawals(client_id: UUID, standing: Sequence[Permission]) -> list[Withdrawal]:
    """Return what a client may withdraw, in the order in which it was asked."""
    order = list(Purpose.values)
    out = copies_out(client_id, [row.purpose for row in standing])
    return [
        Withdrawal(
            row.purpose,
            Purpose(row.purpose).label,
            MEANINGS[row.purpose],
            row.since,
            tuple(one for one in out if one.purpose in ended_with([row.purpose])),
        )
        for row in sorted(standing, key=lambda row: order.index(row.purpose))
    ]
