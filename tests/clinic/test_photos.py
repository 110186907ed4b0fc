import os
from datetime import timedelta

import pytest
from django.utils import timezone

from corneum.clinic.audit.models import Event
from corneum.clinic.consent import services as consenting
from corneum.clinic.intake.models import InboxItem
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.work import do_next
from corneum.clinic.photos import files, queries, services, translate, work
from corneum.clinic.photos.flags import photographs_wanted
from corneum.clinic.photos.models import Photo
from corneum.clinic.project.home import Home
from corneum.clinic.visits.flags import flags_of
from corneum.imaging.photo import PhotoRefused
from tests.clinic.conftest import NOW
from tests.clinic.desk import make_room, make_visit
from tests.clinic.photos_fixtures import agree, face, make_photo, wall

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.HOME = Home(tmp_path).prepared()


@pytest.fixture
def photo(owner, client_record):
    return make_photo(owner, client_record)


def actions():
    return list(Event.objects.filter(action__startswith="photo.").order_by("pk").values_list("action", flat=True))


def test_a_photograph_is_written_anew_and_its_view_is_guessed(owner, client_record):
    photo = make_photo(owner, client_record, wait=True)
    assert photo.view == "front" and photo.state == "kept" and photo.added_by == owner
    assert {gate["key"] for gate in photo.check_result["gates"]} >= {"focus", "yaw", "light"}
    for size in files.SIDES:
        assert files.path_of(photo.pk, size).read_bytes()[:3] == b"\xff\xd8\xff"
    full = files.path_of(photo.pk, "full").read_bytes()
    assert full != face() and b"Exif" not in full
    assert translate.check_of(photo).pose.yaw_deg == pytest.approx(0, abs=5)
    assert translate.photo_of(photo).width == photo.width
    assert actions() == ["photo.taken"]
    assert "name" not in str(Event.objects.get(action="photo.taken").data)


def test_no_consent_no_photograph(owner, client_record):
    with pytest.raises(services.NoConsent):
        services.take(by=owner, client=client_record, data=face(), now=NOW)
    agree(owner, client_record, purposes=("show",))
    with pytest.raises(services.NoConsent):
        services.take(by=owner, client=client_record, data=face(), now=NOW)
    assert not Photo.objects.exists()


def test_the_same_file_is_taken_once(photo, owner, client_record):
    with pytest.raises(services.AlreadyThere):
        make_photo(owner, client_record)
    services.remove(by=owner, photo=photo, now=NOW)
    assert make_photo(owner, client_record).pk != photo.pk
    with pytest.raises(services.NotAllowedNow):
        services.bring_back(by=owner, photo=photo, now=NOW)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff", face()[:5000]])
def test_what_is_no_photograph_is_refused_in_words(data, owner, client_record):
    with pytest.raises(PhotoRefused):
        make_photo(owner, client_record, data=data)
    assert not Photo.objects.exists()


def test_without_a_face_it_is_a_close_up_that_still_wants_its_site(owner, client_record):
    photo = make_photo(owner, client_record, data=wall())
    assert (photo.view, photo.site) == ("close_up", "")
    with pytest.raises(services.NoSite):
        services.place(by=owner, photo=photo, view="close_up", site="", now=NOW)
    services.place(by=owner, photo=photo, view="close_up", site="cheek", now=NOW)
    assert queries.baseline_of(client_record.pk, "close_up", "cheek") == photo


def test_a_row_that_fails_leaves_no_file_and_files_without_a_row_are_swept(owner, client_record, monkeypatch):
    agree(owner, client_record)

    def fail(*_args, **_more):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(services, "record", fail)
        with pytest.raises(RuntimeError):
            make_photo(owner, client_record)
        assert not Photo.objects.exists() and not list(files.ids(timezone.now() + timedelta(days=9999)))
        # As after a crash: the files are written, and nobody is left to take them back.
        patched.setattr(files, "erase", lambda photo_id: None)
        with pytest.raises(RuntimeError):
            make_photo(owner, client_record)
    left = list(files.ids(timezone.now() + timedelta(minutes=1)))
    assert len(left) == 1 and not Photo.objects.exists()
    kept = make_photo(owner, client_record)
    assert work.sweep(timezone.now()) == 0, "what is so young may belong to a photograph that is being taken"
    assert work.sweep(timezone.now() + timedelta(hours=2)) == 1
    assert files.is_there(kept.pk) and not files.is_there(left[0])


