"""Two hundred and more files that mean harm or were harmed, made from a seed; and a process that reads them all.

Run as a program with a folder, it reads every file in it under a limit of memory and prints one line of JSON for each.
"""

import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from tests.imaging.door.scenes import noisy, packed, tags

HEIC = Path(__file__).parent / "data" / "turned.heic"
GIGABYTE = 1_000_000_000
SECONDS = 10
MAGIC = 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0, 1, 0xFFFF


def originals():
    """Whole files of every kind that is read."""
    from corneum.imaging.door.profiles import display_p3

    pixels, icc = noisy(1), display_p3()
    yield "base.jpg", packed(pixels, "JPEG", exif=tags(6), icc_profile=icc)
    yield "progressive.jpg", packed(pixels, "JPEG", progressive=True, subsampling=2)
    yield "pair.jpg", packed(pixels, "MPO", save_all=True, append_images=[Image.fromarray(pixels)])
    yield "base.png", packed(pixels, "PNG", exif=tags(3), icc_profile=icc)
    yield "alpha.png", packed(np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)]), "PNG", "RGBA")
    for packing in ("raw", "tiff_lzw", "tiff_adobe_deflate", "jpeg", "packbits"):
        told = {"exif": tags()} if packing == "raw" else {"compression": packing}
        yield f"{packing}.tif", packed(pixels, "TIFF", icc_profile=icc, **told)
    yield "base.heic", HEIC.read_bytes()


def mutated(data, dice):
    """One way among six to harm a file."""
    data = bytearray(data)
    head = min(len(data), 600)
    way = dice.integers(6)
    if way == 0:
        for _ in range(dice.integers(1, 12)):
            data[dice.integers(len(data))] ^= 1 << dice.integers(8)
    elif way == 1:
        del data[dice.integers(len(data)) :]
    elif way == 2:
        for _ in range(dice.integers(1, 4)):
            at = int(dice.integers(4, head - 4))
            data[at : at + 4] = struct.pack(">I" if dice.integers(2) else "<I", MAGIC[dice.integers(len(MAGIC))])
    elif way == 3:
        start, length = int(dice.integers(len(data))), int(dice.integers(1, 400))
        at = int(dice.integers(len(data)))
        data[at:at] = data[start : start + length]
    elif way == 4:
        start = int(dice.integers(len(data)))
        del data[start : start + int(dice.integers(1, 200))]
    else:
        start, length = int(dice.integers(head)), int(dice.integers(1, 64))
        data[start : start + length] = dice.bytes(length)
    return bytes(data)


def chunk(name, body=b""):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def tiff(entries, tail=b"", following=0):
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\x00" + struct.pack("<IH", 8, len(entries)) + table + struct.pack("<I", following) + tail


def bombs():
    """Small files that ask for much."""
    jpeg, png = packed(noisy(2), "JPEG"), packed(noisy(2), "PNG")
    app = b"\xff\xe1\xff\xff" + b"Exif\x00\x00" + bytes(65527)
    yield "bomb-fill.jpg", jpeg[:2] + b"\xff" * 20_000_000 + jpeg[2:]
    yield "bomb-stall.jpg", jpeg[:-200] + b"\xff" * 20_000_000 + jpeg[-200:]
    yield "bomb-segments.jpg", jpeg[:2] + b"\xff\xfe\x00\x02" * 2_000_000 + jpeg[2:]
    yield "bomb-exif.jpg", jpeg[:2] + app * 600 + jpeg[2:]
    many = struct.pack(">H", 5000) + struct.pack(">HHII", 0x9000, 7, 60_000, 8) * 5000
    tagged = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + many
    yield "bomb-tags.jpg", jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(tagged) + 2) + tagged + jpeg[2:]
    circle = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01" + struct.pack(">HHII", 0x8769, 4, 1, 8) + bytes(4)
    yield "bomb-circle.jpg", jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(circle) + 2) + circle + jpeg[2:]
    packed_zeros = zlib.compress(bytes(60_000_000))
    yield "bomb-text.png", png[:33] + chunk(b"zTXt", b"Comment\x00\x00" + packed_zeros) * 50 + png[33:]
    yield "bomb-profile.png", png[:33] + chunk(b"iCCP", b"P\x00\x00" + packed_zeros) + png[33:]
    yield "bomb-chunks.png", png[:33] + chunk(b"tEXt") * 1_500_000 + png[33:]
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 7000, 7100, 8, 2, 0, 0, 0))
    yield "bomb-pixels.png", png[:8] + head + chunk(b"IDAT", zlib.compress(bytes(7100 * 21001), 9)) + chunk(b"IEND")
    yield "bomb-extra.png", png[:-12] + chunk(b"IDAT", packed_zeros * 10) + chunk(b"IEND")
    sides = [(256, 4, 1, 7000), (257, 4, 1, 7000), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 2), (277, 3, 1, 3)]
    yield "bomb-strips.tif", tiff([*sides, (273, 4, 5_000_000, 200), (278, 4, 1, 1)], bytes(20_000_000))
    shared = [(60_000 + i, 7, 20_000_000, 8) for i in range(400)]
    yield "bomb-shared.tif", tiff([*sides, (273, 4, 1, 200), *shared], bytes(20_000_000))
    yield "bomb-pages.tif", tiff([*sides, (273, 4, 1, 200)], bytes(1000), following=8)
    yield (
        "bomb-strip.tif",
        tiff([*sides, (273, 4, 1, 200), (278, 4, 1, 0xFFFFFFFF), (279, 4, 1, 0xFFFFFFFF)], bytes(999)),
    )
    heic = HEIC.read_bytes()
    yield "bomb-boxes.heic", heic + (b"\x00\x00\x00\x08free") * 1_000_000
    at = heic.index(b"ispe")
    yield "bomb-sides.heic", heic[: at + 8] + struct.pack(">II", 30000, 30000) + heic[at + 16 :]
    nested = b"".join(struct.pack(">I4s", 8 * (20_000 - i), b"meta") for i in range(20_000))
    yield "bomb-nested.heic", heic[:24] + nested
    yield "text.jpg", b"not a photograph\n" * 100
    yield "empty.jpg", b""
    yield "zeros.png", bytes(100_000)


