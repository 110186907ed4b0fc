import json
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from corneum.clinic.audit.models import Event
from corneum.clinic.consent import services as consent
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.models import State as JobState
from corneum.clinic.jobs.queries import job_with
from corneum.clinic.jobs.work import do_next
from corneum.clinic.measured import apps, files, queries, rating, services, told
from corneum.clinic.measured.models import Measurement, RatingSheet, State
from corneum.clinic.measured.present.trend import trends
from corneum.clinic.people import services as people
from corneum.clinic.photos import files as kept
from corneum.clinic.photos import work as photo_work
from corneum.clinic.photos.models import Photo
from corneum.clinic.plans.present.expected import expected
from corneum.imaging.align import AlignmentRefused
from corneum.imaging.rating import GAIS
from corneum.reports.photographs.stored import TableUnreadable, read_pair_table
from tests.clinic.conftest import NOW
from tests.clinic.measured_fixtures import WEEK, change, make_course, make_measured, make_photo, table
from tests.clinic.plans_fixtures import make_plan

LATER = NOW + timedelta(days=9999)


@pytest.fixture(autouse=True)
def nobody_tells(monkeypatch):
    for name in ("_predictions", "_sessions"):
        monkeypatch.setattr(told, name, [])


@pytest.fixture
def both(owner, client_record):
    return make_course(owner, client_record, (0, 6))


@pytest.fixture
def core(monkeypatch):
    """The core's measurement, quick: what it is asked, and what it says."""
    seen = SimpleNamespace(asked=[], outcome="durable", refuses=None)

    def measure(baseline, followup, *, study, progress):
        seen.asked.append((baseline, followup, study))
        if seen.refuses is not None:
            raise seen.refuses
        progress("aligning", 0, 4)
        return Pair(seen.outcome)

    monkeypatch.setattr(services, "photo_of", lambda photo: Read(name=str(photo.pk), taken=None))
    monkeypatch.setattr(services, "prepare_both", lambda first, second, **options: (first, (second, options)))
    monkeypatch.setattr(services, "measure_pair", measure)
    monkeypatch.setattr(services, "pair_table", lambda pair: table(outcome=pair.outcome))
    monkeypatch.setattr(files, "keep_pictures", lambda measurement_id, pair: {"width": 3, "height": 4, "maps": []})
    return seen


@dataclass(frozen=True)
class Read:
    name: str
    taken: object


@dataclass(frozen=True)
class Pair:
    outcome: str
    changes: tuple = ()


def ask(by, both, **more):
    return services.ask(by=by, baseline=both[0], followup=both[1], now=NOW, **more)


def test_a_pair_is_asked_for_measured_and_kept(owner, both, core):
    found = ask(owner, both)
    job = Job.objects.get(kind="measured.pair")
    assert (found.state, found.job_id, job.client_id) == (State.ASKED, job.pk, found.client_id)
    assert do_next(lambda: LATER).state == JobState.DONE
    found.refresh_from_db()
    assert (found.state, found.outcome, found.pictures["width"]) == (State.DONE, "durable", 3)
    assert found.program_version and found.table["changes"]
    done = [event.action for event in Event.objects.order_by("id") if event.action.startswith("measurement")]
    assert done == ["measurement.asked", "measurement.done"]
    (first, (second, options), _study) = core.asked[0]
    assert (first.name, second.name) == ("the baseline", "the follow-up")
    assert second.taken.date() == (NOW + 6 * WEEK).date()
    assert options == {"site": "", "view": "front", "scale": None}


def test_a_pair_is_measured_once_and_done_twice_stays(owner, both, core):
    found = ask(owner, both)
    assert ask(owner, both) == found and Job.objects.count() == 1
    do_next(lambda: LATER)
    Job.objects.update(state=JobState.WAITING)
    do_next(lambda: LATER)
    assert len(core.asked) == 1
    assert ask(owner, both).state == State.DONE and Job.objects.filter(kind=services.JOB).count() == 1


