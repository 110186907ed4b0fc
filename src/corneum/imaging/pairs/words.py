"""The sentences of a measured pair: what changed, and what this pair cannot claim."""

from corneum.evidence import load_evidence
from corneum.imaging.canvas import Canvas
from corneum.imaging.gates import Gate, PairCheck
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs.prepared import Prepared
from corneum.imaging.pairs.result import Change, Outcome, Pair

_SINGULAR = {"index units": "index unit", "degrees": "degree", "percentage points": "percentage point"}
_TOLD_ELSEWHERE = frozenset({"detail", "pixels", "card", "scale"})
"""Gates of which the result itself speaks: what is withheld, and what the scale rests on."""
_OUTCOMES = {
    "immediate": "Taken on the day of the baseline or of a session: what is seen then is mostly gone within 14 days.",
    "between": "Less than 14 days lie between the photographs: this is not yet a durable outcome.",
    "durable": "At least 14 days lie between the photographs: durable, unless a session fell into the last 14.",
    "unknown": "No dates in this order are known for the photographs: nor is whether this outcome is durable.",
}


def outcome_in_words(pair: Pair) -> str:
    """Return the sentence on immediate or durable outcome."""
    return said_of_outcome(pair.outcome)


def said_of_outcome(outcome: Outcome) -> str:
    """Return the sentence on immediate or durable outcome."""
    return _OUTCOMES[outcome]


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


def unit_of_change(index: str) -> str:
    """Return the unit of a difference of two values: of two percentages it is percentage points.

    Parameters
    ----------
    index
        Key.

    Examples
    --------
    >>> unit_of_change("texture"), unit_of_change("redness")
    ('percentage points', 'index units')
    """
    unit = INDICES[index].unit
    return "percentage points" if unit == "%" else unit


def per_baseline(change: Change) -> tuple[float, str]:
    """Return what a change is multiplied by to be told, and its unit: percent of the baseline, or the index's own.

    Parameters
    ----------
    change
        Measured.
    """
    if INDICES[change.index].is_ratio and change.before:
        return 100 / abs(change.before), "%"
    return 1.0, unit_of_change(change.index)


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


def gate_in_words(gate: Gate) -> str:
    """Return what a gate says: its value, the limit that it is beyond, and what to do.

    Parameters
    ----------
    gate
        Of a photograph or of a pair.
    """
    value = gate.said or f"{_short(gate.value)} {gate.unit}".strip()
    if not gate.said and gate.limit_high is not None:
        value += f", at most {_short(gate.limit_high)}"
    return f"{gate.title}: {value}. {gate.advice}".strip()


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.2g}"


def told(check: PairCheck) -> tuple[str, ...]:
    """Return what differs between the ways in which two photographs were taken, with advice, as sentences."""
    return tuple(gate_in_words(gate) for gate in check.gates if gate.result in ("correct", "refuse"))


def of_each(baseline: Prepared, followup: Prepared) -> tuple[str, ...]:
    """Return what should be done better in each photograph, as sentences.

    Parameters
    ----------
    baseline, followup
        From `prepare`.
    """
    return tuple(
        f"In {one.photo.name}: {gate_in_words(gate)}"
        for one in (baseline, followup)
        for gate in one.gates
        if gate.result in ("correct", "refuse") and gate.key not in _TOLD_ELSEWHERE
    )


def _tone(exponent: float) -> list[str]:
    if abs(exponent - 1) <= load_evidence().number("imaging.tone.told_ratio").value:
        return []
    return [
        f"The follow-up's tones go with the power {exponent:.2f} of the baseline's, over skin and surroundings: "
        "another tone curve or contrast of the camera. The errors of this pair are widened by as much."
    ]


def notes_of(baseline: Prepared, followup: Prepared, canvas: Canvas) -> tuple[str, ...]:
    """Return what this pair cannot claim, as sentences.

    Parameters
    ----------
    baseline, followup
        From `prepare`.
    canvas
        The follow-up in the common frame.

    References
    ----------
    ``imaging.tone.told_ratio``.
    """
    notes = list(dict.fromkeys((*baseline.notes, *followup.notes)))
    if not canvas.carded:
        notes.append(
            "No color card in both photographs: they are only matched to each other, so a change of color over the "
            "whole region cannot be seen, and color is reported only against the rest of it. Another tone curve, HDR, "
            "a beauty mode or a filter of the camera can look like a change of contrast, texture or spots."
        )
        notes += _tone(canvas.tone_exponent)
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
