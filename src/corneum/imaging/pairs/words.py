"""The sentences of a measured pair: what changed, and what this pair cannot claim."""

from corneum.imaging.canvas import Canvas
from corneum.imaging.gates import PairCheck
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs.prepared import Prepared
from corneum.imaging.pairs.result import Change, Pair

_SINGULAR = {"index units": "index unit", "degrees": "degree", "percentage points": "percentage point"}
_OUTCOMES = {
    "immediate": "Taken on the day of the baseline or of a session: what is seen then is mostly gone within 14 days.",
    "between": "Less than 14 days lie between the photographs: this is not yet a durable outcome.",
    "durable": "At least 14 days lie between the photographs: durable, unless a session fell into the last 14.",
    "unknown": "No dates in this order are known for the photographs: nor is whether this outcome is durable.",
}


def outcome_in_words(pair: Pair) -> str:
    """Return the sentence on immediate or durable outcome."""
    return _OUTCOMES[pair.outcome]


def change_in_words(change: Change) -> str:
    """Return one sentence on a change: its size, the error, and whether it is within measurement noise.

    Examples
    --------
    >>> change = Change("cheek_left", "redness", "index units", 10, 9.6, -0.4, 0.2, 0.4, "simulation", "within_noise")
    >>> change_in_words(change).partition("; ")[0]
    'Redness, left cheek: 0.4 index units lower'
    """
    title, zone = INDICES[change.index].title, zone_in_words(change.zone)
    if change.verdict == "withheld":
        return f"{title}, {zone}: withheld; {change.why}."
    by, unit = per_baseline(change)
    least = _sized(change.mdc95 * by, unit)
    way = "higher" if change.change > 0 else "lower"
    size = f"{_sized(abs(change.change) * by, unit)} {way}" if change.change else "no difference"
    if change.why:
        return f"{title}, {zone}: {size}; {change.why}: within measurement noise."
    end = "within measurement noise" if change.verdict == "within_noise" else "beyond measurement noise"
    return f"{title}, {zone}: {size}; the smallest change that this pair can show is {least}: {end}."


def _sized(size: float, unit: str) -> str:
    """Return a size to two digits with its unit, never as a power of ten."""
    text = f"{size:.0f}" if size >= 10 else f"{size:.2g}" if size >= 1e-4 else "less than 0.0001"
    return f"{text} {_SINGULAR.get(unit, unit) if text == '1' else unit}"


def per_baseline(change: Change) -> tuple[float, str]:
    """Return what a change is multiplied by to be told, and its unit: percent of the baseline, or the index's own.

    Parameters
    ----------
    change
        Measured.
    """
    if INDICES[change.index].is_ratio and change.before:
        return 100 / abs(change.before), "%"
    return 1.0, "percentage points" if change.unit == "%" else change.unit


def zone_in_words(zone: str) -> str:
    """Return a zone as people read it.

    Examples
    --------
    >>> zone_in_words("periorbital_left"), zone_in_words("nose")
    ('left, around the eye', 'nose')
    """
    from corneum.imaging.faces import site_of
    from corneum.skin import SITES

    side = next((word for word in ("left", "right") if zone.endswith(f"_{word}")), "")
    title = SITES[site_of(zone)].title.lower()
    if not side:
        return title
    return f"{side}, {title}" if " " in title else f"{side} {title}"


def told(check: PairCheck) -> tuple[str, ...]:
    """Return what differs between the ways in which two photographs were taken, with advice, as sentences."""
    return tuple(
        f"{gate.title}: {gate.said or f'{gate.value:.2g} {gate.unit}'.strip()}. {gate.advice}"
        for gate in check.gates
        if gate.result in ("correct", "refuse")
    )


def notes_of(baseline: Prepared, followup: Prepared, canvas: Canvas) -> tuple[str, ...]:
    """Return what this pair cannot claim, as sentences."""
    notes = list(dict.fromkeys((*baseline.notes, *followup.notes)))
    if not canvas.carded:
        notes.append(
            "No color card in both photographs: they are only matched to each other, so a change of color over the "
            "whole region cannot be seen, and color is reported only against the rest of it."
        )
    elif not all(one.correction is not None and one.correction.absolute for one in (baseline, followup)):
        notes.append("A gray target gives white balance and tone, not absolute color: ITA is withheld.")
    if baseline.scale.source == "eyes":
        notes.append(
            "The scale rests on an assumed distance between the eyes: lengths and areas share its error of "
            f"{100 * baseline.scale.error_share:.0f} %, which cancels in a change."
        )
    before, after = baseline.photo.taken, followup.photo.taken
    if before is not None and after is not None and after.date() < before.date():
        notes.append(
            f"By the cameras' clocks the follow-up ({after:%Y-%m-%d}) is older than the baseline ({before:%Y-%m-%d}): "
            "check the order; every change is told from the first photograph to the second."
        )
    return tuple(notes)
