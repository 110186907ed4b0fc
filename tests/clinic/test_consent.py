import base64
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageDraw

from corneum.clinic.audit.models import Event
from corneum.clinic.consent import composing, queries, services
from corneum.clinic.consent.models import Consent, ConsentText, Permission, Signature, Signer
from corneum.clinic.consent.signatures import SignatureRefused, drawn
from tests.clinic.conftest import NOW

ADULT = [services.Signed(Signer.CLIENT, "Zoë Größe")]


@pytest.fixture
def tellers(monkeypatch):
    kept = []
    monkeypatch.setattr(composing, "_tellers", kept)
    return kept


def given(client, kind="treatment", by=None, purposes=(), signatures=ADULT, now=NOW):
    _text, sheet = queries.sheet_for(client, kind)
    return services.give(
        by=by, client=client, kind=kind, digest=sheet.digest, signatures=signatures, purposes=purposes, now=now
    )


def signature(strokes=True, side=400):
    picture = Image.new("RGBA", (side, 120))
    if strokes:
        ImageDraw.Draw(picture).line((20, 60, 120, 30, 200, 90, 300, 40), fill=(20, 20, 20, 255), width=4)
    data = BytesIO()
    picture.save(data, "PNG")
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()


def test_nothing_is_in_force_until_it_is_signed(client_record, owner):
    assert queries.missing(client_record.pk) == ["treatment", "data"]
    given(client_record, by=owner)
    given(client_record, "data")
    assert queries.missing(client_record.pk) == []
    assert queries.photo_purposes(client_record.pk) == frozenset()
    event = Event.objects.filter(action="consent.given").last()
    assert event.client_id == client_record.pk and "Zo" not in str(event.data)


def test_a_sheet_names_every_risk_of_the_core_with_its_source(client_record):
    _text, sheet = queries.sheet_for(client_record, "treatment")
    risks = [line for section in sheet.sections for line in section.lines if line.title]
    assert [line.title for line in risks] == [item.title for item in composing.load_consent()]
    assert all(line.source and line.rows for line in risks)


def test_each_use_of_photographs_stands_by_itself_and_is_taken_back(client_record, owner):
    given(client_record, "photograph", purposes=["record", "teach"])
    assert queries.photo_purposes(client_record.pk) == {"record", "teach"}
    assert services.withdraw(by=owner, client=client_record, purposes=["teach"], now=NOW) == 1
    assert queries.photo_purposes(client_record.pk) == {"record"}
    given(client_record, "photograph", purposes=["show"])
    assert queries.photo_purposes(client_record.pk) == {"show"}
    given(client_record, "photograph")
    assert queries.photo_purposes(client_record.pk) == frozenset()
    assert Consent.objects.count() == 3
    assert services.withdraw(by=owner, client=client_record, purposes=["record"], now=NOW) == 0


