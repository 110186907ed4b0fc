"""The reports of a course as files: each written whole or not at all."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corneum.course.plan import Plan
from corneum.evidence import Book, load_evidence
from corneum.reports.course.client import client_report
from corneum.reports.course.page import html_of
from corneum.reports.course.pdf import pdf_of
from corneum.reports.course.practitioner import practitioner_report
from corneum.reports.course.simulated import simulated_plan
from corneum.reports.files import make_folder, write_whole
from corneum.treatment import Result

if TYPE_CHECKING:
    from corneum.imaging.pairs.series import Series


@dataclass(frozen=True)
class CourseFiles:
    """Where the reports of a course lie.

    Parameters
    ----------
    practitioner_html, practitioner_pdf, client_html, client_pdf
        The files.
    """

    practitioner_html: Path
    practitioner_pdf: Path
    client_html: Path
    client_pdf: Path


def write_course_reports(
    plan: Plan,
    folder: Path,
    *,
    book: Book | None = None,
    result: Result | None = None,
    series: "Series | None" = None,
) -> CourseFiles:
    """Write the reports of a plan for the practitioner and the client, each as HTML and as PDF.

    Parameters
    ----------
    plan
        What `corneum.course.planner.plan_course` returned.
    folder
        Where to; it is made if it is missing. Older reports are replaced once the new ones are complete.
    book
        The evidence; the shipped one if None.
    result
        The planned course as `simulated_plan` simulates it; simulated here if None.
    series
        Measured photographs of this course, shown to the practitioner beside what was expected; None without any.

    Raises
    ------
    ReportPathError
        If a file cannot be written there; older files are left as they were.
    """
    book, folder = book or load_evidence(), Path(folder)
    if result is None and plan.zones:
        result = simulated_plan(plan, book=book)
    practitioner, client = practitioner_report(plan, result, book, series), client_report(plan, book)
    made = {
        folder / "practitioner.html": html_of(practitioner).encode(),
        folder / "practitioner.pdf": pdf_of(practitioner),
        folder / "client.html": html_of(client).encode(),
        folder / "client.pdf": pdf_of(client),
    }
    make_folder(folder)
    for path, content in made.items():
        write_whole(path, content)
    return CourseFiles(*made)
