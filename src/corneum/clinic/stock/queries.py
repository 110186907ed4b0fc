"""Read rooms, devices, prices and stock."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from corneum.clinic.stock.models import Device, DeviceCheck, Item, Lot, PriceItem, PriceKind, Reason, Room, StockMove


@dataclass(frozen=True)
class Shelf:
    """An item with its lots.

    Parameters
    ----------
    item
        The item.
    lots
        Those of which something is left, or all of them.
    left
        What may still be used: neither blocked nor expired.
    """

    item: Item
    lots: tuple[Lot, ...]
    left: int

    @property
    def is_low(self) -> bool:
        """Whether it is time to order."""
        return self.left <= self.item.low_at


def rooms() -> QuerySet[Room]:
    """Return the rooms that can be booked."""
    return Room.objects.filter(is_active=True)


def devices() -> QuerySet[Device]:
    """Return the devices in use."""
    return Device.objects.filter(is_active=True)


def device_table(device: Device) -> dict[str, Any]:
    """Return a device as a ``[[device]]`` table of a course's request."""
    table: dict[str, Any] = {
        "name": device.model,
        "label": device.label,
        "vacuum": [device.vacuum_low, device.vacuum_high],
        "settings": dict(device.settings),
    }
    given = {
        "vacuum_step": device.vacuum_step,
        "speed": device.speed,
        "material": device.material,
        "grits": list(device.grits),
    }
    return table | {key: value for key, value in given.items() if value}


def clinic_devices() -> list[dict[str, Any]]:
    """Return the devices in use as the ``[[device]]`` tables that `corneum.course.parse_request` reads."""
    return [device_table(device) for device in devices()]


def prices() -> dict[str, Any]:
    """Return what stands in ``[clinic.prices]``; empty where no session has a price."""
    session = PriceItem.objects.filter(kind=PriceKind.SESSION, is_active=True, amount__gt=0).first()
    return {} if session is None else {"currency": session.currency, "session": float(session.amount)}


def shelves(today: date, *, everything: bool = False) -> list[Shelf]:
    """Return the items with their lots; used-up lots and items only where everything is asked for."""
    items = Item.objects.all() if everything else Item.objects.filter(is_active=True)
    lots: dict[Any, list[Lot]] = {}
    for lot in _first_out(Lot.objects.all() if everything else Lot.objects.filter(quantity__gt=0)):
        lots.setdefault(lot.item_id, []).append(lot)
    return [
        Shelf(
            item,
            tuple(lots.get(item.pk, ())),
            sum(lot.quantity for lot in lots.get(item.pk, ()) if not lot.is_blocked and not lot.expired(today)),
        )
        for item in items
    ]


def usable_lots(today: date, *, kind: str = "") -> list[Lot]:
    """Return the lots of which something may be used today, those that expire first first."""
    lots = Lot.objects.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=today), is_blocked=False, quantity__gt=0)
    lots = lots.filter(item__is_active=True).select_related("item")
    return _first_out(lots.filter(item__kind=kind) if kind else lots)


def lots_numbered(text: str) -> QuerySet[Lot]:
    """Return the lots of which the number begins so."""
    number = text.strip()
    return Lot.objects.filter(number__istartswith=number).select_related("item") if number else Lot.objects.none()


def used_on_clients(lots: Iterable[Lot]) -> QuerySet[Any, Any]:
    """Return what of lots was used on clients: a row for each client and lot, the last first."""
    rows = _used(lots).values("client_id", "lot_id", "lot__number", "lot__item__name", "lot__item__unit")
    rows = rows.annotate(amount=-Sum("amount"), last=Max("at", filter=Q(reason=Reason.USED)))
    return rows.order_by("-last", "client_id", "lot_id")


def number_treated(lots: Iterable[Lot]) -> int:
    """Return on how many clients something of lots was used."""
    return _used(lots).values("client_id").distinct().count()


def _used(lots: Iterable[Lot]) -> QuerySet[StockMove]:
    """Return the moves of lots for clients, without those of sessions in which all of it was put back."""
    same = {name: OuterRef(name) for name in ("lot_id", "session_id", "client_id")}
    of_session = StockMove.objects.filter(**same).order_by().values("lot_id").annotate(net=Sum("amount")).values("net")
    moves = StockMove.objects.filter(lot__in=lots, client_id__isnull=False).order_by()
    # A move without a session stands for itself.
    return moves.alias(net=Coalesce(Subquery(of_session), F("amount"))).filter(net__lt=0)


def overdue(labels: Collection[str], today: date) -> list[str]:
    """Return those names of devices in use of which a service or a gauge calibration is due."""
    return [device.label for device in devices() if device.label in labels and device.due(today)]


def checks_of(device: Device) -> list[DeviceCheck]:
    """Return the services and calibrations of a device, the newest first, each with the row that corrects it."""
    return list(device.checks.select_related("by", "corrected_by"))


def standing_checks(device: Device) -> QuerySet[DeviceCheck]:
    """Return the checks of a device that count: not corrected, and none that says that nothing took place."""
    return device.checks.filter(corrected_by__isnull=True, is_void=False)


def checks_due(device: Device, today: date) -> set[UUID]:
    """Return the newest checks of a device whose next one is due."""
    newest = {one.kind: one for one in standing_checks(device).order_by("on", "at")}
    return {one.pk for one in newest.values() if one.due is not None and one.due <= today}


def is_empty() -> bool:
    """Return whether the clinic has no room, no device and no price yet."""
    return not (Room.objects.exists() or Device.objects.exists() or PriceItem.objects.exists())


def _first_out(lots: QuerySet[Lot]) -> list[Lot]:
    # In Python: databases do not agree on where an empty date stands.
    return sorted(lots, key=lambda lot: (lot.expires_on or date.max, lot.received_on, lot.number))
