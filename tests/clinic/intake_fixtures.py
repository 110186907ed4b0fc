"""Consent, answers, links and check-ins for tests, made as the pages make them."""

from io import BytesIO

from PIL import Image

from corneum.clinic.consent import queries as consents
from corneum.clinic.consent import services as consenting
from corneum.clinic.consent.models import Signer
from corneum.clinic.intake import inbox, linking, services
from corneum.clinic.intake.models import ItemKind, RuleOverride
from tests.clinic.conftest import NOW

_written = BytesIO()
Image.new("L", (60, 20)).save(_written, "PNG")
PICTURE = _written.getvalue()


def make_consent(by, client, kind="treatment", purposes=()):
    _text, sheet = consents.sheet_for(client, kind)
    signed = [consenting.Signed(Signer.CLIENT, "Zoë Größe", picture=PICTURE)]
    return consenting.give(
        by=by, client=client, kind=kind, digest=sheet.digest, signatures=signed, purposes=purposes, now=NOW
    )


def make_sheet(by, client, answers=None, zones=("cheek",)):
    said = {"coldsore.now": "no"} if answers is None else answers
    services.save_answers(by=by, client=client, answers=said, zones=list(zones), now=NOW)
    return services.submit(by=by, client=client, now=NOW)


def make_override(by, client, rule="coldsore.010"):
    fields = {"rule_digest": "", "answers_digest": "", "verdict": "ask", "why": "for a test", "at": NOW, "by": by}
    return RuleOverride.objects.create(client=client, rule=rule, **fields)


def ids(by, client):
    """Return an id for each address of consent and intake."""
    consent = make_consent(by, client)
    concern = {"concern": "dullness", "zone": "cheek", "severity": "mild"}
    return {
        "consent_id": consent.pk,
        "signature_id": consent.signatures.get().pk,
        "text_id": consent.text_id,
        "kind": "treatment",
        "purpose": "treatment",
        "page": "where",
        "sheet_id": make_sheet(by, client).pk,
        "concern_id": services.place_concern(by=by, client=client, **concern, now=NOW).pk,
        "rule": "coldsore.010",
        "override_id": make_override(by, client).pk,
        "link_id": linking.make_link(by=by, client=client, scopes=["intake"], days=7, now=NOW)[0].pk,
        "check_in_id": inbox.plan_check_ins(by=by, client=client, treated=NOW.date(), now=NOW)[0].pk,
        "inbox_id": inbox.tell(client=client, kind=ItemKind.ANSWERS, now=NOW).pk,
        "token": "nobody-knows-this",
    }
