"""One zone of a plan, from the settings that the search found."""

from collections.abc import Mapping, Sequence

from corneum.abrasion import remove, work
from corneum.course.candidates import PITCH_UM, Candidate, dwell_s, step_of, stroke_minutes
from corneum.course.choice import Wanted
from corneum.course.findings import ZoneVerdict
from corneum.course.marks import left_out_cm2, mark_notes, marks_on
from corneum.course.prediction import Prediction, expected
from corneum.course.request import CourseRequest
from corneum.course.search import Found, KeptLimits
from corneum.course.zones import Influence, PlannedZone, ZoneSettings
from corneum.evidence import Book, Draws
from corneum.screening import Verdict
from corneum.skin import Site, find_site, sample_skin
from corneum.treatment import Step, influences
from corneum.units import Quantity

MEASURABLE = {
    "flow_g_min": "weigh the crystals before and after a minute of flow",
    "grain_um": "read the grain size from the label or the supplier's sieve analysis",
    "opening_mm": "measure the opening of the handpiece",
    "tip_mm": "measure the diameter of the tip",
    "load_n": "press the handpiece on a scale as in a session",
    "grit_um": "read the grit from the tip",
    "speed_mm_s": "time strokes of a known length",
    "overlap_share": "film strokes over a ruler",
}
"""What a clinic can measure, and how."""


def planned_zone(
    found: Found,
    prediction: Prediction,
    request: CourseRequest,
    verdict: ZoneVerdict,
    limits: KeptLimits,
    *,
    wanted: Wanted,
    book: Book,
    samples: int,
    seed: int,
) -> PlannedZone:
    """Return one zone of a plan."""
    site = find_site(verdict.zone)
    asked: Verdict = "ask" if wanted.referred and verdict.verdict in ("none", "note") else verdict.verdict
    return PlannedZone(
        zone=site.name,
        title=site.title,
        verdict=asked,
        needs_clinician=wanted.led or asked in ("ask", "defer"),
        wanted_share=wanted.share,
        wanted_key=wanted.key,
        settings=zone_settings(found.candidate, found.step, request, book),
        expected=expected(
            prediction,
            tolerance_area_share=limits.tolerance_area_share,
            barrier_probability=limits.barrier_probability,
        ),
        limits_used=limits_used(limits),
        binding=found.binding,
        considered=found.considered,
        influences=depth_influences(found.step, request, book, samples=samples, seed=seed),
        notes=(
            *wanted.referred,
            *mark_notes(marks_on(request, site.name), zone_area_cm2(site, request, book), book),
            *zone_notes(found.candidate, site, request, verdict, book),
        ),
    )


def limits_used(limits: KeptLimits) -> dict[str, float]:
    """Return the limits by name."""
    return {
        "beyond_probability": limits.beyond_probability,
        "tolerance_area_share": limits.tolerance_area_share,
        "barrier_probability": limits.barrier_probability,
        "passes": float(limits.passes),
    }


def zone_settings(candidate: Candidate, step: Step, request: CourseRequest, book: Book) -> ZoneSettings:
    """Return what is done to a zone, in words and as read."""
    settings, plan = step.application.settings, step.application.plan
    area = zone_area_cm2(step.site, request, book)
    area -= left_out_cm2(marks_on(request, step.site.name), area)
    given: Mapping[str, Quantity] = {
        name: reading.quantity for name, reading in settings.given.items() if name != "vacuum_kpa"
    }
    unknown = [*settings.assumed]
    unknown += [] if plan.speed_known else ["speed_mm_s"]
    unknown += [] if plan.overlap_known else ["overlap_share"]
    return ZoneSettings(
        device=candidate.device.name,
        label=candidate.device.label,
        vacuum=candidate.vacuum,
        settings=given,
        assumed=tuple(unknown),
        material=settings.material if settings.device.kind == "crystal" else "",
        passes=candidate.passes,
        speed_mm_s=candidate.device.speed_mm_s,
        overlap_share=candidate.device.overlap_share,
        path=_path(candidate.passes),
        area_cm2=area,
        dwell_s=dwell_s(step, book),
        minutes=stroke_minutes(step, area, book),
    )


