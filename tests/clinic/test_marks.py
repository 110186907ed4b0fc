"""Marks: the list, and what waits for a doctor."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from corneum.clinic.audit.models import Event
from corneum.clinic.marks import queries, services
from corneum.clinic.marks.models import Mark
from corneum.clinic.marks.present.body import body_map
from corneum.clinic.marks.present.listing import shown_marks
from corneum.lesions.marks_file import MarksError, marks_of
from tests.clinic.conftest import NOW
from tests.clinic.marks_fixtures import make_look, make_mark

DAY = NOW.date()
LATER = NOW + timedelta(days=40)


@pytest.fixture
def practitioner(staff):
    return staff["practitioner"]


@pytest.fixture
def clinician(staff):
    return staff["clinician"]


def post(browser, name, *ids, **data):
    return browser.post(reverse(name, args=ids), data)


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
    assert Event.objects.filter(action="mark.added", data={}).count() == 1
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
