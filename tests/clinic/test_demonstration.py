import json
import socket
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from corneum.clinic.accounts.models import User
from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.intake.models import InboxItem
from corneum.clinic.intake.queries import screening_of
from corneum.clinic.people.models import Client
from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.project import serving
from corneum.clinic.project.demonstration import DemonstrationRefused, again, house, making, open_demonstration, plot
from corneum.clinic.project.demonstration.record import Record
from corneum.clinic.project.demonstration.story import Story
from corneum.clinic.stock import services as stock
from corneum.clinic.treatments.models import AdverseEvent, Session
from corneum.clinic.visits.models import Recall, Visit
from tests.clinic.plans_fixtures import make_plan

NOON = datetime(2027, 3, 1, 12, 7, tzinfo=UTC)
PASSWORD = "abcd-efgh-jkmn-pqrs"


class NoStudio:
    """Draws nothing: what a photograph becomes has its own tests."""

    def take(self, one, number, now, starts):
        assert Visit.objects.get(pk=one.visit(starts).pk).status == "in_room"

    def measure(self, one, number, now):
        assert number

    def rate(self, one, now):
        pass


@pytest.fixture
def tell(db, monkeypatch):
    """Tell the whole story at a moment, with one plan for all: the planner has its own tests."""

    def draft(record, now, **other):
        other.pop("maintenance_weeks", None)
        return make_plan(record.house.practitioner, record.client)

    monkeypatch.setattr(Record, "draft", draft)

    def told(now):
        made = house.set_up(PASSWORD, now - timedelta(days=200))
        shown = []
        plot.told(made, NoStudio(), now).tell(lambda what, done, total: shown.append((done, total)))
        assert shown == [(number, shown[-1][1]) for number in range(len(shown))]
        return made

    return told


def test_the_story_leaves_a_clinic_in_the_middle_of_its_day(tell):
    tell(NOON)
    assert Client.objects.filter(demonstration=True).count() == Client.objects.count() == 8
    today = Visit.objects.filter(starts__date=NOON.date())
    assert {one.status for one in today} == {"done", "missed", "in_room", "arrived", "booked", "cancelled"}
    assert Session.objects.filter(state="open").count() == 1
    assert Session.objects.filter(state="signed", opened_at__date=NOON.date()).count() == 1
    assert set(InboxItem.objects.filter(seen=None).values_list("kind", flat=True)) == {"red_flag", "answers"}
    assert AdverseEvent.objects.exclude(closed_at=None).count() == 1
    assert Recall.objects.filter(done_at=None, due_on__lt=NOON.date()).exists()
    assert PlanVersion.objects.filter(state="approved").count() == 5
    _rules_stop_wait_and_are_overridden()
    _told_in_the_order_of_time()


def _rules_stop_wait_and_are_overridden():
    def verdicts(name):
        screening = screening_of(Client.objects.get(name=name).pk, NOON.date())
        return {one.verdict for one in screening.zones.values()}, {one.rule.id for one in screening.findings}

    assert verdicts("Max Mustermann")[0] == {"none", "ask"}
    assert verdicts("Lieschen Müller")[0] == {"stop"}
    worst, rules = verdicts("Mei Specimen")
    assert worst == {"defer"} and {"isotretinoin.010", "isotretinoin.020"} <= rules


def _told_in_the_order_of_time():
    moments = list(Event.objects.order_by("id").values_list("at", flat=True))
    # A step may take some minutes, in which another one begins.
    assert all(later > earlier - timedelta(hours=1) for earlier, later in pairwise(moments))
    assert max(moments) <= NOON


def test_another_day_gets_a_list_of_its_own_once(tell):
    tell(NOON)
    before, later = Visit.objects.count(), NOON + timedelta(days=3)
    assert again.book_today(NOON) == 0 and Visit.objects.count() == before
    assert again.book_today(later) == 8
    found = Visit.objects.filter(starts__date=later.date())
    assert {one.status for one in found} == {"done", "missed", "in_room", "arrived", "booked", "cancelled"}
    assert not Visit.objects.filter(starts__lt=later - timedelta(days=1), status__in=["booked", "arrived", "in_room"])
    assert again.book_today(later + timedelta(minutes=5)) == 0 and found.count() == 8


def test_another_day_is_left_alone_where_the_clinic_was_changed(tell):
    made = tell(NOON)
    stock.save_room(by=made.owner, room=made.rooms[0], fields={"is_active": False}, now=NOON)
    assert again.book_today(NOON + timedelta(days=1)) == 0


@pytest.mark.parametrize("clock", ["00:04", "23:52"])
def test_another_day_has_room_at_any_hour(tell, clock):
    tell(NOON)
    hour, minute = map(int, clock.split(":"))
    assert again.book_today((NOON + timedelta(days=2)).replace(hour=hour, minute=minute)) == 8


@pytest.mark.parametrize("clock", ["00:04", "23:52"])
def test_the_day_has_room_at_any_hour(tell, clock):
    hour, minute = map(int, clock.split(":"))
    tell(NOON.replace(hour=hour, minute=minute))
    assert Visit.objects.filter(status="in_room").exists() and Session.objects.filter(state="open").exists()


def test_everybody_logs_in_with_the_password(db):
    made = house.set_up(PASSWORD, NOON)
    assert set(made.staff) == set(Role)
    assert all(user.check_password(PASSWORD) for user in User.objects.all())


def test_a_story_is_told_in_the_order_of_its_moments():
    heard = []
    story = Story(NOON, NOON.date())
    story.before(5, "late", lambda now: heard.append("late"))
    story.on(3, "09:00", "early", lambda now: heard.append("early"))
    story.tell(lambda *_: None)
    assert heard == ["early", "late"]
    assert story.ago(24 * 60).date() == NOON.date()


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "clinic.sqlite3").write_bytes(b"")
    with pytest.raises(DemonstrationRefused, match="something else"):
        open_demonstration(tmp_path, lambda *_: None)


def test_it_keeps_its_own_database(tmp_path, monkeypatch):
    monkeypatch.setenv("CORNEUM_DATABASE_URL", "postgresql://clinic@db/corneum")
    with pytest.raises(DemonstrationRefused, match="CORNEUM_DATABASE_URL"):
        open_demonstration(tmp_path / "new", lambda *_: None)


def test_one_that_is_there_is_opened_at_once(tmp_path):
    (tmp_path / "log-ins.json").write_text(json.dumps({"owner": PASSWORD}), encoding="utf-8")
    found = open_demonstration(tmp_path, lambda *_: pytest.fail("it was made again"))
    assert found.log_ins == {"owner": PASSWORD}


def test_one_that_cannot_be_made_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("CORNEUM_TIME_ZONE", "Nowhere/Nowhere")
    with pytest.raises(DemonstrationRefused, match="could not be made"):
        open_demonstration(tmp_path / "new", lambda *_: None)
    assert list(tmp_path.iterdir()) == []


def test_passwords_are_long_and_different():
    made = {making._password() for _ in range(50)}
    assert len(made) == 50 and all(len(one) == 19 for one in made)


def test_a_port_that_is_taken_is_told_before_anything_is_made():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        with pytest.raises(serving.PortTaken, match="--port"):
            serving.check_free("127.0.0.1", taken.getsockname()[1])
        free = socket.create_server(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        serving.check_free("127.0.0.1", port)


def test_the_health_page_answers_anybody_and_is_only_read(browse):
    found = browse().get("/health/")
    assert (found.status_code, found.content) == (200, b"ok")
    assert found["Server-Timing"].startswith("app;dur=")
    assert browse().post("/health/").status_code == 405
