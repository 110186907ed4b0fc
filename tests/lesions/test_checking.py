"""One photograph only ever sends to a doctor, or says that it cannot measure a change."""

import json

import pytest

from corneum.course.wording import refused_words
from corneum.imaging.card import Scale
from corneum.lesions.checking import NO_CHANGE_CAN_BE_SEEN, check
from corneum.lesions.dermoscopy import entered
from tests.lesions.dermoscopy import dermoscopic

HIGH = entered({"three_point": {"asymmetry": True, "atypical_network": True, "blue_white": False}})


@pytest.fixture(scope="module")
def drawn():
    return dermoscopic(1, tone="light", kind="plain", shape=(300, 400))


@pytest.fixture(scope="module")
def plain(drawn):
    # At this scale the mark is 2 mm across.
    return check(drawn.pixels, scale=Scale(0.5 * drawn.truth.any(axis=0).sum(), 0.03, "given"))


def test_a_small_even_mark_gives_no_reason_and_is_not_reassured(plain):
    assert plain.reasons == () and not plain.look
    assert plain.text.startswith(NO_CHANGE_CAN_BE_SEEN)
    assert "does not rule anything out" in plain.text


def test_its_size_is_never_a_reason_against(plain):
    assert "mm" not in plain.text


def test_a_large_mark_is_sent_to_a_doctor(drawn):
    found = check(drawn.pixels, scale=Scale(drawn.truth.any(axis=0).sum() / 6.5, 0.03, "given"))
    assert found.look and "6 mm" in found.text


def test_the_error_counts_toward_the_doctor(drawn):
    scale = drawn.truth.any(axis=1).sum(), drawn.truth.any(axis=0).sum()
    found = check(drawn.pixels, scale=Scale(max(scale) / 5.6, 0.2, "eyes"))
    assert found.mark.size.longest_mm < 6.2 and "may be above 6 mm" in found.text


def test_without_a_scale_nothing_is_told_in_millimeters(drawn):
    found = check(drawn.pixels)
    assert found.mark.size is None and "mm" not in found.text
    assert any("No scale" in note for note in found.notes)


def test_a_list_that_is_reached_sends_to_a_doctor(drawn):
    found = check(drawn.pixels, lists=HIGH, site="upper_back")
    assert found.look and "three-point" in found.text


@pytest.mark.parametrize("seed", [3, 4, 7])
def test_every_text_keeps_to_the_words(seed):
    drawn = dermoscopic(seed, shape=(300, 400))
    found = check(drawn.pixels, scale=Scale(40.0, 0.03, "given"), lists=HIGH, site="face")
    for text in (found.text, *found.notes, *(one.text for one in found.lists)):
        assert not list(refused_words(text))
        assert not any(word in text.lower() for word in ("probab", "suspic", "risk"))
    json.dumps(found.mark.to_dict(), allow_nan=False)
