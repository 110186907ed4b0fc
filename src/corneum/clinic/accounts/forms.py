"""Forms of staff and log-in."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from corneum.clinic.accounts.models import User


class _Password(forms.CharField):
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class NewMemberForm(forms.ModelForm[User]):
    """A new member of the staff and the first password."""

    password = _Password(label=_("Password"), help_text=_("Twelve characters or more; a sentence is easiest."))

    class Meta:
        model = User
        fields = ("name", "username", "role")

    def clean_password(self) -> str:
        """Refuse a password that is short, common or made of the name."""
        password = str(self.cleaned_data["password"])
        validate_password(password, User(**{key: self.cleaned_data.get(key, "") for key in ("name", "username")}))
        return password


class FirstRunForm(NewMemberForm):
    """The owner, who is the first to log in."""

    class Meta:
        model = User
        fields = ("name", "username")


class MemberForm(forms.ModelForm[User]):
    """What an owner may change of a member."""

    class Meta:
        model = User
        fields = ("name", "role", "is_active")


class OwnForm(forms.ModelForm[User]):
    """What everyone may change of themselves."""

    class Meta:
        model = User
        fields = ("name", "pressure", "shortcuts")
        help_texts: ClassVar = {
            "shortcuts": _("Such as / for the search. Turn them off if speech or a tremor presses keys.")
        }


class NewPasswordForm(forms.Form):
    """A new password of somebody."""

    new = _Password(label=_("New password"), help_text=_("Twelve characters or more; a sentence is easiest."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        """Refuse a weak one."""
        new = str(self.cleaned_data["new"])
        validate_password(new, self.user)
        return new


class PasswordForm(NewPasswordForm):
    """One's own new password, with the old one."""

    field_order = ("old", "new")
    old = forms.CharField(
        label=_("Old password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def clean_old(self) -> str:
        """Refuse a wrong old password."""
        old = str(self.cleaned_data["old"])
        if not self.user.check_password(old):
            raise forms.ValidationError(_("That is not the old password."))
        return old
