"""Between rows and the core's own types: what the gates said, and the photograph itself."""

import math
from datetime import datetime
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from corneum.clinic.photos import files
from corneum.clinic.photos.models import Photo
from corneum.imaging import photo as core
from corneum.imaging.door import read_photo
from corneum.imaging.faces import Expression, Light, Pose
from corneum.imaging.gates import PhotoCheck

_OPTICS = ("maker", "model", "lens", "exposure_s", "aperture_number", "iso_number", "focal_mm", "focal_35mm", "flash")


def check_to_dict(check: PhotoCheck) -> dict[str, Any]:
    """Return what the gates said as JSON keeps it."""
    return {
        "view": check.view,
        "usable": check.usable,
        "gates": [
            {
                "key": gate.key,
                "title": gate.title,
                "value": _number(gate.value),
                "unit": gate.unit,
                "low": _number(gate.limit_low),
                "high": _number(gate.limit_high),
                "result": gate.result,
                "advice": gate.advice,
                "said": gate.said,
                "sources": list(gate.sources),
            }
            for gate in check.gates
        ],
        "notes": list(check.notes),
        "pose": _fields(check.pose, "yaw_deg", "pitch_deg", "roll_deg"),
        "expression": _fields(check.expression, "smile", "mouth_open", "eyes_closed", "brows_raised"),
        "light": None if check.light is None else _light_to_dict(check.light),
        "eye_share": _number(check.eye_share),
        "distance_cm": _number(check.distance_cm),
    }


def check_of(photo: Photo) -> PhotoCheck | None:
    """Return what a comparison needs of a photograph that was judged; None while it is not."""
    kept = photo.check_result
    if not kept:
        return None
    pose, expression, light = kept["pose"], kept["expression"], kept["light"]
    return PhotoCheck(
        str(photo.pk),
        photo.view,
        (),
        pose=Pose(**pose) if pose else None,
        expression=Expression(**expression) if expression else None,
        light=Light(**{**light, "direction": np.array(light["direction"], float)}) if light else None,
        eye_share=_read(kept["eye_share"]),
        distance_cm=_read(kept["distance_cm"]),
    )


def camera_to_dict(photo: core.Photo) -> dict[str, Any]:
    """Return what the camera wrote of the exposure, and what the reader noted, as JSON keeps it."""
    optics = {name: getattr(photo.optics, name) for name in _OPTICS if getattr(photo.optics, name) not in (None, "")}
    return {"optics": optics, "kind": photo.kind, "taken": str(photo.taken or ""), "notes": list(photo.notes)}


def photo_of(photo: Photo) -> core.Photo:
    """Return a photograph as the measurement reads it: pixels of the kept file, optics of the camera.

    Raises
    ------
    FileNotFoundError
        If its files were erased.
    """
    read = read_photo(files.path_of(photo.pk, files.FULL))
    kept = photo.camera
    return core.Photo(
        read.pixels,
        str(photo.pk),
        photo.digest,
        kept.get("kind", read.kind),
        core.Optics(**kept.get("optics", {})),
        parse_datetime(kept["taken"]) if kept.get("taken") else None,
        tuple(kept.get("notes", ())),
    )


def taken_at(photo: core.Photo, now: datetime) -> datetime:
    """Return when a photograph was taken by the camera's clock; now, where it wrote none or a day to come."""
    if photo.taken is None:
        return now
    try:
        told = photo.taken if timezone.is_aware(photo.taken) else timezone.make_aware(photo.taken)
    except (ValueError, OverflowError):
        return now
    return told if told.year >= 1990 and told <= now else now


def _fields(value: object | None, *names: str) -> dict[str, float] | None:
    return None if value is None else {name: float(getattr(value, name)) for name in names}


def _light_to_dict(light: Light) -> dict[str, Any] | None:
    told = _fields(light, "azimuth_deg", "elevation_deg", "directional_share", "error_deg") or {}
    numbers = [*told.values(), *map(float, light.direction)]
    return {**told, "direction": [float(one) for one in light.direction]} if all(map(math.isfinite, numbers)) else None


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _read(value: float | None) -> float:
    return math.nan if value is None else float(value)
