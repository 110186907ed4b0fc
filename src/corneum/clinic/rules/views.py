"""The rules in force, the clinic's draft, its signature, and every version that there was."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.accounts.roles import Role
from corneum.clinic.rules import present, queries, services
from corneum.clinic.rules.books import draft_digest
from corneum.clinic.rules.forms import LimitsForm, RuleForm, SignForm
from corneum.clinic.rules.wording import TOPICS, as_typed
from corneum.screening import MEANINGS, load_rules

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
_ASKED = ("topic", "verdict", "show")


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """List the rules in force, or those that are searched for."""
    book, draft = queries.book(), queries.draft()
    text, asked = request.GET.get("q", ""), {name: request.GET.get(name, "") for name in _ASKED}
    found = present.rows(book, draft, text=text, **asked)
    shown = {
        "groups": present.by_topic(found, book, TOPICS),
        "count": len(found),
        "all": len(book.rules),
        "q": text,
        **asked,
        "topics": [(name, TOPICS.get(name, name)) for name in dict.fromkeys(book.topics[one] for one in book.rules)],
        "verdicts": [(name, meaning) for name, meaning in MEANINGS.items() if name != "none"],
        "in_force": queries.in_force(),
        "draft": draft,
    }
    template = "rules/_list.html" if getattr(request, "htmx", False) else "rules/rules.html"
    return render(request, template, shown)


@_GET_OR_POST
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """Show a rule with all that is said of it, and make it stricter in the draft."""
    book, draft = queries.book(), queries.draft()
    if rule not in book.rules:
        raise Http404
    found, source = book.rules[rule], draft or queries.in_force()
    change = None if source is None else source.changes.get(rule)
    form = RuleForm(request.POST or None, rule=found, initial=_initial(change, found.verdict))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_rule(by=person(request), rule=rule, **form.change(), now=timezone.now())
        except services.RulesRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("In the draft. It counts once a clinician has signed."))
            return redirect("rules:draft")
    (row,) = [one for one in present.rows(book, draft) if one.rule.id == rule]
    shown = {
        "row": row,
        "sides": present.sides(found, book),
        "facts": present.facts(found, book),
        "override": book.standing(rule).override,
        "change": change,
        "form": form if found.verdict != "stop" else None,
    }
    return render(request, "rules/rule.html", shown, status=422 if form.errors else 200)


@require_POST
def reset(request: HttpRequest, rule: str) -> HttpResponse:
    """Put a rule back in the draft to what was shipped."""
    if rule not in load_rules().rules:
        raise Http404
    services.reset_rule(by=person(request), rule=rule, now=timezone.now())
    messages.success(request, _("In the draft this rule stands as shipped."))
    return redirect("rules:draft")


@require_safe
def draft(request: HttpRequest) -> HttpResponse:
    """Show what the draft changes, and sign it."""
    return _draft_page(request)


@require_POST
def limits(request: HttpRequest) -> HttpResponse:
    """Write the clinic's own limits of a course into the draft."""
    form = LimitsForm(request.POST)
    if form.is_valid():
        try:
            services.change_limits(by=person(request), limits=form.limits(), now=timezone.now())
        except services.RulesRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("In the draft. It counts once a clinician has signed."))
            return redirect("rules:draft")
    return _draft_page(request, limits_form=form)


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft away."""
    services.discard(by=person(request), now=timezone.now())
    messages.success(request, _("The draft is gone; what is in force stays."))
    return redirect("rules:rules")


@_GET_OR_POST
def sign(request: HttpRequest) -> HttpResponse:
    """Sign the draft."""
    if request.method != "POST":
        return redirect("rules:draft")
    form = SignForm(request.POST)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("seen", "text")}
        try:
            made = services.sign(by=person(request), **said, now=timezone.now())
        except services.RulesRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Version %(number)s is in force.") % {"number": made.number})
            return redirect("rules:rules")
    return _draft_page(request, sign_form=form)


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """List the signed versions."""
    return render(request, "rules/versions.html", {"versions": queries.versions()})


@require_safe
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show a signed version: who signed what, and what it changed."""
    found, book = queries.version_of(version_id), load_rules()
    changed = sum(rule.digest != found.digests.get(name) for name, rule in book.rules.items())
    shown = {
        "version": found,
        "before": queries.before(found),
        "differences": present.differences(queries.before(found), found, book),
        "whole": present.differences(None, found, book),
        "changed": changed,
    }
    return render(request, "rules/version.html", shown)


def _draft_page(
    request: HttpRequest, *, limits_form: LimitsForm | None = None, sign_form: SignForm | None = None
) -> HttpResponse:
    stored, standing, book = queries.draft(), queries.in_force(), load_rules()
    base = stored or standing
    held = {} if base is None else base.limits
    seen = draft_digest(base)
    shown: dict[str, Any] = {
        "draft": stored,
        "in_force": standing,
        "differences": present.differences(standing, base, book),
        "whole": present.differences(None, base, book),
        "limits_form": limits_form or LimitsForm(initial={name: as_typed(name, one) for name, one in held.items()}),
        "may_sign": person(request).role == Role.CLINICIAN,
    }
    # Who reads the page again signs what it shows now.
    shown |= {"sign_form": sign_form or SignForm(), "seen": seen}
    failed = any(one is not None and one.errors for one in (limits_form, sign_form))
    return render(request, "rules/draft.html", shown, status=422 if failed else 200)


def _initial(change: dict[str, Any] | None, shipped: str) -> dict[str, Any]:
    return {} if change is None else change | {"verdict": change["verdict"] or shipped}