def test_a_photograph_is_written_whole_or_not_at_all(photo, monkeypatch):
    files.erase(photo.pk)
    monkeypatch.setattr(files.os, "fsync", lambda handle: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        files.write(photo.pk, {"full": b"a", "small": b"b"})
    assert not files.folder_of(photo.pk).exists()
    assert not list(files.folder_of(photo.pk).parent.glob(f"{photo.pk}*"))


def test_the_gates_answer_beside_where_they_are_slow(photo):
    assert photo.check_result == {}
    assert Job.objects.filter(kind=services.CHECK_JOB).count() == 1
    assert do_next(lambda: NOW).state == "done"
    photo.refresh_from_db()
    assert photo.check_result["view"] == "front"


def test_another_view_is_judged_anew(photo, owner):
    work.judge(photo.pk)
    services.place(by=owner, photo=photo, view="oblique_left", site="cheek", now=NOW)
    photo.refresh_from_db()
    assert (photo.view, photo.site, photo.check_result) == ("oblique_left", "", {})
    work.judge(photo.pk)
    photo.refresh_from_db()
    yaw = next(gate for gate in photo.check_result["gates"] if gate["key"] == "yaw")
    assert yaw["result"] == "refuse"
    assert actions()[-1] == "photo.placed"


def test_a_use_is_taken_back_for_one_photograph_and_for_all(photo, owner, client_record):
    agree(owner, client_record, purposes=("record", "show"))
    assert queries.may_show(photo, "record") and queries.may_show(photo, "show")
    assert not queries.may_show(photo, "teach")
    one = services.withhold(by=owner, photo=photo, purposes=["show"], now=NOW)
    assert queries.may_show(one, "record") and not queries.may_show(one, "show")
    one = services.withhold(by=owner, photo=photo, purposes=["record"], now=NOW)
    assert not queries.may_show(one, "record") and not queries.may_show(one, "show")
    assert queries.baseline_of(client_record.pk, "front") is None
    one = services.withhold(by=owner, photo=photo, purposes=[], now=NOW)
    assert queries.may_show(one, "show")
    consenting.withdraw(by=owner, client=client_record, purposes=["record"], now=NOW)
    assert not queries.may_show(one, "show")
    with pytest.raises(services.NotAllowedNow):
        services.withhold(by=owner, photo=photo, purposes=["everything"], now=NOW)


def test_removed_today_comes_back_and_tomorrow_its_files_are_erased(photo, owner, client_record):
    gone = services.remove(by=owner, photo=photo, now=NOW)
    assert not queries.may_show(gone, "record") and list(queries.of_client(client_record.pk)) == []
    services.bring_back(by=owner, photo=photo, now=NOW + timedelta(hours=1))
    assert list(queries.of_client(client_record.pk)) == [photo]
    services.remove(by=owner, photo=photo, now=NOW)
    with pytest.raises(services.NotAllowedNow):
        services.bring_back(by=owner, photo=photo, now=TOMORROW)
    assert Job.objects.filter(kind=services.SWEEP_JOB).count() == 1
    # The clock of the disk is another one than that of the tests.
    os.utime(files.folder_of(photo.pk), (NOW.timestamp(), NOW.timestamp()))
    assert work.sweep(NOW + timedelta(hours=2)) == 0
    assert work.sweep(TOMORROW) == 1 and not files.is_there(photo.pk)


def test_what_is_removed_while_a_sweep_waits_is_swept_in_the_next_night(photo, owner, client_record, monkeypatch):
    services.remove(by=owner, photo=photo, now=NOW)
    first = Job.objects.get(kind=services.SWEEP_JOB)
    assert timezone.localtime(first.not_before).date() == TOMORROW.date() and first.not_before < TOMORROW
    late = make_photo(owner, client_record, number=1)
    for one in (photo, late):
        os.utime(files.folder_of(one.pk), (NOW.timestamp(), NOW.timestamp()))
    services.remove(by=owner, photo=late, now=first.not_before)
    Job.objects.exclude(kind=services.SWEEP_JOB).delete()
    monkeypatch.setattr(work.timezone, "now", lambda: first.not_before)
    assert do_next(work.timezone.now).state == "done"
    assert not files.is_there(photo.pk) and files.is_there(late.pk)
    second = Job.objects.get(kind=services.SWEEP_JOB, state="waiting")
    assert second.not_before == first.not_before + timedelta(days=1)
    monkeypatch.setattr(work.timezone, "now", lambda: second.not_before)
    with monkeypatch.context() as patched:
        patched.setattr(work, "sweep", lambda now: 1 / 0)
        for turn in range(3):
            do_next(lambda turn=turn: second.not_before + timedelta(minutes=turn))
    second.refresh_from_db()
    third = Job.objects.get(kind=services.SWEEP_JOB, state="waiting")
    assert second.state == "failed" and third.not_before > second.not_before
    assert do_next(lambda: third.not_before).state == "done" and not files.is_there(late.pk)


def test_the_baseline_is_the_earliest_kept(owner, client_record):
    first = make_photo(owner, client_record, 0)
    make_photo(owner, client_record, 1, now=TOMORROW)
    assert queries.baseline_of(client_record.pk, "front") == first
    services.remove(by=owner, photo=first, now=NOW)
    assert queries.baseline_of(client_record.pk, "front") != first


def test_from_home_it_waits_is_told_once_and_is_looked_at(owner, client_record):
    one = make_photo(owner, client_record, 0, by=None, origin="home")
    two = make_photo(owner, client_record, 1, by=None, origin="home")
    assert one.state == "waiting" and InboxItem.objects.filter(kind="upload", seen=None).count() == 1
    assert list(queries.of_client(client_record.pk)) == [] and queries.waiting_count() == 2
    services.keep(by=owner, photo=one, placed={"view": "chin_up", "site": ""}, now=NOW)
    assert InboxItem.objects.filter(kind="upload", seen=None).exists()
    down = services.turn_down(by=owner, photo=two, why=" blurred ", now=NOW)
    assert down.review_note == "blurred" and not InboxItem.objects.filter(seen=None).exists()
    assert [photo.view for photo in queries.of_client(client_record.pk)] == ["chin_up"]
    with pytest.raises(services.NotAllowedNow):
        services.turn_down(by=owner, photo=one, why="no", now=NOW)
    assert services.keep(by=owner, photo=two, now=NOW).state == "kept"


def test_a_link_is_no_store(owner, client_record, monkeypatch):
    monkeypatch.setattr(services, "MOST_WAITING", 1)
    make_photo(owner, client_record, 0, by=None, origin="home")
    with pytest.raises(services.TooMany):
        make_photo(owner, client_record, 1, by=None, origin="home")


def test_showing_is_written_down_once_an_hour_for_each_person(photo, staff, owner):
    for minutes in (0, 10, 59, 61):
        services.show(by=owner, photo=photo, now=NOW + timedelta(minutes=minutes))
    services.show(by=staff["clinician"], photo=photo, now=NOW)
    assert actions().count("photo.shown") == 3


def test_the_day_list_says_what_is_due(owner, client_record, django_assert_max_num_queries):
    visit = make_visit(owner, client_record, make_room(owner))
    said = lambda: [str(flag.text) for flag in flags_of([visit], NOW)[visit.pk]]  # noqa: E731
    assert "photograph consent missing" in said()
    agree(owner, client_record)
    assert "photographs due" in said()
    with django_assert_max_num_queries(3):
        photographs_wanted([visit] * 40, NOW)
    make_photo(owner, client_record)
    assert "photographs due" not in said()
    consenting.withdraw(by=owner, client=client_record, purposes=["record"], now=NOW)
    assert "photograph consent missing" not in said(), "who refused is not asked again at every visit"
