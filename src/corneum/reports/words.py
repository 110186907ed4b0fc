"""What was simulated, as sentences: the person, the course, the steps as a methods section puts them."""

from dataclasses import dataclass

from markupsafe import Markup

from corneum.abrasion import Application
from corneum.devices import GRAIN_MATERIALS, Reading
from corneum.reports.numbers import middle_and_range, two_digits, unit_text
from corneum.treatment import Protocol, Result, Step, ZoneResult
from corneum.units import unit_of_name

NOT_VALIDATED = "not validated on you"
_FEW = 40
_SETTING = {
    "vacuum": "vacuum",
    "flow": "crystal flow",
    "grain": "grain size",
    "opening": "opening",
    "drive": "drive pressure",
    "grit": "grit",
    "tip": "tip diameter",
    "load": "load",
    "count": "number",
    "length": "length of a stroke",
}


@dataclass(frozen=True)
class StepWords:
    """One step of a session in words.

    Parameters
    ----------
    zone, device
        Titles.
    settings
        As printed on the machine or in the paper, with their unit.
    path
        How the handpiece moves.
    open
        What is not given and therefore sampled from evidence rows.
    """

    zone: str
    device: str
    settings: str
    path: str
    open: str


def verdict(zone: ZoneResult) -> Markup:
    """Return what the model expects of the first session on a zone, in one sentence whose numbers do not break."""
    first = zone.sessions[0]
    if not first.depth_um.any():
        return Markup("With these settings the model expects nothing to be removed; {}.").format(NOT_VALIDATED)
    return Markup(
        'With these settings the model expects <span class="whole">{} µm</span> removed, '
        '<span class="whole">{} %</span> of the stratum corneum; {}.'
    ).format(middle_and_range(first.depth_um), middle_and_range(first.corneum_share, as_percent=True), NOT_VALIDATED)


def band_words(result: Result) -> str:
    """Return what a band of this result is, for legends."""
    n = result.draws.n
    if n == 1:
        return "a single sample, so no band"
    skins = "samples of one typical skin" if result.draws.typical else "sampled skins"
    if n < _FEW:
        return f"central 95 % of only {n} {skins}: the ends of the band are rough"
    return f"central 95 % of {n:,} {skins}"


def course_words(protocol: Protocol) -> str:
    """Return the course in two sentences."""
    sites = {step.site.name: step.site.title.lower() for step in protocol.steps}
    zones = f"Treated: {join_words(list(sites.values()))}."
    if protocol.sessions == 1:
        return f"{zones} One session, followed for {protocol.follow_up_d:g} days."
    apart = f"{protocol.sessions} sessions, {protocol.interval_d:g} days apart"
    return f"{zones} {apart}, followed for {protocol.follow_up_d:g} days after the last one."


def person_words(protocol: Protocol) -> str:
    """Return whose skin, in which state and air."""
    person = protocol.person
    words = [f"{person.age_y:g} years", "sex not stated" if person.sex == "unstated" else person.sex]
    words.append(f"phototype {person.phototype}" if person.phototype else "phototype not asked")
    if person.monk_tone is not None:
        words.append(f"Monk tone {person.monk_tone}")
    if protocol.stripped_share > 0:
        words.append(f"{100 * protocol.stripped_share:.0f} % of the stratum corneum already gone")
    if protocol.irritated:
        words.append("irritated today")
    return ", ".join(words)


def air_words(protocol: Protocol) -> str:
    """Return the air of the room."""
    air = protocol.air
    temperature = "temperature sampled" if air.temperature_degc is None else f"{air.temperature_degc:g} °C"
    share = air.humidity_share
    humidity = "humidity sampled" if share is None else f"{100 * share:.0f} % relative humidity"
    return f"{temperature}, {humidity}"


def sample_words(result: Result) -> str:
    """Return how the samples were drawn."""
    n = result.draws.n
    if n == 1:
        return "1 sample"
    if result.draws.typical:
        return f"{n:,} samples of one typical skin: bands show only what nobody knows"
    return f"{n:,} sampled skins: bands hold differences between people and what nobody knows"


def step_words(step: Step) -> StepWords:
    """Return one step in words."""
    application = step.application
    device = application.settings.device
    title = device.title
    if device.kind == "crystal":
        title += f", {GRAIN_MATERIALS[application.settings.material]}"
    given = [
        f"{setting_title(name)} {reading_text(reading, name)}" for name, reading in application.settings.given.items()
    ]
    return StepWords(
        zone=step.site.title,
        device=title,
        settings=", ".join(given) if given else "no setting given",
        path=_path(application),
        open=", ".join(_open(application)),
    )


def setting_title(name: str) -> str:
    """Return the words for a setting such as ``vacuum_kpa``."""
    stem = name.split("_")[0]
    return _SETTING.get(stem, stem)


def reading_text(reading: Reading, name: str) -> str:
    """Return a setting as it was read, with the unit that the model uses in parentheses where it differs.

    Examples
    --------
    >>> from corneum.units import Quantity
    >>> reading_text(Reading(Quantity(30, "mmHg"), "crystal-venturi"), "vacuum_kpa")
    '30 mmHg (4.0 kPa)'
    """
    quantity, own = reading.quantity, str(unit_of_name(name))
    text = f"{quantity.value:g} {unit_text(quantity.unit)}".rstrip()
    if quantity.unit == own:
        return text
    return f"{text} ({two_digits(abs(quantity.to(own)))} {unit_text(own)})"


def join_words(words: list[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _path(application: Application) -> str:
    plan, kind = application.plan, application.settings.device.kind
    area = f"{plan.width_mm * plan.height_mm / 100:.3g} cm²"
    if kind == "tape":
        return area if plan.passes == 1 else f"{area}, the whole set {plan.passes} times"
    parts = [area]
    if plan.stationary:
        parts.append(f"the tip stands still for {plan.dwell_s:g} s")
        if plan.passes > 1:
            parts.append(f"{plan.passes} times")
    else:
        passes = "1 pass" if plan.passes == 1 else f"{plan.passes} passes"
        parts.append(passes + (", every second at right angles" if plan.crossed and plan.passes > 1 else ""))
        if kind != "pad":
            parts += [f"{plan.speed_mm_s:g} mm/s"] if plan.speed_known else []
            parts += [f"strokes overlap by {100 * plan.overlap_share:.0f} %"] if plan.overlap_known else []
    if application.mask is not None:
        mask = application.mask
        parts.append(f"through a mask with holes of {mask.hole_um:g} µm, {mask.spacing_um:g} µm from middle to middle")
    return ", ".join(parts)


def _open(application: Application) -> list[str]:
    plan, kind = application.plan, application.settings.device.kind
    names = [setting_title(name) for name in application.settings.assumed]
    if kind not in ("tape", "pad") and not plan.stationary:
        names += [] if plan.speed_known else ["speed of the handpiece"]
        names += [] if plan.overlap_known else ["overlap of strokes"]
    return names
