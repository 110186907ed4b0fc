"""What pages ask by themselves: counts, emergencies, and the page for when there is no connection."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.intake.inbox import acknowledge, tell
from corneum.clinic.intake.models import ItemKind
from corneum.clinic.project import gate
from tests.clinic.desk import make_room, make_visit

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/today/"}
SESSION_AND_USER, OWN = 2, 3


@pytest.fixture
def flag(client_record):
    """Put an emergency into the inbox."""
    return tell(client=client_record, kind=ItemKind.RED_FLAG, level=4, signs=["eye"], now=timezone.now())


def pulse(browser):
    return browser.get(reverse("pulse"), headers=HTMX).content.decode()


def test_an_emergency_is_told_until_somebody_has_seen_it(browse, flag, client_record, owner):
    browser = browse("practitioner")
    said = pulse(browser)
    assert f'data-flags="{flag.pk}"' in said and reverse("intake:inbox") in said and client_record.name not in said
    assert ">1<" in said.partition('data-for="count-intake-inbox"')[2].partition("data-for")[0]
    acknowledge(by=owner, item=flag, note="", now=timezone.now())
    assert "data-flags" not in pulse(browser)


@pytest.mark.parametrize(("kind", "level"), [(ItemKind.RED_FLAG, 3), (ItemKind.UPLOAD, 4)])
def test_what_can_wait_is_no_emergency(kind, level, browse, client_record):
    tell(client=client_record, kind=kind, level=level, now=timezone.now())
    assert "data-flags" not in pulse(browse("owner"))


@pytest.mark.parametrize("role", ["reception", "auditor"])
def test_who_may_not_open_the_inbox_hears_nothing_of_it(role, browse, flag):
    said = pulse(browse(role))
    assert "data-flags" not in said and "inbox" not in said


def test_it_asks_little_and_keeps_nobody_logged_in(browse, flag, monkeypatch):
    browser = browse("clinician")
    browser.get(reverse("intake:inbox"))
    seen, moment = browser.session["seen"], timezone.now() + timedelta(minutes=20)
    monkeypatch.setattr(gate.timezone, "now", lambda: moment)
    with CaptureQueriesContext(connection) as asked:
        pulse(browser)
    usual = [one for one in asked if "practice" not in one["sql"]]
    assert len(usual) <= SESSION_AND_USER + OWN
    assert browser.session["seen"] == seen


def test_after_the_end_of_a_log_in_it_leads_there(browse):
    assert browse().get(reverse("pulse"), headers=HTMX)["HX-Redirect"] == "/log-in/?next=/today/"


def test_every_page_of_the_staff_asks_and_none_of_a_client(browse):
    page = browse("owner").get("/today/").content.decode()
    assert 'hx-get="/pulse/"' in page and 'id="count-intake-inbox"' in page
    assert "/pulse/" not in browse().get("/log-in/").content.decode()


def test_the_day_renews_its_list_alone(browse, client_record, owner):
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    make_visit(owner, client_record, make_room(owner), now=noon)
    browser = browse("reception")
    page = browser.get("/today/").content.decode()
    assert "data-by-itself" in page.partition('id="day"')[2].partition(">")[0]
    part = browser.get("/today/", headers=HTMX).content.decode()
    assert "<html" not in part and part.strip().startswith('<div id="day"') and client_record.name in part
    assert part.count('id="summary"') == 1 and 'hx-swap-oob="true"' in part
    other = browser.get("/today/", {"day": "2027-03-01"}).content.decode()
    assert "hx-get" not in other.partition('id="day"')[2].partition(">")[0]


def test_the_worker_keeps_files_and_the_page_that_says_that_there_is_no_line(browse):
    found = browse("owner").get(reverse("worker"))
    script = found.content.decode()
    assert found["Content-Type"].startswith("text/javascript") and found["Cache-Control"] == "no-cache"
    kept = re.findall(r'"(/[^"]*)"', script)
    assert [one for one in kept if not one.startswith("/static/")] == ["/offline/"]
    assert ".put(" not in script
    page = browse("owner").get("/offline/").content
    assert page == browse().get("/offline/").content and b"The Owner" not in page


@pytest.mark.parametrize("on", [True, False])
def test_keys_are_turned_off_in_the_settings(on, browse, owner):
    browser = browse("owner")
    assert "data-shortcuts" in browser.get("/me/").content.decode()
    said = {"name": owner.name, "pressure": "kPa"} | ({"shortcuts": "on"} if on else {})
    assert browser.post("/me/", said).status_code == 302
    page = browser.get(reverse("accounts:keys")).content.decode()
    assert ("data-shortcuts" in page) is on and ("are off" in page) is not on and "<kbd>/</kbd>" in page
    assert reverse("accounts:keys") in browser.get("/today/").content.decode()
