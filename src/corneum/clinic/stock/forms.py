"""Forms of rooms, devices, prices and stock."""

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corneum.clinic.stock.models import Device, DeviceCheck, Item, PriceItem, Room
from corneum.clinic.stock.queries import device_table
from corneum.clinic.ui.inputs import DayInput
from corneum.course import device_mistakes
from corneum.devices import GRAIN_MATERIALS

_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)
_SETTINGS = ("flow", "grain", "opening", "drive", "tip", "load")


class RoomForm(forms.ModelForm[Room]):
    """A room."""

    class Meta:
        model = Room
        fields = ("name", "is_active")


class DeviceForm(forms.ModelForm[Device]):
    """A device, with its settings as they are read on it."""

    grit_list = forms.CharField(
        label=_("Grits of the diamond tips at hand"), required=False, help_text=_("Such as: 60 um, 100 um")
    )
    flow = forms.CharField(label=_("Flow of the crystals"), required=False, help_text=_("Such as 12 g/min"))
    grain = forms.CharField(label=_("Grain of the crystals"), required=False, help_text=_("Such as 110 um"))
    opening = forms.CharField(label=_("Opening of the handpiece"), required=False, help_text=_("Such as 5 mm"))
    drive = forms.CharField(
        label=_("Driving pressure"), required=False, help_text=_("Where compressed air drives, such as 150 kPa")
    )
    tip = forms.CharField(label=_("Width of the diamond tip"), required=False, help_text=_("Such as 6 mm"))
    load = forms.CharField(label=_("Load on the diamond tip"), required=False, help_text=_("Such as 0.2 N"))
    material = forms.ChoiceField(
        label=_("Crystals"),
        required=False,
        choices=[("", _("none")), *((name, _(words)) for name, words in GRAIN_MATERIALS.items())],
    )

    class Meta:
        model = Device
        fields = (
            "label",
            "model",
            "vacuum_low",
            "vacuum_high",
            "vacuum_step",
            "speed",
            "material",
            "is_active",
        )
        help_texts: ClassVar = {
            "vacuum_low": _("As the gauge shows it, with its unit: 8 kPa, 60 mmHg or 2.4 inHg."),
            "vacuum_high": _("As the gauge shows it."),
            "speed": _("Such as 30 mm/s"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _SETTINGS:
            self.fields[name].initial = self.instance.settings.get(name, "")
        self.fields["grit_list"].initial = ", ".join(self.instance.grits)

    def clean(self) -> dict[str, Any]:
        """Refuse what the course planner could not plan with, in its own words."""
        found = dict(super().clean() or {})
        found["settings"] = {name: given for name in _SETTINGS if (given := found.pop(name, "").strip())}
        found["grits"] = [part for part in re.split(r"\s*[,;\n]\s*", found.pop("grit_list", "").strip()) if part]
        if not found.get("model", "").startswith("crystal"):
            found["material"] = ""
        if not self.errors:
            self._check(found)
        return found

    def _check(self, found: dict[str, Any]) -> None:
        for mistake in device_mistakes(device_table(Device(**found))):
            named = mistake.partition(":")[0].partition(".")[0].partition("_")[0]
            fields = {"vacuum": "vacuum_low", "grit": "grit_list", "grits": "grit_list", "speed": "speed"}
            place = named if named in _SETTINGS else fields.get(named)
            self.add_error(place if place in self.fields else None, mistake)


class CheckForm(forms.ModelForm[DeviceCheck]):
    """A service or a calibration of a device."""

    class Meta:
        model = DeviceCheck
        fields: ClassVar[tuple[str, ...]] = ("kind", "on", "due", "note")
        widgets: ClassVar = {"on": DayInput(), "due": DayInput()}

    def clean_on(self) -> date:
        """Refuse a day that has not come."""
        on: date = self.cleaned_data["on"]
        if not _FIRST <= on <= timezone.localdate():
            raise forms.ValidationError(_("A day that is over, or today."))
        return on

    def clean(self) -> dict[str, Any]:
        """Refuse a next one that is not after this one."""
        found = dict(super().clean() or {})
        if found.get("on") and found.get("due") and not found["on"] < found["due"] <= _LAST:
            self.add_error("due", _("The next one is due after the last one."))
        return found


class CorrectionForm(CheckForm):
    """What was really done, in the place of a row that was wrong."""

    class Meta(CheckForm.Meta):
        fields: ClassVar[tuple[str, ...]] = ("kind", "on", "due", "note", "is_void")


class PriceForm(forms.ModelForm[PriceItem]):
    """A line of the price list."""

    class Meta:
        model = PriceItem
        fields = ("kind", "label", "amount", "currency", "is_active")

    def clean_currency(self) -> str:
        """Refuse what is no code of a currency."""
        currency = str(self.cleaned_data["currency"]).upper()
        if not re.fullmatch(r"[A-Z]{3}", currency):
            raise forms.ValidationError(_("Three letters, such as EUR."))
        return currency


class ItemForm(forms.ModelForm[Item]):
    """Something that is used up."""

    class Meta:
        model = Item
        fields = ("kind", "name", "unit", "low_at", "is_active")


class ReceiveForm(forms.Form):
    """A lot that has come."""

    item = forms.ModelChoiceField(Item.objects.filter(is_active=True), label=_("What"))
    number = forms.CharField(label=_("Lot number"), max_length=60, help_text=_("As printed on the package."))
    expires_on = forms.DateField(label=_("To be used by"), required=False, widget=DayInput())
    amount = forms.IntegerField(label=_("How much"), min_value=1, max_value=10_000_000)


class TakeForm(forms.Form):
    """What goes without a session."""

    amount = forms.IntegerField(label=_("How much"), min_value=1, max_value=10_000_000)
    reason = forms.ChoiceField(
        label=_("Why"), choices=[("wasted", _("Thrown away")), ("used", _("Used, without a session"))]
    )


class CountForm(forms.Form):
    """What was counted."""

    left = forms.IntegerField(label=_("Counted"), min_value=0, max_value=10_000_000)
