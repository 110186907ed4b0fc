"""Forms of links, concerns, decisions, check-ins and the inbox."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corneum.clinic.intake.linking import MOST_DAYS
from corneum.clinic.intake.models import OverrideVerdict, Scope
from corneum.clinic.intake.triage import asked_on
from corneum.clinic.ui.phrases import spoken
from corneum.course.suitability import NOT_GRADED, load_suitability
from corneum.skin import SITES


class LinkForm(forms.Form):
    """What a new link opens, and for how long."""

    scopes = forms.MultipleChoiceField(
        label=_("What it opens"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("For how many days"), coerce=int, choices=[(number, number) for number in (1, 3, 7, 14, 30, MOST_DAYS)]
    )


class ConcernForm(forms.Form):
    """What bothers a client, where, and how severe it is on the concern's own scale."""

    zone = forms.ChoiceField(
        label=_("Place"), choices=lambda: [(one.name, spoken(one.title)) for one in SITES.values()]
    )
    concern = forms.ChoiceField(label=_("Concern"))
    severity = forms.ChoiceField(label=_("Severity"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, concern: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        table = load_suitability()
        named, severity = self.fields["concern"], self.fields["severity"]
        assert isinstance(named, forms.ChoiceField) and isinstance(severity, forms.ChoiceField)
        named.choices = [
            ("", _("Choose")),
            *((one.id, f"{spoken(one.title)} · {spoken(one.plain)}") for one in table.concerns.values()),
        ]
        self.scale = None
        if concern in table.concerns:
            self.scale = table.scales[table.concerns[concern].scale]
            severity.label = spoken(self.scale.title)
            severity.choices = [
                *((one.id, spoken(one.text)) for one in self.scale.levels),
                (NOT_GRADED, _("not graded yet")),
            ]
            severity.initial = NOT_GRADED
        else:
            del self.fields["severity"]

    def severity_chosen(self) -> str | None:
        """Return the level, or None where nobody graded it."""
        said = self.cleaned_data.get("severity", "")
        return None if said in ("", NOT_GRADED) else said


class OverrideForm(forms.Form):
    """A clinician's decision against a rule."""

    verdict = forms.ChoiceField(label=_("What stands in its place"), choices=OverrideVerdict, widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why"),
        min_length=8,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stays beside the rule wherever it is shown, with your name and the date."),
    )


class CheckInForm(forms.Form):
    """The questions of one check-in."""

    def __init__(self, *args: Any, after_days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in asked_on(after_days):
            if asked.kind == "scale":
                choices = [(number, str(number)) for number in range(11)]
                self.fields[asked.id] = forms.TypedChoiceField(
                    label=asked.text, coerce=int, choices=choices, widget=forms.RadioSelect
                )
            else:
                self.fields[asked.id] = forms.ChoiceField(
                    label=asked.text, choices=[("no", _("No")), ("yes", _("Yes"))], widget=forms.RadioSelect
                )


class SeenForm(forms.Form):
    """What was done about something in the inbox."""

    note = forms.CharField(
        label=_("What was done"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
