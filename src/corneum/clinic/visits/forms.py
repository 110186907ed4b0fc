"""Forms of visits."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corneum.clinic.accounts.models import User
from corneum.clinic.people.models import Client
from corneum.clinic.stock.models import Device, Room
from corneum.clinic.ui.inputs import DayInput
from corneum.clinic.visits.models import Kind, Recall, RecallKind, Visit
from corneum.clinic.visits.queries import TREATING, Place, practitioners

_LENGTHS = (10, 15, 20, 30, 45, 60, 75, 90, 105, 120, 150, 180, 240)
_USUAL = {Kind.CONSULTATION: 45, Kind.TREATMENT: 60, Kind.PHOTOGRAPHS: 20, Kind.REVIEW: 30, Kind.CHECK: 15}
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
_MINUTES = [(str(minutes), _("%(minutes)s minutes") % {"minutes": minutes}) for minutes in _LENGTHS]


class TimeInput(forms.TimeInput):
    """A time of the day, by the browser's own clock, in steps of five minutes."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M", attrs={"step": 300})


class DayField(forms.DateField):
    """A day of these centuries: at the ends of the calendar there is no day before, or after."""

    def __init__(self, **options: Any) -> None:
        said = _("A day from 1900 to 2200.")
        within = [MinValueValidator(FIRST_DAY, said), MaxValueValidator(LAST_DAY, said)]
        super().__init__(widget=DayInput(), validators=within, **options)


class _LengthField(forms.TypedChoiceField):
    def __init__(self) -> None:
        super().__init__(label=_("Length"), coerce=int, choices=_MINUTES, initial="60")


class PlaceForm(forms.Form):
    """When, with whom and where."""

    day = DayField(label=_("Day"))
    at = forms.TimeField(label=_("Time"), widget=TimeInput())
    minutes = _LengthField()
    practitioner = forms.ModelChoiceField(User.objects.none(), label=_("With"), empty_label=None)
    room = forms.ModelChoiceField(Room.objects.none(), label=_("Room"), empty_label=None)
    device = forms.ModelChoiceField(Device.objects.none(), label=_("Device"), required=False, empty_label=_("none"))
    offered = forms.DateTimeField(required=False, widget=forms.HiddenInput())
    offered_room = forms.ModelChoiceField(Room.objects.none(), required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "practitioner", practitioners())
        for name in ("room", "offered_room"):
            _choose(self, name, Room.objects.filter(is_active=True))
        _choose(self, "device", Device.objects.filter(is_active=True))

    def clean(self) -> dict[str, Any]:
        """Put day and time together, or take the time and room that were offered instead."""
        found = dict(super().clean() or {})
        found["room"] = found.get("offered_room") or found.get("room")
        found["starts"] = found.get("offered")
        if found["starts"] is not None and not is_near(found["starts"]):
            raise forms.ValidationError(_("A day from 1900 to 2200."))
        if found["starts"] is None and found.get("day") and found.get("at"):
            try:
                found["starts"] = from_current_timezone(datetime.combine(found["day"], found["at"]))
            except forms.ValidationError:
                self.add_error("at", _("The clock is changed that night: this time does not exist, or exists twice."))
        return found

    def place(self) -> Place:
        """Return what was asked for."""
        found = self.cleaned_data
        return Place(found["starts"], found["minutes"], found["practitioner"], found["room"], found["device"])

    @staticmethod
    def of(visit: Visit) -> dict[str, Any]:
        """Return the fields of a visit that is there."""
        return {
            **when(visit.starts),
            "minutes": str(visit.minutes),
            "practitioner": visit.practitioner_id,
            "room": visit.room_id,
            "device": visit.device_id,
        }


class MoveForm(PlaceForm):
    """Another time or place of a visit; an uncommon length stays possible, and what it has that is switched off."""

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.of(visit), **kwargs)
        if visit.minutes not in _LENGTHS:
            words = _("%(minutes)s minutes") % {"minutes": visit.minutes}
            field: Any = self.fields["minutes"]
            field.choices = [(str(visit.minutes), words), *_MINUTES]
        for name in ("practitioner", "room", "device"):
            own = getattr(visit, name)
            if own is not None and not _is_bookable(own):
                _keep(self.fields[name], own)


