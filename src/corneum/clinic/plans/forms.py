"""The forms of a draft."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from corneum.clinic.accounts.models import User
from corneum.clinic.accounts.roles import Role
from corneum.clinic.rules.books import LIMITS
from corneum.clinic.rules.queries import limits as limits_in_force
from corneum.clinic.rules.wording import as_typed
from corneum.clinic.ui.inputs import DayInput, NumberField
from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.reading import plain
from corneum.course.care import PRESCRIPTIONS
from corneum.course.suitability import load_suitability
from corneum.evidence import load_evidence
from corneum.skin import SITES

_NONE = ("", "–")
_REGIONS = {
    "face": _("Face"),
    "eyelid": _("Eyes"),
    "neck": _("Neck"),
    "trunk": _("Trunk"),
    "extremities": _("Arms and legs"),
}


def zone_choices() -> list[Any]:
    """Return the body sites by region."""
    by_region: dict[Any, list[tuple[str, str]]] = {}
    for site in SITES.values():
        by_region.setdefault(_REGIONS[site.region], []).append((site.name, spoken(site.title)))
    return [_NONE, *by_region.items()]


def severity_choices() -> list[Any]:
    """Return the levels of every concern's scale, each as ``concern:level``, by concern."""
    table = load_suitability()
    return [
        ("", _("not graded: the strictest verdict counts")),
        *(
            (spoken(row.title), [(f"{row.id}:{level.id}", spoken(level.text)) for level in table.levels(row.id)])
            for row in table.concerns.values()
        ),
    ]


