"""The pages of the day: forms without a script, answers for the queue, the record, aftercare, reactions, review."""

import json
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.treatments import services
from corneum.clinic.treatments.models import AdverseEvent, AdverseNote, CourseReview, Entry, Session
from corneum.clinic.treatments.situation import situation_of
from tests.clinic.conftest import NOW
from tests.clinic.treatments_fixtures import (
    answer_all,
    approved_plan,
    begun,
    lot,
    opened,
    signed,
    tap,
    treated,
)


@pytest.fixture
def by(staff):
    return staff[Role.PRACTITIONER]


@pytest.fixture
def plan(client_record, staff):
    return approved_plan(client_record, staff[Role.CLINICIAN])


@pytest.fixture
def browser(browse):
    return browse("practitioner")


def where(name, session, **more):
    return reverse(f"treatments:{name}", kwargs={"client_id": session.client_id, "session_id": session.pk, **more})


def post(browser, session, said, *, script=False, entry_id=None, **fields):
    data = {"id": str(entry_id or uuid4()), "tap": urlencode(said), **fields}
    headers = {"Accept": "application/json"} if script else {}
    return browser.post(where("tap", session), data, headers=headers)


def test_the_page_before_a_session(browser, client_record, staff, by):
    page = reverse("treatments:day", args=[client_record.pk])
    assert b"No clinician has approved a plan" in browser.get(page).content
    approved_plan(client_record, staff[Role.CLINICIAN])
    assert b"Open session 1 of 6" in browser.get(page).content
    browser.post(reverse("treatments:open", args=[client_record.pk]), {"course": 1, "number": 1})
    assert Session.objects.get().opened_by == by
    shown = browser.post(reverse("treatments:open", args=[client_record.pk]), {"course": 1, "number": 1}, follow=True)
    assert b"still open" in shown.content
    assert b"Begin the treatment" in shown.content


def test_get_writes_nothing(browser, client_record, by, plan, django_assert_num_queries):
    session = begun(client_record, by)
    before = (Entry.objects.count(), Event.objects.count())
    for name in ("day", "course"):
        assert browser.get(reverse(f"treatments:{name}", args=[client_record.pk])).status_code == 200
    for name in ("aftercare", "aftercare_ics", "aftercare_pdf"):
        assert browser.get(where(name, session)).status_code == 200
    assert (Entry.objects.count(), Event.objects.count()) == before


def test_a_tap_without_a_script_comes_back_to_its_place(browser, client_record, by, plan):
    session = begun(client_record, by)
    page = post(browser, session, {"kind": "pass", "zone": "cheek"})
    assert page["Location"].endswith("/treatment/#zone-cheek")
    assert len(situation_of(session).zone("cheek").passes) == 1


def test_a_form_sent_twice_is_kept_once(browser, client_record, by, plan):
    session, one = begun(client_record, by), uuid4()
    for _ in range(3):
        post(browser, session, {"kind": "pass", "zone": "cheek"}, entry_id=one)
    assert len(situation_of(session).zone("cheek").passes) == 1


def test_the_queue_gets_an_answer_with_the_page_as_it_stands(browser, client_record, by, plan):
    session, one = begun(client_record, by), uuid4()
    first = post(browser, session, {"kind": "pass", "zone": "cheek"}, script=True, entry_id=one).json()
    again = post(browser, session, {"kind": "pass", "zone": "cheek"}, script=True, entry_id=one).json()
    assert first["status"] == again["status"] == "saved"
    assert "<strong data-count>1</strong>" in again["html"] and not again["sealed"]
    post(browser, session, {"kind": "bleeding", "zone": "cheek"}, script=True)
    refused = post(browser, session, {"kind": "pass", "zone": "cheek"}, script=True).json()
    assert refused["status"] == "refused" and "Pinpoint bleeding" in refused["why"]


@pytest.mark.parametrize(
    "data", [{}, {"id": "x", "tap": "kind=pass&zone=cheek"}, {"id": str(uuid4()), "tap": "kind=%"}]
)
def test_nonsense_is_refused_in_words(data, browser, client_record, by, plan):
    session = begun(client_record, by)
    before = Entry.objects.count()
    answer = browser.post(where("tap", session), data, headers={"Accept": "application/json"}).json()
    assert answer["status"] == "refused" and answer["why"]
    assert browser.post(where("tap", session), data).status_code == 302
    assert Entry.objects.count() == before


def test_answers_come_from_buttons_boxes_and_fields(browser, client_record, by, plan):
    session = opened(client_record, by)
    post(browser, session, {"kind": "answers", "q-sun.recent": "yes", "at": "q-sun.recent"})
    post(browser, session, {"kind": "answers"}, **{"q-sun.last": "2020-02-01"})
    post(browser, session, {"kind": "answers"}, **{"q-sun.sites": ["", "cheek"]})
    post(browser, session, {"kind": "answers"}, **{"q-earlier.any": "yes"})
    post(browser, session, {"kind": "answers"}, **{"q-earlier.pain": "8"})
    answers = situation_of(session).state.answers
    assert answers["sun.sites"] == ["cheek"] and answers["sun.last"] == "2020-02-01" and answers["earlier.pain"] == 8.0
    page = browser.get(reverse("treatments:day", args=[client_record.pk])).content.decode()
    assert "reaction.150" in page and "Which clinician was asked" in page


