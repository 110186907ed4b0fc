"""The clinic's texts of consent and their versions."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.consent import queries, services
from corneum.clinic.consent.composing import TextRefused, composed, shipped_text
from corneum.clinic.consent.forms import TextForm
from corneum.clinic.consent.models import ConsentText, Kind


@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """List the texts in force, and every version."""
    languages = [(code, name) for code, name in settings.LANGUAGES]
    current = [(kind, [(code, name, queries.text_in_force(kind, code)) for code, name in languages]) for kind in Kind]
    versions = ConsentText.objects.select_related("made_by").defer("body")
    return render(request, "consent/texts.html", {"current": current, "versions": versions})


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, kind: str) -> HttpResponse:
    """Write a new version of a text."""
    language = request.GET.get("language", "en")
    if kind not in Kind.values or language not in dict(settings.LANGUAGES):
        raise Http404
    standing = queries.text_in_force(kind, language)
    form = TextForm(request.POST or None, initial={"body": standing.body})
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"].replace("\r\n", "\n")
        try:
            services.write_text(by=person(request), kind=kind, language=language, body=body, now=timezone.now())
        except (TextRefused, services.WordsRefused) as error:
            form.add_error("body", str(error))
        else:
            messages.success(request, _("A new version. Sheets that were signed keep theirs."))
            return redirect("consent:texts")
    shown = {
        "form": form,
        "kind": Kind(kind),
        "language": language,
        "standing": standing,
        "shipped": shipped_text(kind, language),
        "sheet": composed(standing.body, None),
    }
    return render(request, "consent/text.html", shown, status=422 if form.errors else 200)


@require_safe
def version(request: HttpRequest, text_id: UUID) -> HttpResponse:
    """Show one version of a text."""
    found = get_object_or_404(ConsentText.objects.select_related("made_by"), pk=text_id)
    return render(request, "consent/version.html", {"text": found, "sheet": composed(found.body, None)})
