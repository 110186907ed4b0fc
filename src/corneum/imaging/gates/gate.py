"""What a gate says: a value, its limits, and one sentence that tells what to do."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from corneum.imaging.card import Scale
    from corneum.imaging.faces import Expression, Light, Pose

Result = Literal["good", "correct", "refuse", "unknown"]
"""Within limits; usable but do better next time; not to be measured; or this photograph cannot tell."""


@dataclass(frozen=True)
class Gate:
    """One gate of a photograph or of a pair.

    Parameters
    ----------
    key
        For example ``focus``.
    title
        As people read it.
    value
        NaN where it could not be found.
    unit
        As printed after the value; may be empty.
    limit_low, limit_high
        Between these the result is ``good``; None where there is no such limit.
    result
        What follows.
    advice
        One sentence that tells what to do; empty where there is nothing to do.
    said
        The value in words, where a number alone says too little; else empty.
    sources
        Evidence keys of the limits.
    """

    key: str
    title: str
    value: float
    unit: str
    limit_low: float | None
    limit_high: float | None
    result: Result
    advice: str = ""
    said: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class PhotoCheck:
    """All gates of one photograph, and what a comparison needs of it.

    Parameters
    ----------
    name
        Of the file.
    view
        As in `corneum.imaging.gates.VIEWS`.
    gates
        In the order in which they are told.
    notes
        What a photograph cannot show, and what the file said.
    pose, expression, light
        Of the face; None where there is none.
    scale
        Pixels per mm of skin; None where nothing tells it.
    eye_share
        Eye distance over the longer side of the picture; NaN without a face.
    distance_cm
        From the camera to the face; NaN where the camera did not write its focal length.
    """

    name: str
    view: str
    gates: tuple[Gate, ...]
    notes: tuple[str, ...] = ()
    pose: "Pose | None" = None
    expression: "Expression | None" = None
    light: "Light | None" = None
    scale: "Scale | None" = None
    eye_share: float = float("nan")
    distance_cm: float = float("nan")

    @property
    def usable(self) -> bool:
        """Whether no gate refuses."""
        return all(gate.result != "refuse" for gate in self.gates)

    def gate(self, key: str) -> Gate:
        """Return one gate by its key; raises KeyError for a gate that this view does not have."""
        for gate in self.gates:
            if gate.key == key:
                return gate
        raise KeyError(f"no gate {key!r}: this check has {', '.join(gate.key for gate in self.gates)}")


@dataclass(frozen=True)
class PairCheck:
    """All gates of two photographs that shall be compared.

    Parameters
    ----------
    names
        Of the two files.
    gates
        In the order in which they are told.
    """

    names: tuple[str, str]
    gates: tuple[Gate, ...]

    @property
    def comparable(self) -> bool:
        """Whether no gate refuses."""
        return all(gate.result != "refuse" for gate in self.gates)

    def gate(self, key: str) -> Gate:
        """Return one gate by its key."""
        return PhotoCheck("", "", self.gates).gate(key)
