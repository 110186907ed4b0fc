"""Marks are looked for on photographs, and what is found goes into the list by the core's rules."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse

from corneum.clinic.audit.models import Event
from corneum.clinic.consent import services as consenting
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.work import TRIES, do_next
from corneum.clinic.marks import looking, queries, services
from corneum.clinic.marks.models import Look, LookState, Mark
from corneum.clinic.photos import files
from corneum.imaging.align import AlignmentRefused
from corneum.imaging.card import Scale
from corneum.imaging.door import read_photo
from corneum.imaging.faces import SkinNotFound
from corneum.lesions import photographs as core
from corneum.lesions.exclusions import exclusion
from corneum.lesions.followed import Followed
from corneum.lesions.photographs import Places
from tests.clinic.conftest import NOW
from tests.clinic.intake_fixtures import make_consent
from tests.clinic.marks_fixtures import make_look, make_mark, make_photo

DAY = NOW.date()
LATER = NOW + timedelta(days=40)


@pytest.fixture
def agreed(owner, client_record):
    return make_consent(owner, client_record, kind="photograph", purposes=["record"])


@pytest.fixture
def practitioner(staff):
    return staff["practitioner"]


def post(browser, name, *ids, **data):
    return browser.post(reverse(name, args=ids), data)


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


REFUSALS = [AlignmentRefused("no face"), SkinNotFound("too small"), core.ScaleNeeded("x")]


@pytest.mark.parametrize("error", REFUSALS)
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


def test_a_fault_of_the_program_is_not_told_as_a_refusal(monkeypatch, browse, practitioner, client_record, agreed):
    def fail(*_):
        raise ValueError("operands could not be broadcast")

    monkeypatch.setattr(core, "taken", fail)
    asked = {"by": practitioner, "client": client_record, "earlier": None, "px_per_mm": None, "now": NOW}
    look = looking.ask_look(later=make_photo(practitioner, client_record), **asked)
    for turn in range(1, TRIES + 1):
        job = do_next(lambda turn=turn: NOW + timedelta(minutes=turn))
    look.refresh_from_db()
    assert (job.state, look.state, look.refusal) == ("failed", LookState.ASKED, "")
    page = browse("practitioner").get(reverse("marks:look", args=[client_record.pk, look.pk])).content.decode()
    assert "broadcast" not in page and "Looking failed" in page


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
