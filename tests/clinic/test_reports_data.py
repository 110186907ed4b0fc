import io
import json
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.consent import services as consenting
from corneum.clinic.intake import linking
from corneum.clinic.intake import services as intake
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.work import do_next
from corneum.clinic.measured import files as measured
from corneum.clinic.people.models import Client
from corneum.clinic.photos import files as photographs
from corneum.clinic.photos import services as photographing
from corneum.clinic.photos.models import Photo
from corneum.clinic.project.home import Home
from corneum.clinic.reports import files, services_erasing, services_exports
from corneum.clinic.reports.leaving import rows
from corneum.clinic.reports.models import ErasureCase, Export
from corneum.clinic.reports.queries import keep_until, number_of
from corneum.clinic.stock.models import StockMove
from corneum.clinic.treatments.models import Session
from tests.clinic.conftest import NOW
from tests.clinic.desk import make_room, make_visit
from tests.clinic.intake_fixtures import make_consent, make_override, make_sheet
from tests.clinic.photos_fixtures import agree, make_photo
from tests.clinic.reports_fixtures import change, make_measured, make_session
from tests.clinic.treatments_fixtures import lot, treatment_ids

LATER = NOW + timedelta(days=9999)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = Home(tmp_path).prepared()
    return settings.HOME


@pytest.fixture
def full(owner, client_record):
    """A client of whom every app keeps something."""
    make_consent(owner, client_record)
    make_sheet(owner, client_record)
    intake.place_concern(by=owner, client=client_record, concern="roughness", zone="cheek", severity="", now=NOW)
    make_override(owner, client_record)
    linking.make_link(by=owner, client=client_record, scopes=["intake"], days=7, now=NOW)
    make_visit(owner, client_record, make_room(owner))
    treatment_ids(owner, client_record)
    session = make_session(client_record, owner, number=2)
    moved = lot(owner)
    StockMove.objects.create(
        lot=moved, amount=-1, reason="used", at=NOW, by=owner, client_id=client_record.pk, session_id=session.pk
    )
    photo = make_photo(owner, client_record)
    other = make_photo(owner, client_record, number=1)
    found = make_measured(client_record, owner, change(-3.0), photos=(photo, other))
    measured.folder_of(found.pk).mkdir(parents=True)
    (measured.folder_of(found.pk) / "baseline.jpg").write_bytes(b"x")
    return client_record


def work():
    while do_next(lambda: NOW + timedelta(hours=1)) is not None:
        pass


def asked(by, client):
    export = services_exports.ask_export(by=by, client=client, now=NOW)
    services_exports.put_together(export.pk, now=NOW, tell=lambda step, share: None)
    export.refresh_from_db()
    return export


def opened(by, export):
    file, _size = services_exports.fetch(by=by, export=export, now=NOW)
    with file:
        return ZipFile(io.BytesIO(file.read()))


def test_a_copy_holds_everything_of_the_client_and_nothing_that_opens(owner, full):
    packed = opened(owner, asked(owner, full))
    names = set(packed.namelist())
    assert {"record.json", "who-saw-what.json", "fhir-bundle.json", "summary.html", "summary.pdf"} < names
    assert sum(name.startswith("photographs/") for name in names) == 2
    assert sum(name.startswith("consent/") for name in names) == 2
    record = json.loads(packed.read("record.json"))
    assert {"people", "consent", "intake", "visits", "treatments", "plans", "photos", "measured"} < set(record["apps"])
    assert record["apps"]["people"]["Client"]["rows"][0]["name"] == "Zoë Größe"
    about = record["apps"]["photos"]["Photo"]["about"]
    assert about["what"].startswith("One photograph") and about["fields"]["view"]["name"] == "view"
    assert "token_hash" not in packed.read("record.json").decode()
    assert packed.read("summary.pdf").startswith(b"%PDF")
    assert "Zoë Größe" in packed.read("summary.html").decode()
    photo = next(name for name in names if name.startswith("photographs/"))
    assert packed.read(photo).startswith(b"\xff\xd8")
    assert any(one["action"] == "photo.taken" for one in json.loads(packed.read("who-saw-what.json")))


def test_the_copy_names_nothing_of_another_client(owner, full, client_record):
    other = Client.objects.create(name="Somebody Else", born=date(1990, 1, 1), since=NOW)
    make_sheet(owner, other)
    text = opened(owner, asked(owner, full)).read("record.json").decode()
    assert "Somebody Else" not in text and str(other.pk) not in text


def test_the_course_travels_as_fhir(owner, full):
    bundle = json.loads(opened(owner, asked(owner, full)).read("fhir-bundle.json"))
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds[0] == "Patient" and {"Consent", "Procedure", "AdverseEvent", "DocumentReference"} < set(kinds)
    addresses = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(addresses)) == len(addresses)
    measured_one = next(e["resource"] for e in bundle["entry"] if e["resource"].get("derivedFrom"))
    assert measured_one["status"] == "preliminary"
    assert {one["reference"] for one in measured_one["derivedFrom"]} < set(addresses)


