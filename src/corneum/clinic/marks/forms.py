"""Forms of marks and of looks for them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from corneum.clinic.marks.models import Mark, State
from corneum.clinic.marks.tables import zone_title, zones
from corneum.clinic.photos.models import Photo
from corneum.clinic.ui.inputs import DayInput, NumberField
from corneum.clinic.ui.reading import reads
from corneum.units import UnitError, parse_quantity

_ROWS = ((1 / 6, _("upper part")), (0.5, _("middle")), (5 / 6, _("lower part")))
_COLUMNS = ((1 / 6, _("left, as you see it")), (0.5, ""), (5 / 6, _("right, as you see it")))
_BY_HAND = (State.KNOWN, State.NEW, State.CHANGED, State.NOT_FOUND)


def _places() -> list[tuple[str, str]]:
    named = [("", str(_("not said, or in the note")))]
    for down, row in _ROWS:
        named += [
            (_shares(right, down), ", ".join(filter(None, (str(row), str(column))))) for right, column in _COLUMNS
        ]
    return named


def _shares(right: float, down: float) -> str:
    return f"{right:.3f},{down:.3f}"


class MarkForm(forms.Form):
    """Where a mark is, how large, what it looks like, and when it was seen."""

    zone = forms.ChoiceField(label=_("Where"))
    place = forms.ChoiceField(label=_("Place in it"), required=False)
    diameter = forms.CharField(
        label=_("Longest extent"),
        max_length=20,
        help_text=_("With its unit, such as 4 mm. A small extent never counts in a mark's favor."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, help_text=_("What it looks like, and where exactly.")
    )
    state = forms.ChoiceField(label=_("What is known of it"), widget=forms.RadioSelect)
    found_on = forms.DateField(label=_("Seen on"), widget=DayInput())

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date, mark: Mark | None = None) -> None:
        given = dict(data.items()) if data else {}
        super().__init__(data if data and "zone" in given and "diameter" in given else None)
        self.today = today
        initial = {"state": State.KNOWN, "found_on": today} if mark is None else _initial(mark)
        self.initial = initial | {key: given[key] for key in ("zone", "place") if given.get(key)}
        zone, place, state = (self.fields[name] for name in ("zone", "place", "state"))
        assert isinstance(zone, forms.ChoiceField) and isinstance(place, forms.ChoiceField)
        assert isinstance(state, forms.ChoiceField)
        zone.choices = [("", _("Choose")), *((one, zone_title(one)) for one in _with(zones(), mark))]
        tapped = str(given.get("place") or self.initial.get("place") or "")
        named = _places()
        if tapped and tapped not in dict(named) and _read(tapped):
            named.insert(1, (tapped, str(_("where it was tapped on the drawing"))))
        place.choices = named
        kept = State(mark.state) if mark is not None else State.KNOWN
        state.choices = [(one.value, one.label) for one in dict.fromkeys((*_BY_HAND, kept))]

    def clean_diameter(self) -> str:
        """Refuse an extent without its unit."""
        said = str(self.cleaned_data["diameter"]).replace(",", ".").strip()
        try:
            size = parse_quantity(said).to("mm")
        except UnitError as error:
            raise forms.ValidationError(_("Write it with its unit, such as 4 mm.")) from error
        if not 0 < size <= 300:
            raise forms.ValidationError(_("That is no extent of a mark."))
        return said

    def clean_found_on(self) -> date:
        """Refuse a day to come."""
        day: date = self.cleaned_data["found_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def kept_fields(self) -> dict[str, Any]:
        """Return the fields of a row; only for a form without mistakes."""
        found = {key: self.cleaned_data[key] for key in ("zone", "diameter", "note", "state", "found_on")}
        right, down = _read(self.cleaned_data.get("place", "")) or (None, None)
        return found | {"right": right, "down": down}


class LookedForm(forms.Form):
    """On which day a doctor looked."""

    day = forms.DateField(label=_("A doctor looked at it on"), widget=DayInput())


class EndForm(forms.Form):
    """Why a mark is taken off the list."""

    why = forms.CharField(
        label=_("Why"), min_length=4, max_length=200, help_text=_("Such as: removed by a doctor, or entered by a slip.")
    )


class LookForm(forms.Form):
    """On which photographs marks are looked for."""

    later = forms.ChoiceField(label=_("Photograph"))
    earlier = forms.ChoiceField(label=_("Compare with an earlier one"), required=False)
    px_per_mm = NumberField(
        label=_("Pixels per millimeter"),
        required=False,
        min_value=0.1,
        max_value=1000,
        help_text=_("Left empty: from a card in the picture, or from the distance of the eyes."),
    )

    def __init__(self, *args: Any, photos: Sequence[Photo], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.photos = {str(photo.pk): photo for photo in photos}
        named = [(key, _named(photo)) for key, photo in self.photos.items()]
        later, earlier = self.fields["later"], self.fields["earlier"]
        assert isinstance(later, forms.ChoiceField) and isinstance(earlier, forms.ChoiceField)
        later.choices = named
        earlier.choices = [("", _("none: only list the marks of this one")), *named]

    def chosen(self, name: str) -> Photo | None:
        """Return a photograph that was chosen, or None."""
        return self.photos.get(self.cleaned_data.get(name, ""))


def _initial(mark: Mark) -> dict[str, Any]:
    place = "" if mark.right is None or mark.down is None else _shares(mark.right, mark.down)
    return {
        "zone": mark.zone,
        "place": place,
        "diameter": reads(mark.diameter),
        "note": mark.note,
        "state": mark.state,
        "found_on": mark.found_on,
    }


def _with(known: list[str], mark: Mark | None) -> list[str]:
    return known if mark is None or mark.zone in known else [*known, mark.zone]


def _read(place: str) -> tuple[float, float] | None:
    try:
        right, down = (float(part) for part in place.split(","))
    except ValueError:
        return None
    return (right, down) if 0 <= right <= 1 and 0 <= down <= 1 else None


def _named(photo: Photo) -> str:
    day = date_format(timezone.localtime(photo.taken_at), "SHORT_DATETIME_FORMAT")
    return ", ".join(filter(None, (day, photo.view.replace("_", " "), photo.site.replace("_", " "))))
