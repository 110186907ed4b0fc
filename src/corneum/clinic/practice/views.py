"""The page of the clinic's own data."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corneum.clinic.practice import services
from corneum.clinic.practice.forms import PracticeForm
from corneum.clinic.practice.queries import practice


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Change how the clinic is called and reached, and when it is open."""
    # A bound form writes into its row: it has one of its own, and the page goes on showing what is kept.
    form = PracticeForm(request.POST or None, instance=practice())
    if request.method == "POST" and form.is_valid():
        services.change(by=request.user, fields=form.cleaned_data, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("practice:own")
    return render(request, "practice/own.html", {"form": form}, status=422 if form.errors else 200)
