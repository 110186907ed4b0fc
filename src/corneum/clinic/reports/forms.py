"""The forms of an erasure."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AskErasureForm(forms.Form):
    """Why a record is to be erased."""

    why = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as: asked for in writing on which day. This text is erased with the record."),
    )


class ApproveErasureForm(forms.Form):
    """Why a record may go before its time."""

    why = forms.CharField(
        label=_("Why it may be erased although it must still be kept"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ConfirmErasureForm(forms.Form):
    """The number of the record, typed."""

    number = forms.CharField(
        label=_("Number of the record"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Type it as it stands above."),
    )
