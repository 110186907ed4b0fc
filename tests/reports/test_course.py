import json
import re
import xml.etree.ElementTree as ET
from dataclasses import fields, is_dataclass, replace

import pytest

from corneum.course.plan import Plan
from corneum.course.wording import refused_words
from corneum.evidence import load_evidence
from corneum.reports import ReportPathError
from corneum.reports.course import client_report, practitioner_report, simulated_plan, write_course_reports
from corneum.reports.course.blocks import Run, say, strong
from corneum.reports.course.page import html_of
from corneum.reports.course.pdf import pdf_of, standalone
from corneum.reports.course.simulated import NothingPlannedError
from corneum.reports.course.wordings import day, spread_text
from corneum.reports.figures.style import Drawing
from corneum.treatment import band
from tests.reports.course_plans import planned, simulated

ROW = re.compile(r"\b(?:CI|AE|CA|PR|IN|RM|CO|HS|SC|CN|PH)-\d")


@pytest.fixture(scope="module")
def plan():
    return planned()


@pytest.fixture(scope="module")
def reports(plan):
    book = load_evidence()
    return {"practitioner": practitioner_report(plan, simulated(), book), "client": client_report(plan, book)}


@pytest.fixture(scope="module")
def nothing(plan):
    return replace(plan, zones=(), calendar=(), review=None)


