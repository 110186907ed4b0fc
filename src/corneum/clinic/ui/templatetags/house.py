"""Fields of forms, what the core says in the page's language, and settings in the units that a person reads."""

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect

from corneum.clinic.ui.names import initials
from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.reading import reads

register = template.Library()
register.filter("initials", initials)
register.filter("spoken", spoken)
register.filter("reads", reads)


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
