"""The list of clients, one client, and the box that finds them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.people import services
from corneum.clinic.people.forms import ClientForm
from corneum.clinic.people.queries import client_of
from corneum.clinic.people.search import following, found
from corneum.clinic.ui.ids import uuid_of

_PAGE = 50
_IN_BOX = 8
_MOST = 200
_ASKED = "clients.asked"
_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@_GET_OR_POST
def clients(request: HttpRequest) -> HttpResponse:
    """List clients by name, or those who are searched for.

    What somebody writes to find a client is a name, a telephone number or a date of birth: it comes by a form and is
    kept with the log-in, so that no address holds it, neither here nor in a proxy or the history of a shared tablet.
    """
    if request.method == "POST":
        request.session[_ASKED] = request.POST.get("q", "").strip()[:_MOST]
        return redirect("people:clients")
    text = str(request.session.get(_ASKED, ""))
    page = list(following(found(text), uuid_of(request.GET.get("after", "")))[: _PAGE + 1])
    more = page[_PAGE - 1].pk if len(page) > _PAGE else None
    return render(request, "people/clients.html", {"clients": page[:_PAGE], "q": text, "more": more})


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Show who is meant, while it is being typed."""
    text = request.POST.get("q", "").strip()[:_MOST]
    return render(request, "people/found.html", {"clients": list(found(text)[:_IN_BOX]) if text else [], "q": text})


@_GET_OR_POST
def add(request: HttpRequest) -> HttpResponse:
    """Open a record."""
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        client = services.add_client(by=person(request), fields=form.cleaned_data, now=timezone.now())
        return redirect("people:client", client.pk)
    return render(request, "people/edit.html", {"form": form})


@require_safe
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show a record."""
    return render(request, "people/client.html", {"client": client_of(client_id)})


@_GET_OR_POST
def edit(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Change a record."""
    stored = client_of(client_id)
    form = ClientForm(request.POST or None, instance=client_of(client_id))
    if request.method == "POST" and form.is_valid():
        services.change_client(by=person(request), client=stored, fields=form.cleaned_data, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("people:client", client_id)
    return render(request, "people/edit.html", {"form": form, "client": stored})