def test_a_copy_is_fetched_once(browse, owner, full):
    export = asked(owner, full)
    browser = browse("owner")
    path = reverse("reports:data_fetch", args=[full.pk, export.pk])
    assert browser.get(path).status_code == 405 and files.path_of(export.pk).is_file()
    sent = browser.post(path)
    data = b"".join(sent.streaming_content)
    assert data[:2] == b"PK" and len(data) == export.size == int(sent["Content-Length"])
    assert "Zo" not in sent["Content-Disposition"] and sent["Cache-Control"] == "private, no-store"
    assert not files.path_of(export.pk).exists()
    assert browser.post(path).status_code == 404
    assert Event.objects.filter(action="data.fetched", client_id=full.pk).count() == 1


def test_a_copy_expires(owner, full):
    export = asked(owner, full)
    late = NOW + services_exports.WAITS
    with pytest.raises(services_exports.NotThere):
        services_exports.fetch(by=owner, export=export, now=late)
    services_exports.expire(export.pk, now=NOW)
    assert files.path_of(export.pk).is_file()
    services_exports.expire(export.pk, now=late)
    assert not files.path_of(export.pk).exists()
    assert Export.objects.get().state == "expired"
    assert Job.objects.filter(kind=services_exports.EXPIRY_JOB, not_before=late).exists()


def test_a_copy_of_another_client_is_absent(browse, owner, full):
    export = asked(owner, full)
    other = Client.objects.create(name="Somebody Else", born=date(1990, 1, 1), since=NOW)
    assert browse("owner").post(reverse("reports:data_fetch", args=[other.pk, export.pk])).status_code == 404
    assert browse("owner").post(reverse("reports:clinic_fetch", args=[export.pk])).status_code == 404
    assert browse("practitioner").post(reverse("reports:data_fetch", args=[full.pk, export.pk])).status_code == 404
    assert Export.objects.get().state == "ready"


def test_asking_twice_makes_one_copy(browse, owner, client_record):
    browser = browse("owner")
    path = reverse("reports:data", args=[client_record.pk])
    assert "No copy was made yet" in browser.get(path).content.decode()
    assert not Export.objects.exists()
    browser.post(path)
    browser.post(path)
    assert Export.objects.count() == 1
    assert 'hx-trigger="every 2s"' in browser.get(path).content.decode()


def test_a_copy_that_fails_says_so_and_stands_in_nobodys_way(browse, owner, client_record, monkeypatch):
    export = services_exports.ask_export(by=owner, client=client_record, now=NOW)
    with monkeypatch.context() as patched:
        patched.setattr(services_exports, "_packed", lambda *args: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError):
            services_exports.put_together(export.pk, now=NOW, tell=lambda step, share: None)
    export.refresh_from_db()
    assert export.state == "failed" and not files.path_of(export.pk).exists()
    page = browse("owner").get(reverse("reports:data", args=[client_record.pk])).content.decode()
    assert "could not be put together" in page and "every 2s" not in page
    assert asked(owner, client_record).state == "ready"
    services_exports.put_together(export.pk, now=NOW, tell=lambda step, share: None)
    export.refresh_from_db()
    assert export.state == "ready", "the job tried again"


def test_a_copy_that_failed_ends_as_well(owner, client_record):
    export = services_exports.ask_export(by=owner, client=client_record, now=NOW)
    Export.objects.update(state="failed")
    services_exports.expire(export.pk, now=NOW + services_exports.WAITS)
    services_exports.put_together(export.pk, now=NOW + services_exports.WAITS, tell=lambda step, share: None)
    assert Export.objects.get().state == "expired" and not files.path_of(export.pk).exists()


def test_the_clinic_takes_every_table_along_without_passwords(browse, owner, full):
    packed = opened(owner, asked(owner, None))
    names = set(packed.namelist())
    assert {"jsonl/people.Client.jsonl", "csv/people.Client.csv", "about.json", "README.txt"} < names
    assert "no backup" in packed.read("README.txt").decode()
    members = [json.loads(line) for line in packed.read("jsonl/accounts.User.jsonl").splitlines()]
    assert members and all("password" not in one for one in members)
    assert b"\xff\xd8\xff" not in b"".join(packed.read(name) for name in names)
    assert browse("clinician").get(reverse("reports:clinic")).status_code == 404


def test_a_formula_stays_text_in_a_table(owner, client_record):
    Client.objects.filter(pk=client_record.pk).update(name="=HYPERLINK(1)")
    text = opened(owner, asked(owner, None)).read("csv/people.Client.csv").decode()
    assert "'=HYPERLINK(1)" in text


