"""What the day list says of answers, rules, red flags and plans, and to whom."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.intake import inbox, services, weighing
from corneum.clinic.intake.models import InboxItem, ItemKind, StoredVerdict
from corneum.clinic.jobs import work
from corneum.clinic.jobs.models import Job
from corneum.clinic.people import services as people
from corneum.clinic.people.models import Client
from corneum.clinic.plans.models import State
from corneum.clinic.rules import queries as rules
from corneum.clinic.visits import flags
from tests.clinic.conftest import NOW
from tests.clinic.desk import make_room, make_visit
from tests.clinic.intake_fixtures import make_sheet
from tests.clinic.plans_fixtures import make_plan
from tests.clinic.rules_fixtures import sign, stricter
from tests.clinic.test_visits_pages import day_page


@pytest.fixture
def visit(owner, client_record):
    return make_visit(owner, client_record, make_room(owner))


@pytest.fixture
def locked(monkeypatch):
    """Return the models whose rows were locked."""
    seen, real = [], QuerySet.select_for_update
    monkeypatch.setattr(
        QuerySet, "select_for_update", lambda some, *a, **b: seen.append(some.model) or real(some, *a, **b)
    )
    return seen


def told(visit, now=NOW):
    visit.refresh_from_db()
    return [str(flag.text) for flag in flags.flags_of([visit], now).get(visit.pk, []) if flag.kind == "checks"]


def test_answers_that_nobody_handed_in_are_told(visit, owner, client_record):
    assert "questions open" in told(visit)
    services.save_answers(by=owner, client=client_record, answers={"coldsore.now": "no"}, zones=["cheek"], now=NOW)
    assert "questions open" in told(visit)
    services.submit(by=owner, client=client_record, now=NOW)
    StoredVerdict.objects.update(asks=False)
    assert "questions open" not in told(visit)
    services.save_answers(by=owner, client=client_record, answers={"coldsore.now": "yes"}, now=NOW)
    assert "questions open" in told(visit)


def test_answers_that_leave_rules_waiting_are_told(visit, owner, client_record):
    make_sheet(owner, client_record)
    assert StoredVerdict.objects.get().asks and "questions open" in told(visit)


def test_a_stop_is_told_until_somebody_decides(visit, owner, client_record, staff):
    make_sheet(owner, client_record, {"lesion.firm_bump": ["cheek"]})
    assert "a rule stops" in told(visit)
    why = {"rule": "lesion.020", "verdict": "ask", "why": "Seen: a cyst, known for years."}
    decided = services.override(by=staff["clinician"], client=client_record, **why, now=NOW)
    assert "a rule stops" not in told(visit)
    services.end_override(by=staff["clinician"], one=decided, now=NOW)
    assert "a rule stops" in told(visit)


def test_a_deferral_is_told_as_long_as_it_lasts(visit, owner, client_record):
    make_sheet(owner, client_record)
    on = visit.starts.date()
    StoredVerdict.objects.update(defers=True, deferred_until=on + timedelta(days=1))
    assert "a rule says wait" in told(visit)
    StoredVerdict.objects.update(deferred_until=on)
    assert "a rule says wait" not in told(visit)
    StoredVerdict.objects.update(deferred_until=None)
    assert "a rule says wait" in told(visit)


def test_places_and_decisions_are_weighed_at_once(owner, client_record, staff):
    services.save_answers(by=owner, client=client_record, answers={"coldsore.now": "no"}, now=NOW)
    services.submit(by=owner, client=client_record, now=NOW)
    assert not StoredVerdict.objects.get().stops
    named = {"concern": "dullness", "severity": "mild", "now": NOW}
    placed = services.place_concern(by=owner, client=client_record, zone="cheek", **named)
    StoredVerdict.objects.update(day=NOW.date() - timedelta(days=9))
    services.remove_concern(by=owner, concern=placed, now=NOW)
    assert StoredVerdict.objects.get().day == NOW.date()


def test_a_red_flag_is_told_until_somebody_has_seen_it(visit, owner, client_record):
    item = inbox.tell(client=client_record, kind=ItemKind.RED_FLAG, level=3, signs=["pus"], now=NOW)
    assert "red flag, not seen yet" in told(visit)
    inbox.acknowledge(by=owner, item=InboxItem.objects.get(pk=item.pk), note="", now=NOW)
    assert "red flag, not seen yet" not in told(visit)


def test_a_treatment_without_an_approved_plan_is_told(visit, owner, client_record):
    assert "no approved plan" in told(visit)
    make_plan(owner, client_record)
    assert "no approved plan" in told(visit)
    make_plan(owner, client_record, state=State.APPROVED)
    assert "no approved plan" not in told(visit)


@pytest.fixture
def then(monkeypatch):
    """Let it be the day of these tests."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def test_rules_that_are_signed_anew_are_weighed_by_a_job(visit, owner, client_record, staff, then):
    make_sheet(owner, client_record)
    assert str(flags.LOOK) not in told(visit)
    stricter(staff["clinician"])
    sign(staff["clinician"])
    assert str(flags.LOOK) in told(visit)
    job = Job.objects.get(kind=weighing.JOB)
    assert work.do_next(lambda: NOW) == job
    assert StoredVerdict.objects.get().rules_digest == rules.book().digest()
    assert str(flags.LOOK) not in told(visit)


