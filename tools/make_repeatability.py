"""Fit the shipped errors to pairs in which nothing changed, and write their table.

Run ``.venv/bin/python tools/make_repeatability.py --real FOLDER --composites FOLDER --cache FOLDER``.
Real pairs are neutral and smiling photographs of one person in one session; simulated ones are retakes of the neutral
photographs, and carded retakes of 12-megapixel portraits made from composites. The pipeline measures them as it
measures any pair; values are kept in the cache, so that a stopped run goes on.

The error of an index is fitted by likelihood (Student's t with 6 degrees of freedom, every kind of pair weighing the
same), then widened until it holds 95 % of the changes of every kind. Ranges are the smallest and largest value when
one person is left out; coverage is of persons that were left out of the fit.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from corneum.imaging.align import AlignmentRefused, align
from corneum.imaging.door import read_photo
from corneum.imaging.indices import INDICES, equalize_sharpness
from corneum.imaging.pairs import prepare
from corneum.imaging.pairs.canvases import canvases
from corneum.imaging.photo import Photo, Pixels
from corneum.imaging.repeatability.tiles import PROXIES, noise_in, zone_tiles
from corneum.imaging.retakes import BASELINE, detailed_face, drawn_retake, retake, with_card

TABLE = Path(__file__).parents[1] / "src" / "corneum" / "evidence" / "tables" / "imaging_repeatability.toml"
SMALLEST_CM2 = 0.5
RETAKES = 2
EXPOSURE = -0.4
FREEDOM = 6.0
KEPT = 0.95
NORMAL = 1.959964
LEAST_FLOOR = 0.2
SOURCE = "imaging_repeatability_pairs"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Value:
    """One index in one zone of a pair, with the pair's own noise."""

    kind: str
    person: str
    carded: bool
    index: str
    zone: str
    before: float
    after: float
    noise: float

    @property
    def mean(self) -> float:
        return (abs(self.before) + abs(self.after)) / 2


def pairs(real: Path, composites: Path, done: set[str]) -> Iterator[tuple[str, str, str, Pixels, Pixels]]:
    """Yield name, kind, person and the two pictures of every pair that is not done."""
    for path in sorted((real / "neutral").glob("*.jpg")):
        person = path.stem.split("_")[0]
        neutral = read_photo(path).pixels
        for smiling in sorted((real / "smiling").glob(f"{person}_*.jpg")):
            if f"real_{person}" not in done:
                yield f"real_{person}", "real", person, neutral, read_photo(smiling).pixels
        for turn in range(RETAKES):
            if f"plain_{person}_{turn}" not in done:
                truth = drawn_retake(100 + turn * 50 + int(person) % 50, 1.0, neutral.shape[0])
                yield f"plain_{person}_{turn}", "plain", person, neutral, retake(neutral, truth, turn).pixels
    for path in sorted(composites.glob("*.jpg")):
        names = [f"carded_{path.stem}_{turn}" for turn in range(RETAKES)]
        if set(names) <= done:
            continue
        seed = sum(map(ord, path.stem))
        portrait = detailed_face(read_photo(path).pixels, 12, seed)
        light = with_card(portrait.light)
        first = retake(light, replace(BASELINE, exposure_stops=EXPOSURE), 1, portrait.face).pixels
        for turn, name in enumerate(names):
            if name not in done:
                truth = drawn_retake(10 * seed + turn, 1.0, 4000)
                truth = replace(truth, exposure_stops=truth.exposure_stops + EXPOSURE)
                yield name, "carded", path.stem, first, retake(light, truth, turn + 2, portrait.face).pixels


def measured(kind: str, person: str, first: Pixels, second: Pixels) -> list[Value]:
    """Return all values of a pair; the pipeline's own steps."""
    one, two = prepare(Photo(first, name="first")), prepare(Photo(second, name="second"))
    faces = None if one.face is None or two.face is None else (one.face, two.face)
    both = equalize_sharpness(*canvases(one, two, align(first, second, faces)))
    return list(_values(kind, person, both))


