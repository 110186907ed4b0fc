import csv
import io
from datetime import date, timedelta
from itertools import product

import pytest
from django.urls import reverse

from corneum.clinic.audit.models import Event
from corneum.clinic.intake.models import Concern
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.work import do_next
from corneum.clinic.people import services as people
from corneum.clinic.reports import services
from corneum.clinic.reports.counting.hiding import FEWEST, parted
from corneum.clinic.reports.counting.indications import INDEX_OF
from corneum.clinic.reports.counting.table import outcomes_of
from corneum.clinic.reports.models import Outcomes
from corneum.clinic.treatments.models import AdverseEvent
from corneum.clinic.visits import recalls
from corneum.course.suitability import load_suitability
from corneum.imaging.indices import INDICES
from corneum.skin import SITES
from tests.clinic.conftest import NOW
from tests.clinic.intake_fixtures import make_override
from tests.clinic.reports_fixtures import change, make_measured, make_session
from tests.clinic.treatments_fixtures import approved_plan

YEAR, TODAY = NOW.year, NOW.date()


def make_client(by, number):
    return people.add_client(by=by, fields={"name": f"Person {number}", "born": date(1980, 5, 17)}, now=NOW)


@pytest.fixture
def clients(owner):
    return [make_client(owner, number) for number in range(12)]


def react(client, by, kind="redness", severity="1", onset=TODAY):
    fields = {"kind": kind, "severity": severity, "level": "care", "onset": onset, "action": "Cooled."}
    return AdverseEvent.objects.create(client=client, added_at=NOW, added_by=by, **fields)


def told_ranges(total, parts, told_total, told):
    """Return for each part every number of people that fits what is told."""
    least = FEWEST if any(one.few for one in told) else 0
    seen = [
        [one.people] if one.people is not None else range(1, FEWEST) if one.few else range(least, sum(parts) + 9)
        for one in told
    ]
    fits = [guess for guess in product(*seen) if told_total.people in (None, sum(guess))]
    return [{guess[place] for guess in fits} for place in range(len(parts))]


def test_no_sum_gives_a_small_number_away():
    for parts in product([0, 1, 3, 4, 5, 6, 12], repeat=3):
        total, told = parted(parts)
        ranges = told_ranges(sum(parts), parts, total, told)
        for count, one, guessed in zip(parts, told, ranges, strict=True):
            assert one.people in (None, count)
            if 0 < count < FEWEST:
                assert one.people is None
                assert guessed >= set(range(1, FEWEST)) or total.few, (parts, total, told)


def test_without_small_numbers_everything_is_told():
    total, told = parted([7, 0, 9])
    assert total.people == 16 and [one.people for one in told] == [7, 0, 9]


def test_every_indication_has_a_known_index_and_concern():
    assert set(INDEX_OF.values()) <= set(INDICES)
    for concern in INDEX_OF:
        load_suitability().concern(concern)


def test_people_sessions_and_courses_are_counted(owner, clients):
    for client in clients[:7]:
        plan = approved_plan(client, owner, sessions=1)
        make_session(client, owner, plan=plan)
    for client in clients[7:]:
        make_session(client, owner)
        make_session(client, owner, number=2, at=NOW + timedelta(days=14))
    table = outcomes_of(YEAR, NOW + timedelta(days=20))
    assert table["people"]["people"] == 12 and table["sessions"] == 17
    assert table["courses"]["begun"]["people"] == 12
    assert table["courses"]["finished"]["people"] == 7 and table["courses"]["going_on"]["people"] == 5
    later = outcomes_of(YEAR, NOW + timedelta(days=120))["courses"]
    assert later["ended"]["people"] == 5 and later["going_on"]["people"] == 0
    assert outcomes_of(YEAR - 1, NOW)["people"]["people"] == 0


def test_numbers_of_few_people_are_not_kept(owner, clients):
    for client in clients[:3]:
        make_session(client, owner)
        react(client, owner, "hives", "3")
        make_override(owner, client)
    for client in clients[:6]:
        react(client, owner, "redness", "1")
    react(clients[6], owner, "redness", "2")
    table = outcomes_of(YEAR, NOW)
    assert table["people"] == {"people": None, "few": True} and table["sessions"] is None
    assert table["overrides"]["record"] == {"people": {"people": None, "few": True}, "times": None}
    hives, redness = table["reactions"]
    assert hives["kind"] == "hives" and hives["people"]["few"] and hives["severities"] == {}
    # 7 people of whom 1 had the second grade: that the rest is 6 would tell it.
    assert redness["people"]["people"] == 7
    assert [one["people"] for one in redness["severities"].values()] == [None, None]


def test_a_person_counts_once_by_the_worst_grade(owner, clients):
    for client in clients[:6]:
        react(client, owner, "redness", "1")
        react(client, owner, "redness", "3", onset=NOW.date() + timedelta(days=3))
    assert outcomes_of(YEAR, NOW)["reactions"] == [
        {
            "kind": "redness",
            "people": {"people": 6, "few": False},
            "severities": {"3": {"people": 6, "few": False}},
        }
    ]


