"""Roles of the staff. Clients have no account: they come by private links."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member of the staff may do; the table of permissions says which addresses that opens."""

    OWNER = "owner", _("Owner")
    CLINICIAN = "clinician", _("Clinician")
    PRACTITIONER = "practitioner", _("Practitioner")
    RECEPTION = "reception", _("Reception")
    AUDITOR = "auditor", _("Auditor")
