"""What changes rooms, devices, prices and stock: each one transaction and one audit event."""

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.stock.models import (
    CheckKind,
    Device,
    DeviceCheck,
    DeviceModel,
    Item,
    Lot,
    PriceItem,
    PriceKind,
    Reason,
    Room,
    StockMove,
)
from corneum.clinic.stock.queries import is_empty, standing_checks

_M = TypeVar("_M", Room, Device, PriceItem, Item)
_DATES = {
    CheckKind.SERVICED: ("serviced_on", "service_due_on"),
    CheckKind.CALIBRATED: ("calibrated_on", "calibration_due_on"),
}
_SIGN = {Reason.RECEIVED: 1, Reason.RETURNED: 1, Reason.USED: -1, Reason.WASTED: -1}


class NotEmpty(ValueError):
    """The clinic has rooms, devices or prices already: an example would only be in the way."""


class CorrectedAlready(ValueError):
    """A row corrects this check already: that one is corrected instead."""


class LotRefused(ValueError):
    """A lot cannot be moved so."""


class NotEnough(LotRefused):
    """There is less left of a lot than would be taken."""


class LotBlocked(LotRefused):
    """Nothing of a blocked lot is used."""


class LotExpired(LotRefused):
    """Nothing of a lot is used after its last day."""


def save_room(*, by: User, room: Room | None, fields: dict[str, Any], now: datetime) -> Room:
    """Make a room, or change one."""
    return _saved(room or Room(), by, fields, now)


def save_device(*, by: User, device: Device | None, fields: dict[str, Any], now: datetime) -> Device:
    """Make a device, or change one."""
    return _saved(device or Device(), by, fields, now)


@transaction.atomic
def add_check(
    *, by: User, device: Device, fields: dict[str, Any], now: datetime, corrects: DeviceCheck | None = None
) -> DeviceCheck:
    """Write down that a device was serviced, or its gauge calibrated.

    Parameters
    ----------
    by, now
        Who writes it, and when.
    device
        Which.
    fields
        ``kind``, ``on``, ``due``, ``note``; ``is_void`` in a row that says that another did not take place.
    corrects
        The row that was wrong; it stays.

    Raises
    ------
    CorrectedAlready
        If another row corrects it.
    """
    stored = Device.objects.select_for_update().get(pk=device.pk)
    if corrects is not None and DeviceCheck.objects.filter(corrects=corrects).exists():
        raise CorrectedAlready("another row corrects this one")
    made = DeviceCheck.objects.create(device=stored, corrects=corrects, at=now, by=by, **fields)
    for kind in {made.kind} if corrects is None else {made.kind, corrects.kind}:
        on, due = _DATES[CheckKind(kind)]
        last = standing_checks(stored).filter(kind=kind).first()
        Device.objects.filter(pk=stored.pk).update(
            **{on: None if last is None else last.on, due: None if last is None else last.due}
        )
    data = {"kind": made.kind, "corrects": corrects is not None}
    record("device.checked", by=by, subject=stored, now=now, data=data)
    return made


def save_price(*, by: User, price: PriceItem | None, fields: dict[str, Any], now: datetime) -> PriceItem:
    """Make a line of the price list, or change one."""
    return _saved(price or PriceItem(), by, fields, now)


def save_item(*, by: User, item: Item | None, fields: dict[str, Any], now: datetime) -> Item:
    """Make something that is used up, or change it."""
    return _saved(item or Item(), by, fields, now)


@transaction.atomic
def start_with_example(*, by: User, now: datetime) -> None:
    """Make an example room, device, price list and items, for an empty clinic to change.

    Raises
    ------
    NotEmpty
        If there is a room, a device or a price already.
    """
    if not is_empty():
        raise NotEmpty("there are rooms, devices or prices already")
    Room.objects.create(name="Room 1")
    Device.objects.create(
        label="Crystal machine",
        model=DeviceModel.VENTURI,
        vacuum_low="8 kPa",
        vacuum_high="36 kPa",
        vacuum_step="1 kPa",
        speed="30 mm/s",
        material="alumina",
        settings={"flow": "12 g/min", "grain": "110 um", "opening": "5 mm"},
    )
    PriceItem.objects.create(kind=PriceKind.SESSION, label="Session", amount=90, currency="EUR")
    PriceItem.objects.create(kind=PriceKind.CONSULTATION, label="Consultation", amount=40, currency="EUR")
    Item.objects.create(kind="tip", name="Sterile tip", unit="piece", low_at=10)
    Item.objects.create(kind="crystal", name="Aluminum oxide crystals, 110 um", unit="g", low_at=500)
    record("stock.example_made", by=by, now=now)