class BookForm(PlaceForm):
    """A new visit."""

    client = forms.ModelChoiceField(Client.objects.all(), widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=_("What for"), choices=Kind.choices, initial=Kind.TREATMENT)
    # Also one that was closed meanwhile: who is called no more is booked all the same.
    recall = forms.ModelChoiceField(Recall.objects.all(), required=False, widget=forms.HiddenInput())


class WalkInForm(forms.Form):
    """A visit that begins now."""

    client = forms.ModelChoiceField(Client.objects.all(), widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=_("What for"), choices=Kind.choices, initial=Kind.CONSULTATION)
    minutes = _LengthField()
    practitioner = forms.ModelChoiceField(User.objects.none(), label=_("With"), empty_label=None)
    device = forms.ModelChoiceField(Device.objects.none(), label=_("Device"), required=False, empty_label=_("none"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "practitioner", practitioners())
        _choose(self, "device", Device.objects.filter(is_active=True))


class DayForm(forms.Form):
    """Which day, and of whom or where."""

    day = DayField(label=_("Day"), required=False)
    practitioner = forms.ModelChoiceField(
        User.objects.none(), label=_("With"), required=False, empty_label=_("everybody")
    )
    room = forms.ModelChoiceField(Room.objects.none(), label=_("Room"), required=False, empty_label=_("all rooms"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "practitioner", practitioners())
        _choose(self, "room", Room.objects.all())

    def asked(self, today: date) -> dict[str, Any]:
        """Return day, practitioner and room; what cannot be read counts as not asked."""
        self.is_valid()
        return {
            "day": self.cleaned_data.get("day") or today,
            "practitioner": self.cleaned_data.get("practitioner"),
            "room": self.cleaned_data.get("room"),
        }


class CalendarForm(forms.Form):
    """What the calendar shows."""

    day = DayField(label=_("Day"), required=False)
    span = forms.ChoiceField(label=_("Show"), required=False, choices=[("day", _("one day")), ("week", _("a week"))])
    by = forms.ChoiceField(
        label=_("By"), required=False, choices=[("room", _("room")), ("practitioner", _("practitioner"))]
    )
    of = forms.UUIDField(required=False)


class RecallForm(forms.Form):
    """Put a client on the list of recalls."""

    kind = forms.ChoiceField(label=_("Why"), choices=RecallKind.choices)
    due_on = DayField(label=_("On"))

    def clean_due_on(self) -> date:
        """Refuse a day that is over, or too far away to be meant."""
        due_on: date = self.cleaned_data["due_on"]
        if not timedelta() <= due_on - timezone.localdate() <= timedelta(days=5 * 366):
            raise forms.ValidationError(_("A day from today on, within five years."))
        return due_on


def is_near(moment: datetime) -> bool:
    """Return whether a moment lies in these centuries, a day from their ends."""
    return FIRST_DAY < moment.date() < LAST_DAY


def when(starts: datetime) -> dict[str, Any]:
    """Return day and time of a moment, for the fields of a form."""
    here = timezone.localtime(starts)
    return {"day": here.date(), "at": here.time()}


def usual_minutes(kind: str) -> int:
    """Return how long a visit of a kind usually takes."""
    return _USUAL.get(Kind(kind), 60) if kind in Kind.values else 60


def _is_bookable(one: Any) -> bool:
    return bool(one.is_active) and getattr(one, "role", None) in (None, *TREATING)


def _keep(field: Any, own: Any) -> None:
    """Offer what a visit has though it is not bookable any more: nothing else is put in its place unasked."""
    field.queryset = field.queryset | own._meta.default_manager.filter(pk=own.pk)
    field.label_from_instance = lambda one: f"{one} ({_('not bookable')})" if one.pk == own.pk else str(one)


def _choose(form: forms.Form, name: str, rows: Any) -> None:
    field: Any = form.fields[name]
    field.queryset = rows
