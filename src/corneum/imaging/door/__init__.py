"""The door: a file of any name becomes an upright sRGB photograph, or is refused with a reason."""

from corneum.imaging.door.reading import read_photo
from corneum.imaging.photo import PhotoRefused

__all__ = ["PhotoRefused", "read_photo"]
