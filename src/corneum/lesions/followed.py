"""What became of a mark between two photographs, and the words for it."""

from dataclasses import dataclass
from typing import Any, Literal

from corneum.lesions.checking import KEEP_OFF, Mark
from corneum.lesions.dermoscopy import LOOK

State = Literal["new", "changed", "unchanged", "not_found"]
UNCHANGED = "No measured change. This does not rule anything out."
_ONCE = "Its border could be drawn in one photograph only: size and shape were not compared."
NOT_FOUND = "Not found again: it may be hidden, out of focus, outside the picture, or gone"
_BEYOND = 2.4
"""Standard errors beyond which one of three measures has changed: chance passes all three in 19 of 20 marks."""


@dataclass(frozen=True)
class Difference:
    """The change of one measure of a mark.

    Parameters
    ----------
    name
        ``diameter``, ``contrast`` or ``asymmetry``.
    change
        Share of the earlier value for diameter and contrast (corrected for the two photographs' magnification and
        light), difference for asymmetry.
    error
        One standard error of the change.
    """

    name: str
    change: float
    error: float

    @property
    def beyond(self) -> bool:
        """Whether it is more than chance would make of it."""
        return abs(self.change) > _BEYOND * self.error

    def text(self) -> str:
        """Return "diameter 12 % larger (error 4 %)"."""
        more = {"diameter": "larger", "contrast": "darker against the skin", "asymmetry": "more asymmetric"}
        less = {"diameter": "smaller", "contrast": "paler against the skin", "asymmetry": "less asymmetric"}
        word = more[self.name] if self.change > 0 else less[self.name]
        unit = "points" if self.name == "asymmetry" else "%"
        return f"{self.name} {100 * abs(self.change):.0f} {unit} {word} (error {100 * self.error:.0f} {unit})"


@dataclass(frozen=True)
class Followed:
    """One mark across two photographs.

    Parameters
    ----------
    state
        New, changed beyond error, unchanged, or not found again.
    before, after
        As measured in each; None where it is not there.
    place
        Column and row in the later photograph, px.
    differences
        What was compared.
    colors_new
        Colors that the mark holds now and did not before.
    """

    state: State
    before: Mark | None
    after: Mark | None
    place: tuple[float, float]
    differences: tuple[Difference, ...] = ()
    colors_new: tuple[str, ...] = ()

    @property
    def look(self) -> bool:
        """Whether a doctor should look at it: new, changed in any direction, or not found again."""
        return self.state != "unchanged"

    def text(self, earlier: str = "the earlier photograph") -> str:
        """Return the finding in words.

        Parameters
        ----------
        earlier
            What the earlier photograph is called, for example a date.
        """
        size = "" if self.after is None or self.after.size is None else f" {self.after.size.text()}."
        if self.state == "new":
            return f"New since {earlier}.{size} {KEEP_OFF} {LOOK}."
        if self.state == "changed":
            return f"Looks different from {earlier}: {self._what()}.{size} {KEEP_OFF} {LOOK}."
        if self.state == "not_found":
            return f"{NOT_FOUND}. That is a change as well: tell a doctor. {KEEP_OFF}"
        once = "" if self.before is not None and self.after is not None else f" {_ONCE}"
        return f"{UNCHANGED}{once}{size} {KEEP_OFF}"

    def _what(self) -> str:
        said = [one.text() for one in self.differences if one.beyond]
        return "; ".join([*said, *(f"{color} is new in it" for color in self.colors_new)])

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain values that JSON can hold."""
        return {
            "state": self.state,
            "place_px": [round(value, 1) for value in self.place],
            "text": self.text(),
            "before": None if self.before is None else self.before.to_dict(),
            "after": None if self.after is None else self.after.to_dict(),
            "differences": [
                {"name": one.name, "change": round(one.change, 4), "error": round(one.error, 4), "beyond": one.beyond}
                for one in self.differences
            ],
            "colors_new": list(self.colors_new),
        }
