from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from corneum.clinic.audit.models import Event
from corneum.clinic.stock import queries, services
from corneum.clinic.stock.models import Device, Lot, PriceItem, Room, StockMove
from corneum.course import device_mistakes
from tests.clinic.conftest import NOW
from tests.clinic.desk import make_device, make_item, make_lot, make_price, make_room

DEVICE = {
    "label": "Diamond",
    "model": "diamond",
    "vacuum_low": "10 kPa",
    "vacuum_high": "34 kPa",
    "vacuum_step": "2 kPa",
    "grit_list": "60 um, 100 um",
    "tip": "6 mm",
    "is_active": "on",
}


@pytest.fixture
def item(owner):
    return make_item(owner)


@pytest.fixture
def lot(owner, item):
    return make_lot(owner, item)


def post(browser, name, *args, **data):
    return browser.post(reverse(name, args=args), data)


def test_an_empty_clinic_starts_with_an_example_once(browse):
    browser = browse("owner")
    for page in ("rooms", "devices", "prices", "lots"):
        assert "Start with an example" in browser.get(reverse(f"stock:{page}")).content.decode()
    assert not Room.objects.exists()
    post(browser, "stock:example")
    assert (Room.objects.count(), Device.objects.count(), PriceItem.objects.count()) == (1, 1, 2)
    assert queries.prices() == {"currency": "EUR", "session": 90.0}
    again = browser.post(reverse("stock:example"), follow=True)
    assert "nothing was changed" in again.content.decode()
    assert Event.objects.filter(action="stock.example_made").count() == 1


def test_the_example_device_and_every_saved_one_can_be_planned_with(browse, owner):
    services.start_with_example(by=owner, now=NOW)
    browser = browse("owner")
    assert post(browser, "stock:device_add", **DEVICE).status_code == 302
    tables = queries.clinic_devices()
    assert [table["label"] for table in tables] == ["Crystal machine", "Diamond"]
    assert [device_mistakes(table) for table in tables] == [(), ()]
    assert tables[1]["grits"] == ["60 um", "100 um"]
    assert tables[1]["vacuum"] == ["10 kPa", "34 kPa"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("vacuum_low", "40 kPa", "above the highest"),
        ("vacuum_low", "ten", "number with a unit"),
        ("vacuum_high", "95 kPa", "outside what diamond can do"),
        ("flow", "12 g/min", "no such setting"),
        ("grit_list", "5 mm", "outside what diamond can do"),
    ],
)
def test_a_device_that_cannot_be_planned_with_is_refused(field, value, said, browse):
    page = post(browse("owner"), "stock:device_add", **{**DEVICE, field: value})
    assert page.status_code == 200 and not Device.objects.exists()
    assert said in page.content.decode()


def test_a_device_is_changed_and_what_changed_is_kept(browse, owner):
    device = make_device(owner)
    browser = browse("owner")
    post(browser, "stock:device", device.pk, **DEVICE)
    device.refresh_from_db()
    assert device.grits == ["60 um", "100 um"]
    assert "grits" in Event.objects.get(action="device.changed").data["changed"]


def test_a_device_out_of_use_and_a_room_that_is_closed_are_left_out(owner):
    device, room = make_device(owner), make_room(owner)
    services.save_device(by=owner, device=device, fields={"is_active": False}, now=NOW)
    services.save_room(by=owner, room=room, fields={"is_active": False}, now=NOW)
    assert queries.clinic_devices() == [] and not queries.rooms()


def test_a_session_has_one_price(browse, owner):
    make_price(owner)
    line = {"kind": "session", "label": "Again", "amount": "80", "currency": "eur", "is_active": "on"}
    page = post(browse("owner"), "stock:price_add", **line)
    assert "take that one off" in page.content.decode()
    assert post(browse("owner"), "stock:price_add", **{**line, "kind": "product"}).status_code == 302
    assert PriceItem.objects.get(label="Again").currency == "EUR"
    with pytest.raises(IntegrityError), transaction.atomic():
        make_price(owner)


def test_no_price_says_nothing(db):
    assert queries.prices() == {}


