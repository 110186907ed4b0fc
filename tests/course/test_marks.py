"""Marks in a course: left out, and waiting for a doctor where they are new or changed."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from corneum.course import CourseRefused, Plan, RequestError, parse_request, plan_course
from corneum.course.choice import chosen
from corneum.course.marks import kept_out_by_marks, left_out_cm2
from corneum.course.screened import screened, zone_verdict
from corneum.evidence import load_evidence
from corneum.lesions.exclusions import exclusion
from corneum.reports.course.client import _mark_to_be_seen, _marks, client_report
from corneum.reports.course.map_of_zones import zone_marks
from corneum.reports.figures.body import body_drawing
from tests.course.builders import SAMPLES, START, TODAY, only_coldsore, request

EXAMPLE = (Path(__file__).parents[2] / "examples" / "first-course.toml").read_text()
MARK = '\n[[mark]]\nzone = "cheek_left"\ndiameter = "4 mm"\ncenter = [0.4, 0.5]\nnote = "brown"\n'
KNOWN = exclusion("cheek_left", 4.0, center=(0.4, 0.5), note="brown")
NEW = exclusion("cheek_left", 4.0, state="new", found=date(2026, 11, 20))


def plan(*marks):
    return plan_course(replace(request(), marks=marks), today=TODAY, samples=SAMPLES, rules=only_coldsore())


@pytest.fixture(scope="module")
def plain():
    return plan()


@pytest.fixture(scope="module")
def marked():
    return plan(KNOWN)


def test_a_mark_takes_its_area_out_of_the_zone(plain, marked):
    before, after = plain.zone("cheek").settings, marked.zone("cheek").settings
    assert before.area_cm2 - after.area_cm2 == pytest.approx(KNOWN.area_cm2)
    assert after.minutes < before.minutes


def test_a_mark_changes_no_setting_and_no_expectation(plain, marked):
    assert marked.zone("cheek").settings.vacuum == plain.zone("cheek").settings.vacuum
    assert marked.zone("cheek").expected == plain.zone("cheek").expected


def test_the_plan_says_not_to_treat_over_it(plain, marked):
    said = " ".join(marked.zone("cheek").notes)
    assert "Do not treat over it." in said and "left cheek" in said and "lesions.exclusion.rim_mm" in said
    assert "treat over" not in " ".join(plain.zone("cheek").notes)


def test_only_a_plan_with_marks_rests_on_their_rows(plain, marked):
    assert "lesions.exclusion.rim_mm" in marked.origin.rows_used
    assert "lesions.exclusion.rim_mm" not in plain.origin.rows_used


def test_a_plan_with_marks_is_kept_whole(marked):
    assert Plan.from_dict(marked.to_dict()) == marked


def test_a_plan_of_an_older_version_has_no_marks(plain):
    raw = plain.to_dict()
    del raw["request"]["marks"]
    assert Plan.from_dict(raw).request.marks == ()


def test_a_new_mark_keeps_its_zone_out_until_a_doctor_looked():
    with pytest.raises(CourseRefused, match="looked_at"):
        plan(NEW)
    seen = replace(request(), marks=(replace(NEW, looked_at=date(2026, 11, 25)),))
    assert kept_out_by_marks(seen, "cheek") is None


def test_a_mark_that_is_gone_keeps_its_zone_out_and_both_reports_say_so():
    gone = exclusion("chin", 3.0, state="not_found", found=date(2026, 11, 20))
    asked = replace(request(), marks=(gone,))
    kept_out = kept_out_by_marks(asked, "chin")
    assert kept_out.kind == "mark" and "not found again" in kept_out.why
    told = _mark_to_be_seen(SimpleNamespace(request=asked), "chin")
    assert told.startswith("A mark here was not found again: tell a doctor.") and "tell us the day" in told


def test_a_mark_that_is_gone_and_was_looked_at_is_named(plain):
    seen = exclusion("chin", 3.0, state="not_found", found=date(2026, 11, 20), looked_at=date(2026, 11, 25))
    asked = replace(request(), marks=(seen,))
    assert kept_out_by_marks(asked, "chin") is None
    assert "not found again" in _marks(SimpleNamespace(request=asked), "chin")
    assert "A doctor looked at it on 2026-11-25." in seen.text


def test_other_zones_are_not_kept_out():
    assert kept_out_by_marks(replace(request(), marks=(NEW,)), "forehead") is None


def test_the_screening_speaks_first():
    asked = replace(request(answers={"coldsore.now": "yes"}), marks=(NEW,), start=START)
    found = zone_verdict(screened(asked, TODAY, only_coldsore()).zones["cheek"])
    assert chosen(asked, "cheek", found, load_evidence()).kind == "mark"


def test_exclusions_never_take_more_than_the_zone():
    assert left_out_cm2([exclusion("nose", 30.0)] * 9, 20.0) == 20.0


def test_the_reports_show_it(marked):
    rings = zone_marks(marked, links=False)["cheek"].rings
    assert [(one.side, one.center) for one in rings] == [("left", (0.4, 0.5))]
    svg = body_drawing(zone_marks(marked, links=False), "t").svg
    assert svg.count('class="ring"') == 1
    column = float(svg.split('class="ring" cx="')[1].split('"')[0])
    # The person's left is on the right of the drawing.
    assert column > 90
    assert "left out" in str(client_report(marked, load_evidence()))


def test_marks_are_read_with_the_request(tmp_path):
    (tmp_path / "marks.toml").write_text(MARK)
    text = 'marks = "marks.toml"\n' + EXAMPLE.replace('answers = "', 'answers = "') + MARK
    (tmp_path / "first-course-answers.toml").write_text(
        (Path(__file__).parents[2] / "examples" / "first-course-answers.toml").read_text()
    )
    asked = parse_request(text, today=date(2026, 11, 20), folder=tmp_path)
    assert len(asked.marks) == 2 and asked.marks[0].site == "cheek"


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ('\n[[mark]]\nzone = "cheek"\ndiameter = 4\n', "mark 1: diameter"),
        ('\n[[mark]]\nzone = "knee-ish"\ndiameter = "4 mm"\n', "mark 1: zone"),
        (f"{MARK}looked_at = 2027-01-01\n", "not come"),
    ],
)
def test_bad_marks_are_told_with_the_other_mistakes(extra, said):
    with pytest.raises(RequestError) as caught:
        parse_request("sessions = 3\n" + EXAMPLE + extra, today=date(2026, 11, 20), folder=Path("examples"))
    assert any(said in one for one in caught.value.mistakes)
    assert len(caught.value.mistakes) >= 2


def test_a_missing_file_of_marks_is_told():
    with pytest.raises(RequestError, match="nowhere"):
        parse_request('marks = "nowhere.toml"\n' + EXAMPLE, today=date(2026, 11, 20), folder=Path("examples"))
