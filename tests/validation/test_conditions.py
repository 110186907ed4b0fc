"""Set-ups of published conditions, and the crossing of a limit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.evidence import Draws, load_evidence
from corneum.recovery import curves
from corneum.validation.conditions import (
    Bench,
    at_energy,
    bare,
    energy_ratio,
    first_below,
    just_after,
    long_hours,
    moving,
    ordinary,
    stripped,
    treated,
    treated_insult,
)


@pytest.fixture(scope="module")
def bench():
    return Bench(Draws(load_evidence(), 12, 0), 0)


@pytest.fixture(scope="module")
def session(bench):
    return ordinary(bench, bench.skin("cheek", 40))


@given(
    start=st.floats(0.1, 50),
    slope=st.floats(0.1, 10),
    limit=st.floats(0, 60),
    last=st.floats(1, 100),
    n=st.integers(2, 30),
)
def test_a_straight_line_crosses_its_limit_where_it_should(start, slope, limit, last, n):
    at = np.linspace(0, last, n)
    (found,) = first_below(at, (start - slope * at)[None, :], limit)
    expected = min(max((start - limit) / slope, 0.0), last)
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_the_first_crossing_counts():
    at = np.arange(6.0)
    curve = np.array([[5, 1, 5, 1, 5, 5], [5, 5, 5, 5, 5, 5], [1, 5, 5, 5, 5, 5.0]])
    assert first_below(at, curve, np.full(3, 3.0)).tolist() == [0.5, 5.0, 0.0]


def test_hours_start_now_and_rise():
    hours = long_hours(500)
    assert hours[0] == 0 and hours[-1] == pytest.approx(500) and np.all(np.diff(hours) > 0)


def test_what_is_not_printed_is_left_to_its_row(bench):
    settings = bench.settings("crystal-venturi", vacuum="-30 kPa")
    assert settings.assumed == ("flow_g_min", "grain_um", "opening_mm")
    assert np.ptp(settings.value("flow_g_min", bench.draws)) > 0
    assert np.all(settings.value("vacuum_kpa", bench.draws) == 30)


def test_strokes_that_nobody_wrote_down_are_sampled(bench):
    plan = moving(bench, 3)
    assert plan.passes == 3 and not plan.speed_known and not plan.overlap_known


@given(more=st.floats(1.0, 100.0))
def test_more_energy_never_removes_less(bench, session, more):
    removal = at_energy(session, np.full(bench.draws.n, more), bench.draws).removal
    assert np.all(removal.mean_um >= session.removal.mean_um * (1 - 1e-9))


def test_the_same_settings_bring_the_same_energy(bench, session):
    settings = session.worked.application.settings
    assert energy_ratio(session, settings, bench.draws) == pytest.approx(np.ones(bench.draws.n))


def test_more_vacuum_brings_more_energy(bench):
    settings = [bench.settings("crystal-venturi", vacuum=f"{kpa} kPa") for kpa in (20, 30)]
    done = treated(bench, bench.skin("cheek", 40), settings[0], moving(bench, 1))
    assert np.all(energy_ratio(done, settings[1], bench.draws) > 1)


def test_bare_skin_lacks_all_stratum_corneum_and_nothing_else(bench):
    found = curves(bare(bench, bench.skin("forearm", 30)), np.zeros(1))
    assert found.corneum_um == pytest.approx(np.zeros((bench.draws.n, 1)), abs=1e-9)
    assert np.all(found.living_lost_um == 0)


def test_the_recovering_skin_lacks_what_was_removed(bench, session):
    insult = treated_insult(session, bench.draws)
    assert insult.removed_um.mean(axis=1) == pytest.approx(session.removal.mean_um)
    left = curves(just_after(session, bench.draws), np.zeros(1)).corneum_um[:, 0]
    gone_um = session.skin.corneum_um - left
    # Depths are handed on in classes of equal area, of which one may reach below the stratum corneum only in part.
    assert gone_um == pytest.approx(session.removal.corneum_removed_um, rel=0.02, abs=0.05)


def test_more_strips_remove_more(bench):
    skin = bench.skin("forearm", 30)
    few, many = (stripped(bench, skin, count).removal.corneum_share for count in (5, 20))
    assert np.all(many > few)
