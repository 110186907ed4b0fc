"""A file of marks that a clinic keeps: brought up to date, and never shortened."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.lesions.exclusions import exclusion
from corneum.lesions.merging import merged

MAY, NOVEMBER, DECEMBER = date(2026, 5, 3), date(2026, 11, 3), date(2026, 12, 1)
BOXES = {"cheek_left": (60.0, 70.0), "chin": (40.0, 30.0)}
KEPT = exclusion("cheek_left", 4.0, center=(0.4, 0.5), note="brown", looked_at=MAY)


def found(state="unchanged", center=(0.42, 0.5), diameter=4.1, day=NOVEMBER):
    return exclusion("cheek_left", diameter, center=center, state=state, found=day)


def test_a_kept_mark_outlives_a_comparison_that_found_nothing():
    assert merged([KEPT], [], BOXES) == (KEPT,)


def test_the_same_mark_keeps_its_note_and_its_doctors_day():
    (one,) = merged([KEPT], [found("changed", diameter=5.0)], BOXES)
    assert (one.note, one.looked_at, one.state, one.found, one.diameter_mm) == ("brown", MAY, "changed", NOVEMBER, 5.0)
    assert one.waits


def test_a_smaller_outline_takes_no_skin_back():
    (one,) = merged([KEPT], [found(diameter=2.0)], BOXES)
    assert one.diameter_mm == 4.0 and one.radius_mm == KEPT.radius_mm


@pytest.mark.parametrize("state", ["new", "changed", "not_found"])
def test_no_photograph_ends_a_wait(state):
    waiting = exclusion("cheek_left", 4.0, center=(0.4, 0.5), state=state, found=MAY)
    (one,) = merged([waiting], [found("unchanged")], BOXES)
    assert one.waits and (one.state, one.found) == (state, MAY)


def test_the_same_comparison_again_changes_nothing():
    first = merged([KEPT], [found("changed")], BOXES)
    seen = [exclusion("cheek_left", 4.1, center=(0.42, 0.5), state="changed", found=NOVEMBER, looked_at=DECEMBER)]
    assert merged(first, [found("changed")], BOXES) == first
    assert not merged(seen, [found("changed")], BOXES)[0].waits


def test_another_place_is_another_mark():
    far = found("new", center=(0.8, 0.1))
    assert merged([KEPT], [far], BOXES) == (KEPT, far)


def test_a_mark_without_a_place_is_left_as_it_stands():
    words = exclusion("cheek_left", 3.0, note="below the eye")
    assert merged([words], [found("new")], BOXES)[0] == words


shares = st.tuples(st.floats(0, 1), st.floats(0, 1))
some = st.lists(
    st.builds(
        exclusion,
        st.sampled_from(["cheek_left", "chin", "back"]),
        st.floats(1, 20),
        center=st.none() | shares,
        note=st.sampled_from(["", "brown", "raised"]),
        state=st.sampled_from(["known", "unchanged", "new", "changed", "not_found"]),
        found=st.none() | st.just(MAY),
        looked_at=st.none() | st.just(NOVEMBER),
    ),
    max_size=5,
)


@given(some, some)
def test_nothing_is_ever_lost(kept, later):
    both = merged(kept, later, BOXES)
    assert len(both) >= max(len(kept), len(later))
    for one, other in zip(kept, both, strict=False):
        assert other.zone == one.zone and other.radius_mm >= one.radius_mm
        assert other.note == one.note or not one.note
        assert other.looked_at == one.looked_at
        assert other.waits or not one.waits
