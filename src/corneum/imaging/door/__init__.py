"""The door: a file of any name becomes an upright sRGB photograph, or is refused with a reason."""

from corneum.imaging.door.reading import photo_in, read_photo
from corneum.imaging.door.writing import jpeg_of, smaller
from corneum.imaging.photo import PhotoRefused

__all__ = ["PhotoRefused", "jpeg_of", "photo_in", "read_photo", "smaller"]
