"""Refusals in the words of a page."""

from django.utils.translation import gettext as _

from corneum.clinic.stock.services import LotBlocked, LotExpired, LotRefused, NotEnough


def refusal(error: LotRefused) -> str:
    """Return why a lot was not moved."""
    if isinstance(error, NotEnough):
        return _("There is not that much left of this lot.")
    if isinstance(error, LotBlocked):
        return _("This lot is blocked: nothing of it is used.")
    if isinstance(error, LotExpired):
        return _("The last day of this lot is over: nothing of it is used.")
    return _("A lot of this number is here already, with another last day. Look at the package again.")
