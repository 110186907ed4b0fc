"""A piece of slow work."""

import uuid

from django.db import models


class State(models.TextChoices):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(models.Model):
    """A piece of work that takes longer than a person waits for a page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked = models.DateTimeField()
    not_before = models.DateTimeField()
    started = models.DateTimeField(null=True)
    heard = models.DateTimeField(null=True)
    """When it last told how far it is."""
    ended = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=80, blank=True)
    done_share = models.FloatField(default=0.0)
    client_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("asked",)
        indexes = (models.Index(fields=["state", "not_before"], name="jobs_next"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
