"""A client withdraws a consent by the private link, one at a time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corneum.clinic.consent.queries import permissions_in_force
from corneum.clinic.consent.services import withdraw
from corneum.clinic.consent.withdrawing import withdrawals
from corneum.clinic.intake.links import held
from corneum.clinic.intake.views_own import own_page_of


@require_safe
@own_page_of(None)
def own_withdraw(request: HttpRequest) -> HttpResponse:
    """Show what a client agreed to and may withdraw: any private link opens this, whatever else it opens."""
    client = held(request.session, None, timezone.now()).client
    found = withdrawals(client.pk, permissions_in_force(client.pk))
    return render(request, "intake/own_withdraw.html", {"client": client, "withdrawals": found})


@require_http_methods(["GET", "HEAD", "POST"])
@own_page_of(None)
def own_withdraw_one(request: HttpRequest, purpose: str) -> HttpResponse:
    """Say what one withdrawal means, ask once more, and withdraw."""
    client = held(request.session, None, timezone.now()).client
    if request.method == "POST":
        if withdraw(by=None, client=client, purposes=[purpose], now=timezone.now()):
            messages.success(request, _("Withdrawn. It counts from this moment on; the clinic has been told."))
        return redirect("intake:own_withdraw")
    standing = [row for row in permissions_in_force(client.pk) if row.purpose == purpose]
    if not standing:
        return redirect("intake:own_withdraw")
    one = withdrawals(client.pk, standing)[0]
    return render(request, "intake/own_withdraw_one.html", {"client": client, "one": one})
