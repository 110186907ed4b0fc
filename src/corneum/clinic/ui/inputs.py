"""Inputs of forms that browsers know themselves."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day, by the browser's own calendar, which wants it as the standard writes it."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)