def _values(kind, person, both) -> Iterator[Value]:
    carded = both[0].carded
    for index in INDICES.values():
        if both[0].resolution_px_per_mm < index.needs_px_per_mm or (index.needs_card and not carded):
            continue
        layers = (index.layer(both[0]), index.layer(both[1]))
        seen = INDICES[PROXIES.get(index.key, index.key)]
        tiles = zone_tiles(seen, both, layers)
        for zone in both[0].zone_names:
            inside = both[0].zone(zone)
            if both[0].area_cm2(inside) < SMALLEST_CM2:
                continue
            before, after = (index.value(layer, inside, one) for layer, one in zip(layers, both, strict=True))
            if not np.isfinite([before, after]).all():
                continue
            noise = noise_in(tiles[zone], tuple(tiles.values()))
            if seen is not index:
                level = [abs(seen.value(layer, inside, one)) for layer, one in zip(layers, both, strict=True)]
                noise *= (abs(before) + abs(after)) / max(sum(level), 1e-9)
            yield Value(kind, person, carded, index.key, zone, before, after, float(noise))


@dataclass(frozen=True)
class Fit:
    """The error of one index."""

    carded: float
    plain: float
    tile_ratio: float
    floor: float
    alone: float

    def se(self, seen: "Seen") -> Floats:
        common = np.where(seen.carded, self.carded, self.plain) * seen.level
        told = np.sqrt(common**2 + (self.tile_ratio * seen.noise) ** 2 + self.floor**2)
        return np.where(seen.told, told, np.hypot(self.alone * seen.level, self.floor))


@dataclass(frozen=True)
class Seen:
    """The values of one index as arrays."""

    change: Floats
    level: Floats
    noise: Floats
    carded: NDArray[np.bool_]
    kind: NDArray[np.str_]
    person: NDArray[np.str_]

    @property
    def told(self) -> NDArray[np.bool_]:
        return np.isfinite(self.noise)

    @property
    def weight(self) -> Floats:
        many = {kind: np.count_nonzero(self.kind == kind) for kind in set(self.kind)}
        return np.array([1 / many[kind] for kind in self.kind])

    def only(self, chosen: NDArray[np.bool_]) -> "Seen":
        return Seen(*(getattr(self, one.name)[chosen] for one in fields(self)))


def seen_of(values: list[Value], key: str) -> Seen:
    own = [value for value in values if value.index == key]
    return Seen(
        np.array([value.after - value.before for value in own]),
        np.array([value.mean if INDICES[key].is_ratio else 1.0 for value in own]),
        np.array([value.noise for value in own]),
        np.array([value.carded for value in own]),
        np.array([value.kind for value in own]),
        np.array([value.person for value in own]),
    )


def real_ratio(values: list[Value]) -> tuple[float, list[float]]:
    """Return by how much real pairs exceed what simulated ones promise, beyond their own tiles: RMS and all."""
    found = []
    for key in dict.fromkeys(value.index for value in values if value.kind == "real"):
        seen = seen_of(values, key)
        if key in PROXIES:
            continue
        real = seen.only((seen.kind == "real") & seen.told)
        promised = fitted(seen.only(seen.kind != "real")).se(real)
        found.append(_widest(np.abs(real.change) / promised, real.kind))
    # Which index behaves how at a finer resolution is not known: the mean of the variances is expected of another one.
    return max(float(np.sqrt(np.mean(np.square(found)))), 1.0), found


STARTS = tuple(np.log([a, a, b, 0.05]) for a in (0.03, 0.3) for b in (0.5, 2.0))