def largest():
    """Whole photographs at the upper limit, in the dearest coding of each kind: these must be read."""
    from corneum.imaging.door.profiles import display_p3

    block = np.tile(noisy(4, 500, 500), (14, 14, 1))[:7000, :7000]
    yield "largest.jpg", packed(block, "JPEG", progressive=True, exif=tags(5), icc_profile=display_p3(), quality=75)
    yield "largest.png", packed(block, "PNG", exif=tags(7), icc_profile=display_p3(), compress_level=1)


def write_files(folder, seed, count):
    """Write `count` harmed files, all bombs and all whole files; return the names by these groups."""
    dice = np.random.default_rng(seed)
    whole, group = list(originals()), {"harmed": [], "bombs": [], "whole": []}
    for number in range(count):
        name, data = whole[number % len(whole)]
        _write(folder, f"{number:03d}-{name}", mutated(data, dice), group["harmed"])
    for name, data in bombs():
        _write(folder, name, data, group["bombs"])
    for files in (whole, largest()):
        for name, data in files:
            _write(folder, name, data, group["whole"])
    return group


def _write(folder, name, data, names):
    (folder / name).write_bytes(data)
    names.append(name)


def memory():
    """Sizes in bytes as Linux counts them: VmSize now, VmHWM at the highest."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return {line.split(":")[0]: int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("Vm")}


def too_late(*_):
    raise BaseException(f"more than {SECONDS} s of work")


def read_all(folder):
    """Read every file under the limits, and print what became of it."""
    import resource
    import signal

    from corneum.imaging.door import PhotoRefused, read_photo

    for name in ("base.heic", "base.jpg"):
        read_photo(folder / name)
    held = memory()
    resource.setrlimit(resource.RLIMIT_AS, (held["VmSize"] + GIGABYTE,) * 2)
    # Time at work and not by the clock: other tests may keep the machine busy.
    signal.signal(signal.SIGPROF, too_late)
    for path in sorted(folder.iterdir()):
        print(json.dumps({"name": path.name}), flush=True)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            pixels = read_photo(path).pixels
            said, fine = "read", pixels.ndim == 3 and pixels.shape[2] == 3 and pixels.dtype == np.uint8
            del pixels
        except PhotoRefused as refusal:
            said, fine = "refused", str(refusal).startswith(path.name) and len(str(refusal)) < 300
        except BaseException as fault:
            said, fine = f"{type(fault).__name__}: {fault}", False
        signal.setitimer(signal.ITIMER_PROF, 0)
        peak = memory()["VmHWM"] - held["VmHWM"]
        print(json.dumps({"name": path.name, "said": said, "fine": fine, "peak": peak}), flush=True)


if __name__ == "__main__":
    read_all(Path(sys.argv[1]))
