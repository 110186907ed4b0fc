"""The form of a client."""

from datetime import date
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from corneum.clinic.people.models import Client
from corneum.clinic.ui.inputs import DayInput


class ClientForm(forms.ModelForm[Client]):
    """Who the client is and how to reach them."""

    class Meta:
        model = Client
        fields = ("name", "called", "born", "email", "phone", "language", "guardian", "note")
        widgets: ClassVar = {"born": DayInput(), "note": forms.Textarea(attrs={"rows": 3})}

    def clean_born(self) -> date:
        """Refuse a day on which nobody alive was born."""
        born: date = self.cleaned_data["born"]
        if not 0 <= (date.today() - born).days <= 120 * 366:
            raise forms.ValidationError(_("That is no date of birth of a living person."))
        return born
