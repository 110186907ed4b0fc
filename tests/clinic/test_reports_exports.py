"""Copies of data: of one client, and of the clinic."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from corneum.clinic.audit.models import Event
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.models import State as JobState
from corneum.clinic.jobs.work import TRIES, do_next
from corneum.clinic.people.models import Client
from corneum.clinic.photos import services as photographing
from corneum.clinic.photos.models import Photo
from corneum.clinic.project.home import Home
from corneum.clinic.reports import files, services_exports
from corneum.clinic.reports.models import Export
from tests.clinic.conftest import NOW
from tests.clinic.intake_fixtures import make_sheet
from tests.clinic.reports_fixtures import asked, make_full, opened


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = Home(tmp_path).prepared()
    return settings.HOME


@pytest.fixture
def full(owner, client_record):
    return make_full(owner, client_record)


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


def test_each_photograph_that_leaves_in_a_copy_is_written_down_as_shown(owner, full):
    photo, other = Photo.objects.all()
    photographing.withhold(by=owner, photo=other, purposes=["record"], now=NOW)
    export = asked(owner, full)
    photographing.place(by=owner, photo=photo, view="chin_up", site="", now=NOW)
    opened(owner, export)
    assert Event.objects.get(action="data.fetched").data == {"size": export.size, "photographs": 1}
    assert [event.subject_id for event in Event.objects.filter(action="photo.shown")] == [str(photo.pk)]
    opened(owner, asked(owner, None))
    assert Event.objects.filter(action="data.fetched").first().data["photographs"] == 0


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


def test_a_copy_that_kills_its_worker_says_so_as_well(owner, client_record):
    export = services_exports.ask_export(by=owner, client=client_record, now=NOW)
    export.refresh_from_db()
    Job.objects.filter(pk=export.job_id).update(state=JobState.RUNNING, started=NOW, heard=NOW, tries=TRIES)
    assert do_next(lambda: NOW + timedelta(minutes=20)) is None
    export.refresh_from_db()
    assert export.state == "failed" and Job.objects.get(pk=export.job_id).state == JobState.FAILED
    assert services_exports.ask_export(by=owner, client=client_record, now=NOW).pk != export.pk


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