def depth_influences(
    step: Step, request: CourseRequest, book: Book, *, samples: int, seed: int
) -> tuple[Influence, ...]:
    """Return what the removed share hangs on, from samples of this zone's own rows."""
    draws = Draws(book, samples, seed)
    skin = sample_skin(request.person, step.site, draws)
    worked = work(step.application, draws, seed=seed, pitch_um=PITCH_UM)
    shares = remove(worked, skin, draws).corneum_share
    return tuple(
        Influence(
            key=one.key,
            title=book.number(one.key).conditions,
            share=one.share,
            rises=one.rises,
            measurable=MEASURABLE.get(one.key.rsplit(".", 1)[-1], ""),
        )
        for one in influences(draws, shares)
    )


def hangs_on(found: Sequence[Influence]) -> str:
    """Return "It hangs on ...; measuring ... narrows it." or nothing."""
    if not found:
        return ""
    said = "It hangs on " + ", ".join(f"{one.key} ({100 * one.share:.0f} %)" for one in found[:3])
    ways = [one.measurable for one in found if one.measurable]
    return said + (
        f". To narrow it: {'; '.join(ways[:2])}." if ways else "; nothing that a clinic can measure narrows these."
    )


def zone_notes(candidate: Candidate, site: Site, request: CourseRequest, verdict: ZoneVerdict, book: Book) -> list[str]:
    """Return what the reader must know of a zone.

    References
    ----------
    Rules ``treatment.eyes``, ``treatment.sites``, ``treatment.test_spot``, ``treatment.vacuum.ceiling``,
    ``treatment.coarse_diamond``.
    """
    notes = []

    def add(key: str) -> None:
        rule = book.rule(key)
        notes.append(f"{rule.text} (rule {key}; {', '.join(rule.rows)})")

    if verdict.verdict == "ask":
        notes.append("A clinician answers what the rules ask before the first session.")
    if verdict.verdict == "defer":
        notes.append("A rule defers this zone until a day before the first session: it is asked again on the day.")
    if site.region == "eyelid":
        add("treatment.eyes")
    add("treatment.sites")
    if request.person.pigment_risk is not False:
        add("treatment.test_spot")
    ceiling = book.rule("treatment.vacuum.ceiling")
    highest = Quantity(ceiling.value or 0.0, ceiling.unit)
    if candidate.device.name != "diamond" and abs(candidate.vacuum.to("kPa")) > highest.to("kPa"):
        notes.append(
            f"{candidate.vacuum} is above a textbook's {highest} (rule treatment.vacuum.ceiling; PR-002, PR-003)."
        )
    if candidate.grit is not None and candidate.grit.to("um") >= (book.rule("treatment.coarse_diamond").value or 0.0):
        add("treatment.coarse_diamond")
    return notes


def step_for(candidate: Candidate, zone: str, book: Book) -> Step:
    """Return the step of a candidate on a zone by its name."""
    return step_of(candidate, find_site(zone), book)


def _path(passes: int) -> str:
    lead = "Strokes side by side over the whole zone, skin held taut, the handpiece never standing still."
    if passes == 1:
        return f"{lead} One pass."
    return f"{lead} {passes} passes, each at right angles to the one before."


def zone_area_cm2(site: Site, request: CourseRequest, book: Book) -> float:
    """Return the area of a zone, marks and all: as measured, or the usual one."""
    return request.areas_cm2.get(site.name, book.number(_area_key(site)).value)


def _area_key(site: Site) -> str:
    name = {"face": "face", "neck": "face", "eyelid": "eyelid"}.get(site.region, "body")
    return f"course.area.{name}_cm2"
