"""A printed vacuum in doubt: what it would remove on gauges in other units."""

from itertools import pairwise

import numpy as np
import pytest

from corneum.devices import Reading
from corneum.treatment import simulate
from corneum.treatment.readings import is_doubtful
from corneum.units import Quantity
from tests.treatment.builders import protocol


@pytest.mark.parametrize(
    ("quantity", "doubtful"),
    [
        (Quantity(30, "mmHg"), True),
        (Quantity(-30, "mmHg"), True),
        (Quantity(4, "kPa"), False),
        (Quantity(200, "mmHg"), False),
        (Quantity(2, "inHg"), True),
        (Quantity(10, "inHg"), False),
    ],
)
def test_a_low_vacuum_in_another_unit_than_kpa_is_in_doubt(quantity, doubtful):
    assert is_doubtful(Reading(quantity, "crystal-venturi"), 10.0) is doubtful


def readings(device="crystal-venturi", vacuum="30 mmHg"):
    step = {"device": f'"{device}"', "settings": f'{{ vacuum = "{vacuum}" }}'}
    return simulate(protocol(step), samples=20).zones[0]


def test_the_printed_meaning_is_the_one_that_was_simulated():
    zone = readings()
    first = zone.readings[0]
    assert first.label == "30 mmHg as printed"
    assert first.vacuum_kpa == pytest.approx(4.0, rel=1e-3)
    np.testing.assert_allclose(first.corneum_share, zone.sessions[0].corneum_share, rtol=1e-9)


def test_every_other_meaning_is_shown_and_more_vacuum_removes_more():
    found = sorted(readings().readings, key=lambda each: each.vacuum_kpa)
    assert [each.label for each in found] == ["30 mmHg as printed", "30 on a gauge in kPa", "30 on a gauge in cmHg"]
    for less, more in pairwise(found):
        assert np.all(less.corneum_share <= more.corneum_share)
    assert np.median(found[1].corneum_share) > 10 * np.median(found[0].corneum_share)


def test_a_vacuum_in_no_doubt_has_one_meaning():
    assert readings(vacuum="4 kPa").readings == ()
    assert readings(vacuum="200 mmHg").readings == ()


def test_only_crystal_jets_are_shown_so():
    assert readings("diamond", "50 mmHg").readings == ()
    assert readings("vacuum", "30 mmHg").readings == ()
