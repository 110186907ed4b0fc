"""The calendar by rooms, practitioners and days, and its feeds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.practice.queries import practice_of
from corneum.clinic.stock.queries import rooms
from corneum.clinic.visits import feeds as calendars
from corneum.clinic.visits import queries
from corneum.clinic.visits.forms import CalendarForm
from corneum.clinic.visits.grid import Wanted, grid
from corneum.clinic.visits.hours import bounds, week_of
from corneum.clinic.visits.models import HOLDING, Visit


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a day of all rooms or practitioners, or a week of one."""
    now = timezone.now()
    form = CalendarForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    day = asked.get("day") or timezone.localdate(now)
    by, span = asked.get("by") or "room", asked.get("span") or "day"
    days = week_of(day) if span == "week" else [day]
    visits = queries.between(bounds(days[0])[0], bounds(days[-1])[1])
    owners, off = _owners(by, visits)
    of = next((owner for owner in owners if owner.pk == asked.get("of")), None)
    if span == "week" and of is None:
        of = next((owner for owner in owners if owner.pk == person(request).pk), owners[0] if owners else None)
    wanted = _week(by, of, days, visits) if span == "week" and of is not None else _day(by, owners, day, visits)
    wanted = [replace(one, is_off=one.of in off) for one in wanted]
    step = timedelta(days=7 if span == "week" else 1)
    found = {
        "grid": grid(wanted, now, practice_of(request)),
        "day": day,
        "mistakes": form.errors.get("day"),
        "first": week_of(day)[0],
        "last": week_of(day)[-1],
        "before": day - step,
        "after": day + step,
        "today": timezone.localdate(now),
        "by": by,
        "span": span,
        "of": of,
        "owners": owners,
        "off": off,
    }
    return render(request, "visits/calendar.html", found)


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Show whether one's own visits can be read elsewhere."""
    return render(request, "visits/feeds.html", {"feed": calendars.feed_of(person(request))})


@require_POST
def feed_make(request: HttpRequest) -> HttpResponse:
    """Make a new address and show it, this once."""
    made = calendars.make_feed(by=person(request), now=timezone.now())
    address = request.build_absolute_uri(reverse("visits:feed", args=[made.token]))
    return render(request, "visits/feeds.html", {"feed": made.feed, "address": address})


@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """End one's address."""
    calendars.revoke_feed(by=person(request), now=timezone.now())
    return redirect("visits:feeds")


@require_safe
def feed(request: HttpRequest, feed_secret: str) -> HttpResponse:
    """Answer a calendar program that knows the secret."""
    found = calendars.opened(feed_secret)
    if found is None:
        raise Http404
    return HttpResponse(
        calendars.agenda(found, timezone.now(), practice_of(request)), content_type="text/calendar; charset=utf-8"
    )


def _owners(by: str, visits: Sequence[Visit]) -> tuple[list[Any], set[UUID]]:
    """Return whose columns there are, and who of them is not bookable any more but has visits."""
    owners: list[Any] = list(queries.practitioners() if by == "practitioner" else rooms())
    there = {owner.pk for owner in owners}
    off = {_of(visit, by): getattr(visit, by) for visit in visits if visit.status in HOLDING}
    off = {key: owner for key, owner in off.items() if key not in there}
    return [*owners, *sorted(off.values(), key=str)], set(off)


def _day(by: str, owners: list[Any], day: date, visits: Sequence[Visit]) -> list[Wanted]:
    return [Wanted(owner, day, [visit for visit in visits if _of(visit, by) == owner.pk], owner.pk) for owner in owners]


def _week(by: str, of: Any, days: Sequence[date], visits: Sequence[Visit]) -> list[Wanted]:
    own = [visit for visit in visits if _of(visit, by) == of.pk]
    return [Wanted(_named(one), one, [visit for visit in own if _day_of(visit.starts) == one], of.pk) for one in days]


def _of(visit: Visit, by: str) -> UUID:
    found: UUID = getattr(visit, f"{by}_id")
    return found


def _day_of(moment: datetime) -> date:
    return timezone.localdate(moment)


def _named(day: date) -> str:
    return date_format(day, "COLUMN_FORMAT")
