"""Inputs of forms that browsers know themselves."""

from typing import Any

from django import forms

from corneum.clinic.ui.reading import plain


class DayInput(forms.DateInput):
    """A day, by the browser's own calendar, which wants it as the standard writes it."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class NumberText(forms.TextInput):
    """A number with the decimal sign of the page; a browser's own number field would keep to the browser's language."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        """Return a number as the page's language writes it, and what was typed as it was typed."""
        return plain(value) if isinstance(value, int | float) else super().format_value(value)


class NumberField(forms.FloatField):
    """A number that is read with the decimal sign of the page, and with a point in every language."""

    widget = NumberText

    def __init__(self, **options: Any) -> None:
        super().__init__(localize=True, **options)
