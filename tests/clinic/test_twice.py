"""What is sent twice, or by two at once, and what a night leaves behind: told in words, or done once."""

import os
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.accounts import services as accounts
from corneum.clinic.accounts.models import User
from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.intake import inbox, linking
from corneum.clinic.intake import services as intake
from corneum.clinic.intake.models import CheckIn, Concern, Scope, Sheet
from corneum.clinic.intake.triage import asked_on
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.work import do_next
from corneum.clinic.people.models import Client
from corneum.clinic.photos import work as photos
from corneum.clinic.project.home import Home
from corneum.clinic.reports import services as reports
from corneum.clinic.reports.queries import COUNT_JOB
from tests.clinic.conftest import NOW, PASSWORD

ROUGH = {"concern": "roughness", "zone": "cheek", "severity": None}


@pytest.fixture
def check_in(client_record, owner):
    return inbox.plan_check_ins(by=owner, client=client_record, treated=timezone.localdate(), now=NOW)[0]


@pytest.fixture
def locked(monkeypatch):
    """Return the models whose rows a service locked, which SQLite does not show."""
    seen = []
    real = QuerySet.select_for_update

    def lock(some, *args, **options):
        seen.append(some.model)
        return real(some, *args, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", lock)
    return seen


def well(check_in):
    return {one.id: "no" if one.kind == "yes_no" else "0" for one in asked_on(check_in.after_days)}


def answered_meanwhile(monkeypatch):
    def refuse(**_options):
        raise inbox.AlreadyAnswered("x")

    monkeypatch.setattr(inbox, "answer_check_in", refuse)


def test_a_check_in_that_was_answered_meanwhile_is_shown(check_in, browse, client_record, owner, monkeypatch):
    _link, token = linking.make_link(
        by=owner, client=client_record, scopes=[Scope.AFTERCARE], days=7, now=timezone.now()
    )
    home = Browser()
    home.post(reverse("intake:open", args=[token]))
    answered_meanwhile(monkeypatch)
    own, theirs = (
        reverse("intake:own_check_in", args=[check_in.pk]),
        reverse("intake:check_in", args=[client_record.pk, check_in.pk]),
    )
    assert home.post(own, well(check_in))["Location"] == own
    assert browse("practitioner").post(theirs, well(check_in))["Location"] == theirs
    assert CheckIn.objects.get(pk=check_in.pk).answered is None


def test_a_concern_is_taken_off_once_and_put_back_once(browse, client_record, owner):
    one = intake.place_concern(by=owner, client=client_record, **ROUGH, now=NOW)
    browser, path = browse("practitioner"), reverse("intake:concern_remove", args=[client_record.pk, one.pk])
    for _time in range(2):
        assert f"undo={one.pk}" in browser.post(path)["Location"]
    assert Concern.objects.get().removed is not None, "a second tap does not undo the first"
    for _time in range(2):
        browser.post(path, {"undo": "1"})
    assert Concern.objects.get().removed is None
    told = list(Event.objects.filter(action__startswith="concern.").order_by("id").values_list("action", flat=True))
    assert told == ["concern.placed", "concern.removed", "concern.restored"]


def test_concerns_of_a_client_are_placed_one_after_the_other(client_record, owner, locked):
    one = intake.place_concern(by=owner, client=client_record, **ROUGH, now=NOW)
    intake.remove_concern(by=owner, concern=one, now=NOW)
    intake.restore_concern(by=owner, concern=one, now=NOW)
    assert locked.count(Client) == 3


def test_answers_are_saved_handed_in_and_discarded_one_after_the_other(client_record, owner, locked):
    for step in (intake.submit, intake.discard_draft):
        intake.save_answers(by=owner, client=client_record, answers={"coldsore.now": "no"}, now=NOW, zones=[])
        assert locked == [Client]
        step(by=owner, client=client_record, now=NOW)
        assert locked[:2] == [Client] * 2 and Sheet not in locked, "the client first, as every other change does"
        locked.clear()
        intake.save_answers(by=owner, client=client_record, answers={"coldsore.now": "yes"}, now=NOW)
        locked.clear()


def test_the_first_run_is_over_for_the_second_who_began_it(monkeypatch, db):
    def refuse(**_options):
        raise accounts.AlreadySetUp("x")

    monkeypatch.setattr(accounts, "set_up", refuse)
    fields = {"name": "Eve", "username": "eve", "password": PASSWORD}
    house = {"clinic-name": "Linden Clinic", "clinic-time_zone": "UTC"}
    assert Browser().post("/first-run/", fields | house)["Location"] == "/log-in/"


def test_the_first_run_and_the_last_owner_are_decided_one_after_the_other(locked, db):
    owner = accounts.set_up(name="Ada", username="ada", password=PASSWORD, now=NOW)
    assert ContentType in locked
    with pytest.raises(accounts.LastOwner):
        accounts.change_member(by=owner, member=owner, name="Ada", role=Role.RECEPTION, is_active=True, now=NOW)
    assert User in locked


@pytest.mark.parametrize("role", [None, "reception"])
def test_a_link_is_opened_by_whoever_is_logged_in(role, browse, client_record, owner, staff):
    _link, token = linking.make_link(by=owner, client=client_record, scopes=[Scope.INTAKE], days=7, now=timezone.now())
    browse(role).post(reverse("intake:open", args=[token]))
    event = Event.objects.get(action="link.opened")
    assert (event.by_link, event.by) == ((True, None) if role is None else (False, staff[Role(role)]))


def test_a_night_clears_sessions_that_are_over_and_no_others(db):
    for name, days in (("over", -1), ("standing", 1)):
        Session.objects.create(session_key=name, session_data="", expire_date=timezone.now() + timedelta(days=days))
    reports.count_every_night(now=NOW)
    assert do_next(lambda: NOW + timedelta(days=2)).state == "done"
    assert [one.session_key for one in Session.objects.all()] == ["standing"]


def test_a_night_that_fails_is_not_the_last(db, monkeypatch):
    def fail(**_options):
        raise OSError("disk full")

    monkeypatch.setattr(reports, "count", fail)
    reports.count_every_night(now=NOW)
    for days in (2, 3, 4):
        do_next(lambda days=days: NOW + timedelta(days=days))
    assert Job.objects.filter(kind=COUNT_JOB, state="waiting", not_before__gt=timezone.now()).exists()


def test_a_sweep_takes_what_a_killed_worker_left(settings, tmp_path, db):
    settings.HOME = Home(tmp_path).prepared()
    measured, copies = settings.HOME.photographs / "measured", tmp_path / "exports"
    left = [measured / ".one.part", measured / ".young.part", copies / "one.unfinished", copies / "one.zip"]
    for path in left[:2]:
        path.mkdir(parents=True)
    copies.mkdir()
    for path in left[2:]:
        path.write_bytes(b"x")
    now = timezone.now()
    for path in (left[0], *left[2:]):
        os.utime(path, ((now - timedelta(hours=2)).timestamp(),) * 2)
    assert photos.sweep(now) == 2
    assert [path.name for path in left if path.exists()] == [".young.part", "one.zip"]
