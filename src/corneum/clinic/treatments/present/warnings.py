"""What must be seen beside a client's name while they are treated: allergies, skin type, decisions against rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corneum.clinic.intake import queries as intake
from corneum.clinic.treatments import translate
from corneum.clinic.treatments.present.checks import standing_against
from corneum.clinic.treatments.present.words import Word, consents
from corneum.clinic.treatments.situation import Situation
from corneum.clinic.ui.phrases import spoken

_ALLERGIES: Mapping[str, Word] = {
    "latex.allergy": gettext_lazy("latex"),
    "aluminium.allergy": gettext_lazy("aluminum or crystals"),
    "nickel.allergy": gettext_lazy("nickel or metal"),
    "cosmetic.allergy": gettext_lazy("skin care or fragrance"),
}


@dataclass(frozen=True)
class Warned:
    """A tag beside the name; ``tone`` as the tags of the style sheet."""

    text: str
    tone: str = ""


def warnings(now: Situation) -> list[Warned]:
    """Return what stands beside the client's name, what may harm first."""
    sheet = intake.answers_of(now.session.client_id)
    answers = {} if sheet is None else sheet.answers
    found = [str(word) for name, word in _ALLERGIES.items() if answers.get(name) == "yes"]
    said = [Warned(_("Allergy: %(what)s") % {"what": ", ".join(found)}, "stop")] if found else []
    said += _consent(now)
    said += [
        Warned(f"{one.label}: {spoken(one.standing.finding.rule.title)}", one.tone)
        for one in standing_against(now.against)
    ]
    standing = sum(one.ended is None for one in intake.overrides_of(now.session.client_id))
    if standing:
        text = ngettext("%(count)s rule overridden", "%(count)s rules overridden", standing) % {"count": standing}
        said.append(Warned(text, "wait"))
    phototype = translate.phototype_of(now.session)
    said.append(Warned(_("Skin type %(type)s") % {"type": phototype} if phototype else _("Skin type not known")))
    if sheet is None:
        said.append(Warned(_("No answers handed in"), "wait"))
    return said


def _consent(now: Situation) -> list[Warned]:
    if now.withdrawn_consent:
        return [Warned(_("Consent withdrawn: %(kinds)s") % {"kinds": consents(now.withdrawn_consent)}, "stop")]
    if now.missing_consent:
        return [Warned(_("Consent missing: %(kinds)s") % {"kinds": consents(now.missing_consent)}, "stop")]
    return []
