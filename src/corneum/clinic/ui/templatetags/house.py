"""Fields of forms, and numbers in the units that a person reads."""

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect
from django.utils.formats import number_format

from corneum.clinic.ui.phrases import spoken
from corneum.units import Quantity

register = template.Library()
register.filter("spoken", spoken)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """Return a form's field with its label, help and errors, tied together for screen readers."""
    widget = bound.field.widget
    described = [
        f"{bound.id_for_label}-{part}" for part, there in (("help", bound.help_text), ("error", bound.errors)) if there
    ]
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attributes),
        "kind": "check"
        if isinstance(widget, CheckboxInput)
        else "group"
        if isinstance(widget, RadioSelect)
        else "line",
    }


@register.filter
def pressure(kpa: float, unit: str) -> str:
    """Return a pressure in the unit that a person reads, with the stored one where that is another."""
    if unit == "kPa":
        return f"{number_format(kpa, 0)} kPa"
    value = Quantity(kpa, "kPa").to(unit)
    return f"{number_format(value, 1 if unit == 'inHg' else 0)} {unit}"
