"""What is asked of a measurement, and what is answered in a rating."""

from django import forms
from django.utils.translation import gettext_lazy as _

from corneum.clinic.ui.inputs import NumberField

_LEAST_PX_PER_MM, _MOST_PX_PER_MM = 0.1, 500.0


class AskForm(forms.Form):
    """Two photographs to be measured."""

    baseline = forms.UUIDField()
    followup = forms.UUIDField()
    scale_px_per_mm = NumberField(
        label=_("Pixels per millimeter of skin"),
        required=False,
        min_value=_LEAST_PX_PER_MM,
        max_value=_MOST_PX_PER_MM,
        help_text=_("Only where nothing of known size is in the frame."),
    )


class AnswerForm(forms.Form):
    """How a pair looks."""

    choice = forms.IntegerField(min_value=0, max_value=6)
