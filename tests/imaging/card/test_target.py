"""The print: its geometry, and the PDF."""

import re
from itertools import pairwise

import cv2
import numpy as np

from corneum.cli.target import target as command
from corneum.imaging.card import target
from corneum.reports.target import target_pdf


def corners(box):
    return box.left_mm, box.top_mm, box.left_mm + box.width_mm, box.top_mm + box.height_mm


def test_everything_lies_on_the_card():
    for box in target.boxes():
        left, top, right, low = corners(box)
        assert left >= 0 and top >= 0 and right <= target.WIDTH_MM and low <= target.HEIGHT_MM


def test_markers_have_a_white_cell_around_them():
    cell = target.MARKER_MM / target.MARKER_CELLS
    for marker in target.marker_corners_mm():
        (left, top), (right, low) = marker[0] - cell, marker[2] + cell
        for box in (*target.patches(), *target.ruler()):
            a, b, c, d = corners(box)
            assert a >= right or c <= left or b >= low or d <= top


def test_ramps_run_opposite_ways_and_do_not_overlap():
    many = len(target.CODES)
    upper, lower = target.patches()[:many], target.patches()[many:]
    assert [box.level for box in upper] == [box.level for box in lower][::-1] == sorted(target.CODES, reverse=True)
    assert many >= 6
    assert max(corners(box)[3] for box in upper) < min(box.top_mm for box in lower)
    for first, second in pairwise(upper):
        assert corners(first)[2] < second.left_mm


def test_the_ruler_has_a_mark_at_every_millimeter():
    marks = sorted(box.left_mm + box.width_mm / 2 for box in target.ruler()[1:])
    np.testing.assert_allclose(np.diff(marks), 1.0)
    assert marks[-1] - marks[0] == target.RULER_MM


def test_markers_drawn_from_boxes_are_read():
    fine = 10
    sheet = np.full((round(target.HEIGHT_MM * fine), round(target.WIDTH_MM * fine)), 255, np.uint8)
    for box in target.markers():
        left, top, right, low = (round(side * fine) for side in corners(box))
        sheet[top:low, left:right] = box.level
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(target.DICTIONARY))
    _, names, _ = detector.detectMarkers(sheet)
    assert sorted(names.ravel().tolist()) == sorted(target.MARKER_IDS)


def test_pdf_is_one_a4_page_and_always_the_same():
    pdf = target_pdf()
    assert pdf.startswith(b"%PDF") and pdf == target_pdf()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    width, height = (float(side) for side in re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    np.testing.assert_allclose([width / 72 * 25.4, height / 72 * 25.4], [210, 297], atol=0.1)


def test_command_writes_the_pdf(tmp_path, capsys):
    command(tmp_path / "print.pdf")
    assert (tmp_path / "print.pdf").read_bytes() == target_pdf()
    assert "50 mm line" in capsys.readouterr().out
