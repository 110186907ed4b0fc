"""The sentences on a change, an outcome, and what a pair cannot claim."""

from dataclasses import replace
from datetime import datetime

import pytest

from corneum.course.wording import refused_words
from corneum.imaging.canvas import Canvas
from corneum.imaging.faces import ZONE_NAMES
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import Change, change_in_words, outcome_of, zone_in_words
from corneum.imaging.pairs.words import _OUTCOMES, notes_of, per_baseline
from tests.imaging.pairs.taken import NEUTRAL, SMILING, pair, prepared


def change(index, before, after, mdc95, verdict="lower", zone="cheek_left", why=""):
    unit = INDICES[index].unit
    return Change(zone, index, unit, before, after, after - before, mdc95 / 1.96, mdc95, "simulation", verdict, why)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            change("redness", 10, 9, 0.5),
            "Redness, left cheek: 1 index unit lower; the smallest change that this pair can show is "
            "0.5 index units: beyond measurement noise.",
        ),
        (
            change("ita", 20, 21, 1, "within_noise", "forehead"),
            "Individual typology angle, forehead: 1 degree higher; the smallest change that this pair can show is "
            "1 degree: within measurement noise.",
        ),
        (
            change("texture", 8, 7.6, 0.2),
            "Texture contrast, left cheek: 5 % lower; the smallest change that this pair can show is "
            "2.5 %: beyond measurement noise.",
        ),
        (
            change("shine", 10, 11, 3, "within_noise"),
            "Shine, left cheek: 1 percentage point higher; the smallest change that this pair can show is "
            "3 percentage points: within measurement noise.",
        ),
        (
            change("pore_count", 10, 160, 40, "higher"),
            "Pores, number, left cheek: 1500 % higher; the smallest change that this pair can show is "
            "400 %: beyond measurement noise.",
        ),
        (
            change("redness", 10, 10, 0.5, "within_noise"),
            "Redness, left cheek: no difference; the smallest change that this pair can show is "
            "0.5 index units: within measurement noise.",
        ),
        (
            change("spot_count", 0.1, 0, 0.05, "within_noise", why="no matched spot"),
            "Dark spots: number, left cheek: 100 % lower; no matched spot: within measurement noise.",
        ),
        (
            change("texture", 8, 8, 1, "withheld", why="needs 8 px per mm of skin, here are 3.5"),
            "Texture contrast, left cheek: withheld; needs 8 px per mm of skin, here are 3.5.",
        ),
    ],
)
def test_a_change_in_one_sentence(told, sentence):
    assert change_in_words(told) == sentence


def test_a_ratio_without_a_baseline_is_told_in_its_own_unit():
    assert per_baseline(change("spot_count", 0, 0.1, 0.05)) == (1.0, "per cm²")


@pytest.mark.parametrize("index", INDICES)
def test_no_sentence_claims_more_than_was_measured(index):
    for verdict in ("higher", "lower", "within_noise", "withheld"):
        for before, after in ((10, 12.3456), (0, 0.00001234), (1234.5, 0), (-2, -250)):
            said = change_in_words(change(index, before, after, 1e-7, verdict, why="here is why" * (verdict[0] == "w")))
            assert refused_words(said) == () and "e+" not in said and "e-" not in said.replace("e-p", ""), said
            assert "nan" not in said


def test_every_zone_has_a_name_without_underscores():
    told = [zone_in_words(zone) for zone in ZONE_NAMES]
    assert len(set(told)) == len(ZONE_NAMES)
    assert not any("_" in name for name in told)
    assert zone_in_words("forearm") == "forearm"


@pytest.mark.parametrize(
    ("baseline", "followup", "outcome"),
    [
        (datetime(2026, 3, 1, 9), datetime(2026, 3, 1, 17), "immediate"),
        (datetime(2026, 3, 1, 23), datetime(2026, 3, 14, 1), "between"),
        (datetime(2026, 3, 1, 23), datetime(2026, 3, 15, 1), "durable"),
        (datetime(2026, 3, 15), datetime(2026, 3, 1), "unknown"),
        (None, datetime(2026, 3, 1), "unknown"),
        (datetime(2026, 3, 1), None, "unknown"),
    ],
)
def test_outcome_by_days(baseline, followup, outcome):
    assert outcome_of(baseline, followup) == outcome
    assert refused_words(_OUTCOMES[outcome]) == ()


def noted(first=None, second=None, **canvas):
    both = (prepared(NEUTRAL), prepared(SMILING))
    dated = [
        replace(one, photo=replace(one.photo, taken=taken)) for one, taken in zip(both, (first, second), strict=True)
    ]
    shown: Canvas = replace(pair().canvases[0], **canvas)
    return " ".join(notes_of(*dated, shown))


def test_a_pair_says_what_it_cannot_claim():
    assert "No color card in both photographs" in noted()
    assert "assumed distance between the eyes" in noted()
    assert "not absolute color: ITA is withheld" in noted(carded=True)
    assert "older than the baseline" in noted(datetime(2026, 3, 1), datetime(2026, 2, 1))
    assert "older" not in noted(datetime(2026, 2, 1), datetime(2026, 3, 1))
    assert refused_words(noted(carded=True)) == ()
