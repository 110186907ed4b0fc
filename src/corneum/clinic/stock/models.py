"""Rooms, devices and their checks, prices, and what is used up: items, their lots, and every move of a lot."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Room(models.Model):
    """A room in which clients are seen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=60, unique=True)
    is_active = models.BooleanField(_("can be booked"), default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class DeviceModel(models.TextChoices):
    """Types of devices with which courses are planned, by their names in `corneum.devices`."""

    VENTURI = "crystal-venturi", _("Crystal jet, vacuum draws the crystals")
    PRESSURE = "crystal-pressure", _("Crystal jet, compressed air drives the crystals")
    DIAMOND = "diamond", _("Diamond tip with vacuum")


class Device(models.Model):
    """One device of the clinic; settings are stored as they are read on it, value and unit.

    Its four dates are those of its newest checks, written with them: see `DeviceCheck`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(_("name"), max_length=80, unique=True)
    model = models.CharField(_("type"), max_length=30, choices=DeviceModel)
    vacuum_low = models.CharField(_("lowest vacuum"), max_length=30)
    vacuum_high = models.CharField(_("highest vacuum"), max_length=30)
    vacuum_step = models.CharField(_("step of the vacuum"), max_length=30, blank=True)
    speed = models.CharField(_("usual speed of the handpiece"), max_length=30, blank=True)
    material = models.CharField(_("crystals"), max_length=40, blank=True)
    grits = models.JSONField(_("grits at hand"), default=list, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    serviced_on = models.DateField(_("serviced on"), null=True, blank=True)
    service_due_on = models.DateField(_("next service due"), null=True, blank=True)
    calibrated_on = models.DateField(_("gauge calibrated on"), null=True, blank=True)
    calibration_due_on = models.DateField(_("next gauge calibration due"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("label",)
        constraints = (models.CheckConstraint(condition=models.Q(model__in=DeviceModel.values), name="device_known"),)

    def __str__(self) -> str:
        return self.label

    def due(self, today: date) -> bool:
        """Return whether its service or the calibration of its gauge is due."""
        return any(day is not None and day <= today for day in (self.service_due_on, self.calibration_due_on))


class CheckKind(models.TextChoices):
    """What was done to a device."""

    SERVICED = "serviced", _("Service")
    CALIBRATED = "calibrated", _("Gauge calibration")


class DeviceCheck(models.Model):
    """A device was serviced, or its gauge calibrated. It stays as it was written: a row after it corrects a slip.

    Rows that were read from the dates of a device, from before there was a history, have nobody who wrote them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(_("what"), max_length=10, choices=CheckKind)
    on = models.DateField(_("on"))
    due = models.DateField(_("next one due"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    is_void = models.BooleanField(_("it did not take place"), default=False)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ("-on", "-at")
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=CheckKind.values), name="check_kind_known"),
            models.CheckConstraint(
                condition=models.Q(due__isnull=True) | models.Q(due__gt=models.F("on")), name="check_due_later"
            ),
        )
        indexes = (models.Index(fields=["device", "kind", "-on"], name="check_of_device"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; an old one stays as it is."""
        if not self._state.adding:
            raise TypeError("a check of a device is never changed: a row after it corrects it")
        super().save(*args, **kwargs)


class PriceKind(models.TextChoices):
    """What is paid for."""

    SESSION = "session", _("Treatment session")
    CONSULTATION = "consultation", _("Consultation")
    PRODUCT = "product", _("Product")
    OTHER = "other", _("Other")


class PriceItem(models.Model):
    """One line of the price list; the one price of a session is what plans count with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=PriceKind)
    label = models.CharField(_("name"), max_length=80)
    amount = models.DecimalField(_("price"), max_digits=9, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, help_text=_("Three letters, such as EUR."))
    is_active = models.BooleanField(_("on the list"), default=True)

    class Meta:
        ordering = ("kind", "label")
        constraints = (
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="price_not_negative"),
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(kind="session", is_active=True),
                name="price_one_session",
                violation_error_message=_("There is a price of a session already: take that one off the list first."),
            ),
        )

    def __str__(self) -> str:
        return self.label


class ItemKind(models.TextChoices):
    """What kind of thing is used up."""

    TIP = "tip", _("Tip")
    CRYSTAL = "crystal", _("Crystals")
    OTHER = "other", _("Other")


class Unit(models.TextChoices):
    """In what it is counted."""

    PIECE = "piece", _("pcs")
    GRAM = "g", _("g")
    MILLILITER = "ml", _("ml")


class Item(models.Model):
    """Something that is used up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind)
    name = models.CharField(_("name"), max_length=80, unique=True)
    unit = models.CharField(_("counted in"), max_length=10, choices=Unit, default=Unit.PIECE)
    low_at = models.PositiveIntegerField(
        _("order at"), default=0, help_text=_("Marked as low when no more than this is left.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("kind", "name")
        constraints = (models.CheckConstraint(condition=models.Q(kind__in=ItemKind.values), name="item_kind_known"),)

    def __str__(self) -> str:
        return self.name


class Lot(models.Model):
    """What was made together, under one number; the database itself refuses less than nothing of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="lots")
    number = models.CharField(_("lot number"), max_length=60, db_index=True)
    expires_on = models.DateField(_("to be used by"), null=True, blank=True)
    received_on = models.DateField(_("received on"))
    is_blocked = models.BooleanField(_("blocked"), default=False)
    quantity = models.IntegerField(_("left"), default=0)

    class Meta:
        ordering = ("expires_on", "number")
        constraints = (
            models.UniqueConstraint(fields=["item", "number"], name="lot_once"),
            models.CheckConstraint(condition=models.Q(quantity__gte=0), name="lot_not_below_zero"),
        )

    def __str__(self) -> str:
        return self.number

    def expired(self, today: date) -> bool:
        """Return whether its last day is over."""
        return self.expires_on is not None and self.expires_on < today


class Reason(models.TextChoices):
    """Why a lot became more or less."""

    RECEIVED = "received", _("Received")
    USED = "used", _("Used")
    RETURNED = "returned", _("Put back")
    WASTED = "wasted", _("Thrown away")
    COUNTED = "counted", _("Corrected after counting")


class StockMove(models.Model):
    """A lot became more or less; kept for good, with the session and the client it was used for.

    ``session_id`` and ``client_id`` are plain identifiers: sessions and clients live in rooms of their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="moves")
    amount = models.IntegerField()
    reason = models.CharField(max_length=10, choices=Reason)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    session_id = models.UUIDField(null=True, db_index=True)
    client_id = models.UUIDField(null=True, db_index=True)

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(condition=~models.Q(amount=0), name="move_of_something"),
            models.CheckConstraint(condition=models.Q(reason__in=Reason.values), name="move_reason_known"),
        )
        indexes = (models.Index(fields=["lot", "-at"], name="move_of_lot"),)

    def __str__(self) -> str:
        return f"{self.reason} {self.amount}"
