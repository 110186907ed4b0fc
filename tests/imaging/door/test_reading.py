import hashlib
import os
from datetime import datetime
from pathlib import Path

import colour
import numpy as np
import pytest
from PIL import Image

from corneum.imaging.door import PhotoRefused, read_photo
from corneum.imaging.door.profiles import adobe_rgb, display_p3
from tests.imaging.door.scenes import corners, noisy, packed, scene, tags

HEIC = Path(__file__).parent / "data" / "turned.heic"
"""Made for this test from `scenes.scene`: libheif's own turn by a quarter, and the same turn in the camera's tags."""

UPRIGHT = {
    1: ["red", "green", "blue", "yellow"],
    2: ["green", "red", "yellow", "blue"],
    3: ["yellow", "blue", "green", "red"],
    4: ["blue", "yellow", "red", "green"],
    5: ["red", "blue", "green", "yellow"],
    6: ["blue", "red", "yellow", "green"],
    7: ["yellow", "green", "blue", "red"],
    8: ["green", "yellow", "red", "blue"],
}
"""By the drawings of CIPA DC-008: where row 0 and column 0 of the stored picture belong."""


def write(folder, data, name="photo.jpg"):
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied_once(tmp_path, kind, orientation):
    photo = read_photo(write(tmp_path, packed(scene(), kind, exif=tags(orientation))))
    assert corners(photo.pixels) == UPRIGHT[orientation]
    assert photo.pixels.shape == ((128, 192, 3) if orientation < 5 else (192, 128, 3))
    assert photo.kind == kind.lower()


def test_orientation_of_heic_is_applied_once():
    photo = read_photo(HEIC)
    assert photo.kind == "heic"
    assert corners(photo.pixels) == UPRIGHT[6]
    assert photo.pixels.shape == (128, 96, 3)
    assert photo.taken == datetime(2026, 3, 12, 10, 20, 30)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_optics_are_kept_and_the_rest_is_not(tmp_path, kind):
    photo = read_photo(write(tmp_path, packed(scene(), kind, exif=tags())))
    optics = photo.optics
    assert (optics.maker, optics.model, optics.lens) == ("Maker", "Model 5", "90 mm macro")
    assert optics.exposure_s == pytest.approx(1 / 125)
    assert (optics.aperture_number, optics.iso_number, optics.focal_mm, optics.focal_35mm) == (8, 200, 90, 90)
    assert optics.flash is True
    assert photo.taken == datetime(2026, 3, 12, 10, 20, 30)
    said = repr((photo.optics, photo.notes, photo.name, photo.taken))
    assert not any(word in said for word in ("SECRET", "51", "1999"))


def test_position_and_notes_are_never_even_looked_up(tmp_path, monkeypatch):
    from corneum.imaging.door import exif

    asked = []
    real = exif.directory

    def watched(blob, at=None, wanted=exif._TOP):
        asked.append(wanted)
        return real(blob, at, wanted)

    monkeypatch.setattr(exif, "directory", watched)
    read_photo(write(tmp_path, packed(scene(), "JPEG", exif=tags())))
    assert len(asked) >= 2
    assert not {0x8825, 0x927C} & frozenset().union(*asked)


def test_pixels_of_a_lossless_file_are_untouched(tmp_path):
    pixels = noisy(3)
    for kind in ("PNG", "TIFF"):
        photo = read_photo(write(tmp_path, packed(pixels, kind)))
        np.testing.assert_array_equal(photo.pixels, pixels)
        assert photo.pixels.flags["C_CONTIGUOUS"]
        assert photo.pixels.dtype == np.uint8


def test_content_and_not_the_name_decides(tmp_path):
    data = packed(scene(), "PNG")
    photo = read_photo(write(tmp_path, data, "IMG_0001.JPG"))
    assert photo.kind == "png"
    assert photo.name == "IMG_0001.JPG"
    assert photo.sha256 == hashlib.sha256(data).hexdigest()


def test_few_pixels_are_read_and_noted(tmp_path):
    photo = read_photo(write(tmp_path, packed(scene(), "JPEG")))
    assert any("below 12 MP" in note for note in photo.notes)
    large = read_photo(write(tmp_path, packed(Image.new("RGB", (4000, 3000), "tan"), "JPEG")))
    assert not any("below" in note for note in large.notes)


