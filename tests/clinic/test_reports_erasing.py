"""A record is erased in two steps, with its files, and leaves numbers."""

import json

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.people.models import Client
from corneum.clinic.photos import giving
from corneum.clinic.project.home import Home
from corneum.clinic.reports import files, services_erasing, services_exports
from corneum.clinic.reports.leaving import rows
from corneum.clinic.reports.models import ErasureCase, Export
from corneum.clinic.reports.queries import keep_until, number_of
from corneum.clinic.stock.models import StockMove
from corneum.clinic.treatments.models import Session
from tests.clinic.conftest import NOW
from tests.clinic.photos_fixtures import agree, make_photo
from tests.clinic.reports_fixtures import asked, make_full, make_session, work


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = Home(tmp_path).prepared()
    return settings.HOME


@pytest.fixture
def full(owner, client_record):
    return make_full(owner, client_record)


def test_every_row_of_a_client_is_found_whoever_has_it():
    found = rows.paths()
    for model in apps.get_models():
        own = model.__module__.startswith("corneum.clinic")
        to_client = any(
            isinstance(field, models.ForeignKey) and field.related_model is Client for field in model._meta.fields
        )
        if own and (to_client or any(field.attname == "client_id" for field in model._meta.fields)):
            assert model in found


def case_of(owner, client, why="Asked for in writing."):
    return services_erasing.ask_erasure(by=owner, client=client, why=why, now=NOW)


def test_a_record_of_a_treated_client_waits_for_a_clinician(owner, staff, full):
    case = case_of(owner, full)
    assert case.keep_until == keep_until(full.pk) == NOW.date().replace(year=NOW.year + 10)
    with pytest.raises(services_erasing.ClinicianNeeded):
        services_erasing.erase(by=owner, case=case, typed=number_of(full.pk), now=NOW)
    with pytest.raises(services_erasing.CannotErase):
        services_erasing.approve(by=staff[Role.CLINICIAN], case=case, why="no", now=NOW)
    services_erasing.approve(by=staff[Role.CLINICIAN], case=case, why="Entered by mistake, twin record.", now=NOW)
    with pytest.raises(services_erasing.OtherNumber):
        services_erasing.erase(by=owner, case=case, typed="0000-0000", now=NOW)
    assert Session.objects.exists()


def test_an_erasure_leaves_numbers_and_no_person(owner, staff, full, home):
    client_id = full.pk
    export = asked(owner, full)
    case = case_of(owner, full, why="Zoë Größe asked for it.")
    services_erasing.approve(by=staff[Role.CLINICIAN], case=case, why="Zoë Größe never came.", now=NOW)
    services_erasing.erase(by=owner, case=case, typed=number_of(client_id).lower().replace("-", " "), now=NOW)
    for model in rows.paths():
        if model not in services_erasing._STAY:
            assert not rows.rows_of(model, client_id).exists(), model
    assert StockMove.objects.filter(amount=-1, client_id=None, session_id=None).exists()
    case.refresh_from_db()
    assert (case.state, case.why, case.approved_why) == ("erased", "", "") and case.rows > 15 and case.folders == 4
    work()
    case.refresh_from_db()
    assert case.state == "done" and case.files_at
    assert not files.path_of(export.pk).exists()
    assert not [one for one in home.photographs.rglob("*") if one.is_file()]
    said = json.dumps(list(Event.objects.filter(client_id=client_id).values("action", "data")))
    assert "client.erased" in said and "client.files_erased" in said and "Zo" not in said
    for model in rows.own_models():
        assert "Größe" not in json.dumps([rows.plain(row) for row in model._default_manager.all()], default=str)


def test_an_erasure_takes_the_copies_of_the_whole_clinic_along(owner, client_record):
    ready = asked(owner, None)
    begun = services_exports.ask_export(by=owner, client=None, now=NOW)

    def meanwhile(step, share):
        if Client.objects.filter(pk=client_record.pk).exists():
            services_erasing.erase(
                by=owner, case=case_of(owner, client_record), typed=number_of(client_record.pk), now=NOW
            )

    services_exports.put_together(begun.pk, now=NOW, tell=meanwhile)
    assert not Client.objects.exists()
    assert set(Export.objects.values_list("state", flat=True)) == {"withdrawn"}
    for one in (ready, begun):
        with pytest.raises(services_exports.NotThere):
            services_exports.fetch(by=owner, export=one, now=NOW)
    work()
    assert not [one for one in (ready, begun) if files.path_of(one.pk).exists()]
    assert asked(owner, None).state == "ready"


