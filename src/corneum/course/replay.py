"""Compute a plan again: is it the same, and if not, which version, row or rule changed it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corneum.course.origin import changed, origin_of
from corneum.course.plan import Plan, PlanFileError
from corneum.course.planner import Progress, plan_course
from corneum.course.refusal import CourseRefused
from corneum.evidence import Book, load_evidence
from corneum.screening import RuleBook, load_rules

_MOST = 40


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
        Evidence rows that the plan rests on, screening rules, and tables that are not what they were.
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
        return _refused(then, error, book, rules)
    before, after = _without_origin(then), _without_origin(now)
    return Replay(
        same=before == after,
        version_then=origin.version,
        version_now=now.origin.version,
        changed_rows=changed(origin.row_digests, now.origin.row_digests),
        changed_rules=changed(origin.rule_digests, now.origin.rule_digests),
        changed_tables=changed(origin.table_digests, now.origin.table_digests),
        differences=tuple(_differences("", before, after))[:_MOST],
    )


def _refused(then: Plan, error: CourseRefused, book: Book, rules: RuleBook) -> Replay:
    known = [key for key in then.origin.row_digests if key in book.numbers or key in book.rules]
    now = origin_of(book, known, rules, seed=then.origin.seed, samples=then.origin.samples)
    return Replay(
        same=False,
        version_then=then.origin.version,
        version_now=now.version,
        changed_rows=changed(then.origin.row_digests, now.row_digests),
        changed_rules=changed(then.origin.rule_digests, now.rule_digests),
        changed_tables=changed(then.origin.table_digests, now.table_digests),
        differences=(),
        refused=error.reasons,
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
