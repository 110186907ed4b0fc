"""The history of a device: services and gauge calibrations, corrected by rows that follow and never written over."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.audit.models import Event
from corneum.clinic.stock import queries, services
from corneum.clinic.stock.models import Device, DeviceCheck
from corneum.clinic.visits import flags
from tests.clinic.conftest import NOW
from tests.clinic.desk import make_check, make_device, make_room, make_visit

DAY = NOW.date()


@pytest.fixture
def device(owner):
    return make_device(owner)


def dates(device):
    device.refresh_from_db()
    return device.serviced_on, device.service_due_on, device.calibrated_on, device.calibration_due_on


def test_the_newest_check_of_a_kind_says_what_is_due(owner, device):
    first = make_check(owner, device)
    assert dates(device) == (first.on, first.due, None, None)
    earlier = make_check(owner, device, on=first.on - timedelta(days=365), due=first.on)
    gauge = make_check(owner, device, kind="calibrated", on=first.on + timedelta(days=1), due=None)
    assert dates(device) == (first.on, first.due, gauge.on, None)
    assert queries.checks_of(device) == [gauge, first, earlier]
    assert queries.overdue([device.label], first.due - timedelta(days=1)) == []
    assert queries.overdue([device.label], first.due) == [device.label]
    assert queries.overdue(["Another"], first.due) == []
    assert queries.checks_due(device, first.due) == {first.pk}
    assert Event.objects.filter(action="device.checked").count() == 3


def test_a_slip_is_corrected_by_a_row_after_it(owner, device):
    wrong = make_check(owner, device)
    right = services.add_check(
        by=owner, device=device, fields={"kind": "calibrated", "on": DAY}, now=NOW, corrects=wrong
    )
    assert dates(device) == (None, None, DAY, None)
    assert {one.pk for one in queries.checks_of(device)} == {wrong.pk, right.pk}
    with pytest.raises(services.CorrectedAlready):
        services.add_check(by=owner, device=device, fields={"kind": "serviced", "on": DAY}, now=NOW, corrects=wrong)
    never = {"kind": "calibrated", "on": DAY, "is_void": True}
    services.add_check(by=owner, device=device, fields=never, now=NOW, corrects=right)
    assert dates(device) == (None, None, None, None)
    wrong.note = "something else"
    with pytest.raises(TypeError):
        wrong.save()


def test_dates_from_before_there_was_a_history_stay_until_a_check_of_their_kind(owner, device):
    Device.objects.filter(pk=device.pk).update(service_due_on=DAY)
    make_check(owner, device, kind="calibrated")
    assert dates(device)[1] == DAY


def test_the_dates_of_a_device_become_its_first_rows(device):
    asked = {"serviced_on": DAY, "service_due_on": DAY - timedelta(days=9), "calibrated_on": DAY}
    Device.objects.filter(pk=device.pk).update(**asked, calibration_due_on=DAY + timedelta(days=9))
    import_module("corneum.clinic.stock.migrations.0003_first_device_checks").write_first(apps, None)
    found = {one.kind: (one.on, one.due, one.by) for one in DeviceCheck.objects.all()}
    assert found == {"serviced": (DAY, None, None), "calibrated": (DAY, DAY + timedelta(days=9), None)}


def test_the_page_writes_shows_and_corrects(browse, device):
    browser, page = browse("owner"), reverse("stock:device", args=[device.pk])
    add, today = reverse("stock:check_add", args=[device.pk]), timezone.localdate()
    sent = {"check-kind": "serviced", "check-on": f"{today - timedelta(days=9)}", "check-note": "By the maker."}
    assert browser.post(add, {**sent, "check-due": f"{today - timedelta(days=9)}"}).status_code == 422
    assert browser.post(add, {**sent, "check-on": f"{today + timedelta(days=1)}"}).status_code == 422
    assert browser.post(add, {**sent, "check-on": "0001-01-01"}).status_code == 422
    assert not DeviceCheck.objects.exists()
    assert browser.post(add, {**sent, "check-due": f"{today}"}).status_code == 302
    shown = browser.get(page).content.decode()
    assert "By the maker." in shown and '<span class="tag stop">due</span>' in shown
    assert '<span class="tag stop">due</span>' in browser.get(reverse("stock:devices")).content.decode()
    wrong = DeviceCheck.objects.get()
    correct = reverse("stock:check_correct", args=[device.pk, wrong.pk])
    assert "By the maker." in browser.get(correct).content.decode()
    fields = {"kind": "serviced", "on": f"{today}", "note": "By us."}
    assert browser.post(correct, fields).status_code == 302
    shown = browser.get(page).content.decode()
    assert "<s>" in shown and "corrected" in shown and "By us." in shown
    assert browser.get(correct).status_code == 404


def test_a_visit_with_a_device_that_is_due_is_marked(owner, client_record, device):
    visit = make_visit(owner, client_record, make_room(owner), device=device)
    told = lambda: {flag.kind for flag in flags.flags_of([visit], NOW).get(visit.pk, [])}  # noqa: E731
    assert "device" not in told()
    make_check(owner, device, on=date(2026, 1, 1), due=DAY)
    visit.refresh_from_db()
    assert "device" in told()