def test_a_refusal_is_kept_in_its_own_words_and_can_be_tried_again(owner, both, core):
    core.refuses = AlignmentRefused("the photographs cannot be laid over each other")
    found = ask(owner, both)
    assert do_next(lambda: LATER).state == JobState.DONE
    found.refresh_from_db()
    assert (found.state, found.refusal) == (State.REFUSED, str(core.refuses))
    core.refuses = None
    again = ask(owner, both, scale_px_per_mm=14.2)
    assert again == found and again.state == State.ASKED and again.refusal == ""
    do_next(lambda: LATER)
    found.refresh_from_db()
    assert found.state == State.DONE
    scale = core.asked[-1][1][1]["scale"]
    assert (scale.px_per_mm, scale.source) == (14.2, "given")


def test_what_failed_is_told_and_a_retry_finishes_it(owner, both, core):
    core.refuses = RuntimeError("out of memory")
    found = ask(owner, both)
    assert do_next(lambda: LATER).state == JobState.WAITING
    found.refresh_from_db()
    assert found.state == State.FAILED and queries.is_under_way(found, job_with(found.job_id))
    core.refuses = None
    do_next(lambda: LATER + timedelta(hours=1))
    found.refresh_from_db()
    assert found.state == State.DONE


def test_after_the_last_try_it_is_asked_for_anew(owner, both, core):
    core.refuses = RuntimeError("out of memory")
    found = ask(owner, both)
    for hour in range(3):
        do_next(lambda hour=hour: LATER + timedelta(hours=hour))
    found.refresh_from_db()
    assert not queries.is_under_way(found, job_with(found.job_id))
    assert ask(owner, both).state == State.ASKED and Job.objects.count() == 2


def test_consent_that_ends_meanwhile_stops_the_measurement(owner, client_record, both, core):
    found = ask(owner, both)
    consent.withdraw(by=owner, client=client_record, purposes=["record"], now=NOW)
    do_next(lambda: LATER)
    found.refresh_from_db()
    assert found.state == State.REFUSED and "consent" in found.refusal and not core.asked


def test_the_clinics_own_study_is_used_and_a_broken_one_refuses(owner, both, core, monkeypatch, tmp_path):
    path = tmp_path / "study.toml"
    monkeypatch.setattr(files, "study_path", lambda: path)
    monkeypatch.setattr(services, "read_study", lambda found: f"read {found.name}")
    path.write_text("version = 1")
    services.measure(ask(owner, both).pk, now=lambda: NOW)
    assert core.asked[0][2] == "read study.toml"
    monkeypatch.undo()


def test_a_study_that_cannot_be_read_is_told(owner, both, monkeypatch, tmp_path):
    path = tmp_path / "study.toml"
    path.write_text("not a study")
    monkeypatch.setattr(files, "study_path", lambda: path)
    found = services.measure(ask(owner, both).pk, now=lambda: NOW)
    assert found.state == State.REFUSED and "study.toml" in found.refusal


@pytest.mark.parametrize("case", ["same", "other view", "turned", "waiting", "removed", "withheld", "other client"])
def test_what_is_no_pair_is_refused(owner, client_record, both, case):
    first, second = both
    if case == "same":
        second = first
    elif case == "other view":
        second = make_photo(owner, client_record, NOW + WEEK, view="chin_up")
    elif case == "turned":
        first, second = second, first
    elif case == "waiting":
        second = make_photo(owner, client_record, NOW + WEEK, state="waiting")
    elif case == "removed":
        second = make_photo(owner, client_record, NOW + WEEK, removed_at=NOW, removed_by=owner)
    elif case == "withheld":
        second = make_photo(owner, client_record, NOW + WEEK, withheld=["record"])
    else:
        fields = {"name": "Other", "born": client_record.born}
        second = make_photo(owner, people.add_client(by=owner, fields=fields, now=NOW), NOW + WEEK)
    with pytest.raises(services.NotAPair):
        ask(owner, (first, second))
    assert not Measurement.objects.exists() and not Job.objects.exists()


def test_the_database_keeps_one_measurement_of_a_pair(owner, both):
    make_measured(owner, *both)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_measured(owner, *both)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_measured(owner, both[0], both[0])