def fitted(seen: Seen) -> Fit:
    """Return the error of an index that holds `KEPT` of its changes, all kinds of pairs weighing the same."""
    weight, told = seen.weight, seen.told
    typical = max(float(np.average(seen.level, weights=weight)), 1e-9)
    spread = float(np.sqrt(np.average(seen.change**2, weights=weight))) + 1e-9
    used = seen.only(told)
    # Counts are often nothing twice: likelihood alone would then take nothing for certain.
    least = LEAST_FLOOR if np.mean(seen.change == 0) > 0.1 else 0.0
    heavy = weight[told] / max(weight[told].sum(), 1e-9)

    def built(asked: Floats) -> Fit:
        carded, plain, ratio, floor = np.exp(asked)
        return Fit(
            carded * spread / typical, plain * spread / typical, ratio, float(np.hypot(floor, least)) * spread, 0.0
        )

    def loss(asked: Floats) -> float:
        square = built(asked).se(used) ** 2 + 1e-18
        t = np.log(square) / 2 + (FREEDOM + 1) / 2 * np.log1p(used.change**2 / square / FREEDOM)
        # A part that the pairs say nothing of shrinks to a tenth of the spread, not to nothing.
        return float(heavy @ t + 1e-4 * ((asked - np.log(0.1)) ** 2).sum())

    found = (minimize(loss, start, method="Nelder-Mead", options={"maxiter": 1500, "fatol": 1e-6}) for start in STARTS)
    rough = built(min(found, key=lambda one: one.fun).x)
    wider = _widest(np.abs(used.change) / np.maximum(rough.se(used), 1e-12), used.kind) if told.any() else 1.0
    alone = _widest(np.abs(seen.change) / np.maximum(seen.level, 1e-9), seen.kind)
    return Fit(wider * rough.carded, wider * rough.plain, wider * rough.tile_ratio, wider * rough.floor, alone)


def _widest(ratio: Floats, kind: NDArray[np.str_]) -> float:
    """Return the largest 95 % limit of any kind of pair over that of a normal variable."""
    return max(float(np.quantile(ratio[kind == one], KEPT)) for one in set(kind)) / NORMAL


def read_values(cache: Path) -> list[Value]:
    return [Value(**row) for path in sorted(cache.glob("*.json")) for row in json.loads(path.read_text())]


def measure_all(real: Path, composites: Path, cache: Path) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    done = {path.stem for path in cache.glob("*.json")}
    for name, kind, person, first, second in pairs(real, composites, done):
        try:
            rows = [value.__dict__ for value in measured(kind, person, first, second)]
        except AlignmentRefused as refused:
            print(f"{name}: {refused}", file=sys.stderr)
            rows = []
        (cache / f"{name}.json").write_text(json.dumps(rows))
        print(name, len(rows), file=sys.stderr, flush=True)


def fit_all(values: list[Value]) -> tuple[dict[str, Fit], dict[str, list[Fit]], dict[str, dict[str, list[bool]]]]:
    """Return the fit of every index, the fits without one person each, and what those hold of that person."""
    fits, without, held = {}, {}, {}
    for key in dict.fromkeys(value.index for value in values):
        seen = seen_of(values, key)
        fits[key], without[key], held[key] = fitted(seen), [], defaultdict(list)
        for person in dict.fromkeys(seen.person):
            left = seen.only(seen.person == person)
            rest = seen.only(seen.person != person)
            if not len(rest.change):
                continue
            without[key].append(fitted(rest))
            for kind, hold in zip(left.kind, np.abs(left.change) <= NORMAL * without[key][-1].se(left), strict=True):
                held[key][str(kind)].append(bool(hold))
    return fits, without, held


def widened(fit: Fit, ratio: float) -> Fit:
    return Fit(*(ratio * getattr(fit, one.name) for one in fields(fit)))


