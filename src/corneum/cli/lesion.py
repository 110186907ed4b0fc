"""``corneum lesion``: a mark on the skin, outlined and measured. It only ever says: have it looked at, or no change."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corneum.cli.bar import bar
from corneum.cli.lesion_input import given_scale, lists_of, place_of
from corneum.cli.lesion_marks import kept_marks, write_marks
from corneum.cli.lesion_words import checked_dict, print_checked, print_followed, unlike

if TYPE_CHECKING:
    from corneum.lesions.followed import Followed
    from corneum.lesions.photographs import Taken

lesion = typer.Typer(
    name="lesion",
    help="Outline, measure and follow marks on the skin. It says at most: have it looked at by a doctor.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
_Photograph = Annotated[Path, typer.Argument(help="Photograph: JPEG, PNG, TIFF or HEIC.", show_default=False)]
_Scale = Annotated[str, typer.Option("--scale", help='Pixels per mm, such as "12.5 px/mm"; default: a card or a face.')]
_At = Annotated[
    str, typer.Option("--at", help="Column and row inside the mark, px: 812,644; default: the middle, or only, one.")
]
_Folder = Annotated[Path | None, typer.Option("--output", "-o", help="Folder for pictures with the outline (PNG).")]
_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@lesion.command()
def check(
    photograph: _Photograph,
    scale: _Scale = "",
    at: _At = "",
    criteria: Annotated[
        Path | None, typer.Option("--criteria", help="Criteria of a list that a clinician filled in (TOML).")
    ] = None,
    site: Annotated[str, typer.Option("--site", help="Where it is: face, palm, sole, or a body site.")] = "",
    output: _Folder = None,
    as_json: _Json = False,
) -> None:
    """Outline and measure one mark in one photograph. One photograph cannot show a change.

    Lists of dermoscopy are computed from what a clinician enters, never from the picture.

    Examples:

    * corneum lesion check mark.jpg --scale "12.5 px/mm" -o mark

    * corneum lesion check face.jpg --at 812,644

    * corneum lesion check mark.jpg --criteria criteria.toml --site palm
    """
    from corneum.lesions.checking import check as run
    from corneum.lesions.overlay import close_up

    lists = lists_of(criteria)
    one = _read(photograph, scale)
    place = place_of(at) or _only_mark(one)
    where = "face" if one.face is not None and not site else site
    found = run(one.photo.pixels, place, one.scale, lists, where, skin=one.skin)
    written = _write(output, {f"{photograph.stem}-outline.png": close_up(one.photo.pixels, found.mark)})
    if as_json:
        typer.echo(json.dumps(checked_dict(found), allow_nan=False))
        return
    print_checked(found)
    for path in written:
        typer.echo(f"Wrote {path}")


@lesion.command()
def compare(
    earlier: _Photograph,
    later: _Photograph,
    scale: _Scale = "",
    at: Annotated[
        str, typer.Option("--at", help="Column and row of one mark in EARLIER, px; default: all (needs a scale).")
    ] = "",
    marks: Annotated[
        Path | None, typer.Option("--marks", help="Add the marks of a face to this file (TOML), for `corneum course`.")
    ] = None,
    output: _Folder = None,
    as_json: _Json = False,
) -> None:
    """Follow marks from one photograph to another: new, changed beyond error, unchanged, or not found again.

    Examples:

    * corneum lesion compare may.jpg november.jpg --scale "12.5 px/mm"

    * corneum lesion compare may.jpg november.jpg --at 812,644 -o followed

    * corneum lesion compare may.jpg november.jpg --marks marks.toml
    """
    from corneum.lesions.photographs import aligned, followed

    place, kept = place_of(at), kept_marks(marks)
    with bar() as show:
        show("reading", 0, 3)
        first, second = _read(earlier, scale), _read(later, scale)
        _require(first, second, place, marks)
        show("aligning", 1, 3)
        alignment = aligned(first, second)
        show("following marks", 2, 3)
        found = followed(first, second, alignment, place)
    written = _write(output, _pictures(first, second, found, (earlier.stem, later.stem)))
    if marks is not None:
        assert second.face is not None
        written += [write_marks(marks, kept, found, second.photo, second.face)]
    if as_json:
        told = {"marks": [one.to_dict() for one in found], "unlike": unlike(found)}
        typer.echo(json.dumps(told, allow_nan=False))
        return
    print_followed(found, _called(first), [one.scale for one in (first, second) if one.scale is not None])
    for path in written:
        typer.echo(f"Wrote {path}")


def _read(path: Path, scale: str) -> "Taken":
    from corneum.imaging.door import read_photo
    from corneum.lesions.photographs import taken

    given = given_scale(scale) if scale else None
    return taken(read_photo(path), given)


def _require(first: "Taken", second: "Taken", at: tuple[float, float] | None, marks: Path | None) -> None:
    """Refuse, before anything is aligned, what these two photographs cannot give."""
    from corneum.lesions.photographs import require_scales

    if at is None:
        require_scales(first, second)
    if marks is not None and second.face is None:
        raise typer.BadParameter("--marks needs the photograph of a face; for a body site, write the file yourself")


def _only_mark(one: "Taken") -> tuple[float, float] | None:
    """Return where the one mark of a face is; in a close-up it is the one in the middle, and None says so."""
    from corneum.lesions import OutlineRefused
    from corneum.lesions.marks import find_marks

    if one.face is None or one.scale is None:
        return None
    seen = [mark.outline.center for mark in find_marks(one.photo.pixels, one.scale, one.skin).marks]
    if len(seen) == 1:
        return seen[0]
    places = ", ".join(f"--at {column:.0f},{row:.0f}" for column, row in seen)
    if seen:
        raise OutlineRefused(f"{len(seen)} marks stand out in this face; say which one: {places}")
    raise OutlineRefused("no mark stands out in this face; point at it with --at COLUMN,ROW, or photograph it closely")


def _called(one: "Taken") -> str:
    """Return the day of a photograph, or its name where the camera wrote none."""
    day = one.photo.taken
    return f"{day.day} {day:%B %Y}" if day is not None else one.photo.name


def _pictures(
    first: "Taken", second: "Taken", found: "tuple[Followed, ...]", stems: tuple[str, str]
) -> dict[str, bytes]:
    from corneum.lesions.photographs import both_outlined

    names = (f"earlier-{stems[0]}-marks.png", f"later-{stems[1]}-marks.png")
    return dict(zip(names, both_outlined(first, second, found), strict=True))


def _write(folder: Path | None, files: dict[str, bytes]) -> list[Path]:
    from corneum.reports.files import make_folder, write_whole

    return [] if folder is None else [write_whole(make_folder(folder) / name, one) for name, one in files.items()]
