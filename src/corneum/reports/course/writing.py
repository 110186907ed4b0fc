"""The reports of a course as files: each written whole or not at all."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from corneum.course.plan import Plan
from corneum.evidence import Book, load_evidence
from corneum.reports.course.client import client_report
from corneum.reports.course.page import html_of
from corneum.reports.course.pdf import pdf_of
from corneum.reports.course.practitioner import practitioner_report
from corneum.reports.course.simulated import simulated_plan
from corneum.reports.page import ReportPathError
from corneum.treatment import Result


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
    plan: Plan, folder: Path, *, book: Book | None = None, result: Result | None = None
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

    Raises
    ------
    ReportPathError
        If a file cannot be written there; older files are left as they were.
    """
    book, folder = book or load_evidence(), Path(folder)
    if result is None and plan.zones:
        result = simulated_plan(plan, book=book)
    practitioner, client = practitioner_report(plan, result, book), client_report(plan, book)
    made = {
        folder / "practitioner.html": html_of(practitioner).encode(),
        folder / "practitioner.pdf": pdf_of(practitioner),
        folder / "client.html": html_of(client).encode(),
        folder / "client.pdf": pdf_of(client),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(error, folder) from error
    for path, content in made.items():
        _write(path, content)
    return CourseFiles(*made)


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        try:
            part.write_bytes(content)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(error, path) from error


def _refused(error: OSError, path: Path) -> ReportPathError:
    return ReportPathError(error.errno, f"the report cannot be written: {error.strerror or error}", str(path))
