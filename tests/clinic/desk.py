"""Rooms, devices, stock and visits for tests, made as the pages make them."""

from datetime import timedelta

from corneum.clinic.stock import services as stock
from corneum.clinic.visits import feeds, recalls
from corneum.clinic.visits import services as visits
from corneum.clinic.visits.queries import Place
from tests.clinic.conftest import NOW

DEVICE = {
    "model": "diamond",
    "vacuum_low": "10 kPa",
    "vacuum_high": "34 kPa",
    "grits": ["100 um"],
    "settings": {"tip": "6 mm"},
}


def make_room(by, name="Room 1"):
    return stock.save_room(by=by, room=None, fields={"name": name, "is_active": True}, now=NOW)


def make_device(by, label="Diamond"):
    return stock.save_device(by=by, device=None, fields={**DEVICE, "label": label}, now=NOW)


def make_check(by, device, **fields):
    usual = {"kind": "serviced", "on": NOW.date() - timedelta(days=60), "due": NOW.date() + timedelta(days=305)}
    return stock.add_check(by=by, device=device, fields=usual | fields, now=NOW)


def make_price(by, amount=90):
    fields = {"kind": "session", "label": "Session", "amount": amount, "currency": "EUR", "is_active": True}
    return stock.save_price(by=by, price=None, fields=fields, now=NOW)


def make_item(by, name="Tip", kind="tip"):
    return stock.save_item(by=by, item=None, fields={"kind": kind, "name": name, "unit": "piece"}, now=NOW)


def make_lot(by, item, number="A-17", amount=10, expires_in=30):
    expires_on = NOW.date() + timedelta(days=expires_in)
    return stock.receive(by=by, item=item, number=number, expires_on=expires_on, amount=amount, now=NOW)


def make_visit(by, client, room, *, hours=1.0, minutes=60, kind="treatment", device=None, practitioner=None, now=NOW):
    place = Place(now + timedelta(hours=hours), minutes, practitioner or by, room, device)
    return visits.book(by=by, client=client, kind=kind, place=place, now=now)


def ids(by, client):
    """Return an id for each address of stock and visits."""
    room, item, device = make_room(by), make_item(by), make_device(by)
    return {
        "room_id": room.pk,
        "device_id": device.pk,
        "check_id": make_check(by, device).pk,
        "price_id": make_price(by).pk,
        "item_id": item.pk,
        "lot_id": make_lot(by, item).pk,
        "visit_id": make_visit(by, client, room).pk,
        "recall_id": recalls.recall(by=by, client=client, kind="course", due_on=NOW.date(), now=NOW).pk,
        "feed_secret": feeds.make_feed(by=by, now=NOW).token,
    }