@pytest.mark.parametrize(
    ("session", "plain", "outcome"),
    [
        (6 * WEEK - timedelta(hours=1), "durable", "immediate"),
        (6 * WEEK + timedelta(hours=1), "durable", "durable"),
        (5 * WEEK, "durable", "between"),
        (4 * WEEK, "durable", "durable"),
        (timedelta(0), "immediate", "immediate"),
        (None, "durable", "durable"),
    ],
)
def test_a_session_shortly_before_makes_no_durable_outcome(both, session, plain, outcome):
    if session is not None:
        told.tell_sessions_by(lambda client_id: [NOW + session])
    assert services.outcome_at(*both, plain) == outcome


def test_a_stored_table_reads_back_what_was_measured():
    stored = read_pair_table(json.loads(json.dumps(table())))
    first, _second, withheld = stored.changes
    assert (first.change, first.verdict, withheld.why) == (-4.0, "lower", "needs a ColorChecker")
    assert withheld.change != withheld.change and stored.quality.light_change_deg != stored.quality.light_change_deg
    assert stored.quality.notes == ("no color profile: sRGB assumed",) and stored.spots[0].gone == 2
    for broken in ({}, table() | {"changes": [{"zone": "nose"}]}, table() | {"quality": {"more": 1}}):
        with pytest.raises(TableUnreadable):
            read_pair_table(broken)


def test_the_trend_is_against_the_first_baseline_and_by_date(owner, client_record):
    first, second, third = make_course(owner, client_record)
    make_measured(owner, first, third, table=table(change(by=-6.0)))
    make_measured(owner, first, second)
    make_measured(owner, second, third)
    found = queries.trend(client_record.pk)
    assert [point.measurement.followup_id for point in found] == [second.pk, third.pk]
    assert [one.change for _point, one in queries.changes_of(found, "redness", "cheek_left")] == [-4.0, -6.0]
    assert queries.changes_of(found, "ita", "cheek_left") == []
    assert queries.latest(client_record.pk).followup_id == third.pk
    assert queries.trend(client_record.pk, "chin_up") == []


def test_what_may_not_be_shown_is_in_no_trend(owner, client_record, both):
    found = make_measured(owner, *both)
    assert queries.measurement(client_record.pk, found.pk) == found
    Photo.objects.filter(pk=both[1].pk).update(withheld=["record"])
    assert queries.trend(client_record.pk) == [] and queries.latest(client_record.pk) is None
    assert [len(sight.photos) for sight in queries.sights(client_record.pk)] == [1]
    with pytest.raises(Http404):
        queries.measurement(client_record.pk, found.pk)


def test_a_prediction_stands_beside_its_zone_and_index(owner, client_record, both):
    make_measured(owner, *both)
    curve = {"days": [0, 7], "low": [1, 1], "middle": [1.5, 1.2], "high": [2, 1.5]}
    said = {"title": "expected", "unit": "times rest", "said": "Only moments can be compared."}
    told.tell_predicted_by(lambda client_id, index: [told.Predicted("cheek", index, start=NOW, **said, **curve)])
    (sight,) = queries.sights(client_record.pk)
    page = trends(client_record.pk, sight, "")
    cheek, nose = page["courses"]
    assert (cheek.title, cheek.is_beyond, cheek.said) == ("Left cheek", True, said["said"])
    assert 'class="expected"' in cheek.drawing and 'class="expected"' not in nose.drawing
    assert "style" not in cheek.drawing and cheek.rows[0]["verdict"] == "beyond measurement noise"


def test_pictures_go_with_their_photograph(owner, both, tmp_path):
    found = make_measured(owner, *both)
    assert services.forget in photo_work._erased and apps
    services.forget(both[0].pk)
    assert files.picture_path(found.pk, "baseline") is None
    services.forget(both[0].pk)
    assert kept.is_there(both[1].pk)


