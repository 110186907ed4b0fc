"""A session with its taps, what was added to it once sealed, reactions, and the review of a course."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corneum.clinic.people.models import Client
from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.visits.models import Visit


class _Kept(models.Model):
    """A row that is written once; the database itself refuses to change it, and deletes it in an erasure only."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; an old one stays as it is."""
        if not self._state.adding:
            raise TypeError("what was written down is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("what was written down is never deleted but with the whole record")


class State(models.TextChoices):
    """Where a session is."""

    OPEN = "open", pgettext_lazy("session", "open")
    SIGNED = "signed", pgettext_lazy("session", "signed")


class Session(models.Model):
    """One session of treatment. What happened in it is the fold of its entries; signed, it never changes.

    ``planned`` and ``carried`` hold what was planned and what was set last time, as they stood when it was opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="sessions")
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="sessions")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="sessions", null=True)
    course = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(_("session of the course"))
    planned = models.JSONField(default=list)
    carried = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    done = models.JSONField(default=dict)
    # What the rules of the day said when it was signed; None where it was signed before this was kept.
    findings = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-opened_at",)
        constraints = (
            models.UniqueConstraint(fields=["client"], condition=Q(state="open"), name="session_open_one"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="session_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", signed_at__isnull=True, signed_by__isnull=True)
                | Q(state="signed", signed_at__isnull=False, signed_by__isnull=False),
                name="session_signed_by_someone",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="session_number_from_1"),
        )
        indexes = (models.Index(fields=["client", "-opened_at"], name="session_of_client"),)

    def __str__(self) -> str:
        return f"{self.course}.{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether taps are still taken."""
        return self.state == State.OPEN


class Entry(_Kept):
    """One tap. Its id is made where it is tapped, so that what is sent twice is kept once."""

    id = models.UUIDField(primary_key=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    zone = models.CharField(max_length=40, blank=True)
    value = models.JSONField(default=dict)
    tapped_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["session", "number"], name="entry_number_once"),)

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Amendment(_Kept):
    """What is added to a sealed session; it stands beside the original for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="amendments")
    zone = models.CharField(_("about"), max_length=40, blank=True)
    text = models.TextField(_("what is right"), max_length=2000)
    why = models.CharField(_("why"), max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Kind(models.TextChoices):
    """What happened to the skin or the person."""

    REDNESS = "redness", _("Redness beyond 72 hours")
    PETECHIAE = "petechiae", _("Petechiae or bruises")
    BLEEDING = "bleeding", _("Bleeding")
    ABRASION = "abrasion", _("Abrasion, groove or burn")
    BLISTER = "blister", _("Blisters")
    DERMATITIS = "dermatitis", _("Rash or dermatitis")
    HIVES = "hives", _("Hives")
    AIRWAY = "airway", _("Breathing trouble, swelling or faintness")
    COLDSORE = "coldsore", _("Cold sore or grouped blisters")
    INFECTION = "infection", _("Pus, fever or spreading redness")
    NODULE = "nodule", _("Lump or nodule")
    PIGMENT = "pigment", _("Dark or light mark")
    EYE = "eye", _("Eye pain, tearing or light aversion")
    ACNE = "acne", _("Acne became worse")
    PAIN = "pain", _("Pain")
    OTHER = "other", _("Something else")


class Severity(models.TextChoices):
    """How strong, in the grades 1 to 5 of CTCAE 5.0."""

    MILD = "1", _("Grade 1, mild: seen or felt, needs no treatment")
    MODERATE = "2", _("Grade 2, moderate: needs local care, limits some daily things")
    SEVERE = "3", _("Grade 3, severe: needs medical treatment, limits self-care")
    THREATENING = "4", _("Grade 4, life-threatening: urgent treatment")
    DEATH = "5", _("Grade 5, death")


class Level(models.TextChoices):
    """To whom it goes, on the ladder of row AE-020."""

    CARE = "care", _("Self-care, the clinic is told if it lasts")
    CLINIC = "clinic", _("The clinic sees it within 24 hours")
    DOCTOR = "doctor", _("A doctor sees it the same day")
    EMERGENCY = "emergency", _("Emergency, at once")


class AdverseEvent(models.Model):
    """Something unwanted after, or in, a session.

    Severity, level and follow-up are those of the last note; the first ones stand in `first`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="adverse_events")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="adverse_events", null=True)
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    severity = models.CharField(_("severity"), max_length=1, choices=Severity)
    onset = models.DateField(_("since"))
    zone = models.CharField(_("where"), max_length=40, blank=True)
    photo_id = models.UUIDField(_("photograph"), null=True, blank=True)
    seen = models.TextField(_("what was seen"), max_length=2000, blank=True)
    action = models.TextField(_("what was done"), max_length=2000)
    level = models.CharField(_("to whom it goes"), max_length=10, choices=Level)
    follow_up_on = models.DateField(_("looked at again on"), null=True, blank=True)
    first = models.JSONField(default=dict)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ("-onset", "-added_at")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="adverse_kind_known"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="adverse_severity_known"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="adverse_level_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="adverse_closed_by_someone",
            ),
        )
        indexes = (models.Index(fields=["client", "-onset"], name="adverse_of_client"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.severity}"


class AdverseNote(_Kept):
    """What followed: looked at again, sent further, closed or opened again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(AdverseEvent, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("what followed"), max_length=2000)
    severity = models.CharField(_("severity now"), max_length=1, choices=Severity)
    level = models.CharField(_("to whom it goes"), max_length=10, choices=Level)
    follow_up_on = models.DateField(_("looked at again on"), null=True, blank=True)
    closes = models.BooleanField(_("this is over"), default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Decision(models.TextChoices):
    """What a review decides."""

    GO_ON = "go_on", _("Go on")
    STOP = "stop", _("Stop the course")


class CourseReview(_Kept):
    """The look back at which a course goes on or stops, and who decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="reviews")
    course = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    photographs = models.CharField(_("photographs side by side"), max_length=20)
    happened = models.CharField(_("a reason to call the clinic since"), max_length=20)
    wishes = models.CharField(_("the person's wish"), max_length=20)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    why = models.TextField(_("why"), max_length=2000)
    rules = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at",)
        constraints = (models.CheckConstraint(condition=Q(decision__in=Decision.values), name="review_decision_known"),)

    def __str__(self) -> str:
        return f"{self.course} {self.decision}"


class Erasure(models.Model):
    """Leave to delete what belongs to one client: without it the database keeps every entry. It stays."""

    client_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
