"""The owner's pages: rooms, devices and prices."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.stock import queries, services
from corneum.clinic.stock.forms import CheckForm, CorrectionForm, DeviceForm, PriceForm, RoomForm
from corneum.clinic.stock.models import Device, DeviceCheck, PriceItem, Room

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    """List the rooms."""
    return render(request, "stock/rooms.html", {"rooms": Room.objects.all(), "is_empty": queries.is_empty()})


@_GET_OR_POST
def room_add(request: HttpRequest) -> HttpResponse:
    """Make a room."""
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.save_room(by=person(request), room=None, fields=form.cleaned_data, now=timezone.now())
        return redirect("stock:rooms")
    return _form_page(request, form, _("New room"), "stock:rooms")


@_GET_OR_POST
def room(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Change a room."""
    stored = get_object_or_404(Room, pk=room_id)
    form = RoomForm(request.POST or None, instance=Room.objects.get(pk=room_id))
    if request.method == "POST" and form.is_valid():
        services.save_room(by=person(request), room=stored, fields=form.cleaned_data, now=timezone.now())
        return _saved(request, "stock:rooms")
    return _form_page(request, form, stored.name, "stock:rooms")


@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """List the devices, with what is due marked."""
    found = {"devices": Device.objects.all(), "today": timezone.localdate(), "is_empty": queries.is_empty()}
    return render(request, "stock/devices.html", found)


@_GET_OR_POST
def device_add(request: HttpRequest) -> HttpResponse:
    """Make a device."""
    form = DeviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.save_device(by=person(request), device=None, fields=form.cleaned_data, now=timezone.now())
        return redirect("stock:devices")
    return _form_page(request, form, _("New device"), "stock:devices", "stock/device.html")


@_GET_OR_POST
def device(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Change a device."""
    stored = get_object_or_404(Device, pk=device_id)
    form = DeviceForm(request.POST or None, instance=Device.objects.get(pk=device_id))
    if request.method == "POST" and form.is_valid():
        services.save_device(by=person(request), device=stored, fields=form.cleaned_data, now=timezone.now())
        return _saved(request, "stock:devices")
    return _device_page(request, stored, form, CheckForm(prefix="check"))


@require_POST
def check_add(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Write down that a device was serviced, or its gauge calibrated."""
    stored = get_object_or_404(Device, pk=device_id)
    form = CheckForm(request.POST, prefix="check")
    if not form.is_valid():
        return _device_page(request, stored, DeviceForm(instance=Device.objects.get(pk=device_id)), form)
    services.add_check(by=person(request), device=stored, fields=form.cleaned_data, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("stock:device", device_id)


@_GET_OR_POST
def check_correct(request: HttpRequest, device_id: UUID, check_id: UUID) -> HttpResponse:
    """Correct a line of a device's history: the line stays, and what is right stands after it."""
    wrong = get_object_or_404(DeviceCheck, pk=check_id, device=device_id, corrected_by=None)
    first = {"kind": wrong.kind, "on": wrong.on, "due": wrong.due, "note": wrong.note}
    form = CorrectionForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        fields, now = form.cleaned_data, timezone.now()
        try:
            services.add_check(by=person(request), device=wrong.device, fields=fields, now=now, corrects=wrong)
        except services.CorrectedAlready:
            messages.error(request, _("Someone corrected this line in the meantime: look at it again."))
        else:
            messages.success(request, _("Saved."))
        return redirect("stock:device", device_id)
    found = {"form": form, "wrong": wrong, "title": _("Correct: %(device)s") % {"device": wrong.device}}
    return render(request, "stock/check.html", found)


@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    """Show the price list."""
    return render(request, "stock/prices.html", {"prices": PriceItem.objects.all(), "is_empty": queries.is_empty()})


@_GET_OR_POST
def price_add(request: HttpRequest) -> HttpResponse:
    """Make a line of the price list."""
    form = PriceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.save_price(by=person(request), price=None, fields=form.cleaned_data, now=timezone.now())
        return redirect("stock:prices")
    return _form_page(request, form, _("New price"), "stock:prices")


@_GET_OR_POST
def price(request: HttpRequest, price_id: UUID) -> HttpResponse:
    """Change a line of the price list."""
    stored = get_object_or_404(PriceItem, pk=price_id)
    form = PriceForm(request.POST or None, instance=PriceItem.objects.get(pk=price_id))
    if request.method == "POST" and form.is_valid():
        services.save_price(by=person(request), price=stored, fields=form.cleaned_data, now=timezone.now())
        return _saved(request, "stock:prices")
    return _form_page(request, form, stored.label, "stock:prices")


@require_POST
def example(request: HttpRequest) -> HttpResponse:
    """Start an empty clinic with an example."""
    try:
        services.start_with_example(by=person(request), now=timezone.now())
    except services.NotEmpty:
        messages.error(request, _("There are rooms, devices or prices already: nothing was changed."))
    else:
        messages.success(request, _("A room, a device, two prices and two items were made. Change them to yours."))
    return redirect("stock:devices")


def _device_page(request: HttpRequest, device: Device, form: DeviceForm, check: CheckForm) -> HttpResponse:
    found = {"form": form, "title": device.label, "back": "stock:devices", "check": check, "device": device}
    mistakes = bool(check.errors or form.errors)
    checks = {"checks": queries.checks_of(device), "due": queries.checks_due(device, timezone.localdate())}
    return render(request, "stock/device.html", {**found, **checks}, status=422 if mistakes else 200)


def _saved(request: HttpRequest, back: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(back)


def _form_page(
    request: HttpRequest, form: forms.ModelForm[Any], title: str, back: str, template: str = "stock/form.html"
) -> HttpResponse:
    return render(request, template, {"form": form, "title": title, "back": back})