def walked(value):
    if isinstance(value, Run | str | Drawing):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from walked(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from walked(one)


def words(report):
    for found in walked(report):
        if isinstance(found, Drawing):
            yield " ".join(ET.fromstring(str(found.svg)).itertext()) + f" {found.caption.striptags()}"
        else:
            yield found.text if isinstance(found, Run) else found


def tree_of(report):
    page = html_of(report)
    assert page.lstrip().startswith("<!doctype html>")
    return ET.fromstring(page.lstrip().removeprefix("<!doctype html>"))


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("audience", ["practitioner", "client"])
def test_no_refused_word_stands_in_a_report(reports, audience):
    for said in words(reports[audience]):
        assert [found.words for found in refused_words(said)] == [], said


@pytest.mark.parametrize("audience", ["practitioner", "client"])
def test_a_named_clinician_decides_and_is_named(reports, audience):
    text = " ".join(words(reports[audience]))
    assert "A named clinician decides." in text and "A. Example, clinician" in text


@pytest.mark.parametrize("audience", ["practitioner", "client"])
def test_the_page_says_every_word_of_the_content(reports, audience):
    text = flat("".join(tree_of(reports[audience]).itertext()))
    for found in walked(reports[audience]):
        if isinstance(found, Run):
            assert flat(found.text) in text, found.text


@pytest.mark.parametrize("audience", ["practitioner", "client"])
def test_the_page_asks_for_nothing_from_outside_and_every_reference_is_met(reports, audience):
    page, tree = html_of(reports[audience]), tree_of(reports[audience])
    assert list(tree.iter("script")) == list(tree.iter("link")) == list(tree.iter("iframe")) == []
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:url\(#|href="#)([^)"]+)', page)) <= set(ids)
    for element in tree.iter():
        for name in ("src", "href"):
            value = element.get(name, "#")
            assert value.startswith(("#", "data:image/png;base64,")) or (element.tag == "a" and value[:8] == "https://")


def test_the_practitioner_reads_every_rule_its_source_what_disagrees_and_who_signed(plan, reports):
    text = flat("".join(tree_of(reports["practitioner"]).itertext()))
    findings = [finding for verdict in plan.verdicts for finding in verdict.findings]
    assert any(finding.conflicts for finding in findings)
    for finding in findings:
        assert finding.rule in text
        if not finding.unanswered:
            assert flat(finding.reason) in text and flat(finding.signed) in text
            assert all(row in text for row in finding.rows)
            for conflict in finding.conflicts:
                assert f"{conflict.row} disagrees" in text and flat(conflict.says).rstrip(".")[:60] in text
    assert "not signed off by a dermatologist" in text


def test_the_practitioner_reads_every_evidence_row_with_its_reading_code(plan, reports):
    book = load_evidence()
    text = flat("".join(tree_of(reports["practitioner"]).itertext()))
    for key in plan.origin.rows_used:
        assert key in text
        row = book.row(key)
        assert f"{row.read} {row.grade}" in text


def test_the_practitioner_reads_what_the_model_expects_with_its_range(plan, reports):
    text = " ".join(words(reports["practitioner"]))
    for zone in plan.zones:
        assert say(spread_text(zone.expected.corneum_share, share=True))[0].text in text
    for left in plan.unplanned:
        assert flat(left.why) in flat(text.replace("\xa0", " "))


def test_the_client_reads_no_row_id_and_no_rule_id(plan, reports):
    text = " ".join(words(reports["client"]))
    assert not ROW.search(text)
    assert not any(finding.rule in text for verdict in plan.verdicts for finding in verdict.findings)
    assert not any(key in text for key in plan.origin.rows_used)


def test_the_client_reads_the_dates_the_limits_and_when_to_call(plan, reports):
    text = flat(" ".join(words(reports["client"])))
    for when in plan.session_days:
        assert day(when) in text
    for goal in plan.goals:
        assert flat(goal.client_text) in text
    for alarm in ("eye pain", "trouble breathing", "fever", "spreading redness"):
        assert alarm in text.lower()
    assert "Emergency number" in text and "Not planned." in text


def test_both_say_of_a_stopped_zone_that_it_is_not_planned(reports):
    for report in reports.values():
        assert any("not planned" in said.lower() for said in words(report))


def test_the_same_report_gives_the_same_bytes_of_pdf(reports):
    first, second = pdf_of(reports["client"]), pdf_of(reports["client"])
    assert first == second and first.startswith(b"%PDF-")


def test_a_plan_read_from_a_file_gives_the_same_report(plan, reports):
    again = Plan.from_dict(json.loads(json.dumps(plan.to_dict())))
    assert html_of(client_report(again, load_evidence())) == html_of(reports["client"])


def test_the_simulated_course_has_the_numbers_of_the_plan(plan):
    for zone in plan.zones:
        first = simulated().zone(zone.zone).sessions[0]
        assert float(band(first.corneum_share).middle) == pytest.approx(zone.expected.corneum_share.middle, rel=0.15)
    assert simulated().protocol.sessions == plan.sessions


def test_figures_stand_alone_as_svg(reports):
    drawings = [found for found in walked(reports["practitioner"]) if isinstance(found, Drawing)]
    assert len(drawings) > 8
    for drawing in drawings:
        text = standalone(drawing)
        assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
        assert b"inherit" not in text


def test_nothing_planned_is_said_and_has_no_dates(nothing):
    with pytest.raises(NothingPlannedError):
        simulated_plan(nothing)
    book = load_evidence()
    for report in (practitioner_report(nothing, None, book), client_report(nothing, book)):
        text = " ".join(words(report))
        assert "planned" in report.title.lower() + " ".join(run.text for run in report.lead).lower()
        assert not any(day(when) in text for when in nothing.session_days)
        assert pdf_of(report).startswith(b"%PDF-")


def test_files_are_written_whole(plan, tmp_path):
    files = write_course_reports(plan, tmp_path / "new", result=simulated())
    assert files.practitioner_pdf.read_bytes().startswith(b"%PDF-") and files.client_pdf.read_bytes().startswith(
        b"%PDF-"
    )
    assert "Course plan" in files.practitioner_html.read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "client.html",
        "client.pdf",
        "practitioner.html",
        "practitioner.pdf",
    ]


def test_a_place_that_cannot_be_written_is_refused_and_leaves_nothing(nothing, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(ReportPathError, match="cannot be written"):
        write_course_reports(nothing, taken)
    assert taken.read_text() == "a file" and [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_number_and_its_unit_stay_together():
    assert say("5 % of 12 µm", strong("40 cm²"))[0].text == "5\xa0% of 12\xa0µm"
    assert say("3 days and 4 dozen")[0].text == "3 days and 4 dozen"


def test_a_letterhead_stands_at_the_top_and_nowhere_without_one(reports):
    report = replace(reports["client"], letterhead=("Linden <Clinic>", "1 Lime Street", "112"))
    page = html_of(report)
    assert '<p class="letterhead"><strong>Linden &lt;Clinic&gt;</strong> · 1 Lime Street · 112</p>' in page
    assert '<p class="letterhead"' not in html_of(reports["client"])
    assert len(pdf_of(report)) > len(pdf_of(reports["client"]))
