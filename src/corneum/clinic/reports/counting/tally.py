"""What is counted of one year: people, sessions, courses, reactions, changes, decisions against a stop, recalls."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min
from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from corneum.clinic.intake.models import Concern, RuleOverride
from corneum.clinic.measured.models import Measurement
from corneum.clinic.measured.models import State as Measured
from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.reports.counting.changes import Told, changes_of, told_at
from corneum.clinic.reports.counting.indications import INDEX_OF
from corneum.clinic.treatments.models import AdverseEvent, CourseReview, Decision, Entry, Session, State
from corneum.clinic.visits.models import Recall
from corneum.screening import load_rules

_QUIET = timedelta(days=84)
"""A course in which nothing happened for so long is not counted as going on."""
_AT_ONCE = 500
Course = tuple[UUID, int]


@dataclass(frozen=True)
class Year:
    """One calendar year, in the clinic's own time: from its first moment to before that of the next."""

    number: int

    @property
    def starts(self) -> datetime:
        """Its first moment."""
        return timezone.make_aware(datetime(self.number, 1, 1))

    @property
    def ends(self) -> datetime:
        """The first moment of the next."""
        return timezone.make_aware(datetime(self.number + 1, 1, 1))


def first_year() -> int | None:
    """Return the year of the first session, or None where there was none."""
    first = Session.objects.aggregate(first=Min("opened_at"))["first"]
    return None if first is None else timezone.localtime(first).year


def people_and_sessions(year: Year) -> tuple[int, int]:
    """Return how many clients had a signed session in a year, and how many sessions were signed."""
    found = _signed(year).aggregate(people=Count("client_id", distinct=True), sessions=Count("pk"))
    return found["people"], found["sessions"]


def courses(year: Year, now: datetime) -> dict[str, int]:
    """Return where the courses of those people are who began one in a year; of two, the later one counts."""
    begun: dict[Course, tuple[datetime, int]] = {
        (row["client_id"], row["course"]): (row["last"], row["count"])
        for row in Session.objects.filter(state=State.SIGNED)
        .exclude(done={})
        .order_by()
        .values("client_id", "course")
        .annotate(first=Min("opened_at"), last=Max("opened_at"), count=Count("pk"))
        .filter(first__gte=year.starts, first__lt=year.ends)
    }
    planned = _planned(begun, year)
    stopped = _stopped(begun)
    found = dict.fromkeys(("finished", "stopped", "going_on", "ended"), 0)
    for client_id, course in dict(sorted(begun)).items():
        last, count = begun[client_id, course]
        if 0 < planned.get((client_id, course), 0) <= count:
            found["finished"] += 1
        elif (client_id, course) in stopped:
            found["stopped"] += 1
        else:
            found["going_on" if now - last <= _QUIET else "ended"] += 1
    return found


def reactions(year: Year) -> dict[str, dict[str, int]]:
    """Return by kind how many people had a reaction in a year, each counted once, by the worst severity they had."""
    worst: dict[tuple[str, UUID], str] = {}
    found = AdverseEvent.objects.filter(onset__year=year.number).order_by()
    for client_id, kind, severity in found.values_list("client_id", "kind", "severity").iterator():
        worst[kind, client_id] = max(severity, worst.get((kind, client_id), ""))
    by_kind: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (kind, _client_id), severity in worst.items():
        by_kind[kind][severity] += 1
    return {kind: dict(severities) for kind, severities in by_kind.items()}


def changes(year: Year) -> dict[tuple[str, str], list[Told]]:
    """Return by concern and index the change of each person of whom a durable outcome was measured in a year.

    Each person counts once for a concern: by the last measurement of the year that holds its index at its place, the
    mean over the places where the concern is.
    """
    found: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for tables, places in _grouped(year):
        for client_id, kept in tables.items():
            for concern, sites in places.get(client_id, {}).items():
                one = _of_person(kept, sites, INDEX_OF[concern])
                if one is not None:
                    found[concern, INDEX_OF[concern]].append(one)
    return dict(found)


