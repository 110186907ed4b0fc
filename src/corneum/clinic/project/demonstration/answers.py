"""Answers of invented people: unremarkable, but where they are given."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from corneum.clinic.intake.questioning import KNOWN_OTHERWISE, asked_ids, in_force
from corneum.screening import Question, load_rules

_LONG_AGO = timedelta(days=400)
_TO_DECIDE = timedelta(days=3)
"""Between the written information and the answers."""


def intake_answers(given: Mapping[str, Any], age: int, today: date) -> dict[str, Any]:
    """Return an answer to every question that is put: as given, else nothing worth a remark.

    Parameters
    ----------
    given
        Answers by question, as a form sends them.
    age
        Years; read from the record, and returned with nothing.
    today
        The day of answering.
    """
    book, said = load_rules(), dict(given)
    while True:
        weighed = in_force({**said, "person.age": float(age)}, book, today)
        asked = asked_ids(weighed, book, today) - set(said) - set(KNOWN_OTHERWISE)
        if not asked:
            return said
        said |= {name: nothing(book.questions[name], today) for name in asked}


def nothing(question: Question, today: date) -> Any:
    """Return the answer of somebody who has nothing to say to a question."""
    if question.id == "consent.informed_on":
        return (today - _TO_DECIDE).isoformat()
    plain = {"yes_no": "no", "sites": [], "number": 0.0, "date": (today - _LONG_AGO).isoformat()}
    return plain[question.kind] if question.kind in plain else question.choices[0].id
