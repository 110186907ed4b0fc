"""What is withdrawn reaches every copy, and what is agreed to again comes back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from corneum.clinic.audit.models import Event
from corneum.clinic.consent import services as consenting
from corneum.clinic.jobs.models import Job
from corneum.clinic.measured import files as measured
from corneum.clinic.measured import services as measuring
from corneum.clinic.photos import files as photographs
from corneum.clinic.photos import services as photographing
from corneum.clinic.photos.models import Photo
from corneum.clinic.project.home import Home
from corneum.clinic.reports import files, services_exports
from corneum.imaging.photo import PhotoRefused
from tests.clinic.conftest import NOW
from tests.clinic.photos_fixtures import agree
from tests.clinic.reports_fixtures import asked, make_full, opened, work


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = Home(tmp_path).prepared()
    return settings.HOME


@pytest.fixture
def full(owner, client_record):
    return make_full(owner, client_record)


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """Let a pair be drawn at once, and return which were."""
    seen = []

    def draw(measurement_id, pair):
        seen.append(measurement_id)
        measured.folder_of(measurement_id).mkdir(parents=True)
        return {"width": 30, "height": 40, "maps": ["texture"]}

    monkeypatch.setattr(measuring, "_measured", lambda found, tell: None)
    monkeypatch.setattr(measured, "keep_pictures", draw)
    return seen


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


def test_a_new_permission_has_the_pictures_of_pairs_drawn_again_and_leaves_their_numbers(owner, full, drawn):
    found = full.measurements.get()
    consenting.withdraw(by=owner, client=full, purposes=["record"], now=NOW)
    work()
    measuring.draw(found.pk)
    assert not drawn and not measured.are_there(found.pk), "without consent nothing is drawn"
    agree(owner, full)
    work()
    measuring.draw(found.pk)
    again = full.measurements.get()
    assert drawn == [found.pk] and measured.are_there(found.pk)
    assert (again.state, again.table, again.ended_at) == (found.state, found.table, found.ended_at)
    assert again.pictures["maps"] == ["texture"]


def test_pictures_that_are_gone_are_said_to_be_and_asked_for_by_hand(browse, owner, full, drawn):
    found = full.measurements.get()
    Photo.objects.filter(pk=found.baseline_id).update(taken_at=NOW - timedelta(days=1))
    measured.remove_pictures(found.pk)
    path = reverse("measured:compare", args=[full.pk])
    page = browse("practitioner").get(path).content.decode()
    assert "The numbers stay" in page and reverse("measured:picture", args=[full.pk, found.pk, "baseline"]) not in page
    both = {"baseline": found.baseline_id, "followup": found.followup_id}
    browse("practitioner").post(reverse("measured:ask", args=[full.pk]), both)
    work()
    assert drawn == [found.pk]
    assert "The numbers stay" not in browse("practitioner").get(path).content.decode()


def test_a_pair_that_can_no_longer_be_drawn_keeps_its_numbers(owner, full, monkeypatch):
    def refuse(found, tell):
        raise PhotoRefused("too dark")

    found = full.measurements.get()
    measured.remove_pictures(found.pk)
    monkeypatch.setattr(measuring, "_measured", refuse)
    measuring.draw(found.pk)
    assert full.measurements.get().state == "done" and not measured.are_there(found.pk)


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
