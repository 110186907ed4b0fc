"""What the golden files keep of a plan: what a dermatologist would check, in numbers short enough to compare."""

from datetime import date
from pathlib import Path
from typing import Any

from corneum.course import CourseRefused, Plan, plan_course, read_request
from corneum.evidence import Book, load_evidence
from corneum.screening import RuleBook, load_rules

FOLDER = Path(__file__).parent
CASES = sorted((FOLDER / "cases").glob("*.toml"))
TODAY = date(2026, 12, 1)
SAMPLES = 100


def planned(case: Path) -> dict[str, Any]:
    """Plan a case and return the summary that its golden file keeps."""
    rules, book = load_rules(), load_evidence()
    asked = read_request(case, today=TODAY, rules=rules, book=book)
    try:
        plan = plan_course(asked, today=TODAY, samples=SAMPLES, rules=rules, book=book)
    except CourseRefused as refused:
        return {
            "refused": list(refused.reasons),
            "verdicts": {one.zone: _verdict(one, rules, book) for one in refused.verdicts},
            "goals": [_goal(one) for one in refused.goals],
        }
    return summary(plan, rules, book)


def summary(plan: Plan, rules: RuleBook, book: Book) -> dict[str, Any]:
    """Return the part of a plan that its golden file keeps."""
    return {
        "verdicts": {one.zone: _verdict(one, rules, book) for one in plan.verdicts},
        "goals": [_goal(one) for one in plan.goals],
        "zones": {one.zone: _zone(one) for one in plan.zones},
        "unplanned": {one.zone: one.why for one in plan.unplanned},
        "sessions": [day.isoformat() for day in plan.session_days],
        "interval": plan.interval_why,
        "cost": plan.cost.text,
        "alternatives": [one.id for one in plan.alternatives],
        "asked_again": [
            f"{entry.day.isoformat()} {', '.join(entry.rows)}" for entry in plan.calendar if entry.kind == "ask_again"
        ],
        "calendar_entries": len(plan.calendar),
        "notes": list(plan.notes),
    }


def _verdict(found: Any, rules: RuleBook, book: Book) -> dict[str, Any]:
    return {
        "verdict": found.verdict,
        "until": found.until.isoformat() if found.until else None,
        "rules": [
            {
                "rule": one.rule,
                "verdict": one.verdict,
                "title": one.title,
                "rows": list(one.rows),
                "source": rules.sources[one.source].citation if one.source in rules.sources else one.source,
                "disagrees": [conflict.row for conflict in one.conflicts],
            }
            for one in found.findings
        ],
    }


def _goal(goal: Any) -> dict[str, Any]:
    return {
        "concern": goal.concern,
        "zone": goal.zone,
        "severity": goal.severity,
        "verdict": goal.verdict,
        "grade": goal.grade,
        "rows": list(goal.rows),
        "planned": goal.planned,
        "trials": goal.statement,
    }


def _zone(zone: Any) -> dict[str, Any]:
    expected = zone.expected
    return {
        "needs_clinician": zone.needs_clinician,
        "device": zone.settings.label,
        "vacuum": str(zone.settings.vacuum),
        "passes": zone.settings.passes,
        "grit": str(zone.settings.settings.get("grit_um", "")),
        "wanted_share": _short(zone.wanted_share),
        "corneum_share": [_short(value) for value in vars(expected.corneum_share).values()],
        "depth_um": [_short(value) for value in vars(expected.depth_um).values()],
        "beyond_probability": _short(expected.beyond_probability),
        "beyond_bound": _short(expected.beyond_bound),
        "redness_h": {name: _short(value) for name, value in expected.redness_h.items()},
        "barrier_d": {name: _short(value) for name, value in expected.barrier_d.items()},
        "binding": zone.binding,
    }


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.3g}")
