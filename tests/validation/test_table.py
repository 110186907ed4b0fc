import json

import numpy as np
import pytest

from corneum.evidence import load_evidence
from corneum.validation import NotSimulated, Ordered, Predicted, cases_table, counts, judged, to_dict

ROW = load_evidence().measurement


@pytest.fixture
def cases():
    return (
        judged(ROW("validation.t01_corneum_forearm"), Predicted(np.linspace(10, 30, 50))),
        judged(ROW("validation.b26_ceiling"), Predicted(np.linspace(1, 2, 50), "one law")),
        judged(ROW("validation.r04_flow"), Ordered(np.ones(50, bool), "more flow removes more")),
        judged(ROW("validation.dt2017_tape_10"), Predicted(np.linspace(0, 4, 50))),
        judged(ROW("validation.t21_epidermal_turnover"), NotSimulated("The model has no such thing.")),
    )


def test_a_row_has_a_cell_per_column(cases):
    table = cases_table(cases)
    assert len(table.rows) == len(cases)
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert all(cell for row in table.rows for cell in row)


def test_calibration_is_marked_apart(cases):
    used = {row[0]: row[2] for row in cases_table(cases).rows}
    assert used["R04"] == "calibrated on it"
    assert used["T01"] == "read from it"
    assert used["dermatol_ther_2017"] == "no"


def test_a_miss_is_shown_as_a_miss(cases):
    assert cases_table(cases).rows[1][-1] == "outside"
    assert cases_table(cases).rows[0][-1] == "inside; median in the published range"


def test_a_case_goes_into_json_and_back(cases):
    plain = [to_dict(case) for case in cases]
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain[0]["predicted"]["middle"] == pytest.approx(20)
    assert plain[3]["band_fold"] == pytest.approx(cases[3].band_fold)


def test_every_verdict_is_counted(cases):
    found = counts(cases)
    assert sum(found.values()) == len(cases)
    assert found["outside"] == 1 and found["order not reproduced"] == 0
