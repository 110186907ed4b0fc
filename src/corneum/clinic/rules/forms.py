"""Forms of the clinic's rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corneum.clinic.rules.books import LIMITS, least_days, shipped_limits, takes_days
from corneum.clinic.rules.wording import LIMIT_TITLES, as_counted, as_typed
from corneum.screening import MEANINGS, VERDICTS, Rule

_STRICTER = {
    "most": _("As shipped: %(value)s; less is stricter."),
    "least": _("As shipped: %(value)s; more is stricter."),
}


class RuleForm(forms.Form):
    """What the clinic puts in the place of a rule; only what is stricter can be chosen."""

    verdict = forms.ChoiceField(label=_("What follows here"), widget=forms.RadioSelect)
    wait_days = forms.IntegerField(label=_("Days to wait"), required=False, min_value=1, max_value=3650)
    why = forms.CharField(label=_("Why"), min_length=8, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        verdict, days = self.fields["verdict"], self.fields["wait_days"]
        assert isinstance(verdict, forms.ChoiceField) and isinstance(days, forms.IntegerField)
        shipped = VERDICTS.index(rule.verdict)
        verdict.choices = [
            (one, f"{one}: {MEANINGS[one]}" + (f" ({_('as shipped')})" if one == rule.verdict else ""))
            for one in VERDICTS[shipped:]
        ]
        self.initial.setdefault("verdict", rule.verdict)
        if takes_days(rule) and rule.verdict != "stop":
            least = least_days(rule, "defer")
            days.help_text = _("For “defer” only: %(least)s or more is stricter.") % {"least": least}
        else:
            del self.fields["wait_days"]

    def change(self) -> dict[str, Any]:
        """Return verdict, days and reason; only for a form without mistakes."""
        return {
            "verdict": self.cleaned_data["verdict"],
            "wait_days": self.cleaned_data.get("wait_days"),
            "why": self.cleaned_data["why"],
        }


class LimitsForm(forms.Form):
    """The clinic's own limits of a course; empty stands as shipped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in shipped_limits().items():
            shown = as_typed(name, value)
            kind = forms.IntegerField if name == "passes" else forms.FloatField
            bounds: dict[str, Any] = {"min_value": 1 if name == "passes" else 0, "max_value": shown}
            if LIMITS[name] == "least":
                bounds = {"min_value": shown, "max_value": 100}
            help_text = _STRICTER[LIMITS[name]] % {"value": f"{shown:g}"}
            self.fields[name] = kind(label=LIMIT_TITLES[name], required=False, help_text=help_text, **bounds)

    def limits(self) -> dict[str, float | None]:
        """Return the limits as the core counts them; only for a form without mistakes."""
        return {name: as_counted(name, self.cleaned_data[name]) for name in LIMITS}


class SignForm(forms.Form):
    """What a clinician signs."""

    text = forms.CharField(
        label=_("What is signed"),
        min_length=8,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays beside the version, with your name and the date."),
    )
    read = forms.BooleanField(label=_("I have read every difference above, and sign these rules for this clinic."))
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
