"""Forms: bring photographs in, say what they show, look at what a client sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from corneum.clinic.consent.models import Purpose
from corneum.clinic.photos.queries import OF_SITE
from corneum.clinic.photos.words import VIEWS, site_title
from corneum.skin import SITES

MOST_FILES = 12
MOST_BYTES = 80_000_000
_KINDS = ".jpg,.jpeg,.png,.tif,.tiff,.heic,.heif,image/jpeg,image/png,image/tiff,image/heic,image/heif"


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several photographs; what they are is told by their content, later."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Return the files, and refuse too many or too large ones before any of them is read."""
        if not data and not self.required:
            return []
        files = [super(FilesField, self).clean(one, initial) for one in data or [None]]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)s photographs at a time.") % {"most": MOST_FILES})
        for one in files:
            _check_size(one)
        return files


def _check_size(one: "UploadedFile[bytes]") -> None:
    if (one.size or 0) > MOST_BYTES:
        raise forms.ValidationError(_("A file is larger than 80 MB: export it as JPEG."))


def _sites() -> list[tuple[str, str]]:
    return [("", "–"), *((name, str(site_title(name))) for name in SITES)]


class PlaceForm(forms.Form):
    """Which view, and for a close-up which body site."""

    view = forms.ChoiceField(label=_("View"), choices=[*VIEWS.items()])
    site = forms.ChoiceField(label=_("Body site, for a close-up"), choices=_sites, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a close-up of nowhere."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("view") in OF_SITE and not cleaned.get("site"):
            self.add_error("site", _("A close-up or a photograph of the body names its site."))
        return cleaned


class UploadForm(forms.Form):
    """Photographs as files."""

    photographs = FilesField(
        label=_("Photographs"),
        widget=FilesInput(attrs={"accept": _KINDS}),
        help_text=_("JPEG, PNG, TIFF or HEIC, up to 12 at a time, 80 MB each. The camera's own files, no copies."),
    )
    view = forms.ChoiceField(
        label=_("View"),
        choices=[("", _("told by the turn of the head")), *VIEWS.items()],
        required=False,
        help_text=_("Each can be corrected afterwards."),
    )
    site = forms.ChoiceField(label=_("Body site, for a close-up"), choices=_sites, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a close-up of nowhere."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("view") in OF_SITE and not cleaned.get("site"):
            self.add_error("site", _("A close-up or a photograph of the body names its site."))
        return cleaned


class OwnForm(forms.Form):
    """Photographs that a client sends."""

    photographs = FilesField(
        label=_("Your photographs"),
        widget=FilesInput(attrs={"accept": _KINDS}),
        help_text=_("One or several, as your camera made them."),
    )


class WithCheckInForm(forms.Form):
    """Photographs that a client adds to the answers of a check-in, or none."""

    photographs = FilesField(
        label=_("A photograph of your skin"),
        required=False,
        widget=FilesInput(attrs={"accept": _KINDS}),
        help_text=_("One or several: by a window, by day, without flash. The clinic looks at them with your answers."),
    )


class ShotForm(forms.Form):
    """One photograph from the page of the camera."""

    photograph = forms.FileField(validators=[_check_size])
    view = forms.ChoiceField(choices=[*VIEWS.items()])
    site = forms.ChoiceField(choices=_sites, required=False)


class TurnDownForm(forms.Form):
    """Why a photograph is not taken into the record."""

    why = forms.CharField(label=_("Why not"), max_length=500, min_length=3, help_text=_("The client reads this."))


class GiveForm(forms.Form):
    """For which use a copy is given out, to whom, and what for."""

    purpose = forms.ChoiceField(label=_("Use"), widget=forms.RadioSelect)
    to = forms.CharField(label=_("To whom"), max_length=200, help_text=_("A person, a course, a journal or a website."))
    why = forms.CharField(label=_("What for"), max_length=500, min_length=3)

    def __init__(self, *args: Any, purposes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, Purpose(one).label) for one in purposes]


class CalledBackForm(forms.Form):
    """What whoever holds a copy said."""

    note = forms.CharField(label=_("What they said"), max_length=500, required=False)
    undo = forms.BooleanField(required=False)


class UseForm(forms.Form):
    """One use of one photograph, taken back or given again."""

    purpose = forms.CharField(max_length=12)
    back = forms.BooleanField(required=False)
