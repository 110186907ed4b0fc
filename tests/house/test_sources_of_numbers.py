"""No number of skin, devices or physics stands in code: it has a row in the evidence tables, with its source.

The code of the physical rooms is read, not run. A number in a function is let through if it is plain arithmetic
(`PLAIN`) or a small whole number; everything else must be listed in `TOLD` with the reason why it is no evidence.
A constant or default whose name promises a unit (``SLICE_UM``, ``speed_mm_s``) is asked for in the same way.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from corneum.abrasion import StrokePlan
from corneum.evidence import load_evidence
from corneum.treatment import parse_protocol
from corneum.units import unit_of_name

SOURCE = Path(__file__).parents[2] / "src" / "corneum"
ROOMS = ("skin", "devices", "abrasion", "recovery", "treatment")
BITS = {"abrasion/kernel.py", "abrasion/intrinsics.py", "abrasion/reference.py"}
"""Random bits, tiles and vectors: they know no skin and no unit but the energies that they are given."""

PLAIN = {0.5, 24, 100, 1e-3, 1e3, 1e-6, 1e6, 1e-9, 1e-12}
"""Halves, percent, powers of ten that convert, hours of a day, and what only keeps a division from zero."""
SMALL = 10
"""Whole numbers up to this are counts, powers and places in a list."""

TOLD: dict[str, dict[float, str]] = {
    "abrasion/application.py": {
        500: "half a millimeter in um: a radius from a diameter",
        50.0: "default pitch of a map",
    },
    "abrasion/classes.py": {0.98: "where the fine upper tail of the classes begins", 0.02: "the rest above it"},
    "abrasion/cloud.py": {
        175: "angles are kept off the surface by 5 degrees on either side, where a sphere would slide, not strike",
        4096: "grains looked at behind a mask",
    },
    "abrasion/mask.py": {0.75: "cells that hold the middle of a hole, whatever the pitch: half a cell's diagonal"},
    "abrasion/grid.py": {
        0.0001: "rounding of a footprint's sum",
        64: "bits of a seed",
        32: "bits of a key",
        0xFFFFFFFF: "bits of a key",
    },
    "abrasion/layers.py": {10.0: "the slice that the row skin.dermis.tougher_ratio speaks of"},
    "abrasion/relief.py": {
        60.0: "angle of the two families of furrows: drawn, not simulated; share and spacing have rows",
        64: "bits of a seed",
        0.25: "waviness of a drawn furrow",
        0.11: "waviness of a drawn furrow",
        0.23: "waviness of a drawn furrow",
        0.41: "waviness of a drawn furrow",
        0.13: "waviness of a drawn furrow",
    },
    "abrasion/strokes.py": {
        20.0: "default of the library; equals the row abrasion.stroke.speed_mm_s",
        64: "bits of a seed",
        0.95: "most overlap: strokes nearer than that are standing still",
        2e-3: "a chord of two halves, mm to m",
    },
    "devices/nozzle.py": {0.75: "cross-section over volume of a sphere, 3/4 over its radius"},
    "recovery/grid.py": dict.fromkeys(
        (0.25, 0.5, 0.75, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 18.0, 24.0, 30.0, 36.0, 42.0, 48.0, 60.0, 72.0),
        "hours at which the curves are looked at",
    ),
    "recovery/waits.py": {0.95: "default of how sure a wait is", 365.0: "the search ends after a year"},
    "skin/person.py": {110: "oldest person", 40: "hottest room"},
    "treatment/notes.py": {
        1.15: "a later session that removes this much more is worth a note; changes no result",
        0.01: "below this share a percentage is told as under 1 %",
    },
    "treatment/protocol.py": {
        14.0: "default interval; equals the rule treatment.interval.default",
        28.0: "default follow-up",
        50.0: "default pitch of a map",
    },
    "treatment/protocol_file.py": {60: "most sessions of a file", 100: "most passes of a file"},
    "treatment/result.py": {0.025: "lower end of the central 95 %", 0.975: "upper end of the central 95 %"},
    "treatment/simulation.py": {200: "default number of samples"},
}


def numbers(tree: ast.AST) -> Iterator[tuple[int, float]]:
    """Yield line and value of every number that needs a reason."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and type(node.value) in (int, float)):
            continue
        plain = node.value in PLAIN or (float(node.value).is_integer() and node.value <= SMALL)
        needed = {"function": not plain, "unit": node.value not in (0, 1), "module": False}
        if needed[_place(node, parents)]:
            yield node.lineno, node.value


def _place(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    """Where a number stands: in a function, under a name that promises a unit, or elsewhere in the module."""
    place = "module"
    while node in parents:
        node = parents[node]
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            return "function"
        names = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        for name in names:
            if isinstance(name, ast.Name) and unit_of_name(name.id.lower()) not in (None, "1"):
                place = "unit"
    return place


def files() -> list[Path]:
    return [path for room in ROOMS for path in sorted((SOURCE / room).rglob("*.py"))]


def test_every_room_is_read():
    assert {path.relative_to(SOURCE).parts[0] for path in files()} == set(ROOMS)
    assert set(TOLD) | BITS <= {path.relative_to(SOURCE).as_posix() for path in files()}


def test_no_number_of_the_field_stands_in_code():
    found = []
    for path in files():
        name = path.relative_to(SOURCE).as_posix()
        if name in BITS:
            continue
        told = TOLD.get(name, {})
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [f"{name}:{line}: {value:g}" for line, value in numbers(tree) if value not in told]
    assert found == [], "give it a row in the evidence tables, or list it in TOLD with the reason why it needs none"


def test_no_reason_outlives_its_number():
    stale = []
    for name, told in TOLD.items():
        tree = ast.parse((SOURCE / name).read_text(encoding="utf-8"))
        left = {value for _, value in numbers(tree)}
        stale += [f"{name}: {value:g}" for value in told if value not in left]
    assert stale == []


@pytest.mark.parametrize(
    "code",
    [
        "def excess(x_um): return 55 * x_um",
        "def excess(x_um): return exp(-0.157 * x_um)",
        "def law(v, t):\n    return 0.44 * v**2 * t",
        "rate = lambda days: 2.3 * days",
        "def slow(x, times=46.5): return x * times",
        "REGROWTH_UM_D = 2.3",
        "class Skin:\n    depth_um: float = 14.0",
        "class Skin:\n    depth_um = Field(14.0, ge=3)",
    ],
)
def test_a_number_of_the_field_would_be_found(code):
    assert len(list(numbers(ast.parse(code)))) >= 1


@pytest.mark.parametrize(
    "code",
    [
        "def half(x): return 0.5 * x",
        "def volume(d_um): return pi / 6 * (d_um * 1e-6) ** 3",
        "def hours(days): return 24.0 * days",
        "_STEPS = 48",
        "def ask(draws): return draws['recovery.corneum.regrowth_um_d']",
        "class Result:\n    lost_um: float = 0.0",
    ],
)
def test_plain_arithmetic_is_left_alone(code):
    assert list(numbers(ast.parse(code))) == []


def test_defaults_that_repeat_a_row_equal_it():
    book = load_evidence()
    plan = StrokePlan(10, 10)
    assert plan.speed_mm_s == book.number("abrasion.stroke.speed_mm_s").value
    assert plan.overlap_share == book.number("abrasion.stroke.overlap_share").value
    short = parse_protocol('title = "Short"\n[[step]]\nzone = "cheek"\ndevice = "diamond"\n')
    assert short.interval_d == book.rule("treatment.interval.default").value
