"""Marks: the list, what waits for a doctor, looks at photographs, and what a plan leaves out."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse

from corneum.clinic.audit.models import Event
from corneum.clinic.consent import services as consenting
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.work import do_next
from corneum.clinic.marks import looking, queries, services
from corneum.clinic.marks.models import Look, LookState, Mark
from corneum.clinic.marks.present.body import body_map
from corneum.clinic.marks.present.listing import shown_marks
from corneum.clinic.photos import files
from corneum.clinic.plans import services as plans
from corneum.course import plan_course
from corneum.imaging.card import Scale
from corneum.imaging.door import read_photo
from corneum.lesions import photographs as core
from corneum.lesions.exclusions import exclusion
from corneum.lesions.followed import Followed
from corneum.lesions.marks_file import MarksError, marks_of
from corneum.lesions.photographs import Places
from tests.clinic.conftest import NOW
from tests.clinic.intake_fixtures import make_consent
from tests.clinic.marks_fixtures import make_look, make_mark, make_photo
from tests.clinic.plans_fixtures import SAMPLES, tables

DAY = NOW.date()
LATER = NOW + timedelta(days=40)


@pytest.fixture
def agreed(owner, client_record):
    return make_consent(owner, client_record, kind="photograph", purposes=["record"])


@pytest.fixture
def practitioner(staff):
    return staff["practitioner"]


@pytest.fixture
def clinician(staff):
    return staff["clinician"]


def post(browser, name, *ids, **data):
    return browser.post(reverse(name, args=ids), data)


# the list


def test_a_mark_is_a_table_of_a_request(practitioner, client_record):
    make_mark(practitioner, client_record)
    (table,) = queries.request_marks(client_record.pk)
    assert table == {
        "zone": "cheek_left",
        "diameter": "4 mm",
        "state": "known",
        "center": [0.4, 0.5],
        "note": "brown",
        "found": DAY.isoformat(),
    }
    (out,) = marks_of([table])
    assert (out.site, out.side, out.radius_mm, out.waits) == ("cheek", "left", 7.0, False)
    assert Event.objects.filter(action="mark.added", data__zone="cheek_left").count() == 1
    assert not Event.objects.filter(data__icontains="brown").exists()


@pytest.mark.parametrize("wrong", [{"diameter": "4"}, {"zone": "moon"}, {"found_on": DAY + timedelta(days=1)}])
def test_what_the_core_cannot_read_is_not_kept(wrong, practitioner, client_record):
    with pytest.raises(MarksError):
        make_mark(practitioner, client_record, **wrong)
    assert not Mark.objects.exists() and not Event.objects.filter(action="mark.added").exists()


@pytest.mark.parametrize("state", ["new", "changed", "not_found"])
def test_a_change_waits_until_a_doctor_looked(state, practitioner, client_record):
    mark = make_mark(practitioner, client_record, state)
    assert queries.waiting_on([client_record.pk]) == {client_record.pk}
    with pytest.raises(services.MarkRefused, match="not come yet"):
        services.doctor_looked(by=practitioner, mark=mark, day=DAY + timedelta(days=1), now=NOW)
    with pytest.raises(services.MarkRefused, match="still waits"):
        services.doctor_looked(by=practitioner, mark=mark, day=DAY - timedelta(days=1), now=NOW)
    services.doctor_looked(by=practitioner, mark=mark, day=DAY, now=NOW)
    assert queries.waiting_on([client_record.pk]) == frozenset()
    assert not shown_marks(queries.marks_on(client_record.pk))[0].waits


@pytest.mark.parametrize("way", [{"state": "known"}, {"state": "unchanged"}])
def test_a_correction_ends_no_wait(way, practitioner, client_record):
    mark = make_mark(practitioner, client_record, "new")
    with pytest.raises(services.MarkRefused):
        services.change_mark(by=practitioner, mark=mark, fields=way, now=NOW)
    mark.refresh_from_db()
    assert mark.state == "new"
    services.change_mark(by=practitioner, mark=mark, fields={"diameter": "5 mm"}, now=NOW)
    assert Event.objects.get(action="mark.changed").data["changed"] == ["diameter"]


def test_a_waiting_mark_is_taken_off_by_a_clinician_or_as_a_slip(practitioner, clinician, owner, client_record):
    mark = make_mark(practitioner, client_record, "new")
    with pytest.raises(services.MarkRefused, match="waits for a doctor"):
        services.end_mark(by=owner, mark=mark, why="it bothers me", now=NOW)
    with pytest.raises(services.MarkRefused, match="waits for a doctor"):
        services.end_mark(by=practitioner, mark=mark, why="a slip", now=LATER)
    services.end_mark(by=practitioner, mark=mark, why="a slip", now=NOW)
    assert queries.marks_on(client_record.pk) == []
    services.restore_mark(by=practitioner, mark=mark, now=NOW)
    services.end_mark(by=clinician, mark=mark, why="excised", now=LATER)
    with pytest.raises(services.MarkRefused, match="meanwhile"):
        services.doctor_looked(by=practitioner, mark=mark, day=DAY, now=LATER)


def test_it_is_not_taken_off_without_a_reason(practitioner, client_record):
    with pytest.raises(services.MarkRefused, match="why"):
        services.end_mark(by=practitioner, mark=make_mark(practitioner, client_record), why="  ", now=NOW)


# pages


def test_a_mark_is_added_without_a_script(browse, client_record):
    page = browse("practitioner").get(reverse("marks:add", args=[client_record.pk]), {"zone": "cheek_left"})
    assert b'value="cheek_left" selected' in page.content and not Mark.objects.exists()
    fields = {
        "zone": "cheek_left",
        "place": "0.167,0.500",
        "diameter": "4,5 mm",
        "note": "",
        "state": "new",
        "found_on": "2020-01-01",
    }
    found = post(browse("practitioner"), "marks:add", client_record.pk, **fields)
    mark = Mark.objects.get()
    assert found.status_code == 302 and found["Location"].endswith(f"#mark-{mark.pk}")
    assert (mark.right, mark.down, mark.diameter, mark.state) == (0.167, 0.5, "4.5 mm", "new")
    page = browse("practitioner").get(reverse("marks:client", args=[client_record.pk])).content.decode()
    assert "Have it looked at by a doctor." in page and "Kept out of the course" in page
    assert "ring waits" in page
    for word in ("benign", "safe", "risk", "score", "improved", "cleared"):
        assert word not in page.lower()


def test_a_tapped_place_is_offered_in_the_form(browse, client_record):
    page = browse("practitioner").get(
        reverse("marks:add", args=[client_record.pk]),
        {"zone": "chin", "place": "0.123,0.456"},
        headers={"HX-Request": "true"},
    )
    assert b'value="0.123,0.456" selected' in page.content and b"<html" not in page.content


@pytest.mark.parametrize("wrong", [{"diameter": "4"}, {"found_on": "2999-01-01"}, {"zone": "moon"}, {"place": "7,8"}])
def test_a_form_with_a_mistake_is_shown_again(wrong, browse, client_record):
    fields = {"zone": "chin", "place": "", "diameter": "4 mm", "state": "known", "found_on": "2020-01-01"} | wrong
    found = post(browse("practitioner"), "marks:add", client_record.pk, **fields)
    assert found.status_code == 422 and not Mark.objects.exists()


def test_a_mark_is_corrected_looked_at_taken_off_and_put_back(browse, practitioner, client_record):
    mark, browser = make_mark(practitioner, client_record, now=NOW - timedelta(days=900)), browse("practitioner")
    ids = (client_record.pk, mark.pk)
    assert browser.get(reverse("marks:mark", args=ids)).status_code == 200
    fields = {"zone": "chin", "place": "", "diameter": "3 mm", "note": "x", "state": "known", "found_on": "2020-01-01"}
    post(browser, "marks:mark", *ids, **fields)
    mark.refresh_from_db()
    assert (mark.zone, mark.right, mark.diameter) == ("chin", None, "3 mm")
    post(browser, "marks:looked", *ids, day="2021-01-01")
    found = post(browser, "marks:end", *ids, why="removed by a doctor")
    assert b"Undo" in browser.get(found["Location"]).content
    assert browser.get(reverse("marks:mark", args=ids)).status_code == 302
    post(browser, "marks:restore", *ids)
    mark.refresh_from_db()
    assert mark.ended_at is None and mark.looked_at_on.isoformat() == "2021-01-01"


def test_another_clients_mark_is_absent(browse, practitioner, client_record, owner):
    from corneum.clinic.people import services as people

    other = people.add_client(by=owner, fields={"name": "B", "born": DAY}, now=NOW)
    mark, look = make_mark(practitioner, other), make_look(practitioner, other)
    for name, one in (("marks:mark", mark), ("marks:look", look)):
        assert browse("practitioner").get(reverse(name, args=[client_record.pk, one.pk])).status_code == 404


def test_the_drawing_knows_the_persons_own_side(practitioner, client_record):
    make_mark(practitioner, client_record, zone="cheek_left", right=0.5, down=0.5)
    face, _front, _back = body_map(shown_marks(queries.marks_on(client_record.pk)))
    (ring,) = face.rings
    assert ring.x > face.view.width / 2, "the person's left is on the right as it is seen"


def test_the_day_list_tells_of_a_waiting_mark(practitioner, client_record):
    from corneum.clinic.marks.present.flags import doctor_first

    visit = SimpleNamespace(pk=1, client_id=client_record.pk)
    assert doctor_first([visit], NOW) == {}
    make_mark(practitioner, client_record, "changed")
    assert [str(flag.text) for flag in doctor_first([visit], NOW)[1]] == ["a mark waits for a doctor"]


# looks at photographs


def shown(number, state, table, text="said"):
    return {"number": number, "state": state, "text": text, "look": False, "table": table, "shown": ["later"]}


def table(zone="chin", center=(0.5, 0.5), state="known"):
    return {"zone": zone, "diameter": "3 mm", "center": list(center), "state": state, "found": DAY.isoformat()}


def test_the_core_merges_what_was_found(practitioner, client_record):
    kept = make_mark(practitioner, client_record, zone="chin", right=0.5, down=0.5, diameter="4 mm")
    found = [shown(1, "known", table(center=(0.52, 0.5))), shown(2, "known", table("nose")), shown(3, "known", None)]
    look = make_look(practitioner, client_record, found=found, boxes={"chin": [40, 30], "nose": [30, 40]})
    with pytest.raises(services.MarkRefused):
        looking.put_into_list(by=practitioner, look=look, numbers={3}, now=LATER)
    assert looking.put_into_list(by=practitioner, look=look, numbers={1, 2}, now=LATER) == 2
    kept.refresh_from_db()
    assert (kept.note, kept.diameter, kept.right, kept.photo_id) == ("brown", "4 mm", 0.52, look.later_id)
    with pytest.raises(services.MarkRefused, match="already"):
        looking.put_into_list(by=practitioner, look=look, numbers={1}, now=LATER)
    assert Event.objects.get(action="marks.listed").data == {"changed": 1, "added": 1}


def test_no_photograph_ends_a_wait(practitioner, client_record):
    kept = make_mark(practitioner, client_record, "new", zone="chin", right=0.5, down=0.5)
    look = make_look(practitioner, client_record, found=[shown(1, "known", table())], boxes={"chin": [40, 30]})
    looking.put_into_list(by=practitioner, look=look, numbers={1}, now=LATER)
    kept.refresh_from_db()
    assert kept.state == "new" and queries.waiting_on([client_record.pk])


def followed(state, mark=None):
    size = SimpleNamespace(text=lambda: "4.0 mm")
    mark = mark or SimpleNamespace(size=size, outline=SimpleNamespace(center=(5, 5)))
    return Followed(state, None if state == "new" else mark, None if state == "not_found" else mark, (5, 5))


@pytest.fixture
def pretended(monkeypatch):
    """Make the core see what a test says, quickly."""

    def pretend(*found):
        face = object()
        monkeypatch.setattr(core, "taken", lambda photo, scale: core.Taken(photo, face, scale or Scale(10, 0, "given")))
        monkeypatch.setattr(core, "aligned", lambda first, second: None)
        monkeypatch.setattr(core, "followed", lambda first, second, alignment: tuple(one for one, _ in found))
        monkeypatch.setattr(core, "both_outlined", lambda first, second, some: (b"one", b"two"))
        places = Places(tuple(place for _, place in found), {"chin": (40.0, 30.0)})
        monkeypatch.setattr(core, "places_of", lambda some, photo, face, day: places)

    return pretend


def test_two_photographs_bring_the_list_up_to_date_at_once(pretended, browse, practitioner, client_record, agreed):
    first, second = (make_photo(practitioner, client_record, days_ago=days) for days in (90, 0))
    pretended(
        (followed("new"), exclusion("chin", 4.0, center=(0.5, 0.5), state="new", found=DAY)),
        (followed("unchanged"), None),
    )
    browser = browse("practitioner")
    found = post(browser, "marks:look_ask", client_record.pk, later=second.pk, earlier=first.pk, px_per_mm="")
    look = Look.objects.get()
    assert found["Location"].endswith(f"/looks/{look.pk}/")
    assert b"Being looked for" in browser.get(found["Location"]).content
    assert do_next(lambda: LATER).state == "done"
    assert not Look.objects.get().refusal
    mark = Mark.objects.get()
    assert (mark.zone, mark.state, mark.photo_id, mark.found_on) == ("chin", "new", second.pk, DAY)
    page = browser.get(found["Location"]).content.decode()
    assert "Have it looked at by a doctor" in page and "New since 1 Dec" in page
    assert "This does not rule anything out." in page
    assert browser.get(found["Location"], headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    looking.look_through(look.pk, now=LATER)
    assert Mark.objects.count() == 1, "done twice, the second time finds it done"


@pytest.mark.parametrize("error", [ValueError("no face"), core.ScaleNeeded("x")])
def test_what_cannot_be_looked_at_is_told(error, monkeypatch, browse, practitioner, client_record, agreed):
    def refuse(*_):
        raise error

    monkeypatch.setattr(core, "taken", refuse)
    look = looking.ask_look(
        by=practitioner,
        client=client_record,
        later=make_photo(practitioner, client_record),
        earlier=None,
        px_per_mm=None,
        now=NOW,
    )
    looking.look_through(look.pk, now=NOW)
    page = browse("practitioner").get(reverse("marks:look", args=[client_record.pk, look.pk]))
    assert Look.objects.get().state == LookState.REFUSED and b"the list was not changed" in page.content


def test_a_close_up_without_a_face_is_looked_at_for_real(practitioner, client_record, agreed):
    pixels = read_photo(Path(__file__).parents[2] / "examples" / "marks" / "may.jpg").pixels[:, :300]
    look = looking.ask_look(
        by=practitioner,
        client=client_record,
        later=make_photo(practitioner, client_record, pixels=pixels),
        earlier=None,
        px_per_mm=10.0,
        now=NOW,
    )
    done = looking.look_through(look.pk, now=NOW)
    assert done.state == LookState.DONE and done.found
    assert done.found[0]["table"] is None and done.found[0]["state"] == "known"
    assert "does not rule anything out" in done.found[0]["text"] or "looked at by a doctor" in done.found[0]["text"]
    assert looking.picture_path(done.later, done).read_bytes().startswith(b"\x89PNG")
    assert not Mark.objects.exists()


@pytest.mark.parametrize("case", ["other order", "same", "no consent"])
def test_photographs_that_may_not_be_looked_at_are_refused(case, practitioner, client_record, request):
    if case != "no consent":
        request.getfixturevalue("agreed")
    first, second = (make_photo(practitioner, client_record, days_ago=days) for days in (90, 0))
    pair = {"other order": (second, first), "same": (first, first), "no consent": (first, second)}[case]
    ask = partial(looking.ask_look, by=practitioner, client=client_record, px_per_mm=None, now=NOW)
    with pytest.raises(services.MarkRefused):
        ask(earlier=pair[0], later=pair[1])
    assert not Job.objects.exists()


def test_a_consent_taken_back_meanwhile_stops_a_look(practitioner, client_record, agreed):
    photo = make_photo(practitioner, client_record)
    look = looking.ask_look(by=practitioner, client=client_record, later=photo, earlier=None, px_per_mm=10.0, now=NOW)
    consenting.withdraw(by=practitioner, client=client_record, purposes=["record"], now=NOW)
    assert looking.look_through(look.pk, now=NOW).state == LookState.REFUSED


def test_the_drawing_is_served_like_the_photograph(browse, practitioner, client_record):
    look = make_look(practitioner, client_record)
    address = reverse("marks:picture", args=[client_record.pk, look.pk, "later"])
    assert browse("practitioner").get(address).status_code == 404, "no consent"
    make_consent(practitioner, client_record, kind="photograph", purposes=["record"])
    found = browse("practitioner").get(address)
    assert found.content == b"a picture" and found["Cache-Control"] == "private, no-store"
    assert Event.objects.filter(action="photo.shown", subject_id=str(look.later_id)).count() == 1
    assert browse("reception").get(address).status_code == 404
    assert browse("practitioner").get(address.replace("later", "earlier")).status_code == 404
    files.erase(look.later_id)
    assert browse("practitioner").get(address).status_code == 404


# plans


def test_a_waiting_mark_keeps_its_zone_out_of_the_plan(monkeypatch, practitioner, client_record):
    goals = [{"concern": "dullness", "zone": zone, "severity": "mild"} for zone in ("cheek", "chin")]
    monkeypatch.setattr(plans, "plan_course", partial(plan_course, samples=SAMPLES))
    make_mark(practitioner, client_record, "new")
    make_mark(practitioner, client_record, zone="chin")
    request = tables(client_record, *goals, marks=queries.request_marks(client_record.pk))
    version = plans.plan_draft(by=practitioner, client=client_record, request=request, day=DAY, now=NOW)
    assert [zone["zone"] for zone in version.plan["zones"]] == ["chin"]
    (out,) = [one for one in version.plan["unplanned"] if one["zone"] == "cheek"]
    assert out["kind"] == "mark" and "a doctor has looked" in out["why"]
    assert queries.not_in(version.request, client_record.pk) == ()


def test_an_approved_plan_says_that_a_mark_came_after_it(browse, clinician, practitioner, client_record):
    from tests.clinic.plans_fixtures import make_plan

    plan = make_plan(clinician, client_record, state="approved")
    page = partial(browse("practitioner").get, reverse("plans:plan", args=[client_record.pk, plan.pk]))
    assert b"does not know of" not in page().content
    mark = make_mark(practitioner, client_record, "new")
    assert "does not know of" in page().content.decode() and "New mark of 4.0 mm" in page().content.decode()
    services.end_mark(by=clinician, mark=mark, why="entered by a slip", now=NOW)
    assert b"does not know of" not in page().content


def test_a_draft_takes_the_marks_along(browse, practitioner, client_record, monkeypatch):
    from corneum.clinic.plans.models import PlanVersion
    from tests.clinic.plans_fixtures import make_device

    make_device()
    make_mark(practitioner, client_record, "new", now=NOW - timedelta(days=900))
    clinician = browse("clinician").get("/").wsgi_request.user
    fields = {
        "sex": "female",
        "phototype": "II",
        "devices": ["Diamond handpiece"],
        "clinician": clinician.pk,
        "goals-TOTAL_FORMS": "1",
        "goals-INITIAL_FORMS": "0",
        "goals-0-concern": "dullness",
        "goals-0-zone": "cheek",
        "goals-0-severity": "",
    }
    found = post(browse("practitioner"), "plans:new", client_record.pk, **fields)
    assert found.status_code == 302
    assert PlanVersion.objects.get().request["mark"] == queries.request_marks(client_record.pk)


def test_a_zone_with_a_waiting_mark_is_not_treated_today(browse, practitioner, client_record):
    from corneum.clinic.treatments.situation import situation_of
    from tests.clinic.treatments_fixtures import approved_plan, opened

    approved_plan(client_record, practitioner)
    session = opened(client_record, practitioner)
    mark = make_mark(practitioner, client_record, "new")
    make_mark(practitioner, client_record, zone="forehead")
    now = situation_of(session)
    assert [one.waits for one in now.marks_on("cheek")] == [True] and not now.may_treat("cheek")
    page = browse("practitioner").get(reverse("treatments:day", args=[client_record.pk])).content.decode()
    assert "not treated before a doctor has looked" in page and "leave out 14 mm across" in page
    services.doctor_looked(by=practitioner, mark=mark, day=DAY, now=NOW)
    assert not any(one.waits for one in situation_of(session).marks)
