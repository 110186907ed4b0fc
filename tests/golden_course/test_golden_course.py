import json
from pathlib import Path
from typing import Any

import pytest

from corneum.course.suitability import load_suitability
from tests.golden_course.golden import CASES, FOLDER, planned


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_case_gives_its_golden_plan(case: Path) -> None:
    golden = json.loads((FOLDER / "expected" / f"{case.stem}.json").read_text(encoding="utf-8"))
    assert _near(planned(case)) == _near(golden), (
        "a plan changed; if it was meant to, run: python -m tests.golden_course.renew"
    )


def test_there_are_thirty_cases_and_a_golden_file_for_each() -> None:
    assert len(CASES) >= 30
    assert {case.stem for case in CASES} == {path.stem for path in (FOLDER / "expected").glob("*.json")}


def test_the_cases_cover_phototypes_ages_verdicts_and_concerns() -> None:
    import tomllib

    cases = [tomllib.loads(case.read_text(encoding="utf-8")) for case in CASES]
    goldens = [json.loads(path.read_text(encoding="utf-8")) for path in (FOLDER / "expected").glob("*.json")]
    assert {case["person"].get("phototype") for case in cases} >= {"I", "II", "III", "IV", "V", "VI"}
    ages = [case["person"]["age"] for case in cases]
    assert min(ages) == 18
    assert max(ages) == 80
    verdicts = {zone["verdict"] for golden in goldens for zone in golden["verdicts"].values()}
    assert verdicts == {"none", "note", "ask", "defer", "stop"}
    assert {goal["concern"] for case in cases for goal in case["goal"]} == set(load_suitability().concerns)
    told = {goal["verdict"] for golden in goldens for goal in golden["goals"]}
    assert told == {"offer", "weak evidence", "adjunct only", "refer", "exclude"}


def _near(value: Any) -> Any:
    """Numbers to two figures: the third may differ between processors."""
    if isinstance(value, dict):
        return {key: _near(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_near(item) for item in value]
    return float(f"{value:.2g}") if isinstance(value, float) else value
