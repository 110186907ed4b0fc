"""The form under a sheet: who signs, by hand or by name, and for which uses."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corneum.clinic.consent.models import PHOTOGRAPH_PURPOSES, Kind, Permission, Purpose, Signer
from corneum.clinic.consent.services import Signed
from corneum.clinic.consent.signatures import SignatureRefused, drawn

_TITLES = {
    Signer.CLIENT: _("Signature"),
    Signer.GUARDIAN: _("Signature of the parent or guardian"),
    Signer.ASSENT: _("Agreement of the young person"),
}


class SigningForm(forms.Form):
    """What a sheet needs before it stands."""

    digest = forms.CharField(widget=forms.HiddenInput)
    purposes = forms.MultipleChoiceField(
        label=_("My photographs may be used for"),
        choices=[(one.value, one.label) for one in PHOTOGRAPH_PURPOSES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    understood = forms.BooleanField(
        label=_(
            "I have read this sheet, or it was read to me. I could ask what I wanted, and I know that I can say no."
        )
    )

    def __init__(self, *args: Any, kind: str, minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signers = (Signer.GUARDIAN, Signer.ASSENT) if minor else (Signer.CLIENT,)
        if kind != Kind.PHOTOGRAPH:
            del self.fields["purposes"]
        for signer in self.signers:
            self.fields[f"{signer}_name"] = forms.CharField(
                label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
            )
            self.fields[f"{signer}_drawing"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.fields[f"{signer}_typed"] = forms.BooleanField(
                label=_("My typed name stands for my signature."), required=False
            )

    def clean(self) -> dict[str, Any]:
        """Read the drawings, and refuse a name that is neither signed nor confirmed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for signer in self.signers:
            try:
                picture = drawn(cleaned.get(f"{signer}_drawing", ""))
            except SignatureRefused:
                self.add_error(f"{signer}_name", _("The drawing could not be read. Please sign again."))
                continue
            cleaned[f"{signer}_picture"] = picture
            if picture is None and not cleaned.get(f"{signer}_typed"):
                self.add_error(f"{signer}_name", _("Please sign in the field, or confirm that the typed name stands."))
        return cleaned

    def signatures(self) -> list[Signed]:
        """Return who signed how; only of a valid form."""
        data = self.cleaned_data
        return [Signed(one, data[f"{one}_name"].strip(), data[f"{one}_picture"]) for one in self.signers]

    def parts(self) -> Iterator[dict[str, Any]]:
        """Yield what a page shows for each who signs."""
        for signer in self.signers:
            yield {
                "title": _TITLES[signer],
                "name": self[f"{signer}_name"],
                "drawing": self[f"{signer}_drawing"],
                "typed": self[f"{signer}_typed"],
            }


class WithdrawForm(forms.Form):
    """What is withdrawn."""

    purposes = forms.MultipleChoiceField(label=_("What is withdrawn"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, standing: list[Permission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purposes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.purpose, Purpose(one.purpose).label) for one in standing]


class TextForm(forms.Form):
    """A new version of a text."""

    body = forms.CharField(
        label=_("Text"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
        help_text=_(
            "First line “# Title”, then sections that begin with “## Heading”. A line {{plan}} stands for what the "
            "plan says, {{risks}} for the risks that a consent must name, with their sources."
        ),
    )
