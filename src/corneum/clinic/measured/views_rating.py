"""A blinded rating: started, answered pair by pair, handed in, and opened."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.measured import forms, queries
from corneum.clinic.measured import rating as services
from corneum.clinic.measured.models import Rating
from corneum.clinic.measured.present.rated import beginning, result, sheet_state, shown_pair
from corneum.clinic.measured.serving import sent
from corneum.clinic.people.queries import client_of
from corneum.clinic.photos import files

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
_SIDES = ("left", "right")


@require_safe
def ratings(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """List the blinded ratings of a client, and show how to start one."""
    client = client_of(client_id)
    context = {"client": client, "ratings": queries.ratings(client_id)}
    return render(request, "measured/ratings.html", context | beginning(queries.sights(client_id)))


@require_POST
def start(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Start a rating of one view, or of all."""
    client = client_of(client_id)
    wanted = request.POST.get("of", "")
    sights = [sight for sight in queries.sights(client_id) if wanted in ("", sight.key)]
    try:
        made = services.start(
            by=person(request), client=client, sights=sights, seed=secrets.randbits(32), now=timezone.now()
        )
    except services.CannotRate as error:
        messages.error(request, str(error))
        return redirect("measured:ratings", client_id)
    return redirect("measured:rating", client_id, made.pk)


@require_safe
def rating(request: HttpRequest, client_id: UUID, rating_id: UUID) -> HttpResponse:
    """Show how far a rating is, or what came of it."""
    found = queries.rating(client_id, rating_id)
    context = {"client": found.client, "rating": found, "can_be_shown": queries.can_be_shown(found)}
    if found.closed_at is not None:
        return render(request, "measured/rated.html", context | result(found))
    return render(request, "measured/rating.html", context | sheet_state(found, person(request)))


@_GET_OR_POST
def pair(request: HttpRequest, client_id: UUID, rating_id: UUID, number: int) -> HttpResponse:
    """Show one pair, and keep what is said of it."""
    found = _open(client_id, rating_id, number)
    if found is None:
        return redirect("measured:rating", client_id, rating_id)
    if request.method == "POST":
        return _answered(request, found, number)
    context = {"client": found.client, "rating": found} | sheet_state(found, person(request))
    if context["own"] is not None and context["own"].ended_at is not None:
        return redirect("measured:rating", client_id, rating_id)
    return render(request, "measured/rating_pair.html", context | shown_pair(found, number, context["own"]))


def _answered(request: HttpRequest, found: Rating, number: int) -> HttpResponse:
    form = forms.AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the answers."))
        return redirect("measured:rating_pair", found.client_id, found.pk, number)
    try:
        services.answer(by=person(request), rating=found, number=number, now=timezone.now(), **form.cleaned_data)
    except services.CannotRate as error:
        messages.error(request, str(error))
        return redirect("measured:rating", found.client_id, found.pk)
    left = sheet_state(found, person(request))["next"]
    if left is None:
        return redirect("measured:rating", found.client_id, found.pk)
    return redirect("measured:rating_pair", found.client_id, found.pk, left)


@require_POST
def hand_in(request: HttpRequest, client_id: UUID, rating_id: UUID) -> HttpResponse:
    """Hand the answers in."""
    found = queries.rating(client_id, rating_id)
    try:
        services.hand_in(by=person(request), rating=found, now=timezone.now())
    except services.CannotRate as error:
        messages.error(request, str(error))
    return redirect("measured:rating", client_id, rating_id)


@require_POST
def close(request: HttpRequest, client_id: UUID, rating_id: UUID) -> HttpResponse:
    """Open the hidden order."""
    found = queries.rating(client_id, rating_id)
    try:
        services.close(by=person(request), rating=found, now=timezone.now())
    except services.CannotRate as error:
        messages.error(request, str(error))
    return redirect("measured:rating", client_id, rating_id)


@require_safe
def picture(request: HttpRequest, client_id: UUID, rating_id: UUID, number: int, place: str) -> HttpResponse:
    """Send one picture of a pair, as plain as it was taken: aligned ones would tell which pairs were measured."""
    found = queries.rating(client_id, rating_id)
    photo_id = services.photo_id(found, number, place) if place in _SIDES else None
    if photo_id is None:
        raise Http404
    photo = queries.photo(client_id, photo_id)
    return sent(files.path_of(photo.pk, files.PAGE), [photo], by=person(request), now=timezone.now())


def _open(client_id: UUID, rating_id: UUID, number: int) -> Rating | None:
    """Return a rating that is open; None where it is closed or a photograph may no longer be shown."""
    found = queries.rating(client_id, rating_id)
    if not 1 <= number <= found.length:
        raise Http404
    return found if found.closed_at is None and queries.can_be_shown(found) else None
