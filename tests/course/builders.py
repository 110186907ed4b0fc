"""Requests, rules and searches for the tests of the planner: small, and quick to compute."""

from datetime import date
from functools import cache

from corneum.course import Clinic, ClinicDevice, CourseRequest, Goal, Limits, SettingRange
from corneum.course.sweep import Sweep, Tried, ZoneSkin
from corneum.evidence import load_evidence
from corneum.screening import Question, Rule, RuleBook
from corneum.skin import Person, find_site
from corneum.units import Quantity

TODAY = date(2026, 12, 1)
START = date(2027, 1, 11)
SAMPLES = 24


def kpa(value: float) -> Quantity:
    return Quantity(value, "kPa")


def diamond(label: str = "diamond", *grits_um: float, low: float = 10, high: float = 34) -> ClinicDevice:
    return ClinicDevice(
        "diamond",
        label,
        SettingRange(kpa(low), kpa(high), kpa(8)),
        {"tip_mm": Quantity(6, "mm"), "load_n": Quantity(0.2, "N")},
        tuple(Quantity(grit, "um") for grit in grits_um or (60, 100)),
        overlap_share=0.2,
    )


def crystal(label: str = "crystal", low: float = 10, high: float = 34) -> ClinicDevice:
    return ClinicDevice(
        "crystal-venturi",
        label,
        SettingRange(kpa(low), kpa(high), kpa(8)),
        {"flow_g_min": Quantity(12, "g/min"), "grain_um": Quantity(110, "um"), "opening_mm": Quantity(5, "mm")},
        speed_mm_s=30.0,
        overlap_share=0.2,
    )


def request(
    *goals: Goal,
    devices: tuple[ClinicDevice, ...] = (),
    limits: Limits = Limits(beyond_probability=0.2),  # noqa: B008
    doctor: str | None = None,
    age: float = 45,
    answers: dict[str, str | float | tuple[str, ...]] | None = None,
    sessions: int | None = 3,
    interval_d: int | None = None,
) -> CourseRequest:
    return CourseRequest(
        title="A course",
        person=Person(age, "female", "II"),
        answers={"coldsore.now": "no", **(answers or {})},
        goals=goals or (Goal("dullness", "cheek", "mild"),),
        clinic=Clinic("Clinic", "A. Clinician", devices or (diamond(),), doctor, limits),
        start=START,
        sessions=sessions,
        interval_d=interval_d,
    )


def rules() -> RuleBook:
    """Two rules: a cold sore stops the skin around the mouth, a peel defers everything."""
    asked = [
        Question(id="coldsore.now", text="Have you a cold sore today?", kind="yes_no"),
        Question(id="peel.last", text="When was your last peel?", kind="date"),
    ]
    written = [
        _rule("coldsore.010", {"question": "coldsore.now", "is": ["yes"]}, ["perioral", "chin"], "stop"),
        _rule("peel.010", {"question": "peel.last", "within_days": 28}, "everywhere", "defer", wait_days=28),
    ]
    return RuleBook({one.id: one for one in asked}, {one.id: one for one in written})


def only_coldsore() -> RuleBook:
    """The rules without the one on peels, so that nothing is left unanswered."""
    book = rules()
    return RuleBook(book.questions, {"coldsore.010": book.rules["coldsore.010"]})


def _rule(name: str, clause: dict[str, object], scope: object, verdict: str, **more: object) -> Rule:
    return Rule.model_validate(
        {
            "id": name,
            "title": f"Rule {name}",
            "when": [clause],
            "scope": scope,
            "verdict": verdict,
            "reason": "A reason for the practitioner.",
            "client_text": "A reason for the client.",
            "ask_again": "Is it gone?",
            "strength": "inference",
            "source": "project_assumption",
            "rows": ["CI-001"],
            **more,
        }
    )


@cache
def searched(zone: str, age: float = 45.0) -> tuple[ZoneSkin, tuple[Tried, ...]]:
    """A zone with everything that two devices can do to it."""
    book = load_evidence()
    sweep = Sweep(book, samples=SAMPLES, seed=3)
    skin = ZoneSkin.of(find_site(zone), Person(age, "female", "II"), sweep)
    return skin, skin.tried((diamond("diamond", 60, 100, 125), crystal()))