def test_a_withdrawn_permission_reaches_every_copy(owner, full):
    photo, other = Photo.objects.all()
    export = asked(owner, full)
    consenting.withdraw(by=owner, client=full, purposes=["record"], now=NOW)
    export.refresh_from_db()
    assert export.state == "withdrawn"
    with pytest.raises(services_exports.NotThere):
        services_exports.fetch(by=owner, export=export, now=NOW)
    work()
    assert not files.path_of(export.pk).exists()
    for one in (photo, other):
        assert photographs.is_there(one.pk)
        assert not photographs.path_of(one.pk, "small").exists() and not photographs.path_of(one.pk, "page").exists()
    assert not any(measured.folder_of(one.pk).exists() for one in full.measurements.all())
    assert Event.objects.get(action="photo.copies_deleted").data == {
        "exports": 1,
        "photographs": 2,
        "measurements": 1,
    }
    packed = opened(owner, asked(owner, full))
    assert not any(name.startswith("photographs/") for name in packed.namelist())
    assert "Photographs not in this copy" in packed.read("README.txt").decode()


def test_a_new_permission_brings_the_small_copies_back(owner, full):
    consenting.withdraw(by=owner, client=full, purposes=["record"], now=NOW)
    work()
    agree(owner, full)
    work()
    assert all(photographs.path_of(one.pk, "small").exists() for one in Photo.objects.all())


def test_a_withdrawal_leaves_the_originals_alone_and_nothing_beside_them(owner, full):
    photo = Photo.objects.first()
    beside = photographs.folder_of(photo.pk) / "marks-1.png"
    beside.write_bytes(b"x")
    consenting.withdraw(by=owner, client=full, purposes=["record"], now=NOW)
    work()
    assert [path.name for path in photographs.folder_of(photo.pk).iterdir()] == ["full.jpg"]


def test_one_photograph_taken_back_reaches_its_copies_and_no_others(owner, full):
    photo, other = Photo.objects.all()
    export = asked(owner, full)
    (photographs.folder_of(photo.pk) / "marks-1.png").write_bytes(b"x")
    photographing.withhold(by=owner, photo=photo, purposes=["show"], now=NOW)
    export.refresh_from_db()
    assert export.state == "ready", "another use is not in the copy"
    photographing.withhold(by=owner, photo=photo, purposes=["show", "record"], now=NOW)
    with pytest.raises(services_exports.NotThere):
        services_exports.fetch(by=owner, export=export, now=NOW)
    again = asked(owner, full)
    work()
    assert not files.path_of(export.pk).exists() and files.path_of(again.pk).exists()
    assert [path.name for path in photographs.folder_of(photo.pk).iterdir()] == ["full.jpg"]
    assert photographs.path_of(other.pk, "small").exists()
    assert not any(measured.folder_of(one.pk).exists() for one in full.measurements.all())
    assert sum(name.startswith("photographs/") for name in opened(owner, again).namelist()) == 1
    photographing.withhold(by=owner, photo=photo, purposes=["show"], now=NOW)
    work()
    assert photographs.path_of(photo.pk, "small").exists()


def test_a_removed_photograph_leaves_the_copies_that_wait(owner, full):
    photo = Photo.objects.first()
    export = asked(owner, full)
    photographing.remove(by=owner, photo=photo, now=NOW)
    with pytest.raises(services_exports.NotThere):
        services_exports.fetch(by=owner, export=export, now=NOW)
    work()
    assert not files.path_of(export.pk).exists()
    assert photographs.path_of(photo.pk, "small").exists(), "until the end of the day it can be brought back"
    photographing.bring_back(by=owner, photo=photo, now=NOW)
    work()
    assert all(measured.folder_of(one.pk).exists() for one in full.measurements.all())


def test_a_sheet_that_agrees_to_less_is_a_withdrawal(owner, full):
    agree(owner, full, purposes=())
    work()
    assert not any(photographs.path_of(one.pk, "small").exists() for one in Photo.objects.all())


def test_another_purpose_takes_nothing_from_the_record(owner, client_record):
    agree(owner, client_record, purposes=("record", "show"))
    consenting.withdraw(by=owner, client=client_record, purposes=["show"], now=NOW)
    assert not Job.objects.filter(kind="reports.withdraw_copies").exists()


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


def test_a_treatment_after_the_wish_still_needs_a_clinician(owner, client_record):
    case = case_of(owner, client_record)
    assert case.keep_until is None
    make_session(client_record, owner)
    with pytest.raises(services_erasing.ClinicianNeeded):
        services_erasing.erase(by=owner, case=case, typed=number_of(client_record.pk), now=NOW)


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
