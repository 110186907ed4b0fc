"""The file of marks that ``corneum lesion compare --marks`` keeps up to date."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corneum.imaging.faces import Face
    from corneum.imaging.photo import Photo
    from corneum.lesions.exclusions import Exclusion
    from corneum.lesions.followed import Followed


def kept_marks(path: Path | None) -> "tuple[Exclusion, ...]":
    """Return the marks that a file holds already; none where there is no file yet.

    Raises
    ------
    MarksError
        If it cannot be read: nothing is put in its place.
    FileNotFoundError
        If its folder is missing.
    """
    from corneum.lesions.marks_file import MarksError, parse_marks

    if path is None:
        return ()
    if not path.parent.is_dir():
        raise FileNotFoundError(2, "no such folder", str(path.parent))
    if not path.exists():
        return ()
    try:
        return parse_marks(path.read_text(encoding="utf-8"), name=path.name)
    except UnicodeDecodeError as error:
        raise MarksError([f"{path.name}: not a text file in UTF-8"]) from error


def write_marks(
    path: Path, kept: "tuple[Exclusion, ...]", followed: "tuple[Followed, ...]", later: "Photo", face: "Face"
) -> Path:
    """Write the marks that were kept together with those that were followed."""
    from corneum.lesions.marks_file import marks_text
    from corneum.lesions.merging import merged
    from corneum.lesions.photographs import places_of
    from corneum.reports.files import write_whole

    day = later.taken.date() if later.taken is not None else date.today()
    places = places_of(followed, later, face, day)
    found = [mark for mark in places.marks if mark is not None]
    return write_whole(path, marks_text(merged(kept, found, places.boxes)).encode())
