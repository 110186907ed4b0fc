"""Log-in, first run and staff."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from corneum.clinic.accounts import services
from corneum.clinic.accounts.forms import (
    FirstRunForm,
    MemberForm,
    NewMemberForm,
    NewPasswordForm,
    OwnForm,
    PasswordForm,
)
from corneum.clinic.accounts.models import User, person
from corneum.clinic.practice.forms import FirstPracticeForm

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


class Login(LoginView):
    """The log-in; an empty clinic leads to its first run instead."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Show the form, or the first run where there is nobody who could fill it in."""
        if not User.objects.exists():
            return redirect("accounts:first_run")
        return super().get(request, *args, **kwargs)


class Logout(LogoutView):
    """The end of a log-in."""


@_GET_OR_POST
@sensitive_post_parameters("password")
def first_run(request: HttpRequest) -> HttpResponse:
    """Make the owner of an empty clinic, who is then logged in."""
    if User.objects.exists():
        return redirect("accounts:login")
    form = FirstRunForm(request.POST or None)
    practice = FirstPracticeForm(request.POST or None, prefix="clinic")
    if request.method == "POST" and practice.is_valid() and form.is_valid():
        try:
            user = services.set_up(**form.cleaned_data, practice=practice.cleaned_data, now=timezone.now())
        except services.AlreadySetUp:
            return redirect("accounts:login")
        start_session(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("home")
    return render(request, "accounts/first_run.html", {"form": form, "practice": practice})


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """List the staff."""
    return render(request, "accounts/staff.html", {"staff": User.objects.all()})


@_GET_OR_POST
@sensitive_post_parameters("password")
def add(request: HttpRequest) -> HttpResponse:
    """Add a member."""
    form = NewMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = services.add_member(by=person(request), **form.cleaned_data, now=timezone.now())
        messages.success(request, _("%(name)s can log in now.") % {"name": member.name})
        return redirect("accounts:staff")
    return render(request, "accounts/member.html", {"form": form, "title": _("New member")})


@_GET_OR_POST
def member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Change a member."""
    found = get_object_or_404(User, pk=member_id)
    form = MemberForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            # A bound form has written its values into the instance: what is compared is read anew.
            fresh = get_object_or_404(User, pk=member_id)
            services.change_member(by=person(request), member=fresh, **form.cleaned_data, now=timezone.now())
        except services.LastOwner:
            form.add_error(None, _("A clinic keeps at least one owner who may log in."))
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:staff")
    shown = {"form": form, "password": NewPasswordForm(user=found), "member": found, "title": fresh_name(found)}
    return render(request, "accounts/member.html", shown)


@require_http_methods(["POST"])
@sensitive_post_parameters()
def member_password(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Set a new password for another member; one's own asks for the old one."""
    found = get_object_or_404(User, pk=member_id)
    if found == person(request):
        return redirect("accounts:own")
    form = NewPasswordForm(request.POST, user=found)
    if form.is_valid():
        services.set_password(by=person(request), member=found, password=form.cleaned_data["new"], now=timezone.now())
        messages.success(request, _("%(name)s logs in with the new password from now on.") % {"name": found.name})
        return redirect("accounts:member", member_id)
    shown = {"form": MemberForm(instance=found), "password": form, "member": found, "title": found.name}
    return render(request, "accounts/member.html", shown, status=422)


def fresh_name(found: User) -> str:
    """Return the name as it is stored."""
    return str(User.objects.values_list("name", flat=True).get(pk=found.pk))


@_GET_OR_POST
def own(request: HttpRequest) -> HttpResponse:
    """Change one's own name, units and keys."""
    form = OwnForm(request.POST or None, instance=User.objects.get(pk=person(request).pk))
    if request.method == "POST" and form.is_valid():
        services.change_own(by=person(request), **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("accounts:own")
    return render(request, "accounts/own.html", {"form": form, "password": PasswordForm(user=person(request))})


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """List the keys that do something, and where they are turned off."""
    return render(request, "accounts/keys.html")


@require_http_methods(["POST"])
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    user = person(request)
    form = PasswordForm(request.POST, user=user)
    if form.is_valid():
        services.change_password(by=user, password=form.cleaned_data["new"], now=timezone.now())
        update_session_auth_hash(request, user)
        messages.success(request, _("The password has changed."))
        return redirect("accounts:own")
    return render(request, "accounts/own.html", {"form": OwnForm(instance=user), "password": form}, status=422)