def test_the_database_keeps_one_permission_in_force(client_record):
    consent = given(client_record)
    with pytest.raises(IntegrityError), transaction.atomic():
        Permission.objects.create(consent=consent, client=client_record, purpose="treatment", since=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Permission.objects.update(until=NOW)


def test_a_new_plan_asks_for_a_new_signature(client_record, tellers):
    given(client_record)
    _tell("plan 1", "Cheeks, six sessions.")
    assert "treatment" in queries.missing(client_record.pk)
    consent = given(client_record)
    assert "Cheeks, six sessions." in str(consent.sheet)
    assert "treatment" not in queries.missing(client_record.pk)
    _tell("plan 2", "Forehead.")
    assert "treatment" in queries.missing(client_record.pk)


NO_PLACE = "# Consent\n\n## What is done\nA tip is moved over the skin."


def test_a_stored_text_without_a_place_for_the_plan_can_be_signed(client_record, owner, tellers):
    ConsentText.objects.create(kind="treatment", language="en", number=1, body=NO_PLACE, made=NOW, made_by=owner)
    _tell("plan 1", "Cheeks, six sessions.")
    assert given(client_record).plan == "plan 1"
    assert "treatment" not in queries.missing(client_record.pk)
    _tell("plan 2", "Forehead.")
    assert "treatment" in queries.missing(client_record.pk)


@pytest.mark.parametrize(
    ("kind", "body", "kept"),
    [
        ("treatment", NO_PLACE, False),
        ("treatment", f"{NO_PLACE}\n\n{{{{plan}}}}", False),
        ("treatment", f"{NO_PLACE}\n\n{{{{risks}}}}", False),
        ("treatment", f"{NO_PLACE}\n\n{{{{risks}}}}\n\nYour plan: {{{{plan}}}}", False),
        ("treatment", f"{NO_PLACE}\n{{{{plan}}}}\n\n{{{{risks}}}}", False),
        ("treatment", f"{NO_PLACE}\n\n## Your plan, {{{{plan}}}}\n{{{{plan}}}}\n\n{{{{risks}}}}", False),
        ("treatment", f"{NO_PLACE}\n\n{{{{plan}}}}\n\n## Risks\n{{{{risks}}}}", True),
        ("data", NO_PLACE, True),
        ("data", f"{NO_PLACE} {{{{risks}}}}", False),
    ],
)
def test_a_text_in_which_plan_or_risks_have_no_place_is_refused(kind, body, kept, browse):
    page = browse("clinician").post(reverse("consent:text", args=[kind]), {"body": body.replace("\n", "\r\n")})
    assert page.status_code == (302 if kept else 422)
    assert kept or "on a line of their own" in page.content.decode()
    assert ConsentText.objects.filter(made_by__isnull=False).exists() == kept


def test_with_the_record_every_other_use_of_photographs_ends(client_record, owner, browse):
    given(client_record, "photograph", purposes=["record", "show", "teach"])
    assert services.withdraw(by=owner, client=client_record, purposes=["record"], now=NOW) == 3
    assert queries.photo_purposes(client_record.pk) == frozenset()
    assert not queries.permissions_in_force(client_record.pk)
    page = browse("owner").get(reverse("consent:client", args=[client_record.pk])).content.decode()
    assert "in force" not in page and page.count("withdrawn,") == 3
    given(client_record, "photograph", purposes=["show"])
    assert services.withdraw(by=owner, client=client_record, purposes=["record"], now=NOW) == 0
    assert queries.photo_purposes(client_record.pk) == {"show"}


def test_what_a_guardian_signed_is_not_shown_or_published_once_the_client_is_of_age(client_record, browse):
    client_record.born = timezone.localdate() - timedelta(days=17 * 365)
    client_record.save()
    both = [services.Signed(Signer.GUARDIAN, "Eve"), services.Signed(Signer.ASSENT, "Zoë")]
    everything = ["record", "show", "teach", "publish"]
    given(client_record, "photograph", purposes=everything, signatures=both, now=timezone.now())
    assert queries.photo_purposes(client_record.pk) == set(everything)
    client_record.born -= timedelta(days=2 * 365)
    client_record.save()
    assert queries.photo_purposes(client_record.pk) == {"record"}
    page = browse("owner").get(reverse("consent:client", args=[client_record.pk])).content.decode()
    assert "The client is of age now." in page and "in force" not in page and page.count('<li class="yes">') == 1
    given(client_record, "photograph", purposes=everything, now=timezone.now())
    assert queries.photo_purposes(client_record.pk) == set(everything)


def test_what_changed_while_it_was_read_is_not_signed(client_record, owner):
    _text, sheet = queries.sheet_for(client_record, "data")
    services.write_text(by=owner, kind="data", language="en", body="# Data\n\n## Kept\nYour answers.", now=NOW)
    with pytest.raises(services.TextChanged):
        services.give(by=None, client=client_record, kind="data", digest=sheet.digest, signatures=ADULT, now=NOW)


@pytest.mark.parametrize(
    ("kind", "purposes", "signatures"),
    [
        ("photograph", ["everything"], ADULT),
        ("treatment", [], []),
        ("treatment", [], [services.Signed(Signer.GUARDIAN, "Eve"), services.Signed(Signer.ASSENT, "Zoë")]),
        ("treatment", [], [services.Signed(Signer.CLIENT, "  ")]),
    ],
)
def test_a_signature_that_cannot_stand_is_refused(client_record, kind, purposes, signatures):
    with pytest.raises(services.ConsentRefused):
        given(client_record, kind, purposes=purposes, signatures=signatures)
    assert not Consent.objects.exists()


def test_under_age_both_sign_and_of_age_it_is_asked_anew(client_record):
    client_record.born = NOW.date() - timedelta(days=17 * 365)
    client_record.save()
    with pytest.raises(services.ConsentRefused):
        given(client_record)
    both = [services.Signed(Signer.GUARDIAN, "Eve"), services.Signed(Signer.ASSENT, "Zoë")]
    given(client_record, signatures=both)
    assert "treatment" not in queries.missing(client_record.pk, NOW.date())
    assert "treatment" in queries.missing(client_record.pk, NOW.date() + timedelta(days=400))


def test_the_age_is_that_of_the_screening_rule():
    assert queries.age_of_consent() == 18
    assert queries.age_on(date(2000, 2, 29), date(2018, 2, 28)) == 17


def test_a_text_of_the_clinic_is_a_new_version_and_old_sheets_keep_theirs(client_record, owner):
    first = given(client_record, "data")
    text = services.write_text(by=owner, kind="data", language="en", body="# Data\n\n## Kept\nYour answers.", now=NOW)
    assert (first.text.number, text.number) == (1, 2)
    assert queries.text_in_force("data", "en") == text
    assert "Your answers." in str(given(client_record, "data").sheet)
    assert "Your answers." not in str(Consent.objects.get(pk=first.pk).sheet)
    assert ConsentText.objects.count() == 2


def test_a_text_that_says_what_nobody_may_say_is_refused(browse):
    path = reverse("consent:text", args=["data"])
    page = browse("clinician").post(path, {"body": "# Data\n\n## Kept\nThis is safe and flawless."})
    assert page.status_code == 422 and "safe" in page.content.decode()
    assert browse("clinician").post(path, {"body": "no heading"}).status_code == 422
    assert not ConsentText.objects.exists()


def test_a_drawing_is_written_anew_and_an_empty_one_is_none():
    png = drawn(signature())
    assert png.startswith(b"\x89PNG") and Image.open(BytesIO(png)).mode in ("L", "P", "1")
    assert drawn("") is None and drawn(signature(strokes=False)) is None


@pytest.mark.parametrize(
    "data", ["nonsense", "data:image/png;base64,%%%", "data:image/png;base64,aGFsbG8=", signature(side=3000)]
)
def test_what_is_no_drawing_is_refused(data):
    with pytest.raises(SignatureRefused):
        drawn(data)


def form(client, kind, **fields):
    _text, sheet = queries.sheet_for(client, kind)
    return {"digest": sheet.digest, "understood": "on", "client_name": "Zoë", **fields}


def test_a_sheet_is_signed_by_hand_read_back_and_taken_back(browse, client_record):
    browser = browse("practitioner")
    path = reverse("consent:give", args=[client_record.pk, "photograph"])
    assert "Nothing is agreed to unless you tick it" in browser.get(path).content.decode()
    sent = form(client_record, "photograph", purposes=["record"], client_drawing=signature())
    back = browser.post(path, sent)
    page = browser.get(back["Location"]).content.decode()
    one = Signature.objects.get()
    assert str(one.pk) in page and "Zoë" in page
    picture = browser.get(reverse("consent:signature", args=[client_record.pk, one.pk]))
    assert picture["Content-Type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    browser.post(reverse("consent:withdraw", args=[client_record.pk]), {"purposes": ["record"]})
    assert queries.photo_purposes(client_record.pk) == frozenset()
    assert "withdrawn" in browser.get(back["Location"]).content.decode()


def test_without_a_script_the_typed_name_is_confirmed(browse, client_record):
    browser, path = browse("owner"), reverse("consent:give", args=[client_record.pk, "data"])
    assert browser.post(path, form(client_record, "data")).status_code == 422
    assert browser.post(path, form(client_record, "data", client_typed="on")).status_code == 302
    assert Signature.objects.get().picture is None


def test_a_signature_of_another_record_is_not_there(browse, client_record, owner):
    from corneum.clinic.people import services as people

    other = people.add_client(by=owner, fields={"name": "Eve", "born": date(1990, 1, 1)}, now=NOW)
    consent = given(client_record)
    assert browse("owner").get(reverse("consent:sheet", args=[other.pk, consent.pk])).status_code == 404
    one = consent.signatures.get()
    assert browse("owner").get(reverse("consent:signature", args=[client_record.pk, one.pk])).status_code == 404


def test_looking_writes_nothing(browse, client_record):
    before = Event.objects.count()
    browser = browse("clinician")
    for name, arguments in (("client", [client_record.pk]), ("give", [client_record.pk, "treatment"]), ("texts", [])):
        assert browser.get(reverse(f"consent:{name}", args=arguments)).status_code == 200
    assert Event.objects.count() == before and not ConsentText.objects.exists()
    assert browser.get(reverse("consent:give", args=[client_record.pk, "nonsense"])).status_code == 404


def test_a_signed_sheet_is_sent_as_a_pdf_the_same_each_time(browse, client_record):
    signed = [services.Signed(Signer.CLIENT, "Zoë Größe", drawn(signature()))]
    consent = given(client_record, "photograph", purposes=["record"], signatures=signed)
    path = reverse("consent:pdf", args=[client_record.pk, consent.pk])
    first, second = browse("reception").get(path), browse("reception").get(path)
    assert first["Content-Type"] == "application/pdf" and first.content.startswith(b"%PDF")
    assert first.content == second.content and "Zo" not in first["Content-Disposition"]


def _tell(version, sentence):
    words = composing.PlanWords(version, (sentence,))
    composing.tell_plans_by(lambda client_id: words, lambda client_ids: dict.fromkeys(client_ids, version))
