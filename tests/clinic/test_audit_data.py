"""Audit events outlive an erasure and are read by who does not treat: they hold no data on anybody's health."""

import pytest

from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.intake import inbox
from corneum.clinic.intake import services as intake
from corneum.clinic.intake.models import ItemKind
from corneum.clinic.intake.queries import screening_of
from corneum.clinic.marks import services as marks
from corneum.clinic.photos import services as photos
from corneum.clinic.treatments import services_after
from tests.clinic.conftest import NOW
from tests.clinic.intake_fixtures import make_sheet
from tests.clinic.marks_fixtures import make_mark
from tests.clinic.photos_fixtures import make_photo
from tests.clinic.treatments_fixtures import approved_plan, begun, tap


def told(*actions):
    """Return the data of these actions, each of which happened once."""
    return [Event.objects.get(action=action).data for action in actions]


def test_answers_and_decisions_are_counted_not_named(client_record, staff):
    clinician = staff[Role.CLINICIAN]
    make_sheet(clinician, client_record, {"coldsore.now": "yes"}, ("cheek", "chin"))
    found = screening_of(client_record.pk, NOW.date()).findings
    rule = next(one.rule.id for one in found if one.verdict == "stop")
    verdict = {"verdict": "ask", "why": "seen and discussed with her"}
    made = intake.override(by=clinician, client=client_record, rule=rule, **verdict, now=NOW)
    intake.end_override(by=clinician, one=made, now=NOW)
    said = told("answers.saved", "answers.submitted", "rule.overridden", "rule.override_ended")
    assert said == [{"changed": 2}, {"number": 1, "count": 2}, {}, {}], "one answer and the areas; with the age"


def test_the_level_of_a_red_flag_is_not_kept_in_the_log(client_record, owner):
    item = inbox.tell(client=client_record, kind=ItemKind.RED_FLAG, level=4, signs=["eye"], now=NOW)
    inbox.acknowledge(by=owner, item=item, note="called", now=NOW)
    assert Event.objects.get(action="inbox.seen").data == {"kind": "red_flag"}


def test_where_a_mark_is_and_what_of_it_is_not_in_the_log(client_record, owner):
    mark = make_mark(owner, client_record, "new")
    marks.change_mark(by=owner, mark=mark, fields={"zone": "chin"}, now=NOW)
    marks.doctor_looked(by=owner, mark=mark, day=NOW.date(), now=NOW)
    marks.end_mark(by=owner, mark=mark, why="entered by a slip", now=NOW)
    marks.restore_mark(by=owner, mark=mark, now=NOW)
    said = told("mark.added", "mark.changed", "mark.looked_at", "mark.ended", "mark.restored")
    assert said == [{}, {"changed": ["zone"]}, {}, {}, {}]


def test_the_body_site_of_a_photograph_is_not_in_the_log(client_record, owner):
    photo = make_photo(owner, client_record)
    photos.place(by=owner, photo=photo, view="close_up", site="cheek", now=NOW)
    assert Event.objects.get(action="photo.placed").data == {"view": "close_up"}


@pytest.fixture
def session(client_record, owner):
    approved_plan(client_record, owner)
    return begun(client_record, owner)


def test_what_was_tapped_is_not_in_the_log_but_that_it_was(client_record, owner, session):
    tap(session, owner, "pass", "cheek")
    tap(session, owner, "bleeding", "cheek")
    events = Event.objects.filter(action="treatment.tapped")
    assert events.count() >= 3 and all(set(event.data) == {"tap"} for event in events)


def test_a_reaction_is_not_in_the_log_with_its_kind_or_grade(client_record, owner):
    fields = {
        "kind": "redness",
        "severity": "3",
        "level": "doctor",
        "onset": NOW.date(),
        "zone": "cheek",
        "action": "A cloth.",
    }
    event = services_after.add_event(by=owner, client=client_record, session=None, fields=fields, now=NOW)
    again = {"severity": "2", "level": "clinic", "text": "Better.", "follow_up_on": None, "closes": False}
    services_after.follow_event(by=owner, event=event, fields=again, now=NOW)
    assert told("adverse.added", "adverse.followed") == [{}, {}]
