"""The demonstration's staff, rooms, devices, prices and lots."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from corneum.clinic.accounts import services as accounts
from corneum.clinic.accounts.models import User
from corneum.clinic.accounts.roles import Role
from corneum.clinic.project.demonstration.cast import STAFF
from corneum.clinic.stock import services as stock
from corneum.clinic.stock.models import Device, Item, Lot, Room

_PRACTICE = {
    "name": "Demonstration Clinic",
    "address": "1 Example Street\nSampleton",
    "telephone": "+1 202 555 0143",
    "email": "desk@clinic.example",
}
"""Invented; the number is one of those that are kept for stories."""
_ROOMS = ("Room 1", "Room 2", "Room 3")
_CRYSTAL: dict[str, Any] = {
    "label": "Crystal machine",
    "model": "crystal-venturi",
    "vacuum_low": "8 kPa",
    "vacuum_high": "36 kPa",
    "vacuum_step": "1 kPa",
    "speed": "30 mm/s",
    "material": "alumina",
    "settings": {"flow": "12 g/min", "grain": "110 um", "opening": "5 mm"},
}
_DIAMOND: dict[str, Any] = {
    "label": "Diamond handpiece",
    "model": "diamond",
    "vacuum_low": "75 mmHg",
    "vacuum_high": "255 mmHg",
    "vacuum_step": "15 mmHg",
    "grits": ["60 um", "100 um"],
    "settings": {"tip": "6 mm", "load": "0.2 N"},
}
_PRICES = (("session", "Session", 90), ("consultation", "Consultation", 40), ("product", "Sunscreen SPF 50", 24))
_ITEMS = (
    ("tip", "Sterile tip, 5 mm", "piece", 10),
    ("tip", "Diamond tip, 6 mm, sterilized", "piece", 5),
    ("crystal", "Aluminum oxide crystals, 110 um", "g", 500),
    ("other", "Eye shields, disposable", "piece", 20),
)
_LOTS = (
    ("Sterile tip, 5 mm", "T-4711", 200, 40),
    ("Diamond tip, 6 mm, sterilized", "T-4802", 420, 12),
    ("Aluminum oxide crystals, 110 um", "A-0815", 300, 2000),
    ("Eye shields, disposable", "E-2201", 700, 15),
)
"""Item, number, days until the last one, amount."""


@dataclass(frozen=True)
class House:
    """What every record of the demonstration needs.

    Parameters
    ----------
    staff
        By role.
    rooms
        In order.
    devices
        By type.
    lots
        By number.
    """

    staff: Mapping[Role, User]
    rooms: tuple[Room, ...]
    devices: Mapping[str, Device]
    lots: Mapping[str, Lot]

    @property
    def crystal(self) -> Device:
        """The machine with which courses are treated."""
        return self.devices["crystal-venturi"]

    @property
    def owner(self) -> User:
        """Who owns the clinic."""
        return self.staff[Role.OWNER]

    @property
    def clinician(self) -> User:
        """Who decides."""
        return self.staff[Role.CLINICIAN]

    @property
    def practitioner(self) -> User:
        """Who treats."""
        return self.staff[Role.PRACTITIONER]

    @property
    def reception(self) -> User:
        """Who keeps the day."""
        return self.staff[Role.RECEPTION]


def found() -> House | None:
    """Return the clinic as it was set up, or None where somebody has changed what the day needs."""
    staff = {one.role: User.objects.filter(username=one.username, role=one.role).first() for one in STAFF}
    rooms = tuple(Room.objects.filter(name__in=_ROOMS, is_active=True).order_by("name"))
    devices = {one.model: one for one in Device.objects.filter(is_active=True)}
    people = {role: member for role, member in staff.items() if member is not None and member.is_active}
    if len(people) < len(STAFF) or len(rooms) < len(_ROOMS) or _CRYSTAL["model"] not in devices:
        return None
    return House(people, rooms, devices, {lot.number: lot for lot in Lot.objects.all()})


def set_up(password: str, now: datetime, time_zone: str = "") -> House:
    """Set the clinic up: its own data, staff with one password, rooms, devices, prices, lots.

    Parameters
    ----------
    password
        Of everybody.
    now
        When.
    time_zone
        Of the clinic; without it that of the settings.
    """
    first, *others = STAFF
    owner = accounts.set_up(
        name=first.name,
        username=first.username,
        password=password,
        practice=_PRACTICE | {"time_zone": time_zone or settings.TIME_ZONE},
        now=now,
    )
    staff = {first.role: owner} | {
        one.role: accounts.add_member(
            by=owner, name=one.name, username=one.username, role=one.role, password=password, now=now
        )
        for one in others
    }
    rooms = tuple(stock.save_room(by=owner, room=None, fields={"name": name}, now=now) for name in _ROOMS)
    devices = {raw["model"]: _device(owner, raw, now) for raw in (_CRYSTAL, _DIAMOND)}
    for kind, label, amount in _PRICES:
        fields = {"kind": kind, "label": label, "amount": amount, "currency": "EUR"}
        stock.save_price(by=owner, price=None, fields=fields, now=now)
    items = {name: _item(owner, kind, name, unit, low_at, now) for kind, name, unit, low_at in _ITEMS}
    lots = {
        number: stock.receive(
            by=owner, item=items[name], number=number, expires_on=_in(now, days), amount=amount, now=now
        )
        for name, number, days, amount in _LOTS
    }
    return House(staff, rooms, devices, lots)


def _device(owner: User, raw: dict[str, Any], now: datetime) -> Device:
    due = raw["model"] == "diamond"
    made = stock.save_device(by=owner, device=None, fields=raw, now=now)
    checks = (("serviced", -425, -60), ("calibrated", -565, -200), ("serviced", -60, 305))
    for kind, on, following in (*checks, ("calibrated", -200, 110 if due else 165)):
        stock.add_check(
            by=owner, device=made, fields={"kind": kind, "on": _in(now, on), "due": _in(now, following)}, now=now
        )
    return made


def _item(owner: User, kind: str, name: str, unit: str, low_at: int, now: datetime) -> Item:
    fields = {"kind": kind, "name": name, "unit": unit, "low_at": low_at}
    return stock.save_item(by=owner, item=None, fields=fields, now=now)


def _in(now: datetime, days: int) -> date:
    return (now + timedelta(days=days)).date()
