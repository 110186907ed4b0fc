"""Forms of the clinic's own data."""

from typing import Any, ClassVar

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from corneum.clinic.practice.models import Practice
from corneum.clinic.practice.zones import usual_zone, zone_choices

_LINES = forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"})
_CALL = {"autocomplete": "tel", "inputmode": "tel"}


class _TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class _ZoneForm(forms.ModelForm[Practice]):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An older name that stands in the row already stays among the choices.
        now = self.instance.time_zone
        known = {name for _area, zones in zone_choices() for name, _title in zones}
        older = (("", ((now, now),)),) if now and now not in known else ()
        self.fields["time_zone"].widget = forms.Select(choices=[*older, *zone_choices()])


class FirstPracticeForm(_ZoneForm):
    """What is asked when a clinic is opened: the rest has a usual value."""

    class Meta:
        model = Practice
        fields = ("name", "telephone", "time_zone")
        widgets: ClassVar = {"telephone": forms.TextInput(attrs=_CALL)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, instance=Practice(time_zone=usual_zone()), **kwargs)


class PracticeForm(_ZoneForm):
    """The clinic's own data."""

    open_days = forms.MultipleChoiceField(
        label=_("Open on"),
        choices=[(str(number + 1), name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=Practice._meta.get_field("open_days").help_text,
    )

    class Meta:
        model = Practice
        fields = (
            "name",
            "address",
            "telephone",
            "emergency_telephone",
            "email",
            "time_zone",
            "opens",
            "closes",
            "open_days",
        )
        widgets: ClassVar = {
            "address": _LINES,
            "telephone": forms.TextInput(attrs=_CALL),
            "emergency_telephone": forms.TextInput(attrs={"inputmode": "tel"}),
            "opens": _TimeInput(),
            "closes": _TimeInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["open_days"] = list(self.instance.open_days)

    def clean_open_days(self) -> str:
        """Return the days in their order, as they are kept."""
        return "".join(sorted(self.cleaned_data["open_days"]))
