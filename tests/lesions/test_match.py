"""Marks followed between two photographs of drawn skin."""

from dataclasses import replace

import pytest

from corneum.imaging.card import Scale
from corneum.lesions.followed import UNCHANGED
from corneum.lesions.match import ScaleNeeded, Visit, darkening, follow_marks, place_before
from tests.lesions.skins import PX_PER_MM, Spot, Zoom, piece

SPOTS = (Spot(8, 8), Spot(30, 9, 4.0), Spot(20, 21, 3.5, 0.8))
NEARER = Zoom(1.06, (-12.0, -8.0))


def visit(spots, zoom=None):
    scale = Scale(PX_PER_MM * (zoom.larger if zoom else 1), 0.02, "given")
    return Visit(piece(spots, zoom=zoom), scale)


@pytest.fixture(scope="module")
def sham():
    return follow_marks(visit(SPOTS), visit(SPOTS, NEARER), NEARER)


@pytest.fixture(scope="module")
def changed():
    later = (Spot(8, 8, 4.2), SPOTS[1], Spot(33, 24, 3.0, 0.7))
    return follow_marks(visit(SPOTS), visit(later, NEARER), NEARER)


def at(followed, column, row):
    place = NEARER.larger * column * PX_PER_MM + NEARER.shift[0], NEARER.larger * row * PX_PER_MM + NEARER.shift[1]
    return min(followed, key=lambda one: abs(one.place[0] - place[0]) + abs(one.place[1] - place[1]))


def test_a_sham_pair_shows_no_change(sham):
    assert [one.state for one in sham] == ["unchanged"] * 3
    assert all(one.text().startswith(UNCHANGED) for one in sham)
    assert not any(one.look for one in sham)


def test_sizes_are_in_millimeters_with_their_error(sham):
    mark = at(sham, 30, 9).after
    assert mark.size.diameter_mm == pytest.approx(4.0, abs=0.2)
    assert mark.size.error_share >= 0.02


def test_growth_is_seen_with_its_size(changed):
    grown = at(changed, 8, 8)
    assert grown.state == "changed"
    (diameter,) = [one for one in grown.differences if one.name == "diameter"]
    assert diameter.change == pytest.approx(0.4, abs=0.06)
    assert "larger" in grown.text("3 May") and "Looks different from 3 May" in grown.text("3 May")


def test_a_new_mark_is_shown_to_a_doctor(changed):
    new = at(changed, 33, 24)
    assert new.state == "new" and new.look
    assert "Have it looked at by a doctor." in new.text() and "Do not treat over it." in new.text()


def test_a_mark_that_is_gone_is_not_found_again(changed):
    gone = at(changed, 20, 21)
    assert gone.state == "not_found" and gone.after is None
    assert "Not found again" in gone.text() and "tell a doctor" in gone.text() and gone.look


def test_a_border_drawn_once_is_neither_new_nor_gone_where_the_skin_was_as_dark(sham, changed):
    from corneum.lesions.match import _seen_once

    there = at(sham, 30, 9)
    for state, mark, other in (("new", there.after, there.before), ("not_found", there.before, there.after)):
        once = _seen_once(state, mark, other.depth, (1.0, 2.0))
        assert once.state == "unchanged" and "in one photograph only" in once.text()
        assert _seen_once(state, mark, replace(other.depth, density=0.0), (1.0, 2.0)).state == state
        assert _seen_once(state, mark, None, (1.0, 2.0)).state == state


def test_a_far_wider_outline_at_the_place_is_another_thing():
    from corneum.lesions.match import _mark_there

    seen = visit(SPOTS)
    assert _mark_there(seen, (300.0, 90.0), 40.0) is not None
    assert _mark_there(seen, (300.0, 90.0), 9.0) is None


def test_the_error_of_a_faint_mark_is_larger():
    from corneum.lesions.depth import Depth

    faint, deep = (darkening(Depth(size, 0.02), Depth(size, 0.02)).error for size in (0.1, 0.6))
    assert faint > 2 * deep


def test_the_others_stay_unchanged(changed):
    assert at(changed, 30, 9).state == "unchanged"


def test_places_go_there_and_back():
    column, row = place_before((112.0, 91.0), NEARER, (300, 400))
    there = NEARER.positions(column, row)
    assert (float(there[0]), float(there[1])) == pytest.approx((112.0, 91.0), abs=0.1)
    assert place_before((-90.0, 4.0), NEARER, (300, 400)) is None


def test_finding_marks_needs_a_scale():
    bare = Visit(piece(SPOTS), None)
    with pytest.raises(ScaleNeeded, match="scale"):
        follow_marks(bare, bare, Zoom())


def test_every_text_keeps_to_the_words():
    from corneum.course.wording import refused_words

    followed = follow_marks(visit(SPOTS[:1]), visit(()), Zoom())
    for one in followed:
        assert not list(refused_words(one.text()))
