"""Write the validation page and its figure from a fresh run of the model.

Run ``.venv/bin/python tools/make_validation_page.py``; with ``--check`` it writes nothing, and fails if the
committed files differ from what it would write. Same evidence and program, same files.
"""

import argparse
import io
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from corneum import __version__
from corneum.evidence import READ_CODES, Book, load_evidence
from corneum.validation import ORDER_HOLDS_SHARE, Case, counts, title_of, validate, verdict_text

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "validation.md"
FIGURE = ROOT / "docs" / "_static" / "validation.svg"
SAMPLES, SEED = 200, 0
GROUPS = {
    "no": (
        "Not used for the model",
        "No constant was fitted to these measurements and no number was read from them. This is the table to judge the "
        "model by.",
    ),
    "input": (
        "Read from, or seen when a range was chosen",
        "A number of the model was read from these measurements, or the range of an assumption was chosen with them in "
        "view. Agreement shows that the parts fit together, not that the model is right.",
    ),
    "calibration": (
        "Used for calibration",
        "Two constants were fitted to these measurements, and the form of the model was chosen for them. Agreement is "
        "the least that can be asked; a miss here is a limit of the model's form.",
    ),
}
WHY = {
    "validation.r01_corneum_share": (
        "The sizes of the holes are those of another study. In the model a grain that passes without touching the edge "
        "lies half its diameter away from it: the rim of a hole stays nearly whole, and a grain of 100 um rarely "
        "passes a hole of 125 um at all. What deflected grains still do is not simulated."
    ),
    "validation.e07_deep_erythema": (
        "Redness fades from a ceiling, and slowly only where living epidermis was lost: work beyond the ceiling does "
        "not lengthen it."
    ),
    "validation.r01_living_um": (
        "'Spared' is read as under 5 um. The constant was fitted so that less than one cell layer (10 um) goes "
        "when every row stands at its value, and the unknown crystal flow makes the band wide."
    ),
    "validation.r03_vacuum_exponent_fit": (
        "In the reciprocal law water loss rises faster than in proportion to what is removed, above all near the "
        "end: its exponents exceed those of the removal itself."
    ),
    "validation.r03_time_exponent_fit": (
        "The reciprocal law rises faster than in proportion to removal; removal itself falls behind time, because "
        "adhesion grows with depth and furrows are shielded."
    ),
    "validation.r11_no_change": (
        "Contradiction 3: the model is calibrated to 23 % in one session (IN-032), which biopsies of that many "
        "people would be expected to show."
    ),
    "validation.r24_home_depth": (
        "The claim is deeper than the whole stratum corneum of a cheek. At the small vacuum and flow assumed for "
        "home devices, few and slow grains reach the skin."
    ),
    "validation.r26_conduit_time": (
        "A gas jet of unknown pressure and flow; the band holds what was published, its median does not."
    ),
    "validation.r32_spacing": (
        "Practice advice. At the published rate of regrowth (2.3 um/d, B13) what one ordinary session takes is "
        "back within days; the advice may rest on irritation and not on thickness."
    ),
    "validation.b01_tewl_24h": (
        "The median is above baseline. Where little was removed, the beginning of the fall below baseline (B02) "
        "outweighs what is left of the rise."
    ),
    "validation.b06_tewl_2d": ("Where more than an ordinary share is removed, the model is not back at 2 d."),
    "validation.b04_recovery_12h": (
        "Human stratum corneum grows back far more slowly than that of a guinea pig (contradiction 7)."
    ),
    "validation.p04_window": (
        "Human stratum corneum grows back far more slowly than that of a guinea pig (contradiction 7); human "
        "micropores close in 58-63 h (B39)."
    ),
    "validation.b17_recovery_24h": (
        "The published value is thickness alone; the model adds a fast phase of assumed share (contradiction 7), "
        "and by the reciprocal law the same thickness is a greater part of the way back."
    ),
    "validation.b17_recovery_72h": "By the reciprocal law the same thickness is a greater part of the way back.",
    "validation.b17_recovery_7d": "By the reciprocal law the same thickness is a greater part of the way back.",
    "validation.b22_strips_5": (
        "In this series 20 strips took about everything; in the model, which spans sources from 20 to more than "
        "70 strips, the median strip takes less, and furrows keep theirs."
    ),
    "validation.b22_strips_10": (
        "In this series 20 strips took about everything; in the model the median strip takes less."
    ),
    "validation.b44_mitosis_baseline": (
        "The model has one course of mitosis, between the two that were published for occluded and for open skin."
    ),
    "validation.t28_epidermis": (
        "Contradiction 4: another trial of the same schedule found +44 % (T27). The model's range spans both, so "
        "most samples cannot agree with either."
    ),
}
BLUE, VERMILION, GRAY = "#0072B2", "#D55E00", "#BBBBBB"
LOWEST, HIGHEST = 0.01, 100.0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write docs/validation.md and its figure from a fresh run.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the committed files differ")
    check = parser.parse_args(arguments).check
    book = load_evidence()
    cases = validate(samples=SAMPLES, seed=SEED, book=book)
    fresh = {PAGE: page_text(cases, book), FIGURE: figure_text(cases)}
    stale = [path for path, text in fresh.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if check:
        for path in stale:
            print(
                f"{path.relative_to(ROOT)} differs from a fresh run: run tools/make_validation_page.py", file=sys.stderr
            )
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fresh[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


def page_text(cases: Sequence[Case], book: Book) -> str:
    parts = [
        _head(cases, book),
        _summary(cases),
        _misses(cases),
        _figure_block(cases),
        *(_group(cases, used) for used in GROUPS),
        _details(cases, book),
    ]
    return "\n\n".join(parts) + "\n"


def _head(cases: Sequence[Case], book: Book) -> str:
    digest = book.digest({key for case in cases for key in case.rests_on})
    measured = len({case.key for case in cases})
    return f"""<!-- Generated by tools/make_validation_page.py: edit that file or the evidence, not this page. -->
# Validation

The model beside {measured} published measurements, misses shown as misses. The same comes from `corneum validate` on
the command line and from `corneum.validate()` in Python. Version {__version__}, {SAMPLES} sampled skins, seed {SEED},
evidence `{digest[:16]}`.

## How to read it

*Predicted* is the median of the sampled skins, and in parentheses the band that holds the central 95 % of them. The
band has two parts that are not told apart here: people differ, and much about devices was never published (crystal
flow, hand speed, grain speed), so that settings which a paper does not print are sampled from wide assumed ranges.

- **inside**: the one published value, or the middle of the published range, lies in the predicted band, or the
  predicted median lies in the published range. Where a limit is published ("under 20 s"), the predicted median must
  keep to it.
- **outside**: not so.
- **order reproduced**, **order not reproduced**: only an order or a sign is published. It counts as reproduced if at
  least {100 * ORDER_HOLDS_SHARE:.0f} % of the sampled skins show it.
- **not simulated**: the model says nothing about it; the reason is given.

A wide band is easily hit: *band* says how many times its upper end is above its lower end. An "inside" with a band of
x 50 says little. The code behind the published value says how it was read (last table of this page); most papers were
read as abstracts, and some only in other people's words. Where two laws of water loss are published, each is compared
by itself, never their mean. Where an animal, a site or a setting could not be matched, the set-up says what stood
in."""


def _summary(cases: Sequence[Case]) -> str:
    lines = [
        "## In short",
        "",
        "| | compared | " + " | ".join(counts(cases)) + " |",
        "|---" * (2 + len(counts(cases))) + "|",
    ]
    for used, (title, _) in GROUPS.items():
        found = [case for case in cases if case.used == used]
        compared = sum(case.verdict != "not simulated" for case in found)
        lines.append(f"| {title} | {compared} | " + " | ".join(str(n) for n in counts(found).values()) + " |")
    compared = sum(case.verdict != "not simulated" for case in cases)
    lines.append(f"| all | {compared} | " + " | ".join(str(n) for n in counts(cases).values()) + " |")
    predicted = len({case.key for case in cases if case.verdict != "not simulated"})
    inside = [case for case in cases if case.verdict == "inside"]
    wide = sum(case.band_fold is None or case.band_fold > 10 for case in inside)
    told = (
        f"{predicted} of {len({case.key for case in cases})} measurements are predicted, in {compared} comparisons. "
        f"Of the {len(inside)} inside, {wide} have a band that spans more than a factor of 10, or begins at 0."
    )
    return "\n".join([*lines, "", told])


def _misses(cases: Sequence[Case]) -> str:
    lines = [
        "## Misses",
        "",
        "Every comparison that is outside or not reproduced, and what in the model stands behind it.",
        "",
    ]
    for used, (title, _) in GROUPS.items():
        missed = [case for case in cases if case.used == used and case.missed]
        if missed:
            lines += [f"**{title}**", ""]
        for key, several in groupby(missed, key=lambda case: case.key):
            found = list(several)
            lines.append(
                f"- **{_rows(found[0])}, {_plain(found[0].title)}.** {_miss(found)} {WHY.get(key, '')}".rstrip()
            )
        lines.append("")
    silent = [case for case in cases if case.verdict == "not simulated"]
    if silent:
        lines += ["**Not simulated**", ""]
        lines += [f"- **{_rows(case)}, {_plain(case.title)}.** {_plain(case.remark)}" for case in silent]
    return "\n".join(lines).rstrip()


def _miss(found: Sequence[Case]) -> str:
    said = "; ".join(
        _plain(case.predicted_text) + (f" ({_plain(case.variant)})" if case.variant else "") for case in found
    )
    return f"The model expects {said}. Published is {_plain(found[0].published)} (`{found[0].read}`)."


def _figure_block(cases: Sequence[Case]) -> str:
    drawn = len(_drawn(cases))
    return f"""## Predicted bands and published ranges

:::{{figure}} _static/validation.svg
:alt: Chart of {drawn} comparisons, one line each; the tables below hold the same numbers.
:width: 100%

Predicted median and central 95 % (line) over the middle of the published range (gray: the published range itself). At 1
they agree. Lines that leave the chart end in an arrow. Orders and signs are in the tables only.
:::"""


def _group(cases: Sequence[Case], used: str) -> str:
    title, about = GROUPS[used]
    lines = [
        f"## {title}",
        "",
        about,
        "",
        "| rows | case | predicted | band | published | verdict |",
        "|---|---|---|---|---|---|",
    ]
    for case in cases:
        if case.used == used:
            fold = (
                ""
                if case.band_fold is None
                else f"x {case.band_fold:.2g}"
                if case.band_fold < 99.5
                else "x 100 or more"
            )
            cells = (_rows(case), title_of(case), case.predicted_text or "-", fold, case.published, verdict_text(case))
            published = f"{_plain(cells[4])} (`{case.read}`)"
            lines.append("| " + " | ".join([*map(_plain, cells[:4]), published, _plain(cells[5])]) + " |")
    return "\n".join(lines)


def _details(cases: Sequence[Case], book: Book) -> str:
    lines = ["## Set-ups and notes", ""]
    for key, several in groupby(cases, key=lambda case: case.key):
        found = list(several)
        first = found[0]
        source = book.sources[first.source]
        lines += [
            f"`{key}`",
            f": {_plain(first.title)}. Published for: {_plain(first.conditions)}. {_plain(first.note)}",
        ]
        remarks = list(dict.fromkeys(case.remark for case in found if case.remark))
        lines += [f"  Set-up: {_plain(' '.join(remarks))}"] if remarks else []
        where = f", {source.where}" if source.where else ""
        lines += [f"  Source: {_plain(source.citation + where)}; read as `{first.read}`, grade {first.grade}.", ""]
    lines += ["## Codes", "", "| code | how it was read |", "|---|---|"]
    used = {case.read for case in cases}
    lines += [f"| `{code}` | {_plain(said)} |" for code, said in READ_CODES.items() if code in used]
    return "\n".join(lines)


def _rows(case: Case) -> str:
    return ", ".join(case.rows) or "no row id"


def _plain(text: str) -> str:
    for mark in "\\|*_<>[]$`":
        text = text.replace(mark, "\\" + mark)
    return text


def _drawn(cases: Iterable[Case]) -> list[Case]:
    return [case for case in cases if case.predicted is not None and case.low is not None and case.high]


def figure_text(cases: Sequence[Case]) -> str:
    groups = {used: [case for case in _drawn(cases) if case.used == used] for used in GROUPS}
    groups = {used: found for used, found in groups.items() if found}
    lines = sum(len(found) + 1 for found in groups.values())
    style = {"svg.fonttype": "none", "svg.hashsalt": "corneum", "font.family": "sans-serif", "font.size": 8}
    with rc_context(style):
        figure = Figure(figsize=(9, 0.235 * lines + 1.4), layout="constrained")
        axes = figure.subplots()
        names: dict[int, str] = {}
        line = 0
        for used, found in groups.items():
            axes.text(LOWEST, line, GROUPS[used][0], ha="left", va="center", fontweight="bold")
            for case in found:
                line += 1
                names[line] = " ".join([*case.rows[:1], title_of(case)])
                _draw(axes, line, case)
            line += 1
        _frame(axes, names, line)
        figure.legend(handles=_legend(), loc="outside upper right", ncols=4, frameon=False)
        held = io.StringIO()
        figure.savefig(held, format="svg", metadata={"Date": None, "Creator": None})
    return "\n".join(text.rstrip() for text in held.getvalue().splitlines()) + "\n"


def _draw(axes, line: int, case: Case) -> None:
    # Three significant digits: the last bits of a number must not change the file.
    middle = (case.low + case.high) / 2
    at = {name: float(f"{value / middle:.3g}") for name, value in vars(case.predicted).items()}
    left, right = max(at["low"], LOWEST), min(at["high"], HIGHEST)
    color = VERMILION if case.missed else BLUE
    low, high = max(case.low / middle, LOWEST), case.high / middle
    axes.plot([low / 1.04, high * 1.04], [line, line], color=GRAY, linewidth=8, solid_capstyle="butt", zorder=1)
    axes.plot([min(left, HIGHEST), max(right, LOWEST)], [line, line], color=color, linewidth=1.6, zorder=2)
    for past, edge, shape in ((at["low"] < LOWEST, LOWEST, "<"), (at["high"] > HIGHEST, HIGHEST, ">")):
        if past:
            axes.plot([edge], [line], marker=shape, color=color, markersize=5, clip_on=False, zorder=3)
    if LOWEST <= at["middle"] <= HIGHEST:
        axes.plot([at["middle"]], [line], **_marker(case.missed), zorder=4)


def _marker(missed: bool) -> dict[str, object]:
    if missed:
        return {"marker": "D", "color": VERMILION, "markerfacecolor": "white", "markersize": 5}
    return {"marker": "o", "color": BLUE, "markersize": 5}


def _legend() -> list[Line2D]:
    return [
        Line2D([], [], color=GRAY, linewidth=8, label="published"),
        Line2D([], [], linewidth=1.6, label="inside", **_marker(False)),
        Line2D([], [], linewidth=1.6, label="outside", **_marker(True)),
    ]


def _frame(axes, names: dict[int, str], lines: int) -> None:
    axes.set_xscale("log")
    axes.set_xlim(LOWEST, HIGHEST)
    axes.set_ylim(lines - 0.4, -0.7)
    axes.axvline(1, color="#777777", linewidth=0.8, zorder=0)
    axes.set_yticks(list(names), list(names.values()))
    axes.set_xticks([0.01, 0.1, 1, 10, 100], ["0.01", "0.1", "1", "10", "100"])
    axes.set_xlabel("predicted over the middle of the published range")
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", which="both", top=True, labeltop=True)
    axes.grid(axis="x", color="#EEEEEE", zorder=0)
    for side in ("left", "right"):
        axes.spines[side].set_visible(False)


if __name__ == "__main__":
    raise SystemExit(main())
