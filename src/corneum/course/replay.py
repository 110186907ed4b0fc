"""Compute a plan again: is it the same, and if not, which version, row or rule changed it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corneum.course.care import CareInputError
from corneum.course.origin import changed, only_in, origin_of
from corneum.course.plan import Origin, Plan, PlanFileError
from corneum.course.planner import Progress, plan_course
from corneum.course.refusal import CourseRefused
from corneum.course.request import RequestError
from corneum.course.suitability import UnknownConcernError, UnknownSeverityError
from corneum.devices import SettingError, UnknownDeviceError
from corneum.evidence import Book, load_evidence
from corneum.screening import AnswersError, RuleBook, load_rules
from corneum.skin import UnknownSiteError
from corneum.units import UnitError

_MOST = 40
_IMPOSSIBLE = (
    AnswersError,
    SettingError,
    UnitError,
    UnknownConcernError,
    UnknownDeviceError,
    UnknownSeverityError,
    UnknownSiteError,
    CareInputError,
    OverflowError,
)
"""What a plan that was edited by hand can run into."""


@dataclass(frozen=True)
class Replay:
    """A plan beside the same request planned now.

    Parameters
    ----------
    same
        Whether everything but the origin is equal.
    version_then, version_now
        Of the program.
    changed_rows, changed_rules, changed_tables
        Evidence rows that both rest on, screening rules, and tables that are not what they were.
    newly_used, no_longer_used
        Rows, rules and tables that only the new plan rests on, or only the old one.
    differences
        What differs: "zones.0.settings.passes: 2 -> 1"; the first ones.
    refused
        Why nothing is planned now; empty if something is.
    """

    same: bool
    version_then: str
    version_now: str
    changed_rows: tuple[str, ...]
    changed_rules: tuple[str, ...]
    changed_tables: tuple[str, ...]
    differences: tuple[str, ...]
    newly_used: tuple[str, ...] = ()
    no_longer_used: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def text(self) -> str:
        """Return what was found, in a few lines."""
        lines = ["The same plan." if self.same else "Not the same plan."]
        if self.version_then != self.version_now:
            lines.append(f"Version: {self.version_then} then, {self.version_now} now.")
        for name, found in (
            ("Evidence rows", self.changed_rows),
            ("Screening rules", self.changed_rules),
            ("Tables", self.changed_tables),
        ):
            if found:
                lines.append(f"{name} that changed: {', '.join(found)}.")
        if self.newly_used:
            lines.append(f"Newly used: {', '.join(self.newly_used)}.")
        if self.no_longer_used:
            lines.append(f"No longer used: {', '.join(self.no_longer_used)}.")
        if not self.same and len(lines) == 1:
            lines.append("No version, row or rule changed: the plan itself was edited, or it was made by other code.")
        lines += [f"Refused now: {said}" for said in self.refused]
        return "\n".join([*lines, *self.differences])


def read_plan(path: str | Path) -> Plan:
    """Return the plan of a JSON file.

    Raises
    ------
    PlanFileError
        If the file cannot be read or holds no plan.
    """
    name = Path(path).name
    try:
        raw = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PlanFileError(
            [f"{name}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8 text'}"]
        ) from error
    except json.JSONDecodeError as error:
        raise PlanFileError([f"{name}: not valid JSON: {error}"]) from error
    try:
        return Plan.from_dict(raw)
    except PlanFileError as error:
        raise PlanFileError([f"{name}: {said}" for said in error.mistakes]) from error


def replay(
    then: Plan, *, book: Book | None = None, rules: RuleBook | None = None, progress: Progress | None = None
) -> Replay:
    """Return whether a plan, computed again from its own request, day and seed, is the same.

    Parameters
    ----------
    then
        The plan.
    book, rules
        Evidence and screening rules; the shipped ones if None.
    progress
        See `plan_course`.

    Raises
    ------
    PlanFileError
        If the plan holds what no request can ask.
    """
    book, rules = book or load_evidence(), rules or load_rules()
    origin = then.origin
    try:
        now = plan_course(
            then.request,
            today=then.made_on,
            seed=origin.seed,
            samples=origin.samples,
            book=book,
            rules=rules,
            progress=progress,
        )
    except CourseRefused as error:
        return _refused(then, error.reasons, book, rules)
    except RequestError as error:
        return _refused(then, error.mistakes, book, rules)
    except _IMPOSSIBLE as error:
        raise PlanFileError([f"this plan cannot be computed again: {error}"]) from error
    before, after = _without_origin(then), _without_origin(now)
    return _compared(
        origin, now.origin, same=before == after, differences=tuple(_differences("", before, after))[:_MOST]
    )


def _refused(then: Plan, reasons: tuple[str, ...], book: Book, rules: RuleBook) -> Replay:
    known = [key for key in then.origin.row_digests if key in book.numbers or key in book.rules]
    now = origin_of(book, known, rules, seed=then.origin.seed, samples=then.origin.samples)
    return _compared(then.origin, now, same=False, refused=reasons)


def _compared(
    then: Origin, now: Origin, *, same: bool, differences: tuple[str, ...] = (), refused: tuple[str, ...] = ()
) -> Replay:
    pairs = (
        (then.row_digests, now.row_digests),
        (then.rule_digests, now.rule_digests),
        (then.table_digests, now.table_digests),
    )
    rows, rules, tables = (changed(*pair) for pair in pairs)
    return Replay(
        same=same,
        version_then=then.version,
        version_now=now.version,
        changed_rows=rows,
        changed_rules=rules,
        changed_tables=tables,
        differences=differences,
        newly_used=tuple(name for old, new in pairs for name in only_in(new, old)),
        no_longer_used=tuple(name for old, new in pairs for name in only_in(old, new)),
        refused=refused,
    )


def _without_origin(plan: Plan) -> dict[str, Any]:
    return {key: value for key, value in plan.to_dict().items() if key != "origin"}


def _differences(at: str, before: Any, after: Any) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _differences(f"{at}.{key}" if at else key, before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(f"{at}.{number}", one, other)
    elif before != after:
        yield f"{at}: {_short(before)} -> {_short(after)}"


def _short(value: Any) -> str:
    said = json.dumps(value)
    return said if len(said) <= 80 else f"{said[:77]}..."
