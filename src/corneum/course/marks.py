"""Marks in the zones of a course: never treated over, and none that changed and that no doctor has looked at."""

from collections.abc import Sequence

from corneum.course.request import CourseRequest
from corneum.course.zones import UnplannedZone
from corneum.evidence import Book
from corneum.lesions.exclusions import Exclusion

RIM = "lesions.exclusion.rim_mm"
"""Row of the skin that is left out around a mark."""


def marks_on(request: CourseRequest, zone: str) -> tuple[Exclusion, ...]:
    """Return the marks on a zone that is asked for."""
    return tuple(mark for mark in request.marks if mark.site == zone)


def kept_out_by_marks(request: CourseRequest, zone: str) -> UnplannedZone | None:
    """Return why marks keep a zone out of the course, or None if they do not.

    A mark that is new, looks different than before, or was not found again waits for a doctor, and the whole zone
    with it.
    """
    waiting = [mark for mark in marks_on(request, zone) if mark.waits]
    if not waiting:
        return None
    said = "; ".join(mark.why for mark in waiting)
    why = f"Not before a doctor has looked at it and the day is recorded (looked_at): {said} (MO-001, MO-031)."
    return UnplannedZone(zone, "mark", why)


def left_out_cm2(marks: Sequence[Exclusion], area_cm2: float) -> float:
    """Return how much of an area marks leave out, cm2: never more than all of it, overlaps counted twice."""
    return min(area_cm2, sum(mark.area_cm2 for mark in marks))


def mark_notes(marks: Sequence[Exclusion], area_cm2: float, book: Book) -> tuple[str, ...]:
    """Return what the reader must know of the marks of a zone.

    Parameters
    ----------
    marks
        On the zone.
    area_cm2
        Of the whole zone.
    book
        The evidence.

    References
    ----------
    Rule ``lesions.go_around``; row ``lesions.exclusion.rim_mm``.
    """
    if not marks:
        return ()
    rule = book.rule("lesions.go_around")
    out = left_out_cm2(marks, area_cm2)
    return (
        *(mark.text for mark in marks),
        f"{rule.text} Left out: {out:.2g} of {area_cm2:.3g} cm2, with a rim of {book.number(RIM).value:g} mm around "
        f"each mark (rule {rule.key}, row {RIM}; {', '.join(rule.rows)}).",
    )