def table(fits, without, held, values, ratio) -> str:
    persons = {
        kind: len({value.person for value in values if value.kind == kind}) for kind in ("real", "plain", "carded")
    }
    lines = [
        "# Errors of the indices where nothing changed. Written by tools/make_repeatability.py; do not edit.",
        "# One row, one number. Shares of the value where the key says share, else in the index's own unit.",
        "",
        "[[source]]",
        f'key = "{SOURCE}"',
        f'citation = "Pairs in which nothing changed: {persons["real"]} people neutral and smiling in one session '
        "(Face Research Lab London Set, 1350 px), two simulated retakes of each neutral photograph, and two carded "
        f'retakes of {persons["carded"]} portraits of 12 megapixels made from composites"',
        'where = "tools/make_repeatability.py"',
    ]
    said = (
        "how much real pairs exceed what simulated ones promise: root mean square over the indices that both can show"
    )
    lines += _row("real_ratio", ratio[0], [max(one, 0.1) for one in ratio[1]], said)
    for key, fit in fits.items():
        kind = "share" if INDICES[key].is_ratio else "index"
        seen = any(value.kind == "real" for value in values if value.index == key)
        more = "" if seen else "; no real pair can show it: simulated, times real_ratio"
        fits[key] = fit = fit if seen else widened(fit, ratio[0])
        every = [one if seen else widened(one, ratio[0]) for one in without[key]] or [fit]
        for name, suffix in ROWS:
            known = [getattr(one, name) for one in every]
            lines += _row(f"{key}.{suffix.format(kind)}", getattr(fit, name), known, MEANS[name] + more)
    for kind, suffix in (("share", True), ("index", False)):
        group = [fit for key, fit in fits.items() if INDICES[key].is_ratio is suffix]
        for name, ending in ROWS:
            known = [getattr(fit, name) for fit in group] or [0.1]
            lines += _row(f"other_{kind}.{ending.format(kind)}", max(known), known, MEANS[name] + ", largest of all")
    for kind, words in (("real", "neutral and smiling"), ("plain", "simulated"), ("carded", "simulated, carded")):
        shares = [float(np.mean(one[kind])) for one in held.values() if one[kind]]
        total = [hold for one in held.values() for hold in one[kind]]
        if total:
            said = f"share of {len(total)} changes within their 95 % limit, {words} pairs, persons left out of the fit"
            lines += _row(f"coverage.{kind}_share", float(np.mean(total)), shares, said)
    return "\n".join(lines) + "\n"


ROWS = (
    ("carded", "carded_common_{}"),
    ("plain", "plain_common_{}"),
    ("tile_ratio", "tile_ratio"),
    ("floor", "floor_index"),
    ("alone", "alone_{}"),
)
MEANS = {
    "carded": "standard error of a change that the whole photograph shares, color card in both",
    "plain": "standard error of a change that the whole photograph shares, no card",
    "tile_ratio": "multiple of the pair's local noise",
    "floor": "standard error that is left, in the unit of the index",
    "alone": "standard error where the pair has too few tiles",
}


def _row(key: str, value: float, known: list[float], conditions: str) -> list[str]:
    low, high = min([*known, value]), max([*known, value])
    shape = "uniform" if high > low else "fixed"
    return [
        "",
        "[[number]]",
        f'key = "imaging.repeatability.{key}"',
        f"value = {value:.6g}",
        f"low = {min(low, float(f'{value:.6g}')):.6g}",
        f"high = {max(high, float(f'{value:.6g}')):.6g}",
        'unit = "1"',
        f'shape = "{shape}"',
        'varies = "knowledge"',
        f'conditions = "{conditions}"',
        f'source = "{SOURCE}"',
        'read = "DERIVED"',
        'grade = "D"',
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, default=Path("tests/faces"))
    parser.add_argument("--composites", type=Path, default=Path("examples/faces"))
    parser.add_argument("--cache", type=Path, default=Path("build/repeatability"))
    parser.add_argument("--fit-only", action="store_true", help="use the cached values")
    asked = parser.parse_args()
    if not asked.fit_only:
        measure_all(asked.real, asked.composites, asked.cache)
    values = read_values(asked.cache)
    fits, without, held = fit_all(values)
    for key, fit in fits.items():
        shares = {kind: round(float(np.mean(one)), 3) for kind, one in held[key].items()}
        print(f"{key:18s} {fit}  {shares}")
    ratio = real_ratio(values)
    print("real over simulated", ratio)
    TABLE.write_text(table(fits, without, held, values, ratio))


if __name__ == "__main__":
    main()
