"""The clinic's own data in what is given out: calendars and sheets."""

from django.utils.translation import gettext as _

from corneum.clinic.practice.models import Practice
from corneum.interop import Host


def call_lines(practice: Practice) -> tuple[str, ...]:
    """Return the numbers to call, in words, in the language that is active."""
    numbers = {"clinic": practice.telephone, "emergency": practice.emergency_telephone}
    clinic = (_("The clinic: %(clinic)s") % numbers,) if practice.telephone else ()
    return (*clinic, _("Emergency number: %(emergency)s") % numbers)


def host_of(practice: Practice) -> Host:
    """Return who stands in a calendar as the one to come to, in the language that is active."""
    address = (line.strip() for line in practice.address.splitlines())
    number = practice.telephone
    return Host(
        place=", ".join(line for line in (practice.name, *address) if line),
        contact=_("Telephone of the clinic: %(number)s") % {"number": number} if number else "",
    )
