"""One file for each thing that is refused, and the words for it."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from corneum.imaging.door import PhotoRefused, read_photo
from tests.imaging.door.scenes import packed, scene


def chunk(name, body=b""):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width=192, height=128, depth=8, color=2, chunks=(), data=None):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))
    data = zlib.compress(bytes(1000)) if data is None else data
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IDAT", data) + chunk(b"IEND")


def frames(kind):
    out = io.BytesIO()
    first, second = Image.fromarray(scene()), Image.fromarray(scene()[::-1].copy())
    first.save(out, kind, save_all=True, append_images=[second])
    return out.getvalue()


def sized(width, height):
    """A JPEG whose header claims another size."""
    data = bytearray(packed(scene(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def tiff16():
    """A TIFF of 16 bits a channel, by hand: Pillow cannot write one."""
    entries = [(256, 3, 1, 64), (257, 3, 1, 64), (258, 3, 3, 134), (259, 3, 1, 1), (262, 3, 1, 2)]
    entries += [(273, 4, 1, 140), (277, 3, 1, 3), (278, 3, 1, 64), (279, 4, 1, 64 * 64 * 6), (284, 3, 1, 1)]
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return (
        b"II*\x00\x08\x00\x00\x00"
        + struct.pack("<H", 10)
        + table
        + bytes(4)
        + struct.pack("<3H", 16, 16, 16)
        + bytes(64 * 64 * 6)
    )


CASES = {
    "empty": (b"", "empty"),
    "text": ("Zoë's notes".encode(), "text"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "page": (b"<!DOCTYPE html><html></html>", "web page"),
    "gif": (packed(scene(), "GIF", "P"), "GIF"),
    "webp": (packed(scene(), "WEBP"), "WebP"),
    "avif": (b"\x00\x00\x00\x20ftypavif" + bytes(40), "AVIF"),
    "video": (b"\x00\x00\x00\x20ftypisom" + bytes(40), "video"),
    "sequence": (b"\x00\x00\x00\x20ftypmsf1" + bytes(40), "sequence"),
    "bmp": (packed(scene(), "BMP"), "BMP"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "zip": (b"PK\x03\x04" + bytes(30), "ZIP"),
    "raw": (b"II*\x00\x10\x00\x00\x00CR\x02\x00" + bytes(40), "raw file"),
    "zeros": (bytes(5000), "unknown kind"),
    "jpeg, gray": (packed(scene(), "JPEG", "L"), "gray"),
    "jpeg, cmyk": (packed(scene(), "JPEG", "CMYK"), "CMYK"),
    "jpeg, cut": (packed(scene(), "JPEG")[:900], "damaged or incomplete"),
    "jpeg, head only": (packed(scene(), "JPEG")[:30], "damaged or incomplete"),
    "jpeg, absurd": (sized(65500, 65500), "4290 MP"),
    "jpeg, over 50 MP": (sized(8000, 6400), "51 MP"),
    "jpeg, strip": (sized(9000, 100), "strip or panorama"),
    "jpeg, no height": (sized(200, 0), "too small"),
    "jpeg, thumbnail": (packed(scene(60, 40), "JPEG"), "too small"),
    "jpeg, many scans": (packed(scene(), "JPEG") + b"\xff\xda" * 40, "scans"),
    "jpeg, many segments": (b"\xff\xd8" + b"\xff\xfe\x00\x02" * 9000 + packed(scene(), "JPEG")[2:], "metadata"),
    "png, 16 bits": (packed(Image.new("I;16", (100, 100)), "PNG", "I;16"), "gray"),
    "png, 16 bits a channel": (png(depth=16), "16 bits"),
    "png, gray": (packed(scene(), "PNG", "L"), "gray"),
    "png, gray and alpha": (packed(scene(), "PNG", "LA"), "gray"),
    "png, palette": (packed(scene(), "PNG", "P"), "palette"),
    "png, animated": (frames("PNG"), "animated"),
    "png, absurd": (png(60000, 60000), "3600 MP"),
    "png, line": (png(50_000_000, 1), "too small"),
    "png, no data": (png(), "damaged or incomplete"),
    "png, flipped bit": (png()[:-20] + b"\x01" + png()[-19:], "damaged or incomplete"),
    "png, huge text": (png(chunks=[chunk(b"tEXt", bytes(17_000_000))]), "metadata"),
    "png, many chunks": (png(chunks=[chunk(b"tEXt")] * 100_001), "pieces"),
    "png, high dynamic range": (png(chunks=[chunk(b"cICP", bytes([9, 16, 0, 1]))]), "dynamic range"),
    "tiff, 16 bits": (tiff16(), "16 bits"),
    "tiff, gray": (packed(scene(), "TIFF", "L"), "gray"),
    "tiff, cmyk": (packed(scene(), "TIFF", "CMYK"), "CMYK"),
    "tiff, lab": (packed(Image.new("LAB", (100, 100)), "TIFF", "LAB"), "Lab"),
    "tiff, palette": (packed(scene(), "TIFF", "P"), "palette"),
    "tiff, pages": (frames("TIFF"), "several pictures"),
    "tiff, cut": (packed(scene(), "TIFF")[:4000], "damaged or incomplete"),
    "tiff, empty": (b"II*\x00\x08\x00\x00\x00\x00\x00" + bytes(4), "damaged or incomplete"),
    "tiff, big": (b"II+\x00" + bytes(40), "BigTIFF"),
    "heic, empty": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "damaged or incomplete"),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_with_its_reason(tmp_path, name):
    data, why = CASES[name]
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    with pytest.raises(PhotoRefused, match=why) as told:
        read_photo(path)
    message = str(told.value)
    assert message.startswith("photo.jpg: ")
    assert ": " in message.removeprefix("photo.jpg: ")
    assert len(message) < 250


def test_the_hand_made_files_would_be_read_if_they_were_whole(tmp_path):
    rows = b"".join(b"\x00" + row.tobytes() for row in scene())
    path = tmp_path / "photo.png"
    path.write_bytes(png(data=zlib.compress(rows)))
    np.testing.assert_array_equal(read_photo(path).pixels, scene())
