"""A small intake of our own, so that the engine is tested apart from the shipped rules."""

from pathlib import Path

from corneum.screening import RuleBook
from corneum.screening.tables import build_book

QUESTIONS = """
[[question]]
id = "drug.ever"
text = "Have you ever taken the drug?"
kind = "yes_no"

[[question]]
id = "drug.last_dose"
text = "When did you last take it?"
kind = "date"
only_if = { question = "drug.ever", is = ["yes"] }

[[question]]
id = "wart.sites"
text = "Where do you have warts?"
kind = "sites"

[[question]]
id = "wart.kind"
text = "What kind of warts are they?"
kind = "choice"
choices = [{ id = "flat", text = "Flat" }, { id = "raised", text = "Raised" }]
only_if = { question = "wart.sites", sites = true }

[[question]]
id = "sore.now"
text = "Is there a cold sore today?"
kind = "yes_no"

[[question]]
id = "sugar.hba1c"
text = "What was your last HbA1c?"
kind = "number"
unit = "%"
low = 3
high = 20
"""


def rule(rule_id: str, when: str, scope: str, verdict: str, more: str = "") -> str:
    return f"""
[[rule]]
id = "{rule_id}"
title = "The rule {rule_id}"
when = [{when}]
scope = {scope}
verdict = "{verdict}"
reason = "A reason for the practitioner."
client_text = "A sentence for the client."
strength = "expert opinion"
source = "project_assumption"
rows = ["CI-001"]
{more}
"""


RECENT = '{ question = "drug.last_dose", within_days = 183 }'
RULES = {
    "drug.010": rule(
        "drug.010",
        RECENT,
        '"everywhere"',
        "defer",
        'wait_days = 183\nask_again = "Any dose since?"\n'
        'conflicts = [{ row = "CI-002", says = "Another source disagrees.", would = "no wait" }]',
    ),
    "wart.010": rule("wart.010", '{ question = "wart.sites", sites = true }', '"answered_sites"', "stop"),
    "wart.020": rule(
        "wart.020",
        '{ question = "wart.sites", sites = true }, { question = "wart.kind", is = ["flat"] }',
        '"face"',
        "ask",
    ),
    "sore.010": rule("sore.010", '{ question = "sore.now", is = ["yes"] }', '["perioral", "chin"]', "stop"),
    "sugar.010": rule("sugar.010", '{ question = "sugar.hba1c", at_least = 7 }', '"everywhere"', "defer"),
    "sugar.020": rule("sugar.020", '{ question = "sugar.hba1c", at_least = 6, below = 7 }', '"extremities"', "note"),
}
NOTHING = {"drug.ever": "no", "wart.sites": [], "sore.now": "no", "sugar.hba1c": 5}


def written(folder: Path, *texts: str, name: str = "rules.toml") -> Path:
    path = folder / name
    path.write_text("\n".join(texts))
    return path


def book_of(folder: Path, *texts: str) -> RuleBook:
    return build_book([written(folder, QUESTIONS, *(texts or RULES.values()))])
