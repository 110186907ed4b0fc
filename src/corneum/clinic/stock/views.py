"""The shelf: what is used up, its lots, and what comes and goes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.stock import queries, services
from corneum.clinic.stock.forms import CountForm, ItemForm, ReceiveForm, TakeForm
from corneum.clinic.stock.models import Item, Lot
from corneum.clinic.stock.present import refusal

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
_MOVES = 100


@require_safe
def lots(request: HttpRequest) -> HttpResponse:
    """Show the shelf."""
    everything = request.GET.get("all") == "1"
    today = timezone.localdate()
    found = {"shelves": queries.shelves(today, everything=everything), "today": today, "everything": everything}
    return render(request, "stock/lots.html", {**found, "is_empty": queries.is_empty()})


@_GET_OR_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Put a lot on the shelf."""
    form = ReceiveForm(request.POST or None, initial={"item": request.GET.get("item")})
    if request.method == "POST" and form.is_valid():
        try:
            lot = services.receive(by=person(request), **form.cleaned_data, now=timezone.now())
        except services.LotRefused as error:
            form.add_error("expires_on", refusal(error))
        else:
            messages.success(request, _("Lot %(number)s is on the shelf.") % {"number": lot.number})
            return redirect("stock:lots")
    return render(request, "stock/form.html", {"form": form, "title": _("Receive a lot"), "back": "stock:lots"})


@_GET_OR_POST
def item_add(request: HttpRequest) -> HttpResponse:
    """Make something that is used up."""
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.save_item(by=person(request), item=None, fields=form.cleaned_data, now=timezone.now())
        return redirect("stock:lots")
    return render(request, "stock/form.html", {"form": form, "title": _("New item"), "back": "stock:lots"})


@_GET_OR_POST
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Change something that is used up."""
    stored = get_object_or_404(Item, pk=item_id)
    form = ItemForm(request.POST or None, instance=Item.objects.get(pk=item_id))
    if request.method == "POST" and form.is_valid():
        services.save_item(by=person(request), item=stored, fields=form.cleaned_data, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("stock:lots")
    return render(request, "stock/form.html", {"form": form, "title": stored.name, "back": "stock:lots"})


@require_safe
def lot(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """Show one lot: what came, what went, and where to."""
    return _lot_page(request, _lot(lot_id), TakeForm(prefix="take"), CountForm(prefix="count"))


@require_POST
def take(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """Take some of a lot without a session."""
    stored, form = _lot(lot_id), TakeForm(request.POST, prefix="take")
    if form.is_valid():
        try:
            services.take(by=person(request), lot=stored, **form.cleaned_data, now=timezone.now())
        except services.LotRefused as error:
            form.add_error("amount", refusal(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("stock:lot", lot_id)
    return _lot_page(request, _lot(lot_id), form, CountForm(prefix="count"), status=422)


@require_POST
def count(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """Write down what was counted."""
    stored, form = _lot(lot_id), CountForm(request.POST, prefix="count")
    if form.is_valid():
        services.count(by=person(request), lot=stored, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("stock:lot", lot_id)
    return _lot_page(request, stored, TakeForm(prefix="take"), form, status=422)


@require_POST
def block(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """Block a lot."""
    services.block(by=person(request), lot=_lot(lot_id), blocked=True, now=timezone.now())
    return redirect("stock:lot", lot_id)


@require_POST
def release(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """Release a blocked lot."""
    services.block(by=person(request), lot=_lot(lot_id), blocked=False, now=timezone.now())
    return redirect("stock:lot", lot_id)


def _lot(lot_id: UUID) -> Lot:
    return get_object_or_404(Lot.objects.select_related("item"), pk=lot_id)


def _lot_page(request: HttpRequest, lot: Lot, take: TakeForm, count: CountForm, *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    found = {
        "lot": lot,
        "moves": lot.moves.select_related("by")[:_MOVES],
        "take": take,
        "count": count,
        "expired": lot.expired(today),
    }
    return render(request, "stock/lot.html", found, status=status)
