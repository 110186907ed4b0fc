"""Dermoscopic and clinical lists, computed from what a clinician entered and from nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from corneum.lesions import rows

List = Literal["stolz", "argenziano", "glasgow", "three_point"]
"""Two lists of seven points share a name: Argenziano's is dermoscopic, Glasgow's is clinical."""
TITLES: dict[str, str] = {
    "stolz": "ABCD rule of dermoscopy (Stolz)",
    "argenziano": "seven-point checklist of dermoscopy (Argenziano)",
    "glasgow": "weighted seven-point checklist, clinical (Glasgow)",
    "three_point": "three-point checklist of dermoscopy",
}
STOLZ: dict[str, tuple[float, int, int]] = {
    "asymmetry": (1.3, 0, 2),
    "border": (0.1, 0, 8),
    "colors": (0.5, 1, 6),
    "structures": (0.5, 1, 5),
}
"""Weight and range of each criterion; row ``lesions.stolz``."""
POINTS: dict[str, dict[str, int]] = {
    "argenziano": {
        "atypical_network": 2,
        "blue_white_veil": 2,
        "atypical_vessels": 2,
        "irregular_streaks": 1,
        "irregular_dots_globules": 1,
        "irregular_blotches": 1,
        "regression": 1,
    },
    "glasgow": {
        "change_in_size": 2,
        "irregular_shape": 2,
        "irregular_color": 2,
        "diameter_7_mm_or_more": 1,
        "inflammation": 1,
        "oozing": 1,
        "change_in_sensation": 1,
    },
    "three_point": {"asymmetry": 1, "atypical_network": 1, "blue_white": 1},
}
"""Points of each criterion; rows ``lesions.argenziano``, ``lesions.glasgow``, ``lesions.three_point``."""
UNRELIABLE_SITES = ("face", "palm", "sole")
LOOK = "Have it looked at by a doctor"
NOT_REACHED = "These criteria do not reach the list's threshold. This does not rule anything out."
NOT_WHOLE = "Not every criterion is entered, and a missing one never counts as no. This does not rule anything out."


class CriteriaError(ValueError):
    """Criteria that cannot be read; ``mistakes`` lists every one."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


@dataclass(frozen=True)
class Entered:
    """One list as a clinician filled it in.

    Parameters
    ----------
    name
        Which list.
    criteria
        Criterion -> what was entered: a whole number for Stolz, else yes or no. What is absent was not entered.
    """

    name: List
    criteria: Mapping[str, int | bool]

    @property
    def points(self) -> float:
        """Sum of the list over what was entered."""
        if self.name == "stolz":
            # Sums of tenths are compared with a limit of hundredths.
            return round(sum(STOLZ[key][0] * value for key, value in self.criteria.items()), 6)
        return float(sum(POINTS[self.name][key] for key, value in self.criteria.items() if value))

    @property
    def whole(self) -> bool:
        """Whether every criterion was entered."""
        return set(self.criteria) == set(STOLZ if self.name == "stolz" else POINTS[self.name])


@dataclass(frozen=True)
class Reading:
    """What a list says: that a doctor looks at it, or nothing.

    Parameters
    ----------
    name
        Which list.
    look
        Whether its threshold is reached, or the list does not hold at this site.
    reasons
        Why a doctor should look at it, each in a few words; empty where nothing here asks for that.
    text
        What is told, with the rule and how many it misses.
    rows
        Clinical rows behind it.
    """

    name: List
    look: bool
    reasons: tuple[str, ...]
    text: str
    rows: tuple[str, ...]


def entered(raw: Mapping[str, object]) -> tuple[Entered, ...]:
    """Return the lists that a table of criteria holds.

    Parameters
    ----------
    raw
        List -> criterion -> value, as read from a file.

    Raises
    ------
    CriteriaError
        If a list or criterion is unknown or a value is out of its range; every mistake is listed.

    Examples
    --------
    >>> entered({"stolz": {"asymmetry": 2, "border": 4, "colors": 3, "structures": 3}})[0].points
    6.0
    """
    mistakes: list[str] = []
    found = []
    for name, table in raw.items():
        if name not in TITLES:
            mistakes.append(f"{name}: no such list; there are {', '.join(TITLES)}")
        elif not isinstance(table, Mapping):
            mistakes.append(f"{name}: must be a table of criteria")
        else:
            mistakes += _mistakes(name, table)
            found.append(Entered(name, dict(table)))  # type: ignore[arg-type]
    if mistakes:
        raise CriteriaError(mistakes)
    return tuple(found)


def _mistakes(name: str, table: Mapping[str, object]) -> list[str]:
    known: Mapping[str, object] = STOLZ if name == "stolz" else POINTS[name]
    said = [
        f"{name}: no criterion is called {key!r}; there are {', '.join(known)}" for key in table if key not in known
    ]
    for key, value in table.items():
        if key not in known:
            continue
        if name == "stolz":
            _, low, high = STOLZ[key]
            if type(value) is not int or not low <= value <= high:
                said.append(f"stolz: {key} is {value!r}; it is a whole number from {low} to {high}")
        elif not isinstance(value, bool):
            said.append(f"{name}: {key} is {value!r}; write true or false")
    return said


def readings(lists: Iterable[Entered], site: str = "") -> tuple[Reading, ...]:
    """Return what each list says.

    Parameters
    ----------
    lists
        As entered.
    site
        Where the mark is; on the face, palms and soles the dermoscopic lists do not hold.

    References
    ----------
    Rules ``lesions.stolz``, ``lesions.argenziano``, ``lesions.glasgow``, ``lesions.three_point``,
    ``lesions.sites_unreliable``.
    """
    return tuple(_reading(one, site) for one in lists)


def _reading(one: Entered, site: str) -> Reading:
    rule, reasons, behind = rows.rule(one.name), [], rows.rule(one.name).rows
    reached = one.points >= rows.limit(one.name)
    if reached:
        asks = f"asks for that from {rule.value:g} on{_soon(one)}"
        reasons.append(f"{TITLES[one.name]} gives {one.points:g} and {asks}")
    if one.name != "glasgow" and site in UNRELIABLE_SITES:
        where = rows.rule("sites_unreliable")
        behind = (*behind, *where.rows)
        reasons.append(f"{where.text[0].lower()}{where.text[1:].rstrip('.')}")
    said = NOT_REACHED if one.whole else NOT_WHOLE
    told = f"{LOOK}: {'; '.join(reasons)}." if reasons else f"{TITLES[one.name]}, {one.points:g}. {said}"
    return Reading(one.name, bool(reasons), tuple(reasons), f"{told} {rule.note}".rstrip(), behind)


def _soon(one: Entered) -> str:
    """Return how soon a list asks for a doctor, where it says so."""
    if one.name == "glasgow":
        return ", within 2 weeks"
    if one.name == "stolz" and one.points > rows.limit("stolz_high"):
        return f", without delay above {rows.limit('stolz_high'):g}"
    if one.name == "argenziano" and one.points >= rows.limit("argenziano_high"):
        return f", without delay from {rows.limit('argenziano_high'):g} on"
    return ""