@transaction.atomic
def move(
    lot: Lot,
    amount: int,
    reason: str,
    *,
    by: User,
    now: datetime,
    session_id: UUID | None = None,
    client_id: UUID | None = None,
) -> StockMove:
    """Make a lot more or less, in the transaction of what it is for: whose audit event tells of it.

    Parameters
    ----------
    lot
        Which lot.
    amount
        In the item's unit: above 0 for what comes, below 0 for what goes.
    reason
        A `Reason`.
    by, now
        Who, and when.
    session_id, client_id
        What and whom it was used for.

    Raises
    ------
    NotEnough
        If less is left than would go.
    LotBlocked, LotExpired
        If it would be used and may not be.
    LotRefused
        If the amount is 0, or does not fit the reason.
    """
    if amount == 0 or amount * _SIGN.get(Reason(reason), amount) < 0:
        raise LotRefused(f"{reason}: {amount} is no such amount")
    stored = Lot.objects.select_for_update().get(pk=lot.pk)
    if reason == Reason.USED:
        _check_usable(stored, timezone.localdate(now))
    if not Lot.objects.filter(pk=lot.pk, quantity__gte=-amount).update(quantity=F("quantity") + amount):
        raise NotEnough(f"lot {stored.number}: {stored.quantity} left, {-amount} wanted")
    lot.quantity = stored.quantity + amount
    return StockMove.objects.create(
        lot=stored, amount=amount, reason=reason, at=now, by=by, session_id=session_id, client_id=client_id
    )


@transaction.atomic
def receive(*, by: User, item: Item, number: str, expires_on: date | None, amount: int, now: datetime) -> Lot:
    """Put a lot on the shelf, or more of one that is there.

    Raises
    ------
    LotRefused
        If the amount is not above 0, or a lot of this number has another last day.
    LotExpired
        If its last day is over.
    """
    today = timezone.localdate(now)
    lot, _ = Lot.objects.get_or_create(
        item=item, number=number, defaults={"expires_on": expires_on, "received_on": today}
    )
    if lot.expires_on != expires_on:
        raise LotRefused(f"lot {number} is here already, with {lot.expires_on or 'no'} as its last day")
    if lot.expired(today):
        raise LotExpired(f"lot {number}: its last day was {lot.expires_on}")
    move(lot, amount, Reason.RECEIVED, by=by, now=now)
    record("stock.received", by=by, subject=lot, now=now, data={"amount": amount})
    return lot


@transaction.atomic
def take(*, by: User, lot: Lot, amount: int, reason: str, now: datetime) -> Lot:
    """Take some of a lot without a session: used, or thrown away."""
    move(lot, -amount, reason, by=by, now=now)
    record(f"stock.{Reason(reason).value}", by=by, subject=lot, now=now, data={"amount": amount})
    return lot


@transaction.atomic
def count(*, by: User, lot: Lot, left: int, now: datetime) -> Lot:
    """Write down what was counted; nothing where it is what the books say."""
    stored = Lot.objects.select_for_update().get(pk=lot.pk)
    before = stored.quantity
    if left != before:
        move(stored, left - before, Reason.COUNTED, by=by, now=now)
        record("stock.counted", by=by, subject=stored, now=now, data={"difference": left - before})
    return stored


@transaction.atomic
def block(*, by: User, lot: Lot, blocked: bool, now: datetime) -> Lot:
    """Block a lot so that nothing of it is used, or release it."""
    changed = Lot.objects.filter(pk=lot.pk).exclude(is_blocked=blocked).update(is_blocked=blocked)
    lot.is_blocked = blocked
    if changed:
        record("stock.blocked" if blocked else "stock.released", by=by, subject=lot, now=now)
    return lot


def _check_usable(lot: Lot, today: date) -> None:
    if lot.is_blocked:
        raise LotBlocked(f"lot {lot.number} is blocked")
    if lot.expired(today):
        raise LotExpired(f"lot {lot.number}: its last day was {lot.expires_on}")


@transaction.atomic
def _saved(stored: _M, by: User, fields: dict[str, Any], now: datetime) -> _M:
    is_new = stored._state.adding
    changed = [key for key, value in fields.items() if is_new or getattr(stored, key) != value]
    for key in changed:
        setattr(stored, key, fields[key])
    stored.save(force_insert=is_new)
    noun = _noun(stored)
    data = {} if is_new else {"changed": changed}
    record(f"{noun}.{'added' if is_new else 'changed'}", by=by, subject=stored, now=now, data=data)
    return stored


def _noun(stored: models.Model) -> str:
    return {"priceitem": "price"}.get(stored._meta.model_name or "", stored._meta.model_name or "")
