"""A reaction is noted with a photograph that may be shown, and from what a check-in said."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.accounts.roles import Role
from corneum.clinic.consent.services import withdraw
from corneum.clinic.intake import inbox
from corneum.clinic.intake.models import CheckIn, InboxItem
from corneum.clinic.intake.queries import emergencies
from corneum.clinic.people import services as people
from corneum.clinic.photos.models import Photo
from corneum.clinic.treatments import reactions, services_after
from corneum.clinic.treatments.flags import looks_due
from corneum.clinic.treatments.models import AdverseEvent, Kind, Level
from corneum.clinic.visits import flags
from corneum.clinic.visits.models import Recall
from tests.clinic.conftest import NOW
from tests.clinic.desk import make_room, make_visit
from tests.clinic.photos_fixtures import agree

SAID = {"kind": "redness", "severity": "1", "level": "care", "action": "Cooled."}


@pytest.fixture
def by(staff):
    return staff[Role.PRACTITIONER]


def take(by, client):
    """Return a row of a photograph; its file is not looked at here."""
    number = Photo.objects.count()
    fields = {"view": "front", "origin": "upload", "taken_at": NOW, "added_at": NOW, "added_by": by}
    return Photo.objects.create(
        client=client, width=64, height=64, digest=f"{number}", source_digest=f"{number}", **fields
    )


def add(browser, client, **more):
    data = SAID | {"onset": timezone.localdate().isoformat()} | more
    return browser.post(reverse("treatments:event_add", args=[client.pk]), data)


def answered(client, by, **yes):
    check_in = CheckIn.objects.create(
        client=client, treated=(NOW - timedelta(days=3)).date(), after_days=3, due=NOW.date()
    )
    asked = inbox.asked_on(3)
    answers = {one.id: yes.get(one.id, 0 if one.kind == "scale" else "no") for one in asked}
    inbox.answer_check_in(by=by, check_in=check_in, answers=answers, now=NOW)
    check_in.refresh_from_db()
    return check_in


def test_a_photograph_of_the_client_is_chosen_and_shown(browse, owner, client_record, by):
    agree(owner, client_record)
    photo = take(owner, client_record)
    browser = browse("practitioner")
    page = browser.get(reverse("treatments:event_add", args=[client_record.pk])).content.decode()
    assert f'<option value="{photo.pk}">' in page
    sent = add(browser, client_record, photo_id=str(photo.pk))
    event = AdverseEvent.objects.get()
    assert event.photo_id == photo.pk
    picture = reverse("photos:file", args=[client_record.pk, photo.pk, "page"])
    assert picture in browser.get(sent["Location"]).content.decode()
    withdraw(by=owner, client=client_record, purposes=["record"], now=NOW)
    text = browser.get(sent["Location"]).content.decode()
    assert picture not in text and "must not be shown now" in text


def test_no_other_photograph_can_be_chosen(browse, owner, client_record):
    other = people.add_client(by=owner, fields={"name": "Another", "born": client_record.born}, now=NOW)
    agree(owner, other)
    theirs = take(owner, other)
    agree(owner, client_record)
    for photo_id in (theirs.pk, uuid4()):
        found = add(browse("practitioner"), client_record, photo_id=str(photo_id))
        assert found.status_code == 200 and not AdverseEvent.objects.exists()
    event = AdverseEvent(client=client_record, photo_id=theirs.pk)
    assert reactions.photograph_of(event.client_id, event.photo_id) is None


def test_without_consent_none_is_offered(browse, owner, client_record):
    assert reactions.photographs(client_record.pk) == []
    assert add(browse("practitioner"), client_record, photo_id="").status_code == 302
    assert AdverseEvent.objects.get().photo_id is None


def test_a_check_in_fills_the_form(browse, owner, client_record, by):
    agree(owner, client_record)
    check_in = answered(client_record, by, eye="yes", pus="yes")
    photo = take(owner, client_record)
    photos = reactions.photographs(client_record.pk)
    filled = reactions.from_check_in(client_record.pk, str(check_in.pk), photos)
    assert (filled["kind"], filled["level"], filled["onset"]) == (Kind.EYE, Level.EMERGENCY, NOW.date())
    assert "eye pain" in filled["seen"] and "pus" in filled["seen"]
    assert filled["photo_id"] == str(photo.pk)
    item = InboxItem.objects.get()
    browser = browse("practitioner")
    link = f"{reverse('treatments:event_add', args=[client_record.pk])}?check_in={check_in.pk}"
    assert item.check_in_id == check_in.pk and link in browser.get(reverse("intake:inbox")).content.decode()
    assert link in browser.get(reverse("intake:check_in", args=[client_record.pk, check_in.pk])).content.decode()
    page = browser.get(link).content.decode()
    assert '<option value="eye" selected>' in page and "eye pain" in page


def test_a_check_in_of_another_client_fills_nothing(owner, client_record, by):
    other = people.add_client(by=owner, fields={"name": "Another", "born": client_record.born}, now=NOW)
    check_in = answered(other, by, eye="yes")
    assert reactions.from_check_in(client_record.pk, str(check_in.pk), []) == {}
    assert reactions.from_check_in(client_record.pk, "nonsense", []) == {}
    open_one = CheckIn.objects.create(client=client_record, treated=NOW.date(), after_days=1, due=NOW.date())
    assert reactions.from_check_in(client_record.pk, str(open_one.pk), []) == {}


def test_every_sign_of_a_check_in_is_a_kind_of_reaction():
    assert set(reactions._KIND_OF) == {one.id for one in inbox.asked_on(14)} | {one.id for one in inbox.asked_on(3)}


def noted(client, by, **fields):
    usual = {"kind": "redness", "severity": "2", "level": "care", "onset": NOW.date(), "action": "Cooled."}
    return services_after.add_event(by=by, client=client, session=None, fields=usual | fields, now=NOW)


def followed(event, by, *, days=1, **fields):
    usual = {"text": "Looked at.", "severity": "2", "level": "care", "follow_up_on": None, "closes": False}
    return services_after.follow_event(by=by, event=event, fields=usual | fields, now=NOW + timedelta(days=days))


def waiting():
    return [(one.kind, one.level) for one in InboxItem.objects.filter(seen=None).order_by("at", "level")]


def test_a_reaction_for_a_doctor_waits_in_the_inbox_once_a_level(browse, client_record, owner):
    event = noted(client_record, owner)
    assert waiting() == []
    followed(event, owner, level="doctor")
    followed(event, owner, level="doctor", days=2)
    assert waiting() == [("reaction", 3)] and emergencies() == []
    followed(event, owner, level="emergency", days=3)
    assert waiting() == [("reaction", 3), ("reaction", 4)] and len(emergencies()) == 1
    followed(event, owner, level="doctor", closes=True, days=4)
    assert len(waiting()) == 2
    page = browse("practitioner").get(reverse("intake:inbox")).content.decode()
    assert reverse("treatments:course", args=[client_record.pk]) in page
    noted(client_record, owner, level="emergency")
    assert len(waiting()) == 3


def test_the_next_look_at_a_reaction_is_on_the_list_of_calls_until_it_is_over(client_record, owner):
    def due():
        return list(Recall.objects.filter(kind="follow_up", done_at=None).values_list("due_on", flat=True))

    soon, later = NOW.date() + timedelta(days=2), NOW.date() + timedelta(days=9)
    first = noted(client_record, owner, follow_up_on=later)
    second = noted(client_record, owner, follow_up_on=soon)
    assert due() == [soon]
    followed(second, owner, closes=True)
    assert due() == [later]
    followed(first, owner, closes=True)
    assert due() == []
    followed(first, owner, follow_up_on=later)
    assert due() == [later]
    make_visit(owner, client_record, make_room(owner), kind="check", hours=24 * 9)
    followed(first, owner, follow_up_on=later)
    assert due() == []


def test_a_look_that_is_due_is_beside_the_visit(client_record, owner):
    visit = make_visit(owner, client_record, make_room(owner))
    noted(client_record, owner, follow_up_on=NOW.date() + timedelta(days=1))
    assert not looks_due([visit], NOW)
    assert looks_due([visit], NOW + timedelta(days=1))[visit.pk][0].ways == ("treatments:course",)
    assert looks_due in flags._sources
