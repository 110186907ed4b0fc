"""What is asked some days after a treatment, and which answers somebody must look at, how soon.

Rows of the survey stand beside each question; the levels are its ladder (AE-020): 1 self-care, 2 the clinic within a
day, 3 a doctor the same day, 4 emergency.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from corneum.evidence import load_evidence

PAIN_LEVEL_3 = 7
EMERGENCY = 4
MEANINGS: Mapping[int, str | StrPromise] = {
    1: _("written down"),
    2: _("the clinic looks at it within a day"),
    3: _("a doctor looks at it the same day"),
    4: _("emergency"),
}


@dataclass(frozen=True)
class Asked:
    """A question of a check-in.

    Parameters
    ----------
    id, text
        For code, and for the client.
    kind
        Yes or no, or a number from 0 to 10.
    level
        What a yes means, 1 to 4; a number from `PAIN_LEVEL_3` on means 3.
    rows
        Of the survey.
    from_day
        First day after the treatment on which it is asked.
    sign
        In a few words, for the practitioner.
    """

    id: str
    text: str | StrPromise
    kind: Literal["yes_no", "scale"]
    level: int
    rows: tuple[str, ...]
    sign: str | StrPromise
    from_day: int = 0


ASKED: tuple[Asked, ...] = (
    Asked(
        "comfort",
        _("How strong is the discomfort now, from 0 (none) to 10 (the worst)?"),
        "scale",
        3,
        ("AE-020",),
        _("discomfort"),
    ),
    Asked(
        "breathing",
        _("Do you have trouble breathing, or is your face or tongue swollen?"),
        "yes_no",
        4,
        ("AE-008", "AE-020"),
        _("trouble breathing or swelling"),
    ),
    Asked(
        "eye",
        _("Does an eye hurt, water or dislike light, or do you see worse?"),
        "yes_no",
        4,
        ("AE-015", "AE-020"),
        _("eye pain or change of sight"),
    ),
    Asked("fever", _("Do you have a fever, or do you feel ill?"), "yes_no", 3, ("AE-020",), _("fever")),
    Asked("pus", _("Is there pus?"), "yes_no", 3, ("AE-014", "AE-020"), _("pus")),
    Asked(
        "spreading",
        _("Does the redness spread, or is the skin hot?"),
        "yes_no",
        3,
        ("AE-005", "AE-020"),
        _("spreading redness"),
    ),
    Asked(
        "blisters",
        _("Are there blisters, or small blisters in a group?"),
        "yes_no",
        3,
        ("AE-012", "AE-017", "AE-020"),
        _("blisters"),
    ),
    Asked(
        "bleeding",
        _("Does the skin bleed for more than ten minutes?"),
        "yes_no",
        3,
        ("AE-020",),
        _("bleeding over 10 min"),
    ),
    Asked("red", _("Is the skin still red?"), "yes_no", 1, ("AE-005", "CA-018"), _("redness")),
    Asked(
        "itch",
        _("Is there an itchy, scaly rash, or are there wheals?"),
        "yes_no",
        2,
        ("AE-007", "AE-008"),
        _("itchy rash or wheals"),
    ),
    Asked("crust", _("Are there crusts or open skin?"), "yes_no", 2, ("AE-017",), _("crusts or open skin")),
    Asked("bruise", _("Are there bruises or small red dots?"), "yes_no", 1, ("AE-006",), _("bruises or red dots")),
    Asked(
        "dark", _("Is there a new brown or light mark?"), "yes_no", 2, ("AE-009", "AE-011"), _("new mark of color"), 3
    ),
    Asked("nodule", _("Is there a lump or a knot under the skin?"), "yes_no", 2, ("AE-014",), _("lump or nodule"), 3),
)


@dataclass(frozen=True)
class Flag:
    """An answer that somebody must look at."""

    asked: Asked
    level: int


def asked_on(after_days: int) -> tuple[Asked, ...]:
    """Return the questions of a check-in."""
    return tuple(one for one in ASKED if one.from_day <= after_days)


def flags(answers: Mapping[str, object], days_since: int) -> tuple[Flag, ...]:
    """Return what somebody must look at, most urgent first.

    Parameters
    ----------
    answers
        "yes" or "no", or a number, by question.
    days_since
        Days between the treatment and the answer: redness counts from the third day on (past 72 h), bruises and
        lumps weigh more after two weeks.
    """
    found = [Flag(one, level) for one in ASKED if (level := _level(one, answers.get(one.id), days_since)) > 1]
    return tuple(sorted(found, key=lambda flag: -flag.level))


def days() -> tuple[int, ...]:
    """Return on which days after a treatment is asked.

    References
    ----------
    Rows ``course.check_in.first_d``, ``course.check_in.second_d`` and ``course.check_in.third_d``.
    """
    book = load_evidence()
    return tuple(int(book.number(f"course.check_in.{name}_d").value) for name in ("first", "second", "third"))


def _level(asked: Asked, answer: object, days_since: int) -> int:
    if asked.kind == "scale":
        return 3 if isinstance(answer, int | float) and answer >= PAIN_LEVEL_3 else 0
    if answer != "yes":
        return 0
    if asked.id == "red":
        return 2 if days_since >= 3 else 1
    if asked.id in ("bruise", "nodule") and days_since >= 14:
        return asked.level + 1
    return asked.level
