"""What may be tapped: each kind with the form of its value. Whether it may be tapped now, services decide."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from corneum.clinic.treatments.state import CHECKS
from corneum.units import Quantity, UnitError, parse_quantity

END_POINTS = ("none", "light", "strong")
REACTIONS = ("swelling", "sting", "streaks", "petechiae", "blister", "hives")
SETTINGS = ("vacuum", "flow", "grit", "speed")
"""What can be set during a session, as a plan names it."""
_LONG = 2000
_SHORT = 300
_NUL = "\x00"
"""The one letter that no database keeps in a text."""


class TapError(ValueError):
    """What was sent is no tap."""


def checked(kind: str, zone: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of a tap in the one form in which it is kept.

    Raises
    ------
    TapError
        If there is no such kind, or the value is of another form.
    """
    read = KINDS.get(kind)
    if read is None:
        raise TapError(f"{kind!r} cannot be tapped")
    if (kind in OF_ZONE) != bool(zone):
        raise TapError(f"{kind}: {'a zone is missing' if not zone else 'belongs to no zone'}")
    try:
        return read(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TapError(f"{kind}: cannot be read") from error


def quantity(text: str) -> Quantity:
    """Return a setting as it was read.

    Raises
    ------
    TapError
        If it is no positive number with a unit.
    """
    try:
        found = parse_quantity(text.replace(",", ".", 1))
    except UnitError as error:
        raise TapError("a setting is a number with a unit") from error
    if found.value <= 0:
        raise TapError("a setting is above 0")
    return found


def _answers(value: Mapping[str, Any]) -> dict[str, Any]:
    given = value["answers"]
    if not isinstance(given, Mapping) or not given:
        raise TapError("no answer")
    return {"answers": {_text(name, 60): _answer(one) for name, one in given.items()}}


def _answer(value: Any) -> str | float | list[str]:
    if isinstance(value, list):
        return [_text(one, 60) for one in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return _text(value, 60)


def _asked(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rule": _text(value["rule"], 60),
        "who": _text(value["who"], 120),
        "said": _text(value["said"], _SHORT),
    }


def _overridden(value: Mapping[str, Any]) -> dict[str, Any]:
    why = _text(value["why"], _SHORT)
    if len(why) < 8:
        raise TapError("a reason of a few words")
    return {"rule": _text(value["rule"], 60), "why": why}


def _lot(value: Mapping[str, Any]) -> dict[str, Any]:
    amount = int(value["amount"])
    if not 0 < amount <= 100_000:
        raise TapError("an amount above 0")
    return {"lot": str(UUID(str(value["lot"]))), "amount": amount}


def _setting(value: Mapping[str, Any]) -> dict[str, Any]:
    if value["name"] not in SETTINGS:
        raise TapError("no such setting")
    given = str(quantity(_text(value["given"], 30)))
    return {"name": value["name"], "given": given} | _why(value)


def _pass(value: Mapping[str, Any]) -> dict[str, Any]:
    return _why(value)


def _undo(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"entry": str(UUID(str(value["entry"])))} | _why(value)


def _end_point(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the word of an end point; an empty one clears it."""
    return _word(("", *END_POINTS))(value)


def _word(words: tuple[str, ...]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    def read(value: Mapping[str, Any]) -> dict[str, Any]:
        if value["word"] not in words:
            raise TapError("no such word")
        return {"word": value["word"]}

    return read


def _reaction(value: Mapping[str, Any]) -> dict[str, Any]:
    return _word(REACTIONS)(value) | _on(value)


def _comfort(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return how much it hurts; an empty number clears it."""
    if value["number"] in ("", None):
        return {"number": None}
    number = int(value["number"])
    if not 0 <= number <= 10:
        raise TapError("from 0 to 10")
    return {"number": number}


def _check(value: Mapping[str, Any]) -> dict[str, Any]:
    if value["name"] not in CHECKS:
        raise TapError("no such point")
    return {"name": value["name"]} | _on(value) | _why(value)


def _note(value: Mapping[str, Any]) -> dict[str, Any]:
    text = str(value["text"]).strip()
    if len(text) > _LONG or _NUL in text:
        raise TapError("too long, or cannot be kept")
    return {"text": text}


def _nothing(value: Mapping[str, Any]) -> dict[str, Any]:
    return {}


def _on(value: Mapping[str, Any]) -> dict[str, Any]:
    if value["on"] not in (True, False, "1", "0"):
        raise TapError("on or off")
    return {"on": value["on"] in (True, "1")}


def _why(value: Mapping[str, Any]) -> dict[str, str]:
    why = str(value.get("why") or "").strip()
    if len(why) > _SHORT or _NUL in why:
        raise TapError("too long, or cannot be kept")
    return {"why": why} if why else {}


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > most or _NUL in value:
        raise TapError("a text is missing, too long, or cannot be kept")
    return value.strip()


KINDS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "answers": _answers,
    "asked": _asked,
    "overridden": _overridden,
    "lot": _lot,
    "begun": _nothing,
    "setting": _setting,
    "pass": _pass,
    "undo": _undo,
    "end_point": _end_point,
    "bleeding": _nothing,
    "comfort": _comfort,
    "reaction": _reaction,
    "timer": _on,
    "finished": _on,
    "check": _check,
    "note": _note,
}
OF_ZONE = frozenset({"setting", "pass", "end_point", "bleeding", "comfort", "reaction", "timer", "finished"})
