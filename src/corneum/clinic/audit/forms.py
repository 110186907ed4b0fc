"""The filter above the list of events."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from corneum.clinic.audit.phrases import choices
from corneum.clinic.ui.inputs import DayInput


class FilterForm(forms.Form):
    """Which events."""

    action = forms.ChoiceField(label=_("What happened"), required=False)
    # At the ends of the calendar a day has no moments before it, or after.
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=DayInput(),
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 12, 31))],
    )
    client_id = forms.UUIDField(label=_("Client's identifier"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["action"]
        field.choices = [("", _("everything")), *choices()]
