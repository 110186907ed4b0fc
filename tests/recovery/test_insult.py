import numpy as np
import pytest

from corneum.recovery import Insult, InsultError

GOOD = {
    "removed_um": np.array([[1.0, 2.0], [0.0, 3.0]]),
    "removed_share": np.array([0.1, 0.2]),
    "work_ratio": np.array([1.0, 1.0]),
    "kind": "crystal",
}


def test_sizes_are_read_from_the_depths():
    insult = Insult(**GOOD)
    assert (insult.n, insult.k) == (2, 2)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("kind", "laser", "crystal, diamond, vacuum, tape, pad"),
        ("removed_um", np.array([1.0, 2.0]), r"shape \(n, k\)"),
        ("removed_um", np.array([[2.0, 1.0], [0.0, 3.0]]), "sorted from shallow to deep"),
        ("removed_um", np.array([[-1.0, 1.0], [0.0, 3.0]]), "not negative"),
        ("removed_um", np.array([[np.nan, 1.0], [0.0, 3.0]]), "finite"),
        ("removed_share", np.array([0.1]), r"shape \(2,\)"),
        ("removed_share", np.array([0.1, 1.2]), "between 0 and 1, not 1.2"),
        ("work_ratio", np.array([1.0, np.inf]), "work_ratio must be finite"),
        ("work_ratio", np.ones((2, 1)), r"shape \(2,\)"),
        ("grit_um", 100.0, "diamond session only"),
    ],
)
def test_impossible_sessions_are_refused(field, value, says):
    with pytest.raises(InsultError, match=says):
        Insult(**{**GOOD, field: value})


@pytest.mark.parametrize("grit_um", [None, 0.0, -5.0, np.inf])
def test_diamond_needs_its_grit(grit_um):
    with pytest.raises(InsultError, match="needs grit_um above 0"):
        Insult(**{**GOOD, "kind": "diamond", "grit_um": grit_um})
