from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneum.course import Limits
from corneum.course.bound import upper_bound
from corneum.course.candidates import candidates, dwell_s, grit_um, step_of, stroke_minutes
from corneum.course.prediction import Prediction, beyond_probability, predict
from corneum.course.search import Found, KeptLimits, NothingFits, kept_limits, rungs, search
from corneum.course.sweep import Sweep, ZoneSkin
from corneum.evidence import load_evidence
from corneum.skin import Person, find_site
from corneum.treatment import Step
from tests.course.builders import SAMPLES, crystal, diamond, searched

ZONES = ("cheek", "periorbital", "lower_leg")


@pytest.fixture(scope="module", autouse=True)
def _waits_are_computed_once() -> Iterator[None]:
    """Finding when a barrier is back takes most of the time, and the same courses come again and again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Prediction, "barrier_d", cache(Prediction.barrier_d))
        yield


class Remembered(ZoneSkin):
    """A zone that computes the course of each setting only once."""

    def predict(self, step: Step, *, sessions: int, interval_d: float) -> Prediction:
        return _predicted(self, step, sessions, interval_d)


_KNOWN: dict[tuple[object, ...], Prediction] = {}


def _predicted(zone: ZoneSkin, step: Step, sessions: int, interval_d: float) -> Prediction:
    given = step.application.settings.given
    key = (
        zone.site.name,
        step.application.settings.device.name,
        step.application.plan.passes,
        str(given["vacuum_kpa"]),
        str(given.get("grit_um")),
        sessions,
        interval_d,
    )
    if key not in _KNOWN:
        draws = zone.sweep.draws
        _KNOWN[key] = predict(zone.sweep.worked(step), zone.skin, draws, sessions=sessions, interval_d=interval_d)
    return _KNOWN[key]


@cache
def _zone(name: str) -> Remembered:
    skin, _ = searched(name)
    return Remembered(skin.site, skin.skin, skin.sweep)


def _limits(
    beyond: float = 0.1, tolerance: float = 0.01, barrier: float = 0.9, passes: int = 4, doctor: bool = False
) -> KeptLimits:
    return KeptLimits(beyond, tolerance, barrier, passes, 28.0, 0.25, doctor)


def _search(name: str, limits: KeptLimits, wanted: float) -> Found | NothingFits:
    return search(_zone(name), searched(name)[1], limits, wanted_share=wanted, sessions=2, interval_d=14)


@st.composite
def _random_limits(draw: st.DrawFn) -> KeptLimits:
    return _limits(
        draw(st.floats(0.01, 0.6)),
        draw(st.floats(0.0, 0.2)),
        draw(st.sampled_from([0.5, 0.8, 0.9, 0.95, 1.0])),
        draw(st.integers(1, 4)),
        draw(st.booleans()),
    )


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(ZONES), _random_limits(), st.floats(0.02, 0.6))
def test_no_plan_breaks_a_limit(name: str, limits: KeptLimits, wanted: float) -> None:
    found = _search(name, limits, wanted)
    if isinstance(found, NothingFits):
        assert len(found.why) > 20
        return
    for removal in found.prediction.removals:
        area = removal.beyond_corneum_share
        share_over = float((area > limits.tolerance_area_share).mean())
        assert upper_bound(share_over, len(area)) <= limits.beyond_probability
    assert max(found.prediction.barrier_d(limits.barrier_probability).values()) <= limits.longest_interval_d
    assert found.candidate.passes <= min(limits.passes, 2 if name == "periorbital" else 4)
    assert limits.doctor or grit_um(found.candidate, load_evidence()) < 125
    share = float(np.median(found.prediction.removals[0].corneum_share))
    assert 0.25 * wanted * 0.97 <= share <= wanted * 1.03


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ZONES), _random_limits(), _random_limits(), st.floats(0.02, 0.6))
def test_a_stricter_limit_never_gives_a_deeper_plan(
    name: str, one: KeptLimits, other: KeptLimits, wanted: float
) -> None:
    strict = _limits(
        min(one.beyond_probability, other.beyond_probability),
        min(one.tolerance_area_share, other.tolerance_area_share),
        max(one.barrier_probability, other.barrier_probability),
        min(one.passes, other.passes),
        one.doctor and other.doctor,
    )
    loose, stricter = _search(name, one, wanted), _search(name, strict, wanted)
    if isinstance(loose, NothingFits):
        assert isinstance(stricter, NothingFits)
    elif isinstance(stricter, Found):
        shares = [float(np.median(found.prediction.removals[0].corneum_share)) for found in (loose, stricter)]
        assert shares[1] <= shares[0] * 1.03  # settings of one rung remove the same within 3 %


@pytest.mark.parametrize("name", ZONES)
def test_a_map_that_is_scaled_removes_what_its_own_map_removes(name: str) -> None:
    zone, tried = searched(name)
    for one in tried[:: max(1, len(tried) // 12)]:
        first = _predicted(zone, step_of(one.candidate, zone.site, zone.sweep.book), 2, 14).removals[0]
        assert float(np.median(first.corneum_share)) == pytest.approx(one.share, rel=0.02)


def test_rungs_go_down_and_keep_every_setting_once() -> None:
    _, tried = searched("cheek")
    ladder = rungs(tried, 0.3)
    assert {id(one) for one in ladder} == {id(one) for one in tried if one.share <= 0.3}
    for earlier, later in pairwise(ladder):
        assert later.share <= earlier.share * 1.04


def test_more_vacuum_and_more_passes_remove_more() -> None:
    _, tried = searched("cheek")
    for one in tried:
        for other in tried:
            same = one.candidate.device is other.candidate.device and one.candidate.grit == other.candidate.grit
            lower = one.candidate.vacuum.value <= other.candidate.vacuum.value
            if same and lower and one.candidate.passes <= other.candidate.passes:
                assert one.share <= other.share * 1.03


def test_around_the_eyes_passes_and_vacuum_are_lower() -> None:
    book = load_evidence()
    face = candidates(crystal(), find_site("cheek"), book)
    eyes = candidates(crystal(), find_site("periorbital"), book)
    assert max(one.passes for one in face) == 4
    assert max(one.passes for one in eyes) == 2
    assert max(one.vacuum.value for one in eyes) <= 0.5 * max(one.vacuum.value for one in face) + 1


def test_a_coarse_tip_needs_a_doctor() -> None:
    book = load_evidence()
    skin = ZoneSkin.of(find_site("lower_leg"), Person(30), Sweep(book, samples=SAMPLES, seed=1))
    tried = skin.tried((diamond("coarse", 125),))
    without = search(skin, tried, _limits(), wanted_share=0.3, sessions=1, interval_d=14)
    assert isinstance(without, NothingFits)
    assert "doctor" in without.why
    assert "treatment.coarse_diamond" in without.why


def test_the_refusal_names_what_binds() -> None:
    lightest = _search("cheek", _limits(), 0.001)
    assert isinstance(lightest, NothingFits)
    assert "lightest setting" in lightest.why
    strict = _search("cheek", _limits(beyond=0.001, tolerance=0.0), 0.95)
    assert isinstance(strict, NothingFits)
    assert "under 0.1 %" in strict.why
    assert "the least is" in strict.why
    tired = search(
        _zone("cheek"),
        searched("cheek")[1],
        KeptLimits(0.5, 0.1, 1.0, 4, 0.01, 0.25, True),
        wanted_share=0.2,
        sessions=2,
        interval_d=14,
    )
    assert isinstance(tired, NothingFits)
    assert "barrier" in tired.why


def test_limits_not_given_stand_at_their_rows() -> None:
    book = load_evidence()
    kept = kept_limits(Limits(), book, doctor=False)
    assert kept.beyond_probability == book.number("course.limit.beyond_probability").value
    assert kept.passes == 4
    assert kept_limits(Limits(passes=9), book, doctor=False).passes == 4
    assert kept_limits(Limits(passes=1, beyond_probability=0.3), book, doctor=True).beyond_probability == 0.3


def test_probability_counts_samples_over_the_tolerance() -> None:
    assert beyond_probability(np.array([0.0, 0.01, 0.02, 0.5]), 0.01) == 0.5


def test_time_of_strokes_grows_with_passes_and_area() -> None:
    book = load_evidence()
    one, two = (
        step_of(candidate, find_site("cheek"), book)
        for candidate in candidates(crystal(), find_site("cheek"), book)[::4][:2]
    )
    assert dwell_s(two, book) == pytest.approx(2 * dwell_s(one, book))
    assert stroke_minutes(two, 40, book) == pytest.approx(2 * stroke_minutes(one, 40, book))
    assert stroke_minutes(one, 40, book) == pytest.approx(40 * 100 / (30 * 5 * 0.8) / 60)
