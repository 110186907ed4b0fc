"""The filter above the list of events."""

from django import forms
from django.utils.translation import gettext_lazy as _

from corneum.clinic.ui.inputs import DayInput


class FilterForm(forms.Form):
    """Which events."""

    action = forms.CharField(label=_("Action begins with"), required=False, max_length=60)
    day = forms.DateField(label=_("Day"), required=False, widget=DayInput())
    client_id = forms.UUIDField(label=_("Client's identifier"), required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)
