"""The forms of other settings, of an approval and of a comparison."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.ui.inputs import NumberField, NumberText
from corneum.clinic.ui.reading import factor_of, places, plain, quantity, reader_unit, reads
from corneum.course import OtherSettings, Plan
from corneum.course.candidates import most_passes
from corneum.evidence import load_evidence
from corneum.skin import find_site
from corneum.units import Quantity

_SPEED_MM_S = (5, 150)
_FLOW_G_MIN = (1, 60)
_INTERVAL_D = (3, 60)
_OVER_CAP = 2


class WhatIfForm(forms.Form):
    """Other settings for one zone of a plan, within what its device and the form can be set to."""

    zone = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, plan: Plan) -> None:
        given = dict(data.items()) if data else {}
        zone = given.get("zone") if given.get("zone") in [one.zone for one in plan.zones] else plan.zones[0].zone
        self.planned = plan.zone(str(zone))
        self.device = next(one for one in plan.request.clinic.devices if one.label == self.planned.settings.label)
        written = {key: _written(value) for key, value in self._planned(plan).items()}
        filled = written | {key: value for key, value in given.items() if value != ""}
        super().__init__(filled | {"zone": zone}, auto_id="try_%s")
        self._add_settings()

    def _planned(self, plan: Plan) -> dict[str, Any]:
        book, chosen = load_evidence(), self.planned.settings
        speed = chosen.speed_mm_s or book.number("abrasion.stroke.speed_mm_s").value
        found: dict[str, Any] = {
            "vacuum": _plain(abs(chosen.vacuum.value)),
            "passes": str(chosen.passes),
            "speed": _plain(speed),
            "interval": str(plan.interval_d),
        }
        if self.device.grits:
            found["grit"] = str(chosen.settings["grit_um"])
        if self.device.name != "diamond":
            flow = chosen.settings.get("flow_g_min")
            found["flow"] = _plain(
                book.number(f"devices.{self.device.name.replace('-', '_')}.flow_g_min").value
                if flow is None
                else flow.value
            )
        self.planned_values = found
        return found

    def _add_settings(self) -> None:
        given = self.device.vacuum
        low, high, step = (abs(one.to(given.low.unit)) for one in (given.low, given.high, given.step))
        low, high = min(low, high), max(low, high)
        cap = most_passes(find_site(self.planned.zone), load_evidence())
        self.fields["vacuum"] = _slide(_("Vacuum, %(unit)s") % {"unit": given.low.unit}, low, high, step)
        self.fields["passes"] = _slide(_("Passes"), 1, cap + _OVER_CAP, 1, whole=True)
        self.fields["speed"] = _slide(_("Speed of the handpiece, mm/s"), *self._around("speed", *_SPEED_MM_S), 1)
        if self.device.name != "diamond":
            self.fields["flow"] = _slide(_("Flow of crystals, g/min"), *self._around("flow", *_FLOW_G_MIN), 1)
        choices: list[tuple[str, str]] = []
        if self.device.grits:
            choices = [(str(grit), quantity(grit)) for grit in self.device.grits]
            self.fields["grit"] = forms.ChoiceField(label=_("Grit of the tip"), choices=choices)
        days = self._around("interval", *_INTERVAL_D)
        self.fields["interval"] = _slide(_("Days between sessions"), *days, 1, whole=True)
        for name, value in self.planned_values.items():
            said = dict(choices).get(value, value) if name == "grit" else _written(value)
            if name == "vacuum":
                said = reads(self.planned.settings.vacuum)
            self.fields[name].help_text = _("planned: %(value)s") % {"value": said}
        if self.planned.settings.speed_mm_s is None:
            self.fields["speed"].help_text = _("not measured: sampled around %(value)s") % {
                "value": _written(self.planned_values["speed"])
            }
        self._tell_unit(given.low.unit)

    def _around(self, name: str, low: float, high: float) -> tuple[float, float]:
        # What was planned can be set, whatever it is.
        planned = float(self.planned_values[name])
        return min(low, planned), max(high, planned)

    def _tell_unit(self, unit: str) -> None:
        """Let the page say the vacuum in the reader's unit, where its gauge shows another."""
        factor = factor_of(unit)
        if factor is not None:
            said = {"data-factor": f"{factor:.6g}", "data-unit": reader_unit(), "data-places": str(places())}
            self.fields["vacuum"].widget.attrs |= said

    def other(self) -> OtherSettings:
        """Return the settings that are not those planned; only for a form without mistakes."""
        now, planned = self.cleaned_data, self.planned_values
        changed = {key: now[key] for key in planned if _plain(now[key]) != _plain(planned[key])}
        vacuum, flow, grit = changed.get("vacuum"), changed.get("flow"), changed.get("grit")
        read = self.planned.settings.settings.get("flow_g_min")
        grits = {str(one): one for one in self.device.grits}
        return OtherSettings(
            vacuum=None if vacuum is None else Quantity(float(vacuum), self.device.vacuum.low.unit),
            passes=changed.get("passes"),
            grit=None if grit is None else grits[grit],
            speed_mm_s=changed.get("speed"),
            flow=None if flow is None else Quantity(float(flow), "g/min" if read is None else read.unit),
            interval_d=changed.get("interval"),
        )


class ApproveForm(forms.Form):
    """A clinician's word; with a reason where a warning stands."""

    why = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = needed


class WithdrawForm(forms.Form):
    """A clinician takes the own word, or a colleague's, back."""

    withdraw_why = forms.CharField(
        label=_("Why it is withdrawn"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class _VersionField(forms.ModelChoiceField[PlanVersion]):
    def label_from_instance(self, version: PlanVersion) -> str:
        return _("Version %(n)s") % {"n": version.number}


class CompareForm(forms.Form):
    """With which version."""

    other = _VersionField(label=_("Compare with"), queryset=PlanVersion.objects.none(), empty_label=None)

    def __init__(self, *args: Any, others: list[PlanVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["other"]
        assert isinstance(choice, _VersionField)
        choice.queryset = PlanVersion.objects.filter(pk__in=[one.pk for one in others]).defer("plan", "request")


def _slide(label: Any, low: float, high: float, step: float, *, whole: bool = False) -> forms.Field:
    ends = {"data-min": _plain(low), "data-max": _plain(high), "data-step": _plain(step), "data-slide": ""}
    if whole:
        widget = forms.NumberInput(attrs=ends | {"inputmode": "numeric"})
        return forms.IntegerField(label=label, min_value=int(low), max_value=int(high), widget=widget)
    return NumberField(label=label, min_value=low, max_value=high, widget=NumberText(attrs=ends))


def _written(value: str) -> str:
    """Return a number as the page's language writes it, and anything else as it is."""
    try:
        return plain(float(value))
    except ValueError:
        return value


def _plain(value: Any) -> str:
    try:
        return f"{float(value):.6g}"
    except ValueError:
        return str(value)
