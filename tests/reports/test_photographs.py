"""Reports of measured photographs: one page each, honest about what is withheld and what is noise."""

import json
import math
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from corneum.course.wording import refused_words
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import Change, Pair
from corneum.imaging.pairs.canvases import as_srgb
from corneum.imaging.pairs.manifest import Listed
from corneum.imaging.pairs.series import Point, Series
from corneum.reports import ReportPathError
from corneum.reports.course.blocks import Box, Paragraph, Table
from corneum.reports.course.measured import measured_section, other_start
from corneum.reports.photographs import render_pair, render_series, write_pair_report, write_series_report
from corneum.reports.photographs.changes import changes_drawing
from corneum.reports.photographs.pair import quality_facts
from corneum.reports.photographs.pictures import aligned, mapped, pictures_of
from corneum.reports.photographs.tables import counts, index_tables, number, overview
from corneum.reports.photographs.writing import pair_table
from tests.imaging.pairs.taken import NEUTRAL, pair
from tests.reports.course_plans import planned, simulated

DAYS = (datetime(2026, 1, 12, 10, 30), datetime(2026, 3, 23))


@pytest.fixture(scope="module")
def smile() -> Pair:
    return replace(pair(), taken=DAYS, outcome="durable")


@pytest.fixture(scope="module")
def written(smile, tmp_path_factory):
    return write_pair_report(smile, tmp_path_factory.mktemp("pair") / "new", command="corneum measure a.jpg b.jpg")


@pytest.fixture(scope="module")
def page(written):
    return written.report.read_text(encoding="utf-8")


def course(*pairs, title="A <b>course</b>"):
    def listed(name, state, taken):
        return Listed(Path(name), state, taken, 1, "front", None)

    points = [Point(listed(f"after-{n}.jpg", "durable", one.taken[1]), one) for n, one in enumerate(pairs, 1)]
    other = Point(listed("other.jpg", "durable", datetime(2026, 4, 1)), None, "only 4 pieces <of> skin were found")
    return Series(title, listed("before.jpg", "baseline", DAYS[0]), (*points, other), date(2026, 1, 13))


def prose(html):
    bare = re.sub(r"<(style|svg).*?</\1>|data:[^\"]*|<[^>]*>", " ", html, flags=re.DOTALL)
    return " ".join(bare.split())


def outside(html):
    """Addresses that a browser would fetch by itself."""
    return re.findall(r"(?:src=|url\(|@import|<link)[^>]*(?:https?:)?//[^>]*", re.sub(r'"data:[^"]*"', '""', html))


def test_the_page_asks_for_nothing_from_outside(page):
    assert page.lstrip().startswith("<!doctype html>") and page.rstrip().endswith("</html>")
    assert outside(page) == []
    assert not re.search(r"<script|<link|@import", page)
    assert set(re.findall(r'<img src="([^,;"]*)', page)) == {"data:image/jpeg"}


def test_the_page_holds_every_reason_for_what_is_withheld(page, smile):
    said = prose(page)
    for why in {change.why for change in smile.changes if change.verdict == "withheld"}:
        assert why.replace("'", "&#39;") in said
    for index in INDICES.values():
        assert index.title in said


def test_no_refused_word_stands_in_a_page(page, smile):
    for html in (page, render_series(course(smile))):
        assert [found.words for found in refused_words(prose(html))] == []


def test_ids_are_not_used_twice(page, smile):
    for html in (page, render_series(course(smile, replace(smile, taken=(DAYS[0], datetime(2026, 3, 30)))))):
        found = re.findall(r'\sid="([^"]*)"', html)
        assert len(found) == len(set(found))


def test_names_are_text_and_never_markup(smile):
    html = render_pair(replace(smile, names=("<i>a.jpg", "b&c.jpg"), changes=smile.changes[:1], layers={}))
    assert "&lt;i&gt;a.jpg and b&amp;c.jpg" in html and "<i>a" not in html