def overrides(year: Year) -> dict[str, tuple[int, int]]:
    """Return by where it was decided how many people a stop was overridden for in a year, and how often."""
    stops = [name for name, rule in load_rules().rules.items() if rule.verdict == "stop"]
    record = RuleOverride.objects.filter(at__gte=year.starts, at__lt=year.ends, rule__in=stops)
    day = Entry.objects.filter(at__gte=year.starts, at__lt=year.ends, kind="overridden")
    taps = [
        client_id
        for client_id, value in day.order_by().values_list("session__client_id", "value").iterator()
        if value.get("rule") in stops
    ]
    counted = record.aggregate(people=Count("client_id", distinct=True), times=Count("pk"))
    return {"record": (counted["people"], counted["times"]), "day": (len(set(taps)), len(taps))}


def recalls(now: datetime) -> dict[str, int]:
    """Return by kind how many people are to be called by now."""
    due = Recall.objects.filter(done_at__isnull=True, due_on__lte=timezone.localdate(now)).order_by()
    return {row["kind"]: row["people"] for row in due.values("kind").annotate(people=Count("client_id", distinct=True))}


def _signed(year: Year) -> Any:
    return Session.objects.filter(state=State.SIGNED, opened_at__gte=year.starts, opened_at__lt=year.ends)


def _planned(begun: Mapping[Course, Any], year: Year) -> dict[Course, int]:
    """Return how many sessions each course was to have, by the plan of its last session."""
    plans: dict[Course, tuple[int, UUID]] = {}
    rows = Session.objects.filter(state=State.SIGNED, opened_at__gte=year.starts).order_by()
    for client_id, course, number, plan_id in rows.values_list("client_id", "course", "number", "plan_id").iterator():
        if (client_id, course) in begun:
            plans[client_id, course] = max(plans.get((client_id, course), (0, plan_id)), (number, plan_id))
    wanted = {plan_id for _number, plan_id in plans.values()}
    counts: dict[UUID, int] = {}
    for some in _chunks(wanted):
        found = PlanVersion.objects.filter(pk__in=some).order_by().annotate(of=KeyTransform("sessions", "plan"))
        counts |= {key: int(of or 0) for key, of in found.values_list("pk", "of")}
    return {key: counts.get(plan_id, 0) for key, (_number, plan_id) in plans.items()}


def _stopped(begun: Mapping[Course, Any]) -> set[Course]:
    last: dict[Course, str] = {}
    rows = CourseReview.objects.order_by("at").values_list("client_id", "course", "decision")
    for client_id, course, decision in rows.iterator():
        last[client_id, course] = decision
    return {key for key, decision in last.items() if decision == Decision.STOP and key in begun}


def _grouped(year: Year) -> Iterable[tuple[dict[UUID, list[Any]], dict[UUID, dict[str, set[str]]]]]:
    """Yield for some people at a time what was measured of their concerns, the newest first, and where these are."""
    done = Measurement.objects.filter(
        state=Measured.DONE,
        outcome="durable",
        followup__taken_at__gte=year.starts,
        followup__taken_at__lt=year.ends,
    )
    for some in _chunks(set(done.order_by().values_list("client_id", flat=True))):
        places = _places(some)
        tables: dict[UUID, list[Any]] = defaultdict(list)
        rows = done.filter(client_id__in=list(places)).order_by("-followup__taken_at", "pk")
        for client_id, table in rows.values_list("client_id", "table").iterator():
            wanted = {(site, INDEX_OF[concern]) for concern, sites in places[client_id].items() for site in sites}
            tables[client_id].append(changes_of(table, wanted))
        yield tables, places


def _places(clients: Iterable[UUID]) -> dict[UUID, dict[str, set[str]]]:
    found: dict[UUID, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Concern.objects.filter(client_id__in=list(clients), removed=None, concern__in=INDEX_OF).order_by()
    for client_id, concern, zone in rows.values_list("client_id", "concern", "zone"):
        found[client_id][concern].add(zone)
    return found


def _of_person(tables: list[Any], sites: set[str], index: str) -> Told | None:
    for changed in tables:
        told = [one for site in sorted(sites) if (one := told_at(changed, site, index)) is not None]
        if told and len({one.unit for one in told}) == 1:
            count = len(told)
            return Told(
                value=sum(one.value for one in told) / count,
                error=(sum(one.error**2 for one in told) / count) ** 0.5,
                unit=told[0].unit,
                beyond=any(one.beyond for one in told),
            )
    return None


def _chunks(some: Iterable[UUID]) -> Iterable[list[UUID]]:
    every = sorted(some)
    yield from (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))
