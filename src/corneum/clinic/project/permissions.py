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
RULES = Access(frozenset({Role.OWNER, Role.CLINICIAN}))
AUDIT = Access(frozenset({Role.OWNER, Role.AUDITOR}))

PERMISSIONS: Mapping[str, Access] = MappingProxyType(
    {
        "home": STAFF,
        "language": OPEN,
        "health": OPEN,
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
        "intake:client": CARE,
        "intake:verdict": CARE,
        "intake:page": CARE,
        "intake:submit": CARE,
        "intake:sheet": CARE,
        "intake:concern": CARE,
        "intake:concern_remove": CARE,
        "intake:check_in": CARE,
        "intake:inbox": CARE,
        "intake:seen": CARE,
        "intake:override": DOCTOR,
        "intake:override_end": DOCTOR,
        "intake:links": DESK,
        "intake:revoke": DESK,
        "intake:open": LINK,
        "intake:own": LINK,
        "intake:own_page": LINK,
        "intake:own_submit": LINK,
        "intake:own_consent": LINK,
        "intake:own_sheet": LINK,
        "intake:own_pdf": LINK,
        "intake:own_signature": LINK,
        "intake:own_check_in": LINK,
        "intake:own_end": LINK,
        "consent:client": DESK,
        "consent:give": CARE,
        "consent:sheet": DESK,
        "consent:pdf": DESK,
        "consent:signature": DESK,
        "consent:withdraw": DESK,
        "consent:texts": RULES,
        "consent:text": RULES,
        "consent:version": RULES,
        "photos:client": CARE,
        "photos:add": CARE,
        "photos:camera": CARE,
        "photos:look": CARE,
        "photos:shot": CARE,
        "photos:photo": CARE,
        "photos:file": CARE,
        "photos:place": CARE,
        "photos:use": CARE,
        "photos:remove": CARE,
        "photos:bring_back": CARE,
        "photos:keep": CARE,
        "photos:turn_down": CARE,
        "photos:review": CARE,
        "photos:own": LINK,
        "measured:compare": CARE,
        "measured:ask": CARE,
        "measured:progress": CARE,
        "measured:picture": CARE,
        "measured:trend": CARE,
        "measured:ratings": CARE,
        "measured:rating_start": CARE,
        "measured:rating": CARE,
        "measured:rating_hand_in": CARE,
        "measured:rating_close": CARE,
        "measured:rating_pair": CARE,
        "measured:rating_picture": CARE,
        "marks:client": CARE,
        "marks:add": CARE,
        "marks:mark": CARE,
        "marks:looked": CARE,
        "marks:end": CARE,
        "marks:restore": CARE,
        "marks:look_ask": CARE,
        "marks:look": CARE,
        "marks:look_list": CARE,
        "marks:picture": CARE,
        "rules:rules": RULES,
        "rules:rule": RULES,
        "rules:reset": RULES,
        "rules:draft": RULES,
        "rules:limits": RULES,
        "rules:discard": RULES,
        "rules:sign": DOCTOR,
        "rules:versions": RULES,
        "rules:version": RULES,
        "plans:versions": CARE,
        "plans:new": CARE,
        "plans:plan": CARE,
        "plans:progress": CARE,
        "plans:approve": DOCTOR,
        "plans:show": CARE,
        "plans:shown": CARE,
        "plans:compare": CARE,
        "plans:sources": CARE,
        "plans:what_if": CARE,
        "plans:file": CARE,
        "visits:today": DESK,
        "visits:status": DESK,
        "visits:undo": DESK,
        "visits:calendar": DESK,
        "visits:book": DESK,
        "visits:find": DESK,
        "visits:walk_in": DESK,
        "visits:visit": DESK,
        "visits:move": DESK,
        "visits:of_client": DESK,
        "visits:recalls": DESK,
        "visits:recall_add": DESK,
        "visits:recall_close": DESK,
        "visits:recall_open": DESK,
        "visits:treated": CARE,
        "visits:feeds": CARE,
        "visits:feed_make": CARE,
        "visits:feed_revoke": CARE,
        "visits:feed": LINK,
        "stock:lots": CARE,
        "stock:receive": CARE,
        "stock:item_add": OWNER,
        "stock:item": OWNER,
        "stock:lot": CARE,
        "stock:take": CARE,
        "stock:count": CARE,
        "stock:block": CARE,
        "stock:release": OWNER,
        "stock:rooms": OWNER,
        "stock:room_add": OWNER,
        "stock:room": OWNER,
        "stock:devices": OWNER,
        "stock:device_add": OWNER,
        "stock:device": OWNER,
        "stock:prices": OWNER,
        "stock:price_add": OWNER,
        "stock:price": OWNER,
        "stock:example": OWNER,
        "treatments:day": CARE,
        "treatments:open": CARE,
        "treatments:session": CARE,
        "treatments:tap": CARE,
        "treatments:override": DOCTOR,
        "treatments:sign": CARE,
        "treatments:amend": CARE,
        "treatments:aftercare": CARE,
        "treatments:aftercare_ics": CARE,
        "treatments:aftercare_pdf": CARE,
        "treatments:own_aftercare": LINK,
        "treatments:own_aftercare_ics": LINK,
        "treatments:own_aftercare_pdf": LINK,
        "treatments:course": CARE,
        "treatments:review": CARE,
        "treatments:event_add": CARE,
        "treatments:event": CARE,
        "reports:outcomes": RULES,
        "reports:count": RULES,
        "reports:outcomes_csv": RULES,
        "reports:outcomes_json": RULES,
        "reports:result": CARE,
        "reports:result_pdf": CARE,
        "reports:data": RULES,
        "reports:data_fetch": RULES,
        "reports:data_discard": RULES,
        "reports:erase": OWNER,
        "reports:erase_confirm": OWNER,
        "reports:erase_cancel": OWNER,
        "reports:erase_approve": DOCTOR,
        "reports:clinic": OWNER,
        "reports:clinic_fetch": OWNER,
        "reports:clinic_discard": OWNER,
        "reports:erasures": OWNER,
    }
)