def test_how_many_are_beyond_noise_and_how_many_would_be_by_chance(page, smile):
    measured, beyond = counts(smile.changes)
    assert f"{beyond} of {measured} index values" in prose(page).replace("  ", " ")
    assert f"about {0.05 * measured:.0f} of {measured} would be expected" in prose(page)


def test_a_pair_without_any_measured_index_says_so(smile):
    nothing = tuple(
        replace(change, verdict="withheld", why="needs light", before=math.nan, after=math.nan, change=math.nan)
        for change in smile.changes
    )
    said = prose(render_pair(replace(smile, changes=nothing, layers={}, spots=())))
    assert "No index could be measured in this pair." in said
    assert "0 of 0" not in said and "Withheld: needs light." in said


def test_the_overview_has_a_row_per_index_and_a_column_per_zone(smile):
    titles, rows = overview(smile)
    assert titles[:3] == ("Forehead", "Left temple", "Right temple")
    measured = {change.index for change in smile.changes if change.verdict != "withheld"}
    assert [row.title for row in rows] == [INDICES[key].title for key in INDICES if key in measured]
    assert all(len(row.cells) == len(titles) for row in rows)
    units = {row.title: row.unit for row in rows}
    assert units["Shine"] == "percentage points" and units["Dark spots: strength"] == "%"


def cell(index, before, after, mdc95, verdict="lower"):
    unit = INDICES[index].unit
    change = Change("nose", index, unit, before, after, after - before, mdc95 / 1.96, mdc95, "clinic", verdict)
    shown = SimpleNamespace(changes=(change,), canvases=(SimpleNamespace(zone_names=("nose",)),))
    return overview(shown)[1][0].cells[0]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (("redness", 10, 9.7434, 0.374), "−0.26"),
        (("redness", 10, 10.0376, 0.611), "+0.04"),
        (("redness", 10, 10.0001, 0.611), "0"),
        (("redness", 10, 210.4, 31), "+200"),
        (("texture", 8, 7.6, 0.2), "−5 %"),
        (("texture", 100, 95, 0.2), "−5 %"),
        (("texture", 8, 8.01, 0.2), "0 %"),
        (("spot_count", 0, 0.0752, 0.031), "+0.075 per cm²"),
        (("spot_count", 0, 0, 0.031), "0"),
    ],
)
def test_a_cell_holds_no_more_digits_than_its_error_allows(values, text):
    assert cell(*values).text == text


@pytest.mark.parametrize(
    ("values", "least"),
    [
        (("redness", 10, 9.7434, 0.374), "±0.38"),
        (("texture", 8, 7.6, 0.2), "±3"),
        (("texture", 8, 7.6, 0.16), "±2"),
        (("redness", 10, 210.4, 31), "±31"),
        (("spot_count", 0, 0, 0.031), ""),
    ],
)
def test_a_cell_holds_the_smallest_change_rounded_up(values, least):
    assert cell(*values).least == least


def test_changes_of_percentages_are_told_in_points(page, smile):
    table = next(table for table in index_tables(smile) if table.key == "shine")
    assert (table.unit, table.change_unit) == ("%", "percentage points")
    assert "change, points" in page
    drawing = changes_drawing(smile, "shine")
    assert drawing is not None and "percentage points" in drawing.svg
    assert 'class="least">±' in page


def test_several_arrows_are_no_better_proof(page):
    assert "Several arrows are no better proof" in prose(page)


def test_alignment_left_over_is_told_in_pixels_and_millimeters(smile):
    quality = replace(smile.quality, residual_px=0.4, residual_p95_px=1.2, residual_mm=0.1)
    fact = quality_facts(replace(smile, quality=quality))[0]
    assert fact.text == "0.40 px (0.1 mm) in the middle, 1.20 px (0.3 mm) at 95 %"


