"""The questions in small pages, by a client at home and by a practitioner beside them."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from corneum.clinic.accounts.models import User, person
from corneum.clinic.intake import queries
from corneum.clinic.intake.answering import WHERE, answer_page, next_page, save_zones, state_of
from corneum.clinic.intake.links import held
from corneum.clinic.intake.models import Scope
from corneum.clinic.intake.present.questions import blocks, page_states, site_options
from corneum.clinic.intake.questioning import Page, page_named
from corneum.clinic.intake.views_own import own_page_of
from corneum.clinic.people.models import Client
from corneum.clinic.people.queries import client_of

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Way:
    """Who answers, and where the pages lie.

    Parameters
    ----------
    client, by
        Whose answers, written down by whom; None for the client.
    page, home
        Names of the addresses of a page and of what comes after the last.
    base
        Template around the pages.
    arguments
        Of the addresses.
    """

    client: Client
    by: User | None
    page: str
    home: str
    base: str
    arguments: tuple[UUID, ...] = ()

    def address(self, name: str | None) -> str:
        """Return where a page lies; None for what comes after the last."""
        return (
            reverse(self.home, args=self.arguments)
            if name is None
            else reverse(self.page, args=[*self.arguments, name])
        )


@_GET_OR_POST
def page(request: HttpRequest, client_id: UUID, page: str) -> HttpResponse:
    """Ask a client beside the practitioner."""
    client = client_of(client_id)
    way = Way(client, person(request), "intake:page", "intake:client", "intake/record_base.html", (client_id,))
    return _asked(request, page, way)


@_GET_OR_POST
@own_page_of(Scope.INTAKE)
def own_page(request: HttpRequest, page: str) -> HttpResponse:
    """Ask a client who came by a private link."""
    client = held(request.session, Scope.INTAKE, timezone.now()).client
    return _asked(request, page, Way(client, None, "intake:own_page", "intake:own", "intake/own_base.html"))


def _asked(request: HttpRequest, name: str, way: Way) -> HttpResponse:
    if name == WHERE:
        return _where(request, way)
    found = page_named(name, staff=way.by is not None)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, way, found, {"blocks": blocks(found, state_of(way.client, timezone.now()))})
    answered = answer_page(request, way.client, found, by=way.by, now=timezone.now())
    if getattr(request, "htmx", False):
        root = request.POST.get("block", "")
        block = next((one for one in answered.blocks if one.slug == root), None)
        template = "intake/_saved.html" if request.POST.get("line") else "intake/_block.html"
        response = render(request, template, {"block": block, "saved": not answered.mistakes, "address": request.path})
        response["HX-Trigger"] = "answered"
        return response
    if answered.mistakes or answered.opened:
        shown = {"blocks": answered.blocks, "mistakes": answered.mistakes, "opened": answered.opened}
        return _shown(request, way, found, shown, status=422 if answered.mistakes else 200)
    return redirect(_after(request, way, name))


def _where(request: HttpRequest, way: Way) -> HttpResponse:
    if request.method == "POST":
        save_zones(request, way.client, by=way.by, now=timezone.now())
        return redirect(_after(request, way, WHERE))
    sheet = queries.working_sheet(way.client.pk)
    return _shown(request, way, None, {"sites": site_options(sheet.zones if sheet is not None else ())})


def _after(request: HttpRequest, way: Way, name: str) -> str:
    if "later" in request.POST:
        return way.address(None)
    states = page_states(state_of(way.client, timezone.now()), staff=way.by is not None)
    return way.address(next_page(name, states))


def _shown(
    request: HttpRequest, way: Way, found: Page | None, more: dict[str, object], status: int = 200
) -> HttpResponse:
    states = page_states(state_of(way.client, timezone.now()), staff=way.by is not None)
    names = [WHERE, *(one.page.name for one in states)]
    here = WHERE if found is None else found.name
    number = names.index(here) + 1 if here in names else len(names)
    shown = {
        "client": way.client,
        "base": way.base,
        "page": found,
        "number": number,
        "count": len(names),
        "back": way.address(names[number - 2] if number > 1 else None),
        "address": request.path,
        **more,
    }
    return render(request, "intake/page.html", shown, status=status)
