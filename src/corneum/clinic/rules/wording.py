"""Headings of the tables of rules, and limits of a course as people read them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TOPICS: Mapping[str, str | Promise] = {
    "allergies": _("Allergies"),
    "consent": _("Consent and time to decide"),
    "earlier_sessions": _("Earlier microdermabrasion"),
    "general_health": _("Health"),
    "hair_removal": _("Hair removal"),
    "infections": _("Infections"),
    "medicines": _("Medicines"),
    "on_the_day": _("The day of the treatment"),
    "person": _("Person"),
    "pregnancy_age": _("Pregnancy and age"),
    "recent_procedures": _("Recent procedures"),
    "scars_lesions": _("Scars, spots and moles"),
    "skin_disease": _("Skin disease"),
    "sun_skin_type": _("Sun and skin type"),
}
"""By the name of the core's table; a table that is not named here keeps its own name."""
LIMIT_TITLES = {
    "passes": _("Most passes"),
    "beyond_probability": _("Probability of reaching beyond the stratum corneum, at most, %"),
    "tolerance_area": _("Area that may go beyond it, at most, %"),
    "barrier_probability": _("Probability that the barrier is back, at least, %"),
}


def as_typed(name: str, value: float) -> float:
    """Return a limit as people type it: shares in percent."""
    return int(value) if name == "passes" else round(100 * value, 6)


def as_counted(name: str, value: float | None) -> float | None:
    """Return a limit as the core counts it."""
    return value if value is None or name == "passes" else round(value / 100, 8)