def test_another_first_session_than_the_plan_s_is_told_with_both_days(smile):
    plan, series = planned(), course(smile)
    first = plan.session_days[0]
    told = other_start(plan, replace(series, first_session=first + timedelta(days=9)))
    assert f"{first:%-d %B %Y}" in told and f"{first + timedelta(days=9):%-d %B %Y}" in told
    assert other_start(plan, replace(series, first_session=first)) == ""
    assert other_start(plan, replace(series, first_session=None)) == ""
    section = measured_section(plan, None, replace(series, first_session=first + timedelta(days=9)))
    assert told in str(section.blocks)


def test_numbers_for_people():
    assert [number(value) for value in (0.0, -0.01234, 999.7, 123456.0, 1e-9, math.inf)] == [
        "0", "−0.0123", "1000", "123456", "0", "–",
    ]  # fmt: skip


def test_tables_put_measured_indices_first_and_tell_each_reason_once(smile):
    tables = index_tables(smile)
    assert [bool(table.lines) for table in tables] == sorted((bool(table.lines) for table in tables), reverse=True)
    assert all(table.lines or table.withheld for table in tables)
    assert all(len(set(table.withheld)) == len(table.withheld) for table in tables)
    assert {table.error_from for table in tables if table.lines} == {"shipped simulation"}


def test_facts_say_what_the_scale_rests_on(smile):
    def scale(**quality):
        facts = quality_facts(replace(smile, quality=replace(smile.quality, **quality)))
        return next(fact.text for fact in facts if fact.name == "Scale from")

    assert scale() == "an assumed eye distance, ± 6.4 %"
    assert scale(scale_from="target", scale_error_share=0.01) == "the target, ± 1.0 %"
    assert "0.0 %" not in scale(scale_from="given", scale_error_share=0.0)


def test_files_are_whole_and_pictures_open(written, smile):
    names = {path.name for path in written.report.parent.iterdir()}
    maps = {f"change-{index}.png" for index in mapped(smile)}
    assert names == {"report.html", "changes.json", "aligned-baseline.png", "aligned-followup.png", *maps}
    assert len(maps) >= 4
    for path in written.pictures:
        picture = cv2.imread(str(path))
        assert picture.shape[:2] == smile.canvases[0].skin.shape


def test_an_older_report_stays_where_the_new_one_cannot_be_written(smile, tmp_path):
    (tmp_path / "a-file").write_text("x")
    with pytest.raises(ReportPathError):
        write_pair_report(smile, tmp_path / "a-file")
    assert (tmp_path / "a-file").read_text() == "x"


