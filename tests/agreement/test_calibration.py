"""The shipped calibrated rows are those that the calibration tool finds."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from corneum.evidence import load_evidence

TOOL = Path(__file__).parents[2] / "tools" / "calibrate.py"


@pytest.fixture(scope="module")
def calibrate():
    spec = spec_from_file_location("calibrate", TOOL)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_refit_agrees_with_the_shipped_rows(calibrate):
    book = load_evidence()
    share, living = calibrate.fit()
    assert book.number(calibrate.SHARE).value == pytest.approx(share, rel=0.02)
    assert book.number(calibrate.LIVING).value == pytest.approx(living, rel=0.02)


def test_calibrated_rows_say_so():
    book = load_evidence()
    for key in ("abrasion.delamination_share", "abrasion.living.resistance_ratio"):
        row = book.number(key)
        assert row.read == "CALIBRATED" and row.mark == "CALIBRATED"
        assert "tools/calibrate.py" in row.note
        assert row.rows, "a fit names the published rows that it was made to"
