"""The filter above the list of events."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corneum.clinic.audit.phrases import choices
from corneum.clinic.ui.inputs import DayInput


class FilterForm(forms.Form):
    """Which events."""

    action = forms.ChoiceField(label=_("What happened"), required=False)
    day = forms.DateField(label=_("Day"), required=False, widget=DayInput())
    client_id = forms.UUIDField(label=_("Client's identifier"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["action"]
        field.choices = [("", _("everything")), *choices()]