def test_a_question_is_asked_once_the_one_before_it_is_answered(browser, client_record, by, plan):
    session = opened(client_record, by)
    page = reverse("treatments:day", args=[client_record.pk])
    assert b"q-sun.last" not in browser.get(page).content
    post(browser, session, {"kind": "answers", "q-sun.recent": "yes"})
    assert b"q-sun.last" in browser.get(page).content
    post(browser, session, {"kind": "answers", "q-sun.recent": "no"})
    assert b"q-sun.last" not in browser.get(page).content


def test_none_of_this_answers_a_group(browser, client_record, by, plan):
    session = opened(client_record, by)
    page = browser.get(reverse("treatments:day", args=[client_record.pk]))
    group = next(one for one in page.context["groups"] if one.name == "hair")
    browser.post(where("tap", session), {"id": str(uuid4()), "tap": group.none})
    page = browser.get(reverse("treatments:day", args=[client_record.pk]))
    assert next(one for one in page.context["groups"] if one.name == "hair").open == 0


def test_only_a_clinician_overrides(browse, browser, client_record, by, plan, staff):
    session = opened(client_record, by)
    answer_all(session, by, numbing__used="yes", numbing__wrapped="yes")
    said = {"id": str(uuid4()), "rule": "numbing.010", "why": "a wet cloth, no wrap"}
    assert browser.post(where("override", session), said).status_code == 404
    assert browse("owner").post(where("override", session), said).status_code == 404
    clinician = browse("clinician")
    assert b"needs a reason" in clinician.post(where("override", session), {**said, "why": ""}, follow=True).content
    page = clinician.post(where("override", session), said, follow=True).content.decode()
    assert "Overridden by The Clinician" in page
    event = Event.objects.get(action="treatment.tapped", by=staff[Role.CLINICIAN])
    assert "cloth" not in json.dumps(event.data)


def test_lots_that_may_not_be_used_are_not_offered(browser, client_record, by, owner, plan):
    session = opened(client_record, by)
    good = lot(owner, number="GOOD", expires_on=None)
    lot(owner, number="GONE", expires_on=date(2027, 3, 1))
    page = browser.get(reverse("treatments:day", args=[client_record.pk])).content.decode()
    assert "GOOD" in page
    if timezone.localdate() > date(2027, 3, 1):
        assert "GONE" not in page
    post(browser, session, {"kind": "lot"}, lot=str(good.pk), amount="2")
    assert "Put back" in browser.get(reverse("treatments:day", args=[client_record.pk])).content.decode()
    said = post(browser, session, {"kind": "lot"}, script=True, lot=str(good.pk), amount="99").json()
    assert "not that much" in said["why"]


def test_the_closing_list_then_the_seal_then_an_amendment(browser, client_record, by, plan):
    session = begun(client_record, by)
    treated(session, by, zones=("cheek",))
    page = browser.post(where("sign", session), follow=True)
    assert page.redirect_chain[-1][0] == where("session", session)
    text = page.content.decode()
    assert "signed and sealed" in text and "signed on paper" in text and "Planned and not treated: Forehead" in text
    refused = post(browser, session, {"kind": "pass", "zone": "cheek"}, script=True).json()
    assert refused["sealed"] and "signed" in refused["why"]
    added = {"zone": "cheek", "text": "It was the <b>left</b> cheek.", "why": "Forgotten"}
    assert b"aria-invalid" in browser.post(where("amend", session), {**added, "why": ""}).content
    text = browser.post(where("amend", session), added, follow=True).content.decode()
    assert "&lt;b&gt;left&lt;/b&gt;" in text and "amended" in text


def test_an_unfinished_session_is_not_signed(browser, client_record, by, plan):
    session = begun(client_record, by)
    tap(session, by, "pass", "cheek")
    page = browser.post(where("sign", session), follow=True).content
    assert b"still open" in page and Session.objects.get(pk=session.pk).is_open


def test_another_clients_session_is_not_there(browser, client_record, by, plan, owner):
    from corneum.clinic.people import services as people

    session = signed(client_record, by)
    fields = {"name": "Somebody Else", "born": date(1990, 1, 1)}
    other = people.add_client(by=owner, fields=fields, now=NOW)
    for name in ("session", "aftercare", "aftercare_ics", "aftercare_pdf"):
        kwargs = {"client_id": other.pk, "session_id": session.pk}
        assert browser.get(reverse(f"treatments:{name}", kwargs=kwargs)).status_code == 404
    for name in ("tap", "sign", "amend"):
        kwargs = {"client_id": other.pk, "session_id": session.pk}
        assert browser.post(reverse(f"treatments:{name}", kwargs=kwargs)).status_code == 404


