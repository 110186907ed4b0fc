"""The examples give the numbers that they gave before.

A difference is not a mistake in itself: where it is meant, run ``.venv/bin/python tests/golden/renew.py``.
"""

import json

import pytest

from corneum.treatment import read_protocol, simulate
from tests.golden.renew import EXAMPLES, GOLDEN, SAMPLES, SEED, golden_numbers, simulated


def test_every_example_has_its_golden_numbers():
    assert {path.stem for path in GOLDEN.glob("*.json")} == {path.stem for path in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example(example):
    expected = json.loads((GOLDEN / f"{example.stem}.json").read_text(encoding="utf-8"))
    found = golden_numbers(simulated(example))
    assert list(found) == list(expected)
    for site, numbers in expected.items():
        words = {name: value for name, value in numbers.items() if isinstance(value, str)}
        assert {name: value for name, value in found[site].items() if isinstance(value, str)} == words
        counted = {name: value for name, value in numbers.items() if name not in words}
        of_site = {name: value for name, value in found[site].items() if name not in words}
        assert of_site == pytest.approx(counted, rel=1e-3, abs=1e-9), f"{example.stem}, {site}"


@pytest.mark.parametrize("name", ["two-weekly-face", "static-tip"])
def test_an_example_does_not_depend_on_the_number_of_threads(name):
    example = next(path for path in EXAMPLES if path.stem == name)
    one, three = (
        simulate(read_protocol(example), samples=SAMPLES, seed=SEED, threads=count).to_dict() for count in (1, 3)
    )
    assert one == three