def test_the_table_for_machines_is_strict_json_with_null_for_withheld(written, smile):
    table = json.loads(written.table.read_text(), parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert table["taken"] == ["2026-01-12T10:30:00", "2026-03-23T00:00:00"]
    assert table["quality"]["card_residual_de"] == [None, None]
    assert len(table["changes"]) == len(smile.changes)
    for row, change in zip(table["changes"], smile.changes, strict=True):
        withheld = change.verdict == "withheld"
        assert (row["change"] is None) == (row["before"] is None) == withheld
        assert bool(row["why"]) or not withheld
    assert len(table["spots"]) == len(smile.canvases[0].zone_names)


def colored(picture):
    return np.ptp(picture.astype(int), axis=-1) > 12


def test_maps_are_gray_where_nothing_is_left_but_noise(smile):
    """Unchanged layers with noise of their own: two spreads leave few places, and none outside the skin."""
    rng = np.random.default_rng(0)
    shape = smile.canvases[0].skin.shape
    flat = np.full(shape, 10, np.float32)
    noise = rng.normal(0, 1, shape).astype(np.float32)
    key = "spot_strength"
    quiet = pictures_of(replace(smile, layers={key: (flat, flat + noise)})).changes[key]
    skin = smile.canvases[0].skin
    assert colored(quiet)[skin].mean() < 0.15
    assert not colored(quiet)[~skin].any()
    same = pictures_of(replace(smile, layers={key: (flat, flat)})).changes[key]
    assert not colored(same).any()


def test_maps_color_what_changed_and_not_a_shift_of_all_skin_within_its_error(smile):
    rng = np.random.default_rng(1)
    skin = smile.canvases[0].skin
    flat = np.full(skin.shape, 10, np.float32)
    noise = rng.normal(0, 0.02, skin.shape).astype(np.float32)
    key = "redness_relative"
    shifted = pictures_of(replace(smile, layers={key: (flat, flat + noise + np.float32(0.01))})).changes[key]
    assert colored(shifted)[skin].mean() < 0.15
    changed = noise.copy()
    rows, columns = np.nonzero(skin)
    here = np.hypot(*(np.indices(skin.shape) - np.array([np.median(rows), np.median(columns)])[:, None, None])) < 12
    changed[here] += 5
    found = colored(pictures_of(replace(smile, layers={key: (flat, flat + changed)})).changes[key])
    assert found[here & skin].mean() > 0.9
    assert found[skin & ~here].mean() < 0.3


def test_aligned_pictures_are_shown_as_exposed(smile):
    first, second = aligned(smile)
    skin = smile.canvases[0].skin
    assert first.shape == second.shape == (*skin.shape, 3)
    assert np.median(first[skin]) == pytest.approx(np.median(second[skin]), abs=4)
    assert np.array_equal(first, as_srgb(smile.canvases[0].linear)), "nobody's skin is shown lighter than it is"
    nowhere = tuple(replace(canvas, skin=np.zeros_like(skin)) for canvas in smile.canvases)
    assert not colored(pictures_of(replace(smile, canvases=nowhere)).changes["spot_strength"]).any()


@pytest.fixture(scope="module")
def series_page(smile):
    return render_series(course(smile), command="corneum measure series/")


def test_a_course_is_one_page_with_its_refusals(series_page):
    said = prose(series_page)
    assert outside(series_page) == []
    assert "A &lt;b&gt;course&lt;/b&gt;" in series_page
    assert "Not measured. only 4 pieces &lt;of&gt; skin were found" in said
    assert "23 March 2026" in said and "before.jpg" in said
    assert series_page.count('<img src="data:') == 2


def test_trends_are_drawn_where_any_follow_up_is_beyond_noise_and_named_elsewhere(smile, series_page):
    moved = [change for change in smile.changes if change.verdict in ("higher", "lower")]
    still = {change.index for change in smile.changes if change.verdict == "within_noise"}
    assert series_page.count("<svg") == len(moved) + len(still)
    assert "Within measurement noise at every follow-up: " in series_page
    assert "spot_count" in still and 'id="still-spot_count' in series_page


def test_a_course_of_refusals_only_is_still_a_page():
    said = prose(render_series(course()))
    assert "Not measured." in said and "Trends" not in said


def test_a_course_as_files(smile, tmp_path):
    path = write_series_report(course(smile), tmp_path / "deep" / "er")
    table = json.loads((path.parent / "series.json").read_text(), parse_constant=lambda word: pytest.fail(word))
    assert [point["pair"] is None for point in table["points"]] == [False, True]
    assert table["points"][0]["pair"] == json.loads(json.dumps(pair_table(smile)))
    assert table["first_session"] == "2026-01-13"


def test_measured_points_stand_beside_the_simulated_course(smile):
    series = course(smile, replace(pair(NEUTRAL, NEUTRAL), taken=(DAYS[0], datetime(2026, 3, 30)), outcome="durable"))
    section = measured_section(planned(), simulated(), series)
    assert isinstance(section.blocks[0], Paragraph)
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert len(table.rows) == 3
    boxes = [block for block in section.blocks if isinstance(block, Box)]
    assert len(boxes) == 1, "the cheek is planned and photographed"
    assert "Only moments" in str(boxes) or "only moment and direction" in str(boxes)
    said = re.sub(r"Markup\('<svg.*?</svg>", "", str(section.blocks), flags=re.DOTALL)
    assert [found.words for found in refused_words(said)] == []


def test_without_a_simulated_course_only_the_table_is_shown(smile):
    section = measured_section(planned(), None, course(smile))
    assert not any(isinstance(block, Box) for block in section.blocks)
