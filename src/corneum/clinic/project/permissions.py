"""Who may open which address: one table for all of them. What is not in it cannot be opened, and stops the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corneum.clinic.accounts.roles import Role


@dataclass(frozen=True)
class Access:
    """Who may open an address.

    Parameters
    ----------
    roles
        Of the staff who log in.
    everyone
        Also without a log-in: only the log-in itself, and what a private link of a client opens.
    """

    roles: frozenset[Role] = frozenset()
    everyone: bool = False

    def allows(self, role: str | None) -> bool:
        """Return whether it opens; None is someone who has not logged in."""
        return self.everyone or role in self.roles


OPEN = Access(everyone=True)
"""No log-in: the page itself shows nothing of any person."""
LINK = Access(everyone=True)
"""A client's private link: the view asks `intake` for the link, which expires, and answers 404 without one."""
STAFF = Access(frozenset(Role))
CARE = Access(frozenset({Role.OWNER, Role.CLINICIAN, Role.PRACTITIONER}))
DESK = Access(frozenset({Role.OWNER, Role.CLINICIAN, Role.PRACTITIONER, Role.RECEPTION}))
DOCTOR = Access(frozenset({Role.CLINICIAN}))
OWNER = Access(frozenset({Role.OWNER}))
AUDIT = Access(frozenset({Role.OWNER, Role.AUDITOR}))

PERMISSIONS: Mapping[str, Access] = MappingProxyType(
    {
        "home": STAFF,
        "language": OPEN,
        "accounts:login": OPEN,
        "accounts:logout": STAFF,
        "accounts:first_run": OPEN,
        "accounts:staff": OWNER,
        "accounts:add": OWNER,
        "accounts:member": OWNER,
        "accounts:own": STAFF,
        "accounts:password": STAFF,
        "audit:events": AUDIT,
        "people:clients": DESK,
        "people:search": DESK,
        "people:add": DESK,
        "people:client": DESK,
        "people:edit": DESK,
    }
)
