"""Renew the golden files: fill answers that a case lacks so that nothing more fires, plan it, write what came out."""

import json
import re
import sys
import tomllib
from pathlib import Path

from corneum.screening import load_rules
from corneum.screening.answers import flat
from tests.golden_course.golden import CASES, FOLDER, TODAY, planned
from tests.golden_course.quiet import quiet_answers

_REST = "# Everything else that is asked, answered so that no further rule fires"


def renew(case: Path) -> None:
    """Renew one case."""
    _fill(case)
    target = FOLDER / "expected" / f"{case.stem}.json"
    target.write_text(json.dumps(planned(case), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{case.stem}: renewed")


def _fill(case: Path) -> None:
    rules = load_rules()
    special = case.read_text(encoding="utf-8").split(_REST)[0].rstrip()
    raw = tomllib.loads(special)
    own = dict(flat(raw.get("answers", {}), rules))
    leave = {name for line in re.findall(r"# leave out: (.*)", special) for name in line.split(", ")}
    known = {**{f"person.{key}": value for key, value in raw["person"].items()}, **own}
    whole = quiet_answers(rules, TODAY, known, leave)
    lines = [f'"{key}" = {_written(value)}' for key, value in whole.items() if key not in known]
    case.write_text("\n".join([special, _REST, *lines]) + "\n", encoding="utf-8")


def _written(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value)


if __name__ == "__main__":
    wanted = sys.argv[1:]
    for path in CASES:
        if not wanted or path.stem in wanted:
            renew(path)