def test_what_would_stay_behind_stops_the_erasure(owner, client_record, monkeypatch):
    case = case_of(owner, client_record)
    monkeypatch.setattr(services_erasing, "_delete_rows", lambda client_id: 0)
    with pytest.raises(services_erasing.LeftBehind):
        services_erasing.erase(by=owner, case=case, typed=number_of(client_record.pk), now=NOW)
    assert Client.objects.filter(pk=client_record.pk).exists()
    assert ErasureCase.objects.get().state == "asked" and not Event.objects.filter(action="client.erased").exists()


def test_a_treatment_after_the_wish_needs_a_clinician_who_can_say_so(owner, staff, client_record):
    case = case_of(owner, client_record)
    assert case.keep_until is None
    make_session(client_record, owner)
    with pytest.raises(services_erasing.ClinicianNeeded):
        services_erasing.erase(by=owner, case=case, typed=number_of(client_record.pk), now=NOW)
    services_erasing.approve(by=staff[Role.CLINICIAN], case=case, why="A twin record, by mistake.", now=NOW)
    services_erasing.erase(by=owner, case=case, typed=number_of(client_record.pk), now=NOW)
    assert not Client.objects.exists()


def test_the_owner_erases_in_two_steps(browse, owner, client_record):
    browser, args = browse("owner"), [client_record.pk]
    page = reverse("reports:erase", args=args)
    assert "Step 1 of 2" in browser.get(page).content.decode() and not ErasureCase.objects.exists()
    assert browser.post(page, {"why": ""}).status_code == 422
    assert browser.post(reverse("reports:erase_confirm", args=args), {"number": "x"}).status_code == 404
    browser.post(page, {"why": "Wrote on 1 March."})
    browser.post(page, {"why": "Again."})
    assert ErasureCase.objects.count() == 1
    assert number_of(client_record.pk) in browser.get(page).content.decode()
    wrong = browser.post(reverse("reports:erase_confirm", args=args), {"number": "1234"})
    assert wrong.status_code == 422 and "Nothing was erased" in wrong.content.decode()
    browser.post(reverse("reports:erase_confirm", args=args), {"number": number_of(client_record.pk)})
    assert not Client.objects.exists()
    assert browser.get(page).status_code == 404
    assert "Größe" not in browser.get(reverse("reports:erasures")).content.decode()


@pytest.mark.parametrize(
    ("error", "said", "leads"),
    [
        (services_erasing.CannotErase, "somebody was here before", "erasures"),
        (services_erasing.LeftBehind, "Nothing was erased", "erase"),
    ],
)
def test_what_cannot_be_erased_is_told(error, said, leads, browse, owner, client_record, monkeypatch):
    def refuse(**_options):
        raise error("x")

    case_of(owner, client_record)
    monkeypatch.setattr(services_erasing, "erase", refuse)
    browser, args = browse("owner"), [client_record.pk]
    back = browser.post(reverse("reports:erase_confirm", args=args), {"number": number_of(client_record.pk)})
    assert back["Location"] == reverse(f"reports:{leads}", args=args if leads == "erase" else [])
    assert said in browser.get(back["Location"]).content.decode() and Client.objects.exists()


def test_before_an_erasure_the_copies_that_went_out_are_named(browse, owner, client_record):
    agree(owner, client_record, ("record", "teach"))
    photo = make_photo(owner, client_record)
    given = {"purpose": "teach", "to": "Course in Graz", "why": "a lecture"}
    copy = giving.give_out(by=owner, photo=photo, **given, now=NOW)
    page = reverse("reports:erase", args=[client_record.pk])
    assert "Course in Graz" not in browse("owner").get(page).content.decode(), "its file never left"
    giving.fetch(by=owner, copy=copy, now=NOW)
    assert "Course in Graz" in browse("owner").get(page).content.decode()
    case = case_of(owner, client_record)
    services_erasing.erase(by=owner, case=case, typed=number_of(client_record.pk), now=NOW)
    assert not Client.objects.exists()


def test_an_erasure_can_be_given_up(browse, owner, client_record):
    browser = browse("owner")
    case_of(owner, client_record)
    browser.post(reverse("reports:erase_cancel", args=[client_record.pk]))
    assert ErasureCase.objects.get().state == "cancelled" and Client.objects.exists()
    assert case_of(owner, client_record).state == "asked"


def test_a_clinician_approves_on_a_page_of_their_own(browse, owner, full):
    browser, path = browse("clinician"), reverse("reports:erase_approve", args=[full.pk])
    assert "Nobody asked" in browser.get(path).content.decode()
    case = case_of(owner, full)
    assert browser.post(path, {"why": "short"}).status_code == 422
    browser.post(path, {"why": "A twin record, entered by mistake."})
    case.refresh_from_db()
    assert case.state == "approved"
    assert "Type it as it stands" in browse("owner").get(reverse("reports:erase", args=[full.pk])).content.decode()