class GoalForm(forms.Form):
    """One thing that bothers the client, at one place."""

    concern = forms.ChoiceField(label=_("What"), required=False)
    zone = forms.ChoiceField(label=_("Where"), required=False)
    severity = forms.ChoiceField(label=_("How much"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        concerns = load_suitability().concerns.values()
        self.fields["concern"] = forms.ChoiceField(
            label=_("What"), required=False, choices=[_NONE, *((row.id, spoken(row.title)) for row in concerns)]
        )
        self.fields["zone"] = forms.ChoiceField(label=_("Where"), required=False, choices=zone_choices())
        self.fields["severity"] = forms.ChoiceField(label=_("How much"), required=False, choices=severity_choices())

    def clean(self) -> dict[str, Any]:
        """Refuse half a goal, and a level of another concern's scale."""
        found = super().clean() or {}
        concern, zone, severity = (found.get(name, "") for name in ("concern", "zone", "severity"))
        if bool(concern) != bool(zone):
            self.add_error("zone" if concern else "concern", _("Say both what and where, or neither."))
        if severity and severity.partition(":")[0] != concern:
            self.add_error("severity", _("This level belongs to another concern."))
        return found

    def goal(self) -> dict[str, str] | None:
        """Return the goal as a request writes it, or None for an empty row."""
        concern, zone = self.cleaned_data.get("concern"), self.cleaned_data.get("zone")
        if not concern or not zone:
            return None
        severity = self.cleaned_data.get("severity", "").partition(":")[2]
        return {"concern": concern, "zone": zone} | ({"severity": severity} if severity else {})


class _GoalRows(forms.BaseFormSet[GoalForm]):
    def clean(self) -> None:
        """Refuse a draft without any goal, and a goal twice."""
        if any(self.errors):
            return
        goals = goals_of(self)
        if not goals:
            raise forms.ValidationError(_("Enter at least one goal: what, and where."))
        pairs = [(goal["concern"], goal["zone"]) for goal in goals]
        if len(set(pairs)) < len(pairs):
            raise forms.ValidationError(_("The same goal is entered twice."))


GoalRows = forms.formset_factory(GoalForm, formset=_GoalRows, extra=0, max_num=16, validate_max=True)


def goals_of(rows: forms.BaseFormSet[GoalForm]) -> list[dict[str, str]]:
    """Return the goals of the rows as a request writes them."""
    return [goal for form in rows.forms if (goal := form.goal()) is not None]


def goal_initial(goals: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return goals of a request as the rows of the form show them, and two empty rows."""
    rows = [
        {
            "concern": goal["concern"],
            "zone": goal["zone"],
            "severity": f"{goal['concern']}:{goal['severity']}" if goal.get("severity") else "",
        }
        for goal in goals
    ]
    return [*rows, *({} for _number in range(2 if rows else 3))]


class DraftForm(forms.Form):
    """Everything else that a draft asks: the person, the devices, the course, the clinic's limits."""

    sex = forms.ChoiceField(
        label=_("Sex"), choices=[("female", _("female")), ("male", _("male")), ("unstated", _("not stated"))]
    )
    phototype = forms.ChoiceField(
        label=_("Fitzpatrick phototype"),
        required=False,
        choices=[("", _("not known")), *((kind, kind) for kind in ("I", "II", "III", "IV", "V", "VI"))],
        help_text=_("By questionnaire, never from a picture."),
    )
    devices = forms.MultipleChoiceField(label=_("Devices"), widget=forms.CheckboxSelectMultiple)
    start = forms.DateField(
        label=_("First session not before"),
        required=False,
        widget=DayInput(),
        help_text=_("Left empty: when the longest preparation fits."),
    )
    sessions = forms.IntegerField(label=_("Sessions"), required=False, min_value=1, max_value=16)
    interval_d = forms.IntegerField(label=_("Days between sessions"), required=False, min_value=1, max_value=366)
    maintenance_weeks = forms.IntegerField(
        label=_("Weeks between sessions afterwards"), required=False, min_value=1, max_value=104
    )
    clinician = forms.ModelChoiceField(
        label=_("Clinician who decides"), queryset=User.objects.none(), empty_label=None, to_field_name="id"
    )
    doctor = forms.CharField(
        label=_("Doctor"),
        required=False,
        max_length=120,
        help_text=_("Coarse tips and intervals under seven days need a named doctor."),
    )
    prescribed = forms.MultipleChoiceField(
        label=_("Added by a prescriber"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, {"numbing": _("numbing cream"), "antiviral": _("antiviral")}[name]) for name in PRESCRIPTIONS],
    )
    passes = forms.IntegerField(label=_("Most passes"), required=False, min_value=1)
    beyond_probability = NumberField(
        label=_("Probability of reaching beyond the stratum corneum, at most, %"),
        required=False,
        min_value=0.1,
        max_value=99,
    )
    tolerance_area = NumberField(label=_("Area that may go beyond it, %"), required=False, min_value=0, max_value=99)
    barrier_probability = NumberField(
        label=_("Probability that the barrier is back, at least, %"), required=False, min_value=1, max_value=100
    )

    def __init__(self, *args: Any, devices: list[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choice, people = self.fields["devices"], self.fields["clinician"]
        assert isinstance(choice, forms.MultipleChoiceField) and isinstance(people, forms.ModelChoiceField)
        choice.choices = [(label, label) for label in devices]
        people.queryset = User.objects.filter(role=Role.CLINICIAN, is_active=True)
        book = load_evidence()
        own = limits_in_force()
        cap = int(min(book.rule("treatment.passes.cap").value or 1, own.get("passes", float("inf"))))
        self.fields["passes"] = forms.IntegerField(
            label=_("Most passes"), required=False, min_value=1, max_value=cap, help_text=_("Rule: %(n)s.") % {"n": cap}
        )
        for name in ("beyond_probability", "tolerance_area", "barrier_probability"):
            row = "tolerance_area_share" if name == "tolerance_area" else name
            self.fields[name].help_text = _("Left empty: %(value)s %%, an assumed row.") % {
                "value": plain(100 * book.number(f"course.limit.{row}").value)
            }
            if name in own:
                value = as_typed(name, own[name])
                bound = MinValueValidator if LIMITS[name] == "least" else MaxValueValidator
                self.fields[name].validators.append(bound(value))
                self.fields[name].help_text = _("Left empty: %(value)s %%, the clinic's rules.") % {
                    "value": plain(value)
                }

    def clean_start(self) -> date | None:
        """Refuse a start that has passed."""
        start: date | None = self.cleaned_data.get("start")
        if start is not None and start < self.today:
            raise forms.ValidationError(_("This day has passed."))
        return start

    @property
    def limit_fields(self) -> list[forms.BoundField]:
        """The clinic's limits, which stand folded."""
        return [self[name] for name in ("passes", "beyond_probability", "tolerance_area", "barrier_probability")]


def draft_initial(raw: Mapping[str, Any], clinicians: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of a request as the form shows them.

    Parameters
    ----------
    raw
        Tables of a request.
    clinicians
        Name of each clinician -> id.
    """
    course, clinic, person = raw.get("course", {}), raw.get("clinic", {}), raw.get("person", {})
    limits = clinic.get("limits", {})
    return {
        "sex": person.get("sex", "unstated"),
        "phototype": person.get("phototype", ""),
        "devices": [one["label"] for one in raw.get("device", [])],
        "sessions": course.get("sessions"),
        "interval_d": int(course["interval"].split()[0]) if "interval" in course else None,
        "maintenance_weeks": course.get("maintenance_weeks"),
        "prescribed": course.get("prescribed", []),
        "clinician": clinicians.get(clinic.get("clinician")),
        "doctor": clinic.get("doctor", ""),
        "passes": limits.get("passes"),
        **{
            name: round(100 * limits[name], 6)
            for name in ("beyond_probability", "tolerance_area", "barrier_probability")
            if name in limits
        },
    }
