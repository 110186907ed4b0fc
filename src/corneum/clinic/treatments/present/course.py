"""A course so far: its sessions, settings over time, reactions, and the look back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corneum.clinic.treatments import queries, translate
from corneum.clinic.treatments.models import CourseReview, Session
from corneum.clinic.treatments.next_session import review_of, sessions_of
from corneum.clinic.treatments.present.checks import site_titles
from corneum.clinic.treatments.present.words import clock
from corneum.clinic.ui.reading import places, plain, reader_unit, reads
from corneum.evidence import load_evidence
from corneum.units import parse_quantity

_WIDTH, _HEIGHT, _LEFT, _TOP = 320.0, 96.0, 8.0, 20.0


@dataclass(frozen=True)
class Mark:
    """One session in a figure: where it stands and what is written at it."""

    x: float
    y: float
    text: str
    number: int
    bled: bool


@dataclass(frozen=True)
class Figure:
    """The vacuum of one zone over the sessions of a course, in the reader's unit; ``words`` say the same."""

    zone: str
    unit: str
    marks: tuple[Mark, ...]
    line: str
    words: str


@dataclass(frozen=True)
class SessionLine:
    """One sealed session of a course."""

    session: Session
    zones: str
    passes: str
    time: str
    bled: str
    most_pain: int | None


def course(client_id: UUID) -> dict[str, Any]:
    """Return what the page of a client's course shows: of the newest course, with the earlier ones named."""
    every = queries.signed_sessions(client_id)
    number = every[0].course if every else 0
    sessions = [one for one in every if one.course == number]
    done = [one for one in sessions if one.done]
    plan = translate.approved_plan(client_id)
    reviews = queries.reviews(client_id)
    planned = review_of(plan) if plan is not None else None
    last = queries.last_review(number, reviews)
    return {
        "course": number,
        "sessions": [_line(one) for one in reversed(sessions)],
        "plan": plan,
        "planned_sessions": sessions_of(plan) if plan is not None else 0,
        "done": len(done),
        "figures": _figures(list(reversed(done))),
        "events": queries.events_of(client_id),
        "reviews": reviews,
        "against": [one for one in reviews if against_rule(one)],
        "review": planned,
        "review_due": planned is not None and len(done) >= planned["session"] and last is None,
        "rule": load_evidence().rule("treatment.course.review"),
        "earlier_courses": sorted({one.course for one in every} - {number}),
    }


def against_rule(review: CourseReview) -> bool:
    """Return whether a course went on although its stop rule speaks for an end."""
    stops = review.photographs != "changed" or review.happened == "yes" or review.wishes == "stop"
    return review.decision == "go_on" and stops


def _line(session: Session) -> SessionLine:
    zones = session.done
    return SessionLine(
        session=session,
        zones=site_titles(zones) or _("nothing treated"),
        passes=", ".join(str(zone["passes"]) for zone in zones.values()),
        time=clock(sum(zone["seconds"] for zone in zones.values())),
        bled=site_titles(name for name, zone in zones.items() if zone["bled"]),
        most_pain=max((zone["comfort"] for zone in zones.values() if zone["comfort"] is not None), default=None),
    )


def _figures(sessions: Sequence[Session]) -> list[Figure]:
    names = dict.fromkeys(name for session in sessions for name in session.done)
    found = [_figure(name, [one for one in sessions if name in one.done]) for name in names]
    return [one for one in found if len(one.marks) > 1]


def _figure(zone: str, sessions: Sequence[Session]) -> Figure:
    read = [
        (one, parse_quantity(text))
        for one in sessions
        if (text := one.done[zone]["settings"].get("vacuum")) is not None
    ]
    unit = reader_unit()
    values = [abs(quantity.to(unit)) for _one, quantity in read]
    most = max(values, default=1.0)
    step = (_WIDTH - 2 * _LEFT - 24) / max(1, len(read) - 1)
    marks = tuple(
        Mark(
            x=round(_LEFT + 12 + index * step, 1),
            y=round(_TOP + (_HEIGHT - _TOP - 28) * (1 - value / most), 1),
            text=plain(value if quantity.unit == unit else round(value, places())),
            number=one.number,
            bled=bool(one.done[zone]["bled"]),
        )
        for index, ((one, quantity), value) in enumerate(zip(read, values, strict=True))
    )
    words = "; ".join(
        ngettext(
            "session %(number)s: %(vacuum)s, %(passes)s pass",
            "session %(number)s: %(vacuum)s, %(passes)s passes",
            one.done[zone]["passes"],
        )
        % {"number": one.number, "vacuum": reads(quantity), "passes": one.done[zone]["passes"]}
        for one, quantity in read
    )
    return Figure(site_titles([zone]), unit, marks, " ".join(f"{mark.x},{mark.y}" for mark in marks), words)
