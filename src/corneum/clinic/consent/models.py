"""Texts of consent in their versions, what was signed, and the single permissions that follow from it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corneum.clinic.people.models import Client


class Kind(models.TextChoices):
    """What is consented to, each on a sheet of its own."""

    TREATMENT = "treatment", _("Treatment")
    PHOTOGRAPH = "photograph", _("Photographs")
    DATA = "data", _("Health data")


class Purpose(models.TextChoices):
    """A single permission. Photographs have four, asked one by one."""

    TREATMENT = "treatment", _("Treatment")
    DATA = "data", _("Keeping health data")
    RECORD = "record", _("Record: kept in my file, to plan and to compare")
    SHOW = "show", _("Show: shown to other clients of this clinic, as an example")
    TEACH = "teach", _("Teaching: shown to people in training")
    PUBLISH = "publish", _("Publishing: printed, or on a website; many can then see and keep it")


PHOTOGRAPH_PURPOSES = (Purpose.RECORD, Purpose.SHOW, Purpose.TEACH, Purpose.PUBLISH)


class ConsentText(models.Model):
    """One version of a text; it is never changed, a change is a new version.

    ``body`` has sections that begin with ``## ``; a line ``{{plan}}`` or ``{{risks}}`` stands for what the plan says
    and for the risks that a consent must name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    language = models.CharField(_("language"), max_length=5)
    number = models.PositiveIntegerField()
    body = models.TextField(_("text"), max_length=20000)
    made = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ("kind", "language", "-number")
        constraints = (
            models.UniqueConstraint(fields=["kind", "language", "number"], name="consent_text_once"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="consent_text_kind_known"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.number}"

    @property
    def is_shipped(self) -> bool:
        """Whether it came with the program."""
        return self.made_by_id is None


class Consent(models.Model):
    """A sheet that was read and signed, word for word as it was shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    sheet = models.JSONField()
    digest = models.CharField(max_length=64)
    plan = models.CharField(max_length=80, blank=True)
    of_minor = models.BooleanField(default=False)
    given = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-given",)
        indexes = (models.Index(fields=["client", "kind", "-given"], name="consent_of_client"),)
        constraints = (models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="consent_kind_known"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.given:%Y-%m-%d}"


class Signer(models.TextChoices):
    """Who signs a sheet."""

    CLIENT = "client", _("Client")
    GUARDIAN = "guardian", _("Parent or guardian")
    ASSENT = "assent", _("The young person, in agreement")


class Signature(models.Model):
    """A signature: drawn on the screen, or a name typed and confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="signatures")
    signer = models.CharField(max_length=8, choices=Signer)
    name = models.CharField(max_length=120)
    picture = models.BinaryField(null=True)

    class Meta:
        ordering = ("-signer",)
        constraints = (
            models.UniqueConstraint(fields=["consent", "signer"], name="signature_once"),
            models.CheckConstraint(condition=models.Q(signer__in=Signer.values), name="signer_known"),
        )

    def __str__(self) -> str:
        return self.signer

    @property
    def client_id(self) -> uuid.UUID:
        """Whose record it belongs to."""
        return self.consent.client_id


class Ending(models.TextChoices):
    """How a permission ended."""

    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "withdrawn")
    REPLACED = "replaced", _("replaced by a new sheet")


class Permission(models.Model):
    """One thing that a client agreed to, from the day of the signature until it ended.

    The database keeps at most one in force for each client and purpose.
    """

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="permissions")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="permissions")
    purpose = models.CharField(max_length=12, choices=Purpose)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["client", "purpose"], condition=models.Q(until__isnull=True), name="permission_in_force_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True, ending="")
                | models.Q(until__isnull=False, ending__in=Ending.values),
                name="permission_ended_somehow",
            ),
            models.CheckConstraint(condition=models.Q(purpose__in=Purpose.values), name="permission_purpose_known"),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {'ended' if self.until else 'in force'}"