def test_change_is_told_by_indication_with_its_interval(owner, clients):
    values = [-3.0, -2.5, -2.0, -3.5, -2.2, -2.8, -0.2, -0.1, 0.0, 0.1, 0.2, -0.3]
    for client, value in zip(clients, values, strict=True):
        fields = {"concern": "roughness", "zone": "cheek", "placed": NOW, "placed_by": owner}
        Concern.objects.create(client=client, **fields)
        make_measured(client, owner, change(value), change(value, index="redness_relative"))
    (found,) = outcomes_of(YEAR, NOW)["changes"]
    assert (found["concern"], found["index"], found["unit"]) == ("roughness", "texture", "%")
    assert found["people"]["people"] == 12 and found["beyond"]["people"] == 6 and found["within"]["people"] == 6
    mean = 10 * sum(values) / 12
    assert found["mean"] == pytest.approx(mean) and found["low"] < mean < found["high"]
    assert found["error"] == pytest.approx(10.0)


def test_of_few_measured_people_no_mean_is_kept(owner, clients):
    for client in clients[:4]:
        fields = {"concern": "roughness", "zone": "cheek", "placed": NOW, "placed_by": owner}
        Concern.objects.create(client=client, **fields)
        make_measured(client, owner, change(-3.0))
    (found,) = outcomes_of(YEAR, NOW)["changes"]
    assert found["mean"] is None and found["people"]["few"] and "unit" not in found


def test_recalls_that_are_due_are_counted(owner, clients):
    for client in clients[:6]:
        recalls.recall(by=owner, client=client, kind="course", due_on=NOW.date(), now=NOW)
    recalls.recall(by=owner, client=clients[7], kind="review", due_on=NOW.date() + timedelta(days=9), now=NOW)
    assert outcomes_of(YEAR, NOW)["recalls"] == {"course": {"people": 6, "few": False}}


def test_finished_years_are_counted_once_and_the_night_follows_the_night(owner, clients):
    make_session(clients[0], owner, at=NOW - timedelta(days=3 * 365))
    assert services.count(now=NOW, tell=lambda step, share: None) == [YEAR, YEAR - 1, YEAR - 2, YEAR - 3]
    assert services.count(now=NOW, tell=lambda step, share: None) == [YEAR, YEAR - 1]
    job = services.count_every_night(now=NOW)
    assert services.count_every_night(now=NOW) == job and job.not_before > NOW


def test_the_page_is_empty_until_somebody_has_it_counted(browse, owner, clients):
    browser = browse("owner")
    assert "Nothing was counted yet" in browser.get(reverse("reports:outcomes")).content.decode()
    assert not Outcomes.objects.exists() and not Job.objects.exists()
    assert browser.get(reverse("reports:outcomes_csv")).status_code == 404
    browser.post(reverse("reports:count"))
    browser.post(reverse("reports:count"))
    assert Job.objects.count() == 1 and Event.objects.filter(action="outcomes.asked").count() == 1
    assert "being counted" in browser.get(reverse("reports:outcomes")).content.decode()
    job = do_next(lambda: NOW + timedelta(days=9999))
    assert job.state == "done"
    text = browser.get(reverse("reports:outcomes")).content.decode()
    assert "As counted on" in text and " style=" not in text
    assert browser.get(reverse("reports:outcomes"), {"year": "1999"}).status_code == 404
    assert browser.get(reverse("reports:outcomes"), {"year": "x"}).status_code == 404


def test_page_and_files_tell_the_same_and_ask_the_database_the_same(
    browse, owner, clients, django_assert_max_num_queries
):
    for client, value in zip(clients, range(-6, 6), strict=True):
        make_session(client, owner)
        react(client, owner)
        fields = {"concern": "roughness", "zone": "cheek", "placed": NOW, "placed_by": owner}
        Concern.objects.create(client=client, **fields)
        make_measured(client, owner, change(float(value)))
    react(clients[0], owner, "hives")
    services.count(now=NOW, tell=lambda step, share: None)
    browser = browse("clinician")
    with django_assert_max_num_queries(10):
        text = browser.get(reverse("reports:outcomes"), {"year": YEAR}).content.decode()
    assert "Rough texture" in text and "fewer than 5" in text and "<svg" in text
    lines = list(csv.DictReader(io.StringIO(browser.get(reverse("reports:outcomes_csv")).content.decode())))
    assert {line["people"] for line in lines if line["what"] == "hives"} == {"<5"}
    assert next(line for line in lines if line["what"] == "sessions")["value"] == "12"
    told = browser.get(reverse("reports:outcomes_json")).json()
    assert told["reactions"][0]["people"] == {"people": None, "few": True}
    assert SITES and "Person" not in text + str(told)
