"""What is left out around marks, and the file that keeps it."""

from datetime import date
from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.evidence import load_evidence
from corneum.lesions.exclusions import exclusion, seen_by_doctor
from corneum.lesions.marks_file import MarksError, marks_text, parse_marks

TODAY = date(2026, 11, 20)
marks = st.builds(
    exclusion,
    st.sampled_from(["cheek_left", "chin", "upper_back"]),
    st.floats(0.5, 40).map(lambda value: round(value, 2)),
    error_share=st.sampled_from([0.0, 0.05, 0.2]),
    center=st.none() | st.tuples(*[st.floats(0, 1).map(lambda value: round(value, 3))] * 2),
    note=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(str.strip),
    state=st.sampled_from(["known", "unchanged", "new", "changed", "not_found"]),
    found=st.none() | st.dates(date(2020, 1, 1), TODAY),
    looked_at=st.none() | st.dates(date(2020, 1, 1), TODAY),
)


def test_the_rim_is_the_evidence_row():
    rim = load_evidence().number("lesions.exclusion.rim_mm").value
    mark = exclusion("cheek_left", 4.0)
    assert mark.radius_mm == 2 + rim
    assert mark.area_cm2 == pytest.approx(pi * (2 + rim) ** 2 / 100)
    assert mark.site == "cheek" and mark.side == "left"
    assert "Do not treat over it." in mark.text


def test_the_error_widens_it():
    assert exclusion("chin", 4.0, error_share=0.1).radius_mm == pytest.approx(2.4 + 5)


@pytest.mark.parametrize(
    ("state", "found", "looked_at", "waits"),
    [
        ("known", None, None, False),
        ("unchanged", TODAY, None, False),
        ("not_found", TODAY, None, True),
        ("not_found", date(2026, 11, 1), TODAY, False),
        ("new", TODAY, None, True),
        ("changed", None, None, True),
        ("new", TODAY, date(2026, 11, 1), True),
        ("new", date(2026, 11, 1), TODAY, False),
        ("changed", None, TODAY, False),
    ],
)
def test_what_is_new_waits_for_a_doctor_after_it_was_found(state, found, looked_at, waits):
    assert exclusion("chin", 3.0, state=state, found=found, looked_at=looked_at).waits == waits


def test_a_mark_that_is_gone_is_told_to_a_doctor():
    gone = exclusion("chin", 3.0, state="not_found", found=TODAY)
    assert "not found again" in gone.why and "Tell a doctor." in gone.text
    assert "A doctor looked at it on 2026-11-20." in seen_by_doctor(gone, TODAY).text


def test_a_doctor_ends_the_wait():
    assert not seen_by_doctor(exclusion("chin", 3.0, state="new", found=TODAY), TODAY).waits


@given(st.lists(marks, max_size=4))
def test_a_file_gives_back_what_was_written(some):
    back = parse_marks(marks_text(some), today=TODAY)
    assert [one.zone for one in back] == [one.zone for one in some]
    for one, other in zip(back, some, strict=True):
        assert one.radius_mm == pytest.approx(other.radius_mm, abs=0.02)
        assert (one.center, one.note, one.state) == (other.center, other.note, other.state)
        assert (one.found, one.looked_at, one.waits) == (other.found, other.looked_at, other.waits)


def test_every_mistake_is_listed():
    text = """
[[mark]]
zone = "elbowish"
diameter = 4
[[mark]]
zone = "chin"
diameter = "4 mm"
color = "brown"
looked_at = 2027-01-01
[[mark]]
zone = "chin"
diameter = "4 kPa"
center = [0.2, 1.4]
"""
    with pytest.raises(MarksError) as caught:
        parse_marks(text, today=TODAY)
    assert len(caught.value.mistakes) == 5
    assert all("mark " in said for said in caught.value.mistakes)


def test_a_day_to_come_is_refused():
    text = '[[mark]]\nzone = "chin"\ndiameter = "4 mm"\nlooked_at = 2027-01-01\n'
    with pytest.raises(MarksError, match="not come"):
        parse_marks(text, today=TODAY)


@pytest.mark.parametrize("text", ["[[mark]", "title = 'x'", "mark = 3"])
def test_other_files_are_refused(text):
    with pytest.raises(MarksError, match=r"marks\.toml"):
        parse_marks(text)
