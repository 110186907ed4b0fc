"""What a reader must know beside the numbers: limits passed, units in doubt, assumptions made."""

from collections.abc import Sequence

import numpy as np

from corneum.abrasion import Worked
from corneum.evidence import Book, Rule
from corneum.recovery import Curves
from corneum.skin import Skin
from corneum.treatment.protocol import Protocol, Step
from corneum.treatment.readings import is_doubtful
from corneum.treatment.result import SessionRemoval
from corneum.units import convert


def protocol_notes(protocol: Protocol, book: Book) -> tuple[str, ...]:
    """Return the notes on a protocol before anything is simulated.

    References
    ----------
    Rules ``treatment.passes.*``, ``treatment.interval.*``, ``treatment.course.most``, ``treatment.stationary``,
    ``treatment.coarse_diamond``, ``treatment.vacuum.*``, ``treatment.eyes``, ``treatment.reading``.
    """
    notes: list[str] = []
    if protocol.sessions > 1:
        notes += _interval_notes(protocol, book)
    most = book.rule("treatment.course.most")
    if most.value is not None and protocol.sessions > most.value:
        notes.append(f"{protocol.sessions} sessions: {most.text.rstrip('.')} {_told(most)}.")
    if protocol.defaults:
        notes.append(f"Not given and taken by default: {', '.join(protocol.defaults)}.")
    for step in protocol.steps:
        notes += _step_notes(step, book)
    return tuple(dict.fromkeys(notes))


def _told(rule: Rule) -> str:
    return f"(rule {rule.key}; {', '.join(rule.rows)})"


def _interval_notes(protocol: Protocol, book: Book) -> list[str]:
    refuse, warn = book.rule("treatment.interval.refuse"), book.rule("treatment.interval.warn")
    days = protocol.interval_d
    for rule, verdict in (
        (refuse, "a plan for a client would be refused without a clinician"),
        (warn, "warned against"),
    ):
        if rule.value is not None and days < rule.value:
            return [f"Interval of {days:g} d is below {rule.value:g} d: {verdict} {_told(rule)}."]
    return []


def _step_notes(step: Step, book: Book) -> list[str]:
    application, where = step.application, step.site.name
    device, plan = application.settings.device, application.plan
    notes: list[str] = []
    if device.kind in ("crystal", "diamond"):
        notes += _pass_notes(step, book)
        notes += _setting_notes(step, book)
    if plan.stationary and application.mask is None:
        rule = book.rule("treatment.stationary")
        notes.append(f"{where}: the tip stands still for {plan.dwell_s:g} s: {rule.text.rstrip('.')} {_told(rule)}.")
    reading = application.settings.given.get("vacuum_kpa")
    if reading is not None and device.kind == "crystal":
        notes += _vacuum_notes(step, book)
    if application.settings.assumed and device.kind != "tape":
        names = ", ".join(name.split("_")[0] for name in application.settings.assumed)
        notes.append(f"{where}: not given and therefore sampled from assumed ranges: {names}.")
    if not plan.speed_known and device.kind == "crystal" and not plan.stationary:
        notes.append(
            f"{where}: the speed of the handpiece is not given, and no source gives one: it is sampled from its row."
        )
    return notes


def _pass_notes(step: Step, book: Book) -> list[str]:
    passes, where = step.application.plan.passes, step.site.name
    keys = ["treatment.passes.cap"] + (["treatment.passes.eyes"] if step.site.region == "eyelid" else [])
    rules = [book.rule(key) for key in keys]
    return [
        f"{where}: {passes} passes are over {rule.value:g} {_told(rule)}."
        for rule in rules
        if rule.value is not None and passes > rule.value
    ]


def _setting_notes(step: Step, book: Book) -> list[str]:
    """Notes on settings that a rule speaks of; a reading in another unit is compared, never converted in place."""
    settings, where = step.application.settings, step.site.name
    notes: list[str] = []
    eyes = book.rule("treatment.eyes")
    if step.site.region == "eyelid":
        notes.append(f"{where}: {eyes.text.rstrip('.')} {_told(eyes)}.")
    above = [
        (
            "vacuum_kpa",
            "kPa",
            "treatment.vacuum.ceiling" if settings.device.kind == "crystal" else "treatment.vacuum.diamond",
        )
    ]
    if settings.device.kind == "diamond":
        above.append(("grit_um", "um", "treatment.coarse_diamond"))
    for name, unit, key in above:
        rule, reading = book.rule(key), settings.given.get(name)
        if reading is None or rule.value is None:
            continue
        limit = convert(rule.value, rule.unit, unit)
        value = abs(reading.quantity.to(unit))
        if value > limit or (key == "treatment.coarse_diamond" and value == limit):
            notes.append(f"{where}: {reading.quantity}: {rule.text.rstrip('.')} {_told(rule)}.")
    return notes


def _vacuum_notes(step: Step, book: Book) -> list[str]:
    reading = step.application.settings.given["vacuum_kpa"]
    if not is_doubtful(reading, book.number("treatment.doubtful_vacuum_kpa").value):
        return []
    kpa = abs(reading.quantity.to("kPa"))
    return [
        f"{step.site.name}: {reading.quantity} is {kpa:.1f} kPa, several times below vacuums that were seen to remove "
        "stratum corneum. Some gauges probably read another unit (R09, R13, PR-003): the number is kept as printed, "
        "and the other meanings are shown beside it."
    ]


def _percent(share: float) -> str:
    return "under 1 %" if share < 0.01 else f"{100 * share:.0f} %"


def removal_notes(
    sessions: Sequence[SessionRemoval], worked: Sequence[Worked], skin: Skin, curves: Curves
) -> tuple[str, ...]:
    """Return the notes on a simulated zone: bleeding, blisters, pigment, and what is not simulated."""
    notes: list[str] = []
    bleeding = max(float((session.beyond_junction_share > 0).mean()) for session in sessions)
    if bleeding > 0:
        notes.append(
            f"In {_percent(bleeding)} of the samples some of the area goes beyond the dermo-epidermal junction: "
            "pinpoint bleeding. Stop at the first point (rule treatment.end_point, PR-019)."
        )
    blisters = max(float((done.blister_index > 1).mean()) for done in worked)
    if blisters > 0:
        notes.append(
            f"In {_percent(blisters)} of the samples micro-blisters are expected in place of selective removal (R07): "
            "removal and recovery are then not to be read as those of selective removal."
        )
    if skin.person.pigment_risk:
        notes.append(
            "Phototype IV to VI: pigment change is a risk to watch; it has no published numbers and is not simulated."
        )
    shares = np.array([np.median(session.corneum_share) for session in sessions])
    if len(shares) > 1 and shares[-1] > 1.15 * shares[0]:
        notes.append("Later sessions meet stratum corneum that has not grown back, and remove a larger share of it.")
    return (*notes, *curves.notes)
