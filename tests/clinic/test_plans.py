from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from corneum.clinic.audit.models import Event
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.models import State as JobState
from corneum.clinic.jobs.work import do_next
from corneum.clinic.plans import queries, services, translate
from corneum.clinic.plans.models import PlanVersion, State
from corneum.clinic.ui.phrases import spoken
from corneum.course import Plan, RequestError, replay
from tests.clinic.conftest import NOW
from tests.clinic.plans_fixtures import CHEEK, DAY, clinician_of, few_skins, make_plan, tables


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    few_skins(monkeypatch)


def draft(by, client, **fields):
    return services.plan_draft(by=by, client=client, request=tables(client, **fields), day=DAY, now=NOW)


def events(action):
    return list(Event.objects.filter(action=action))


def test_a_draft_keeps_what_it_needs_to_be_computed_again(owner, client_record):
    made = draft(owner, client_record)
    assert (made.state, made.number) == (State.DRAFT, 1)
    plan = Plan.from_dict(made.plan)
    assert made.evidence_digest == plan.origin.evidence_digest
    assert replay(plan, rules=translate.rules_with(made.overrides)).same
    assert [one.data["number"] for one in events("plan.drafted")] == [1]
    assert events("plan.asked")[0].client_id == client_record.pk
    assert "Zo" not in str([one.data for one in Event.objects.all()])


def test_a_draft_is_planned_by_the_worker(owner, client_record):
    made = services.ask_draft(by=owner, client=client_record, request=tables(client_record), day=DAY, now=NOW)
    assert made.state == State.COMPUTING
    assert do_next(lambda: NOW).state == JobState.DONE
    found = queries.version(client_record.pk, made.pk)
    assert found.state == State.DRAFT and found.zones()[0].zone == "cheek"
    services.draw_up(made.pk, now=NOW)
    assert len(events("plan.drafted")) == 1


def test_a_refusal_is_kept_with_its_reasons(owner, client_record):
    made = draft(owner, client_record, interval_d=4)
    assert made.state == State.REFUSED and made.plan is None
    assert "without a doctor" in made.refusal["reasons"][0]
    assert [one.data["reasons"] for one in events("plan.refused")] == [1]


def test_a_limit_that_so_many_skins_cannot_show_is_a_refusal(owner, client_record):
    made = draft(owner, client_record, beyond_probability=0.2)
    assert made.state == State.REFUSED and "samples" in made.refusal["reasons"][0]


def test_a_request_with_mistakes_leaves_nothing(owner, client_record):
    with pytest.raises(RequestError, match="unknown concern"):
        draft(owner, client_record, goals=[{"concern": "nonsense", "zone": "cheek"}])
    assert not PlanVersion.objects.exists() and not Job.objects.exists() and not events("plan.asked")


def test_a_new_draft_replaces_older_drafts_and_leaves_what_is_approved(owner, client_record):
    approved = make_plan(owner, client_record, state=State.APPROVED)
    older = make_plan(owner, client_record, state=State.SHOWN)
    newer = draft(owner, client_record)
    states = dict(PlanVersion.objects.values_list("number", "state"))
    assert states == {approved.number: State.APPROVED, older.number: State.REPLACED, newer.number: State.DRAFT}
    assert queries.approved(client_record.pk) == approved


def test_a_draft_that_comes_after_a_newer_one_is_replaced_at_once(owner, client_record):
    first = services.ask_draft(by=owner, client=client_record, request=tables(client_record), day=DAY, now=NOW)
    second = draft(owner, client_record)
    assert services.draw_up(first.pk, now=NOW).state == State.REPLACED
    second.refresh_from_db()
    assert second.state == State.DRAFT


def test_approval_needs_a_reason_where_a_warning_stands(staff, owner, client_record):
    doctor, made = clinician_of(staff), make_plan(owner, client_record)
    assert services.warnings_of(Plan.from_dict(made.plan))
    with pytest.raises(services.ReasonNeeded):
        services.approve(by=doctor, version=made, why="  ", now=NOW)
    assert not events("plan.approved")
    found = services.approve(by=doctor, version=made, why="Asked in person.", now=NOW)
    assert (found.state, found.approved_by, found.approved_why) == (State.APPROVED, doctor, "Asked in person.")
    assert "person" not in str(events("plan.approved")[0].data)


def test_one_approved_version_at_a_time(staff, owner, client_record):
    doctor = clinician_of(staff)
    old, new = make_plan(owner, client_record, state=State.APPROVED), make_plan(owner, client_record)
    services.approve(by=doctor, version=new, why="Better.", now=NOW)
    old.refresh_from_db()
    assert old.state == State.REPLACED and queries.approved(client_record.pk) == new
    with pytest.raises(services.NotWaiting):
        services.approve(by=doctor, version=old, why="Again.", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(pk=old.pk).update(state=State.APPROVED, approved_by=doctor, approved_at=NOW)


def test_the_database_refuses_half_made_versions(owner, client_record):
    made = make_plan(owner, client_record)
    for wrong in ({"state": "approved"}, {"state": "nonsense"}, {"plan": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanVersion.objects.filter(pk=made.pk).update(**wrong)
    with pytest.raises(TypeError, match="never changed"):
        made.save()


def test_showing_is_noted_and_a_replaced_version_is_not_shown(owner, client_record):
    made = make_plan(owner, client_record)
    assert services.show(by=owner, version=made, now=NOW).state == State.SHOWN
    approved = make_plan(owner, client_record, state=State.APPROVED)
    assert services.show(by=owner, version=approved, now=NOW).state == State.APPROVED
    with pytest.raises(services.NotWaiting):
        services.show(by=owner, version=make_plan(owner, client_record, state=State.REPLACED), now=NOW)
    assert len(events("plan.shown")) == 2


def test_zones_are_settings_as_read(owner, client_record):
    zone = make_plan(owner, client_record).zones()[0]
    assert (zone.zone, zone.vacuum.unit, zone.flow) == ("cheek", "kPa", None)
    assert zone.passes >= 1 and zone.grit.unit == "um" and zone.end_point


def test_looks_are_the_core_s_and_kept_in_memory(owner, client_record):
    made = make_plan(owner, client_record)
    desk = translate.desk_of(made)
    assert desk is translate.desk_of(queries.version(client_record.pk, made.pk))
    assert desk.at("cheek") is desk.at("cheek")
    assert desk.at("cheek").found.expected == desk.plan.zone("cheek").expected


def test_goals_of_the_request_are_those_of_the_form(client_record):
    assert tables(client_record)["goal"] == [CHEEK]
    assert tables(client_record)["person"]["age"] == 46.0


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "Cheek: 1 rule waits for answers."),
        ("en", 3, "Cheek: 3 rules wait for answers."),
        ("de", 1, "Wange: 1 Regel wartet auf Antworten."),
        ("de", 3, "Wange: 3 Regeln warten auf Antworten."),
    ],
)
def test_a_warning_counts_its_rules(language, count, said):
    zone = SimpleNamespace(zone="cheek", title="Cheek", needs_clinician=False)
    open_rules = [SimpleNamespace(verdict="ask", unanswered=True)] * count
    plan = SimpleNamespace(zones=[zone], goals=[], verdict=lambda _zone: SimpleNamespace(findings=open_rules))
    with translation.override(language):
        assert [spoken(one) for one in services.warnings_of(plan)] == [said]
