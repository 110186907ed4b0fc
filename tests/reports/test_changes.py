"""The chart of one index's changes, drawn without a plotting library."""

import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from corneum.imaging.pairs import Change
from corneum.reports.photographs.changes import changes_drawing

SVG = "{http://www.w3.org/2000/svg}"
NOSE = Change("nose", "texture", "%", 10.0, 10.5, 0.5, 0.4, 0.8, "simulation", "within_noise")
CHIN = replace(NOSE, zone="chin", change=-2.0, se=0.2, mdc95=0.4, verdict="lower")
CHEEK = replace(NOSE, zone="cheek_left", verdict="withheld")


def drawn(*changes):
    found = changes_drawing(SimpleNamespace(changes=changes), "texture")
    return ElementTree.fromstring(str(found.svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_every_measured_zone_has_a_bar_an_interval_and_a_dot():
    tree = drawn(NOSE, CHIN, CHEEK)
    assert len(tree.findall(f"{SVG}rect")) == 2
    within, beyond = tree.findall(f"{SVG}g")
    assert (within.get("class"), beyond.get("class")) == ("within", "beyond")
    scale = float(tree.find(f"{SVG}rect").get("width")) / (2 * NOSE.mdc95)
    dots = [float(one.find(f"{SVG}circle").get("cx")) for one in (within, beyond)]
    assert dots[0] - dots[1] == pytest.approx(2.5 * scale, abs=0.3)
    start, end = beyond.find(f"{SVG}path").get("d").removeprefix("M").split("H")
    assert float(end) - float(start.split()[0]) == pytest.approx(2 * 1.96 * CHIN.se * scale, abs=0.3)


def test_all_of_it_lies_inside_the_picture():
    tree = drawn(NOSE, CHIN, replace(CHIN, zone="forehead", change=300.0, se=90.0, verdict="higher"))
    _, _, width, height = map(float, tree.get("viewBox").split())
    places = [float(one.get("x")) for one in tree.iter() if one.get("x")]
    assert all(0 <= place <= width for place in places)
    assert all(0 <= float(one.get("y")) <= height for one in tree.findall(f"{SVG}text"))


@pytest.mark.parametrize("size", [1e-4, 0.03, 1.0, 47.0, 5000.0])
def test_the_axis_has_a_few_round_marks_and_zero(size):
    tree = drawn(replace(NOSE, change=0.3 * size, se=0.1 * size, mdc95=size))
    marks = [one.text for one in tree.findall(f"{SVG}text") if one.get("text-anchor") == "middle"][:-1]
    values = [float(mark.replace("−", "-")) for mark in marks]
    assert 3 <= len(marks) <= 8 and 0 in values
    assert values == sorted(set(values))
    assert not any(mark.startswith("−0") and float(mark.replace("−", "-")) == 0 for mark in marks)


def test_it_is_told_to_those_who_do_not_see_it():
    tree = drawn(NOSE, CHIN)
    title, says = (tree.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert tree.get("aria-labelledby") == f"{title.get('id')} {says.get('id')}"
    assert "nose +0.5 of at least 0.8; chin -2 of at least 0.4" in says.text


def test_nothing_measured_is_not_drawn():
    assert changes_drawing(SimpleNamespace(changes=(CHEEK,)), "texture") is None


def test_the_page_of_a_pair_needs_no_plotting_library_and_no_simulation():
    code = (
        "import sys, corneum.reports.photographs.writing as w, corneum.imaging.pairs.measure;"
        "print(*[name for name in ('matplotlib', 'numba', 'corneum.treatment', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