def test_stock_comes_and_goes_and_never_falls_below_nothing(owner, lot):
    services.take(by=owner, lot=lot, amount=4, reason="wasted", now=NOW)
    lot.refresh_from_db()
    assert lot.quantity == 6
    with pytest.raises(services.NotEnough):
        services.take(by=owner, lot=lot, amount=7, reason="wasted", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(quantity=-1)
    lot.refresh_from_db()
    assert lot.quantity == 6
    assert sum(move.amount for move in lot.moves.all()) == 6


@pytest.mark.parametrize(("amount", "reason"), [(0, "used"), (3, "used"), (-3, "received"), (-1, "returned")])
def test_an_amount_that_does_not_fit_its_reason_is_refused(amount, reason, owner, lot):
    with pytest.raises(services.LotRefused):
        services.move(lot, amount, reason, by=owner, now=NOW)


def test_blocked_and_expired_lots_are_not_used_but_thrown_away(owner, lot):
    services.block(by=owner, lot=lot, blocked=True, now=NOW)
    with pytest.raises(services.LotBlocked):
        services.move(lot, -1, "used", by=owner, now=NOW)
    services.block(by=owner, lot=lot, blocked=False, now=NOW)
    last = NOW + timedelta(days=30)
    services.move(lot, -1, "used", by=owner, now=last)
    with pytest.raises(services.LotExpired):
        services.move(lot, -1, "used", by=owner, now=last + timedelta(days=1))
    services.take(by=owner, lot=lot, amount=9, reason="wasted", now=last + timedelta(days=1))
    assert queries.usable_lots(NOW.date()) == []


def test_lots_that_expire_first_are_offered_first(owner, item):
    never = services.receive(by=owner, item=item, number="N", expires_on=None, amount=1, now=NOW)
    late, soon = make_lot(owner, item, "L", expires_in=90), make_lot(owner, item, "S", expires_in=9)
    assert queries.usable_lots(NOW.date(), kind="tip") == [soon, late, never]
    assert queries.usable_lots(NOW.date(), kind="crystal") == []
    assert queries.shelves(NOW.date())[0].left == 21


def test_a_lot_with_another_last_day_is_refused(owner, item, lot):
    with pytest.raises(services.LotRefused):
        make_lot(owner, item, expires_in=60)
    with pytest.raises(services.LotExpired):
        make_lot(owner, item, "OLD", expires_in=-1)
    assert make_lot(owner, item, amount=5).quantity == 15
    assert not Lot.objects.filter(number="OLD").exists()


def test_the_page_of_a_lot(browse, lot):
    browser = browse("practitioner")
    assert post(browser, "stock:take", lot.pk, **{"take-amount": 99, "take-reason": "wasted"}).status_code == 422
    assert post(browser, "stock:take", lot.pk, **{"take-amount": 2, "take-reason": "wasted"}).status_code == 302
    assert post(browser, "stock:count", lot.pk, **{"count-left": 5}).status_code == 302
    post(browser, "stock:block", lot.pk)
    page = browser.get(reverse("stock:lot", args=[lot.pk])).content.decode()
    assert "blocked" in page and "Release it" not in page
    assert post(browser, "stock:release", lot.pk).status_code == 404
    post(browse("owner"), "stock:release", lot.pk)
    lot.refresh_from_db()
    assert (lot.quantity, lot.is_blocked) == (5, False)
    said = [event.action for event in Event.objects.filter(subject_id=str(lot.pk)).order_by("id")]
    assert said == ["stock.received", "stock.wasted", "stock.counted", "stock.blocked", "stock.released"]
    assert Event.objects.get(action="stock.counted").data == {"difference": -3}


def test_a_lot_is_received_on_the_page(browse, item):
    browser = browse("practitioner")
    fields = {"item": item.pk, "number": "B-2", "expires_on": "2099-01-01", "amount": 40}
    assert post(browser, "stock:receive", **fields).status_code == 302
    page = post(browser, "stock:receive", **{**fields, "expires_on": "2098-01-01"})
    assert "with another last day" in page.content.decode()
    assert Lot.objects.get(number="B-2").quantity == 40


def test_who_was_treated_with_a_lot(browse, owner, client_record, lot):
    session, other = uuid4(), uuid4()
    services.move(lot, -2, "used", by=owner, now=NOW, session_id=session, client_id=client_record.pk)
    gone = uuid4()
    services.move(lot, -1, "used", by=owner, now=NOW, session_id=other, client_id=gone)
    services.move(lot, 1, "returned", by=owner, now=NOW, session_id=other, client_id=gone)
    assert [use["client_id"] for use in queries.used_on_clients([lot])] == [client_record.pk]
    page = browse("clinician").get(reverse("visits:treated"), {"lot": "a-1"}).content.decode()
    assert "Zoë Größe" in page and "1 client" in page and "erased" not in page
    assert "Nobody was treated" not in page
    assert "No lot begins" in browse("owner").get(reverse("visits:treated"), {"lot": "zzz"}).content.decode()


def test_everybody_treated_with_a_lot_is_listed_over_pages(browse, owner, client_record, item):
    lots = [make_lot(owner, item, f"R-{number}", amount=2000) for number in range(25)]
    ids = [client_record.pk, *(uuid4() for _ in range(59))]
    for number, client_id in enumerate(ids * 10):
        at = NOW + timedelta(minutes=number)
        services.move(lots[0], -1, "used", by=owner, now=at, session_id=uuid4(), client_id=client_id)
    slip = {"session_id": uuid4(), "client_id": client_record.pk}
    services.move(lots[0], -3, "used", by=owner, now=NOW + timedelta(days=9), **slip)
    services.move(lots[0], 3, "returned", by=owner, now=NOW + timedelta(days=9), **slip)
    services.move(lots[24], -4, "used", by=owner, now=NOW, session_id=None, client_id=ids[7])
    uses = {(use["client_id"], use["lot_id"]): use for use in queries.used_on_clients(lots)}
    assert len(uses) == 61 and uses[ids[7], lots[24].pk]["amount"] == 4
    named = uses[client_record.pk, lots[0].pk]
    assert (named["amount"], named["last"]) == (10, NOW + timedelta(minutes=540))
    browser, address = browse("clinician"), reverse("visits:treated")
    first = browser.get(address, {"lot": "r-"}).content.decode()
    second = browser.get(address, {"lot": "r-", "page": 2}).content.decode()
    assert "60 clients" in first and "page 1 of 2" in first and "5 more lots begin so" in first
    assert first.count("<tr>") + second.count("<tr>") == 61 + 2
    assert ("Zoë Größe" in first) + ("Zoë Größe" in second) == 1
    assert browser.get(address, {"lot": "r-", "page": "x" * 40}).status_code == 200


def test_looking_writes_nothing(browse, owner, lot):
    before = (Event.objects.count(), StockMove.objects.count())
    browser = browse("owner")
    for name in ("lots", "receive", "item_add", "rooms", "room_add", "devices", "device_add", "prices", "price_add"):
        assert browser.get(reverse(f"stock:{name}")).status_code == 200
    for name in ("take", "count", "block", "release"):
        assert browser.get(reverse(f"stock:{name}", args=[lot.pk])).status_code == 405
    assert browser.get(reverse("stock:example")).status_code == 405
    assert (Event.objects.count(), StockMove.objects.count()) == before