@pytest.mark.parametrize(
    ("profile", "space", "name"), [(display_p3, "Display P3", "Display P3"), (adobe_rgb, "Adobe RGB (1998)", "Adobe")]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_profiles_are_honored(tmp_path, profile, space, name, kind):
    skins = np.array([[0.85, 0.70, 0.62], [0.55, 0.38, 0.30], [0.32, 0.22, 0.17], [0.72, 0.45, 0.40], [0.5, 0.5, 0.5]])
    pixels = np.repeat(np.repeat((skins * 255).round().astype(np.uint8)[None], 64, axis=0), 32, axis=1)
    photo = read_photo(write(tmp_path, packed(pixels, kind, icc_profile=profile())))
    expected = colour.RGB_to_RGB(
        pixels[0, 16::32] / 255, space, "sRGB", apply_cctf_decoding=True, apply_cctf_encoding=True
    )
    assert np.abs(photo.pixels[32, 16::32] - expected * 255).max() < (1.6 if kind != "JPEG" else 3)
    assert any(name in note and "converted to sRGB" in note for note in photo.notes)


def test_a_profile_that_is_srgb_changes_nothing(tmp_path):
    from PIL import ImageCms

    pixels = noisy(5)
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = read_photo(write(tmp_path, packed(pixels, "PNG", icc_profile=icc)))
    np.testing.assert_array_equal(photo.pixels, pixels)
    assert not any("profile" in note for note in photo.notes)


@pytest.mark.parametrize("icc", [b"nonsense" * 30, display_p3()[:200], b"\x00" * 400])
def test_a_broken_profile_is_noted(tmp_path, icc):
    pixels = noisy(6)
    photo = read_photo(write(tmp_path, packed(pixels, "TIFF", icc_profile=icc)))
    np.testing.assert_array_equal(photo.pixels, pixels)
    assert any("damaged" in note and "sRGB assumed" in note for note in photo.notes)


@pytest.mark.parametrize("space", [b"CMYK", b"GRAY", b"Lab "])
def test_profiles_for_other_pixels_are_refused(tmp_path, space):
    icc = display_p3()
    icc = icc[:16] + space + icc[20:]
    with pytest.raises(PhotoRefused, match="profile is for"):
        read_photo(write(tmp_path, packed(scene(), "JPEG", icc_profile=icc)))


def test_adobe_rgb_without_a_profile_is_told_by_the_camera(tmp_path):
    pixels = np.full((64, 96, 3), (180, 120, 100), np.uint8)
    exif = tags(sub={0xA001: 65535, 0xA005: {1: "R03"}})
    photo = read_photo(write(tmp_path, packed(pixels, "TIFF", exif=exif)))
    embedded = read_photo(write(tmp_path, packed(pixels, "TIFF", icc_profile=adobe_rgb())))
    assert any("Adobe" in note for note in photo.notes)
    np.testing.assert_array_equal(photo.pixels, embedded.pixels)
    strange = read_photo(write(tmp_path, packed(pixels, "TIFF", exif=tags(sub={0xA001: 65535}))))
    assert any("not sRGB" in note for note in strange.notes)


def test_the_first_picture_of_several_in_a_jpeg_is_read(tmp_path):
    second = Image.fromarray(scene()[::-1].copy())
    data = packed(scene(), "MPO", save_all=True, append_images=[second])
    photo = read_photo(write(tmp_path, data))
    assert photo.kind == "jpeg"
    assert corners(photo.pixels) == UPRIGHT[1]
    assert any("more than one picture" in note for note in photo.notes)


def test_opaque_alpha_is_dropped_and_real_alpha_refused(tmp_path):
    pixels = noisy(7)
    full = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    for kind in ("PNG", "TIFF"):
        np.testing.assert_array_equal(read_photo(write(tmp_path, packed(full, kind, "RGBA"))).pixels, pixels)
        holed = full.copy()
        holed[20, 30, 3] = 254
        with pytest.raises(PhotoRefused, match="transparent"):
            read_photo(write(tmp_path, packed(holed, kind, "RGBA")))
    keyed = packed(scene(), "PNG", transparency=(200, 40, 40))
    with pytest.raises(PhotoRefused, match="transparent"):
        read_photo(write(tmp_path, keyed))


def test_damaged_camera_tags_do_not_stop_the_picture(tmp_path):
    data = packed(scene(), "JPEG", exif=tags())
    at = data.index(b"Exif\x00\x00") + 6
    photo = read_photo(write(tmp_path, data[: at + 4] + b"\xff\xff\xff\xff" + data[at + 8 :]))
    assert any("camera wrote is damaged" in note for note in photo.notes)


def test_the_file_is_named_and_told_what_to_do(tmp_path):
    with pytest.raises(PhotoRefused, match=r"^notes\.jpg: this is text.*export it as JPEG"):
        read_photo(write(tmp_path, b"dear diary", "notes.jpg"))


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_photo(tmp_path / "missing.jpg")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_what_is_no_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "loop.jpg").symlink_to(tmp_path / "loop.jpg")
    for name, why in (("pipe.jpg", "pipe or device"), ("loop.jpg", "leads to itself"), ("", "folder")):
        with pytest.raises(PhotoRefused, match=why):
            read_photo(tmp_path / name)


def test_a_link_to_a_photograph_is_followed(tmp_path):
    write(tmp_path, packed(scene(), "PNG"), "real.png")
    (tmp_path / "link.png").symlink_to(tmp_path / "real.png")
    assert read_photo(tmp_path / "link.png").kind == "png"


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(161_000_000)
    with pytest.raises(PhotoRefused, match="161 MB"):
        read_photo(path)