def test_aftercare_is_dated_from_the_day_it_was(browser, client_record, by, plan):
    session = signed(client_record, by)
    page = browser.get(where("aftercare", session)).content.decode()
    assert "until Mon 8 Mar 2027" in page and "Call us if redness lasts" in page
    calendar = Calendar.from_ical(browser.get(where("aftercare_ics", session)).content)
    events = calendar.walk("VEVENT")
    assert {event["dtstart"].dt for event in events} >= {date(2027, 3, 1), date(2027, 3, 2)}
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert "Zoë" not in calendar.to_ical().decode()
    assert browser.get(where("aftercare_pdf", session)).content.startswith(b"%PDF")


def test_a_reaction_is_noted_followed_and_closed(browser, client_record, by, plan):
    session = signed(client_record, by)
    add = reverse("treatments:event_add", args=[client_record.pk])
    fields = {
        "kind": "petechiae",
        "severity": "2",
        "onset": "2020-01-01",
        "zone": "cheek",
        "action": "Photographed.",
        "level": "clinic",
        "follow_up_on": "2019-01-01",
    }
    assert b"before it began" in browser.post(add, fields).content
    assert b"still to come" in browser.post(add, {**fields, "onset": "2999-01-01", "follow_up_on": ""}).content
    page = browser.post(add, {**fields, "follow_up_on": ""}, follow=True)
    event = AdverseEvent.objects.get()
    assert event.session is None and event.first == {"severity": "2", "level": "clinic"}
    AdverseEvent.objects.filter(pk=event.pk).update(session=session)
    note = {"text": "Faded.", "severity": "1", "level": "care", "closes": "on"}
    address = reverse("treatments:event", kwargs={"client_id": client_record.pk, "event_id": event.pk})
    page = browser.post(address, note, follow=True).content.decode()
    assert "Faded." in page and "closed" in page and "Grade 1" in page
    assert b"closed already" in browser.post(address, note, follow=True).content
    browser.post(address, {**note, "closes": ""})
    event.refresh_from_db()
    assert event.closed_at is None and AdverseNote.objects.count() == 2
    actions = Event.objects.filter(action__startswith="adverse").values_list("action", flat=True)
    assert list(actions) == ["adverse.followed", "adverse.closed", "adverse.added"]


def test_the_review_decides_and_says_when_it_is_against_its_rule(browser, client_record, by, plan):
    for number in (1, 2, 3):
        signed(client_record, by, number=number, now=NOW + timedelta(days=14 * number))
    page = reverse("treatments:course", args=[client_record.pk])
    assert b"The review is due" in browser.get(page).content
    assert b"waits" in browser.get(reverse("treatments:day", args=[client_record.pk])).content
    decide = reverse("treatments:review", args=[client_record.pk])
    fields = {"photographs": "no_change", "happened": "no", "wishes": "go_on", "decision": "go_on", "why": "One more."}
    assert b"aria-invalid" in browser.post(decide, {**fields, "why": ""}).content
    text = browser.post(decide, fields, follow=True).content.decode()
    assert "against the stop rule" in text and "The review is due" not in text
    assert CourseReview.objects.get().after == 3
    assert b"Open session 4" in browser.get(reverse("treatments:day", args=[client_record.pk])).content


def test_the_course_shows_settings_over_time(browser, client_record, by, plan):
    for number in (1, 2):
        signed(client_record, by, number=number, now=NOW + timedelta(days=14 * number))
    page = browser.get(reverse("treatments:course", args=[client_record.pk])).content.decode()
    assert "<polyline" in page and "session 2: 20 kPa, 1 pass" in page


def test_queries_do_not_grow_with_the_sessions(browser, client_record, by, plan, django_assert_max_num_queries):
    for number in (1, 2):
        signed(client_record, by, number=number, now=NOW + timedelta(days=14 * number))
    opened(client_record, by, number=3, now=NOW + timedelta(days=60))
    with django_assert_max_num_queries(23):
        browser.get(reverse("treatments:day", args=[client_record.pk]))
    with django_assert_max_num_queries(15):
        browser.get(reverse("treatments:course", args=[client_record.pk]))


def test_no_tap_and_no_answer_is_in_the_audit(client_record, by, plan):
    session = begun(client_record, by)
    tap(session, by, "note", text="Something private")
    treated(session, by)
    services.sign(by=by, session=session, now=NOW + timedelta(hours=1))
    assert "private" not in json.dumps(list(Event.objects.values_list("data", flat=True)))


def test_the_way_to_a_session_keeps_the_navigation(browse, client_record, staff):
    approved_plan(client_record, staff[Role.CLINICIAN])
    page = browse("practitioner").get(reverse("treatments:day", args=[client_record.pk])).content.decode()
    assert 'href="/today/"' in page and 'href=""' not in page