def test_the_night_weighs_those_who_come_soon(visit, owner, client_record):
    make_sheet(owner, client_record)
    long_ago = NOW.date() - timedelta(days=30)
    StoredVerdict.objects.update(day=long_ago)
    weighing.weigh_some(NOW - timedelta(days=9))
    assert StoredVerdict.objects.get().day == long_ago
    assert not weighing.weigh_some(NOW)
    assert StoredVerdict.objects.get().day == NOW.date()
    first = weighing.weigh_at_night(NOW)
    assert first.not_before > NOW and weighing.weigh_at_night(NOW) == first
    assert weighing.weigh_soon(NOW).not_before == NOW and Job.objects.filter(kind=weighing.JOB).count() == 1


def test_a_verdict_of_an_earlier_day_is_not_shown_as_if_it_were_of_today(visit, owner, client_record):
    make_sheet(owner, client_record, {"lesion.firm_bump": ["cheek"]})
    assert str(flags.LOOK) not in told(visit)
    StoredVerdict.objects.update(day=NOW.date() - timedelta(days=1))
    assert {"a rule stops", str(flags.LOOK)} <= set(told(visit))
    assert str(flags.LOOK) not in told(visit, NOW - timedelta(days=9)), "who comes later is weighed until then"


@pytest.fixture
def others(owner):
    """More clients than one whose answers were never weighed."""
    born = {"born": NOW.date().replace(year=1980)}
    made = [people.add_client(by=owner, fields={"name": f"Number {one}", **born}, now=NOW) for one in range(3)]
    for one in made:
        make_sheet(owner, one)
    StoredVerdict.objects.all().delete()
    return made


def test_a_client_who_cannot_be_weighed_keeps_nobody_else_waiting(others, monkeypatch, locked, then):
    real = weighing.weigh

    def fail(client_id, now):
        if client_id == others[1].pk:
            raise RuntimeError("no such rule")
        real(client_id, now)

    monkeypatch.setattr(weighing, "weigh", fail)
    job = weighing.weigh_soon(NOW)
    assert work.do_next(lambda: NOW) == job
    assert set(StoredVerdict.objects.values_list("client", flat=True)) == {others[0].pk, others[2].pk}
    assert locked.count(Client) == 3
    assert Job.objects.filter(kind=weighing.JOB, state="waiting", not_before__gt=NOW).count() == 1


def test_some_are_weighed_at_once_and_the_others_behind_them(others, monkeypatch):
    monkeypatch.setattr(weighing, "AT_ONCE", 2)
    assert weighing.weigh_some(NOW) and StoredVerdict.objects.count() == 2
    assert not weighing.weigh_some(NOW) and StoredVerdict.objects.count() == 3
    StoredVerdict.objects.all().delete()
    monkeypatch.setattr(weighing, "_weighed", lambda *_: False)
    assert not weighing.weigh_some(NOW), "nothing is tried without end"


def test_what_was_never_weighed_is_not_passed_over(visit, owner, client_record):
    make_sheet(owner, client_record)
    StoredVerdict.objects.all().delete()
    assert str(flags.LOOK) in told(visit)
    assert not weighing.weigh_some(NOW) and StoredVerdict.objects.count() == 1


def test_reception_reads_that_somebody_must_look_and_no_more(browse, owner, client_record):
    now = (timezone.localtime() + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    make_visit(owner, client_record, make_room(owner), hours=0, now=now)
    make_sheet(owner, client_record)
    StoredVerdict.objects.update(stops=True)
    inbox.tell(client=client_record, kind=ItemKind.RED_FLAG, level=3, signs=["pus"], now=NOW)
    here, inbox_page = reverse("intake:client", args=[client_record.pk]), reverse("intake:inbox")
    page = day_page(browse("practitioner"), now).partition('<ol class="day">')[2]
    assert f'href="{here}">a rule stops</a>' in page and f'href="{inbox_page}">red flag, not seen yet</a>' in page
    page = day_page(browse("reception"), now).partition('<ol class="day">')[2]
    assert page.count("a clinician must look") == 1
    assert here not in page and inbox_page not in page
    assert not any(words in page for words in ("a rule stops", "red flag"))
    assert f'href="{reverse("intake:links", args=[client_record.pk])}">questions open</a>' in page


def test_a_visit_counts_once_however_much_is_open(browse, owner, client_record):
    now = (timezone.localtime() + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    make_visit(owner, client_record, make_room(owner), hours=0, now=now)
    assert "1 with checks open" in day_page(browse("reception"), now)
