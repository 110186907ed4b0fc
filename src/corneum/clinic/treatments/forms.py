"""What the pages of the day of treatment send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from corneum.clinic.treatments.day import day_rules
from corneum.clinic.treatments.models import Decision, Kind, Level, Severity
from corneum.clinic.ui.inputs import DayInput
from corneum.clinic.ui.phrases import spoken
from corneum.skin import SITES

_SENT = frozenset({"csrfmiddlewaretoken", "tap", "id", "tapped_at", "kind", "zone", "at"})
_QUESTION = "q-"


@dataclass(frozen=True)
class Sent:
    """A tap as the page sent it.

    Parameters
    ----------
    id
        Made in the browser, or with the page where there is no script.
    kind, zone, value
        What was tapped; its form is checked by the service.
    tapped_at
        By the clock of the tablet; None where it said nothing that can be read.
    place
        Where on the page to go on.
    """

    id: UUID
    kind: str
    zone: str
    value: dict[str, Any]
    tapped_at: datetime | None
    place: str


class CannotBeRead(ValueError):
    """What was sent is no tap of these pages."""


def sent(data: QueryDict) -> Sent:
    """Return the tap that a page sent: its button says what, its fields add to it.

    Raises
    ------
    CannotBeRead
        If it has no identifier.
    """
    said = QueryDict(data.get("tap", ""), mutable=True)
    for name in data:
        if name not in ("tap", "csrfmiddlewaretoken"):
            said.setlist(name, data.getlist(name))
    try:
        made = UUID(said.get("id", ""))
    except ValueError as error:
        raise CannotBeRead("no identifier") from error
    kind = said.get("kind", "")
    value = _answers(said) if kind == "answers" else {name: said[name] for name in said if name not in _SENT}
    if kind == "setting" and value.get("unit"):
        value["given"] = f"{value.get('given', '')} {value.pop('unit')}"
    place = said.get("at", "") or (f"zone-{said['zone']}" if said.get("zone") else "")
    return Sent(made, kind, said.get("zone", ""), value, _moment(said.get("tapped_at", "")), place)


def _answers(said: QueryDict) -> dict[str, Any]:
    questions = day_rules().questions
    found: dict[str, Any] = {}
    for field in said:
        name = field.removeprefix(_QUESTION)
        if field.startswith(_QUESTION) and name in questions:
            found[name] = _answer(questions[name].kind, said.getlist(field))
    return {"answers": found}


def _answer(kind: str, given: list[str]) -> Any:
    if kind == "sites" and given != ["don't know"]:
        return [site for site in given if site]
    last = given[-1]
    if kind == "number":
        try:
            return float(last.replace(",", "."))
        except ValueError:
            return last
    return last


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    if found is not None and timezone.is_naive(found):
        return None
    return found


class OverrideForm(forms.Form):
    """A rule of the day that a clinician lets pass."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    rule = forms.CharField(max_length=60, widget=forms.HiddenInput)
    why = forms.CharField(label=_("Reason"), min_length=8, max_length=300)


class OpenForm(forms.Form):
    """Which session is opened."""

    course = forms.IntegerField(min_value=1, max_value=999)
    number = forms.IntegerField(min_value=1, max_value=999)


class AmendForm(forms.Form):
    """What is added to a sealed session."""

    zone = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(label=_("What is right"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    why = forms.CharField(label=_("Why"), max_length=500)

    def __init__(self, zones: list[str], data: QueryDict | None = None) -> None:
        super().__init__(data)
        choices = [("", _("the whole session")), *((zone, _site(zone)) for zone in zones)]
        self.fields["zone"] = forms.ChoiceField(label=_("About"), required=False, choices=choices)
        self.order_fields(["zone", "text", "why"])


class _Followed(forms.Form):
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices, help_text=_("Grades of CTCAE 5.0."))
    level = forms.ChoiceField(label=_("Who must see it"), choices=Level.choices, help_text=_("Escalation, row AE-020."))
    follow_up_on = forms.DateField(label=_("Follow-up on"), required=False, widget=DayInput())


class EventForm(_Followed):
    """A reaction."""

    kind = forms.ChoiceField(label=_("What happened"), choices=Kind.choices)
    onset = forms.DateField(label=_("Since"), widget=DayInput())
    zone = forms.ChoiceField(label=_("Where"), required=False)
    seen = forms.CharField(
        label=_("What was seen or told"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    photo_id = forms.TypedChoiceField(label=_("Photograph"), required=False, coerce=UUID, empty_value=None)
    action = forms.CharField(label=_("What was done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
        photographs: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data, initial=initial)
        photo = self.fields["photo_id"]
        assert isinstance(photo, forms.TypedChoiceField)
        # Only what is offered can be chosen: no photograph of another client, none that must not be shown.
        photo.choices = [("", _("none")), *photographs]
        photo.help_text = "" if photographs else _("No photograph of this client may be shown.")
        choices = [("", _("nowhere in particular")), *((name, spoken(site.title)) for name, site in SITES.items())]
        self.fields["zone"] = forms.ChoiceField(label=_("Where"), required=False, choices=choices)
        self.order_fields(["kind", "severity", "onset", "zone", "seen", "photo_id", "action", "level", "follow_up_on"])

    def clean(self) -> dict[str, Any]:
        """Refuse a day to come as its beginning, and a follow-up before it."""
        found = dict(super().clean() or {})
        onset, follow = found.get("onset"), found.get("follow_up_on")
        if onset is not None and onset > timezone.localdate():
            self.add_error("onset", _("That day is still to come."))
        if onset is not None and follow is not None and follow < onset:
            self.add_error("follow_up_on", _("That is before it began."))
        return found


class NoteForm(_Followed):
    """What followed a reaction."""

    text = forms.CharField(label=_("What followed"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    closes = forms.BooleanField(label=_("It is over: close it"), required=False)

    field_order = ("text", "severity", "level", "follow_up_on", "closes")


class ReviewForm(forms.Form):
    """The look back at a course."""

    photographs = forms.ChoiceField(
        label=_("The photographs and scales, side by side"),
        choices=[
            ("changed", _("show a change beyond their repeatability")),
            ("no_change", _("show no change beyond their repeatability")),
            ("not_looked", _("were not compared")),
        ],
        widget=forms.RadioSelect,
    )
    happened = forms.ChoiceField(
        label=_("Anything under “call the clinic” since the last session"),
        choices=[("no", _("no")), ("yes", _("yes"))],
        widget=forms.RadioSelect,
    )
    wishes = forms.ChoiceField(
        label=_("The person wishes"),
        choices=[("go_on", _("to go on")), ("stop", _("to stop"))],
        widget=forms.RadioSelect,
    )
    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.choices, widget=forms.RadioSelect)
    why = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


def _site(zone: str) -> Any:
    return spoken(SITES[zone].title) if zone in SITES else zone
