"""Private links, sheets of answers, a clinician's overrides, concerns, check-ins, and what waits in the inbox."""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corneum.clinic.people.models import Client


class Scope(models.TextChoices):
    """What a private link opens."""

    INTAKE = "intake", _("Questions before the treatment")
    CONSENT = "consent", _("Consent to read and sign")
    AFTERCARE = "aftercare", _("Instructions and check-ins")
    UPLOAD = "upload", _("Photographs from home")


class Link(models.Model):
    """A private link of one client. Only the SHA-256 of its token is kept: the clinic cannot show it again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires = models.DateTimeField()
    opened = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made",)
        indexes = (models.Index(fields=["client", "-made"], name="link_of_client"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(expires__gt=models.F("made")), name="link_expires_later"),
        )

    def __str__(self) -> str:
        return f"link {self.made:%Y-%m-%d}"

    def stands(self, now: datetime) -> bool:
        """Return whether it still opens."""
        return self.revoked is None and now < self.expires


class Sheet(models.Model):
    """Answers of a client by question id. There is one draft at most; what was handed in is a version that stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="sheets")
    number = models.PositiveIntegerField(null=True)
    answers = models.JSONField(default=dict)
    zones = models.JSONField(default=list)
    made = models.DateTimeField()
    changed = models.DateTimeField()
    submitted = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    rules_digest = models.CharField(max_length=64, blank=True)
    at_home = models.BooleanField(default=False)
    """Whether the client wrote in it, by a private link."""

    class Meta:
        ordering = ("client", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["client"], condition=models.Q(submitted__isnull=True), name="one_draft_of_answers"
            ),
            models.UniqueConstraint(fields=["client", "number"], name="sheet_number_once"),
            models.CheckConstraint(
                condition=models.Q(submitted__isnull=True, number__isnull=True)
                | models.Q(submitted__isnull=False, number__isnull=False),
                name="sheet_numbered_when_submitted",
            ),
        )

    def __str__(self) -> str:
        return f"answers {self.number or 'draft'}"

    @property
    def day(self) -> date:
        """The day of which the answers tell."""
        return timezone.localdate(self.submitted or self.changed)


class StoredVerdict(models.Model):
    """What the rules said of a client's newest answers on a day, for the list of a day: nobody is screened for a list.

    Written with what changes it (answers, places, decisions), after the rules were signed anew, and in the night.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="stored_verdict")
    day = models.DateField()
    stops = models.BooleanField()
    defers = models.BooleanField()
    deferred_until = models.DateField(null=True)
    asks = models.BooleanField()
    rules_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"verdict of {self.day}"


class OverrideVerdict(models.TextChoices):
    """What a clinician puts in the place of a stop."""

    ASK = "ask", _("ask: decided anew before each session")
    NOTE = "note", _("note: written down, a reminder for the session")


class RuleOverride(models.Model):
    """A clinician's decision against a rule, for one client, on the answers and the rule as they were then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="overrides")
    rule = models.CharField(max_length=80)
    rule_digest = models.CharField(max_length=64)
    answers_digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=4, choices=OverrideVerdict)
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(
                fields=["client", "rule"], condition=models.Q(ended__isnull=True), name="one_override_of_a_rule"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=OverrideVerdict.values), name="override_verdict_known"
            ),
        )

    def __str__(self) -> str:
        return self.rule


class Concern(models.Model):
    """What bothers a client at one place, graded on the concern's own scale; empty where nobody graded it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="concerns")
    concern = models.CharField(max_length=60)
    zone = models.CharField(max_length=40)
    severity = models.CharField(max_length=30, blank=True)
    placed = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering = ("placed",)
        constraints = (
            models.UniqueConstraint(
                fields=["client", "concern", "zone"],
                condition=models.Q(removed__isnull=True),
                name="one_concern_at_a_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.concern} {self.zone}"


class CheckIn(models.Model):
    """Questions some days after a treatment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="check_ins")
    treated = models.DateField()
    after_days = models.PositiveSmallIntegerField()
    due = models.DateField()
    answers = models.JSONField(null=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("due",)
        indexes = (models.Index(fields=["due"], condition=models.Q(answered__isnull=True), name="check_in_due"),)
        constraints = (
            models.UniqueConstraint(fields=["client", "treated", "after_days"], name="check_in_once"),
            models.CheckConstraint(
                condition=models.Q(answered__isnull=True, answers__isnull=True)
                | models.Q(answered__isnull=False, answers__isnull=False),
                name="check_in_answered_whole",
            ),
        )

    def __str__(self) -> str:
        return f"day {self.after_days}"


class ItemKind(models.TextChoices):
    """What waits in the inbox."""

    RED_FLAG = "red_flag", _("Red flag")
    UPLOAD = "upload", _("Photograph from home")
    ANSWERS = "answers", _("Answers handed in")
    WITHDRAWN = "withdrawn", _("Consent withdrawn")
    COPIES = "copies", _("Copies to call back")
    REACTION = "reaction", _("Reaction")


class InboxItem(models.Model):
    """Something that somebody must look at; it stays when it was seen, with who saw it and what they wrote."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="inbox_items")
    kind = models.CharField(max_length=10, choices=ItemKind)
    level = models.PositiveSmallIntegerField(default=1)
    signs = models.JSONField(default=list)
    check_in = models.ForeignKey(CheckIn, null=True, on_delete=models.CASCADE, related_name="items")
    at = models.DateTimeField()
    seen = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("note"), blank=True, max_length=2000)

    class Meta:
        ordering = ("-level", "at")
        indexes = (
            models.Index(fields=["-level", "at"], condition=models.Q(seen__isnull=True), name="inbox_waiting"),
            models.Index(fields=["client", "-at"], name="inbox_of_client"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=ItemKind.values), name="inbox_kind_known"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 4)), name="inbox_level_known"),
        )

    def __str__(self) -> str:
        return self.kind
