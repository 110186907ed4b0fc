"""The pictures of a measured pair on disk: in the clinic's folder by id, whole or not there."""

import json
import shutil
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from corneum.clinic.photos import files as photos
from corneum.imaging.door import jpeg_of
from corneum.imaging.pairs import Pair
from corneum.reports.photographs.pictures import pictures_of
from corneum.reports.photographs.writing import pair_table

BASELINE, FOLLOWUP = "baseline", "followup"
MAP = "map-"
_QUALITY = 90
"""For the eye: what is measured is never read from these pictures."""
STUDY = "study.toml"
_PART = ".part"


def study_path() -> Path:
    """Return where the clinic's own repeatability study lies, if it made one."""
    root = Path(settings.HOME.root) if settings.HOME is not None else photos.root()
    return root / STUDY


def folder_of(measurement_id: UUID) -> Path:
    """Return the folder of a measured pair."""
    return photos.root() / "measured" / str(measurement_id)


def are_there(measurement_id: UUID) -> bool:
    """Return whether the pictures of a measured pair are there; withdrawal deletes them."""
    return folder_of(measurement_id).is_dir()


def picture_path(measurement_id: UUID, name: str) -> Path | None:
    """Return the file of a picture; None where there is none of this name."""
    path = folder_of(measurement_id) / f"{name}.jpg"
    return path if path.is_file() else None


def keep_pictures(measurement_id: UUID, pair: Pair) -> dict[str, object]:
    """Write the aligned photographs, the maps of change and the table, all or nothing.

    Returns
    -------
    dict
        Width and height of the aligned photographs, and the indices that have a map.
    """
    shown = pictures_of(pair)
    named = {BASELINE: shown.baseline, FOLLOWUP: shown.followup}
    named |= {f"{MAP}{index}": picture for index, picture in shown.changes.items()}
    folder = folder_of(measurement_id)
    part = _part_of(folder)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    try:
        for name, picture in named.items():
            photos.write_file(part / f"{name}.jpg", jpeg_of(picture, _QUALITY))
        photos.write_file(part / "changes.json", json.dumps(pair_table(pair), allow_nan=False).encode())
        # What an earlier try left is replaced: the row that names it is written after this.
        shutil.rmtree(folder, ignore_errors=True)
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    height, width = shown.baseline.shape[:2]
    return {"width": int(width), "height": int(height), "maps": list(shown.changes)}


def remove_pictures(measurement_id: UUID) -> None:
    """Remove the pictures of a measured pair, where there are any, and what a killed worker had begun to write."""
    folder = folder_of(measurement_id)
    for one in (folder, _part_of(folder)):
        shutil.rmtree(one, ignore_errors=True)


def clear_unfinished(before: datetime) -> int:
    """Remove what was begun before a time and never finished; return how many folders."""
    parts = (photos.root() / "measured").glob(f".*{_PART}")
    old = [folder for folder in parts if folder.stat().st_mtime < before.timestamp()]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _part_of(folder: Path) -> Path:
    # One name for every try: what a worker that was killed left is cleared away by the next.
    return folder.with_name(f".{folder.name}{_PART}")
