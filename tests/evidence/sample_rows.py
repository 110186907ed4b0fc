"""One good row of each kind, written as TOML, for tests that spoil it."""

import json
from pathlib import Path

SOURCE = {"key": "lab_2020", "citation": "Somebody, Some Journal 2020;1:1", "where": "10.1/x"}
NUMBER = {
    "key": "skin.corneum.depth_um",
    "value": 14.0,
    "low": 10.0,
    "high": 20.0,
    "unit": "um",
    "conditions": "forearm, histology",
    "source": "lab_2020",
    "rows": ["T01"],
    "read": "ABS",
    "grade": "B",
}
RULE = {
    "key": "treatment.passes.cap",
    "text": "More than 4 passes are refused.",
    "action": "refuse",
    "value": 4,
    "unit": "passes",
    "source": "lab_2020",
    "read": "REV",
    "grade": "D",
}
MEASUREMENT = {
    "key": "validation.r01_share",
    "title": "Share removed",
    "published": "about 23 %",
    "low": 0.2,
    "high": 0.3,
    "used": "no",
    "conditions": "one session",
    "source": "lab_2020",
    "read": "SEC",
    "grade": "D",
}
KINDS = {"source": SOURCE, "number": NUMBER, "rule": RULE, "measurement": MEASUREMENT}


def row(kind: str, leave_out: str = "", **changes: object) -> str:
    """Return the good row of a kind as TOML, changed and without the field ``leave_out``."""
    fields = {name: value for name, value in {**KINDS[kind], **changes}.items() if name != leave_out}
    lines = [f"{name} = {_toml(value)}" for name, value in fields.items()]
    return "\n".join([f"[[{kind}]]", *lines, ""])


def write(folder: Path, *rows: str, name: str = "bad.toml") -> Path:
    """Write rows into one table file and return its path."""
    path = folder / name
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def _toml(value: object) -> str:
    return repr(value) if isinstance(value, float) else json.dumps(value)
