"""What ``corneum lesion`` prints."""

from typing import TYPE_CHECKING, Any

from rich.console import Console

if TYPE_CHECKING:
    from corneum.imaging.card import Scale
    from corneum.lesions.checking import Checked
    from corneum.lesions.followed import Followed


def checked_dict(found: "Checked") -> dict[str, Any]:
    """Return a finding as plain values that JSON can hold."""
    lists = [{"list": one.name, "look": one.look, "text": one.text, "rows": list(one.rows)} for one in found.lists]
    return {
        "text": found.text,
        "look": found.look,
        "reasons": list(found.reasons),
        "lists": lists,
        "notes": list(found.notes),
        "mark": found.mark.to_dict(),
    }


def print_checked(found: "Checked") -> None:
    """Print what was found at one mark."""
    console = _console()
    console.print(found.text, style="bold", markup=False, soft_wrap=True)
    mark, shape = found.mark, found.mark.shape
    size = "not known" if mark.size is None else f"{mark.size.text()}, scale from {mark.size.scale_from}"
    folds = " and ".join(f"{100 * share:.0f} %" for share in shape.asymmetry_shares)
    for line in (
        f"Size: {size}",
        f"Asymmetry: two folds leave {folds} of the area uncovered",
        f"Border: compactness {shape.compactness_ratio:.2f} (a disk has 1); abrupt in {shape.abrupt_eighths} of 8",
        f"Colors against the own skin: {', '.join(mark.colors.present) or 'like the skin'}",
        *(one.text for one in found.lists),
        *found.notes,
    ):
        console.print(f"- {line}", markup=False, soft_wrap=True)


def print_followed(followed: "tuple[Followed, ...]", earlier: str, scales: "list[Scale]") -> None:
    """Print what became of each mark since an earlier photograph, and what could not be seen."""
    console = _console()
    for number, one in enumerate(followed, 1):
        column, row = one.place
        console.print(f"{number}. At {column:.0f},{row:.0f}: {one.text(earlier)}", markup=False, soft_wrap=True)
    if not followed:
        console.print("No mark could be outlined in either photograph. This does not rule anything out.", markup=False)
    for sentence in (*unlike(followed), *_limits(scales)):
        console.print(f"- {sentence}", markup=False, soft_wrap=True)


def unlike(followed: "tuple[Followed, ...]") -> list[str]:
    """Return what is said of the later marks among each other; by their numbers in the list."""
    from corneum.lesions.ducklings import UNLIKE, TooFewMarks, odd_ones

    seen = [(number, one.after) for number, one in enumerate(followed, 1) if one.after is not None]
    if len(followed) < 2:
        return []
    try:
        odd = odd_ones([mark.features for _, mark in seen])
    except TooFewMarks as error:
        return [f"{error}."]
    return [f"Mark {seen[one.number][0]} {UNLIKE} ({', '.join(one.by)})." for one in odd]


def _limits(scales: "list[Scale]") -> list[str]:
    from corneum.lesions.marks import LEAST_PX
    from corneum.lesions.rows import value

    if len(scales) < 2:
        return ["No scale: nothing is told in millimeters; only the mark that was pointed at is followed."]
    coarsest = min(one.px_per_mm for one in scales)
    least = max(value("find.diameter_mm"), LEAST_PX / coarsest)
    return [f"Marks below {least:.1f} mm are not looked for: these photographs show {coarsest:.1f} px/mm."]


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=120)
