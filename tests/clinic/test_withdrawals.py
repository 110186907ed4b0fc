"""A client withdraws by the private link: each purpose singly, after a question, and the clinic is told."""

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.audit.models import Event
from corneum.clinic.consent.models import Ending, Permission
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.intake import linking
from corneum.clinic.intake.models import InboxItem, Scope
from corneum.clinic.photos import giving
from tests.clinic.conftest import NOW
from tests.clinic.intake_fixtures import make_consent
from tests.clinic.photos_fixtures import agree, make_photo

LIST = "/my/withdraw/"


@pytest.fixture
def at_home(client_record, owner):
    """Return a browser that opened a link of these scopes."""

    def opened(*scopes):
        _link, token = linking.make_link(by=owner, client=client_record, scopes=scopes, days=7, now=timezone.now())
        browser = Browser()
        browser.post(reverse("intake:open", args=[token]))
        return browser

    return opened


def one(purpose):
    return reverse("intake:own_withdraw_one", args=[purpose])


@pytest.mark.parametrize("scope", [Scope.CONSENT, Scope.AFTERCARE])
def test_any_link_lists_what_stands_and_leads_to_each(scope, at_home, client_record, owner):
    make_consent(owner, client_record)
    agree(owner, client_record, ("record", "teach"))
    browser = at_home(scope)
    assert LIST in browser.get("/my/").content.decode()
    page = browser.get(LIST).content.decode()
    assert [purpose for purpose in ("treatment", "data", "record", "show", "teach") if one(purpose) in page] == [
        "treatment",
        "record",
        "teach",
    ]


def test_asking_once_more_changes_nothing_yet(at_home, client_record, owner):
    agree(owner, client_record, ("record", "teach"))
    before, browser = Event.objects.count(), at_home(Scope.CONSENT)
    opened = Event.objects.count()
    page = browser.get(one("teach"))
    assert page.status_code == 200 and b"used for teaching" in page.content and opened > before
    assert Event.objects.count() == opened and photo_purposes(client_record.pk) == {"record", "teach"}


def test_one_purpose_is_withdrawn_alone_and_the_clinic_is_told(at_home, browse, client_record, owner):
    agree(owner, client_record, ("record", "teach"))
    browser = at_home(Scope.CONSENT)
    back = browser.post(one("teach"))
    assert back["Location"] == LIST and photo_purposes(client_record.pk) == {"record"}
    ended = Permission.objects.get(purpose="teach")
    assert ended.ending == Ending.WITHDRAWN and ended.ended_by is None
    event = Event.objects.get(action="consent.withdrawn")
    assert event.by_link and event.by_id is None and event.data == {"purposes": ["teach"]}
    item = InboxItem.objects.get(kind="withdrawn")
    assert (item.level, item.signs) == (2, ["teach"])
    page = browse("practitioner").get(reverse("intake:inbox")).content.decode()
    assert "Consent withdrawn" in page and "Teaching: shown to people in training" in page
    assert one("teach") not in browser.get(LIST).content.decode()


def test_withdrawing_twice_or_what_never_stood_changes_nothing(at_home, client_record, owner):
    agree(owner, client_record)
    browser = at_home(Scope.CONSENT)
    for _time in range(2):
        assert browser.post(one("record"))["Location"] == LIST
    assert browser.post(one("publish"))["Location"] == browser.post(one("nonsense"))["Location"] == LIST
    assert browser.get(one("record"))["Location"] == LIST
    assert Event.objects.filter(action="consent.withdrawn").count() == InboxItem.objects.count() == 1
    assert "nothing to withdraw" in browser.get(LIST).content.decode()


def test_what_the_staff_write_down_themselves_is_not_told_to_them(browse, client_record, owner):
    agree(owner, client_record)
    address = reverse("consent:withdraw", args=[client_record.pk])
    assert browse("reception").post(address, {"purposes": ["record"]}).status_code == 302
    assert not photo_purposes(client_record.pk) and not InboxItem.objects.exists()


def test_before_it_counts_the_client_reads_which_copies_went_out(at_home, browse, client_record, owner):
    agree(owner, client_record, ("record", "teach", "publish"))
    photo = make_photo(owner, client_record)
    given = {"to": "Course in Graz", "why": "a lecture"}
    copy = giving.give_out(by=owner, photo=photo, purpose="teach", **given, now=NOW)
    giving.fetch(by=owner, copy=copy, now=NOW)
    browser = at_home(Scope.CONSENT)
    told = {
        purpose: b"Course in Graz" in browser.get(one(purpose)).content for purpose in ("record", "teach", "publish")
    }
    assert told == {"record": True, "teach": True, "publish": False}
    assert b"Course in Graz" in browse("owner").get(reverse("consent:withdraw", args=[client_record.pk])).content
    browser.post(one("teach"))
    assert {item.kind for item in InboxItem.objects.all()} == {"withdrawn", "copies"}


def test_without_a_link_nothing_opens(browse, client_record, owner):
    agree(owner, client_record)
    for browser in (browse(), browse("owner")):
        assert {browser.get(path).status_code for path in (LIST, one("record"))} == {404}
        assert browser.post(one("record")).status_code == 404
    assert photo_purposes(client_record.pk) == {"record"}