def test_pictures_are_written_whole_or_not_at_all(owner, both, monkeypatch):
    found = make_measured(owner, *both)
    monkeypatch.setattr(files, "pictures_of", lambda pair: SimpleNamespace(baseline=1, followup=2, changes={}))
    monkeypatch.setattr(files, "jpeg_of", lambda picture, quality: bytes(1 // (2 - picture)))
    with pytest.raises(ZeroDivisionError):
        files.keep_pictures(found.pk, None)
    assert files.picture_path(found.pk, "map-redness").read_bytes() == b"map-redness"
    assert [one.name for one in files.folder_of(found.pk).parent.iterdir() if one.name.startswith(f".{found.pk}")] == []


# Blinded rating


@pytest.fixture
def started(owner, client_record):
    first, *_others = make_course(owner, client_record, (0, 6, 10))
    make_photo(owner, client_record, first.taken_at + timedelta(minutes=2))
    sights = queries.sights(client_record.pk)
    return rating.start(by=owner, client=client_record, sights=sights, seed=3, now=NOW)


def fill(by, found, choices):
    for number, choice in enumerate(choices, 1):
        rating.answer(by=by, rating=found, number=number, choice=choice, now=NOW)


def test_a_second_baseline_makes_a_sham_pair(started, client_record):
    items = rating.drawing_of(started).items
    assert [item.sham for item in items].count(True) == 1 and started.length == 3
    (sight,) = queries.sights(client_record.pk)
    assert rating.shams_of(rating.pairs_of([sight])) == 1


def test_a_session_between_makes_no_baseline(started, client_record):
    told.tell_sessions_by(lambda client_id: [NOW + timedelta(minutes=1)])
    pairs = rating.pairs_of(queries.sights(client_record.pk))
    assert len(pairs) == 3 and rating.shams_of(pairs) == 0


def test_one_photograph_cannot_be_rated(owner, client_record):
    make_photo(owner, client_record)
    with pytest.raises(rating.CannotRate):
        rating.start(by=owner, client=client_record, sights=queries.sights(client_record.pk), seed=1, now=NOW)


def test_a_rating_is_sealed_until_it_is_closed(started, owner, staff):
    other = staff["clinician"]
    fill(owner, started, (0, 3))
    with pytest.raises(rating.CannotRate):
        rating.hand_in(by=owner, rating=started, now=NOW)
    with pytest.raises(rating.CannotRate):
        rating.close(by=owner, rating=started, now=NOW)
    fill(owner, started, (0, 3, 6))
    rating.hand_in(by=owner, rating=started, now=NOW)
    with pytest.raises(rating.CannotRate):
        fill(owner, started, (1,))
    assert rating.score(started) is None
    fill(other, started, (0,))
    closed = rating.close(by=owner, rating=started, now=NOW)
    for late in (fill, lambda by, found, choices: rating.hand_in(by=by, rating=found, now=NOW)):
        with pytest.raises(rating.CannotRate):
            late(other, closed, (1,))
    with pytest.raises(rating.CannotRate):
        rating.close(by=other, rating=closed, now=NOW)
    scored = rating.score(closed)
    assert scored.raters == 1 and sum(scored.labels.values()) == 2 and sum(scored.sham_labels.values()) == 1
    assert set(scored.labels) == set(GAIS)


def test_two_raters_agree_as_far_as_they_do(started, owner, staff):
    for by in (owner, staff["clinician"]):
        fill(by, started, (0, 3, 6))
        rating.hand_in(by=by, rating=started, now=NOW)
    scored = rating.score(rating.close(by=owner, rating=started, now=NOW))
    assert scored.raters == 2 and scored.agreement.same_share == 1


@pytest.mark.parametrize(("number", "choice"), [(0, 1), (4, 1), (1, 7), (1, -1)])
def test_what_is_no_answer_is_refused(started, owner, number, choice):
    with pytest.raises(rating.CannotRate):
        rating.answer(by=owner, rating=started, number=number, choice=choice, now=NOW)
    assert not RatingSheet.objects.exists()


def test_an_approved_plan_tells_what_it_expects(owner, client_record, monkeypatch):
    first, last = make_course(owner, client_record, (0, 6))
    make_measured(owner, first, last)
    monkeypatch.setattr(told, "_predictions", [expected])
    (sight,) = queries.sights(client_record.pk)
    assert expected(client_record.pk, "redness") == ()
    make_plan(owner, client_record, state="approved")
    cheek = trends(client_record.pk, sight, "redness")["courses"][0]
    assert "expected: skin blood flow" in cheek.drawing and "Not validated on this person." in cheek.said
    (curve,) = expected(client_record.pk, "redness")
    assert curve.site == "cheek" and max(curve.middle) > 1 and curve.days[0] == 0
    assert expected(client_record.pk, "pore_count") == ()
    begun = NOW + WEEK
    told.tell_sessions_by(lambda client_id: [begun])
    assert expected(client_record.pk, "texture")[0].start == begun
