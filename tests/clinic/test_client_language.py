"""What a client gets is in the client's language, whoever of the staff opens it, and says whom to call."""

import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from corneum.clinic.accounts.roles import Role
from corneum.clinic.consent import present as consent_present
from corneum.clinic.consent import views as consent_views
from corneum.clinic.intake import inbox, linking
from corneum.clinic.practice import services
from corneum.clinic.reports import views as report_views
from corneum.clinic.treatments.present import care
from corneum.reports.consent_sheet import ConsentPrint, consent_pdf
from tests.clinic.conftest import NOW
from tests.clinic.intake_fixtures import make_consent
from tests.clinic.plans_fixtures import make_plan
from tests.clinic.reports_fixtures import make_session
from tests.clinic.treatments_fixtures import approved_plan, signed

NUMBER = "+1 202 555 0143"
HOUSE = {"name": "Praxis Linde", "address": "Lindengasse 1", "telephone": NUMBER, "time_zone": "UTC"}
ENGLISH = re.compile(r"\b(the|your|is|you|days|of|weeks|until|after)\b", re.IGNORECASE)


@pytest.fixture
def house(owner):
    return services.change(by=owner, fields=HOUSE, now=NOW)


@pytest.fixture
def german(client_record, house):
    client_record.language = "de"
    client_record.save(update_fields=["language"])
    return client_record


@pytest.fixture
def session(german, staff):
    approved_plan(german, staff[Role.CLINICIAN])
    return signed(german, staff[Role.PRACTITIONER])


@pytest.fixture
def at_home(owner):
    def opened(client, scopes=("aftercare",)):
        _link, token = linking.make_link(by=owner, client=client, scopes=scopes, days=7, now=timezone.now())
        browser = Browser()
        browser.post(reverse("intake:open", args=[token]))
        return browser

    return opened


def events(content):
    return Calendar.from_ical(content).walk("VEVENT")


# Plans


def test_the_plan_on_the_clients_screen_is_in_the_clients_language(browse, owner, german):
    plan = make_plan(owner, german)
    browser = browse("practitioner")
    page = browser.get(reverse("plans:shown", args=[german.pk, plan.pk])).content.decode()
    assert '<html lang="de"' in page and "Ihr Plan" in page
    assert not ENGLISH.search(re.sub(r"<[^>]*>", " ", page.partition("<main")[2].partition("</main>")[0]))
    # The staff's own pages stay in theirs, and say which file is in which language.
    record = browser.get(reverse("plans:plan", args=[german.pk, plan.pk])).content.decode()
    assert '<html lang="en"' in record and "in the client's language (German)" in record
    assert "in English only" in record


def test_files_of_a_plan_name_the_clinic_and_the_clients_are_in_their_language(browse, owner, german):
    plan = make_plan(owner, german)
    browser = browse("practitioner")

    def file(name):
        return browser.get(reverse("plans:file", args=[german.pk, plan.pk, name])).content

    told = file("client-html").decode()
    assert '<html lang="de">' in told
    assert '<p class="letterhead"><strong>Praxis Linde</strong> · Lindengasse 1 · +1 202 555 0143</p>' in told
    assert file("client-pdf").startswith(b"%PDF")
    work = file("practitioner-html").decode()
    assert '<html lang="en">' in work and "Praxis Linde</strong>" in work
    german_days, english_days = events(file("calendar-client")), events(file("calendar-practitioner"))
    assert all(str(one["location"]) == "Praxis Linde, Lindengasse 1" for one in [*german_days, *english_days])
    assert all(NUMBER in str(one["description"]) for one in [*german_days, *english_days])
    assert any("Sitzung" in str(one["summary"]) for one in german_days)
    assert not [one["summary"] for one in german_days if ENGLISH.search(str(one["summary"]))]


# Aftercare


def test_the_staff_sees_the_instructions_as_the_client_reads_them(browse, session):
    path = reverse("treatments:aftercare", args=[session.client_id, session.pk])
    page = browse("practitioner").get(path).content.decode()
    assert '<html lang="en"' in page and "In the client's language: German" in page
    shown = page.partition('<article lang="de">')[2].partition("</article>")[0]
    assert "bis " in shown and 'href="tel:+12025550143"' in shown and 'href="tel:112"' in shown
    read = re.sub(r"<[^>]*>", " ", re.sub(r"<(details|a).*?</\1>", " ", shown, flags=re.DOTALL))
    assert not ENGLISH.search(read), ENGLISH.search(read)


def test_the_sheet_and_the_calendar_of_the_instructions_too(browse, session, monkeypatch):
    made = []
    monkeypatch.setattr(care, "pdf_of", lambda report: made.append(report) or b"%PDF")
    browser, ids = browse("practitioner"), [session.client_id, session.pk]
    assert browser.get(reverse("treatments:aftercare_pdf", args=ids)).content == b"%PDF"
    (report,) = made
    assert report.language == "de" and report.letterhead == ("Praxis Linde", "Lindengasse 1", NUMBER)
    assert "Nach Ihrer Behandlung" in report.overline and NUMBER in str(report.sections)
    found = events(browser.get(reverse("treatments:aftercare_ics", args=ids)).content)
    assert all(str(one["location"]) == "Praxis Linde, Lindengasse 1" for one in found)
    said = [str(one["description"]).rpartition("\n") for one in found]
    assert not [text for text, _line, number in said if ENGLISH.search(text) or NUMBER not in number]


def test_a_client_at_home_reads_it_as_well(at_home, session):
    page = at_home(session.client).get(reverse("treatments:own_aftercare")).content.decode()
    assert '<html lang="de"' in page and "Praxis Linde" in page and 'href="tel:112"' in page


# Whom to call


@pytest.mark.parametrize(
    ("answers", "numbers"),
    [({"eye": "yes"}, {"tel:112", "tel:+12025550143"}), ({}, {"tel:+12025550143"})],
    ids=["emergency", "nothing"],
)
def test_a_check_in_names_the_numbers(answers, numbers, at_home, client_record, owner, house):
    made = inbox.plan_check_ins(by=owner, client=client_record, treated=timezone.localdate(), now=NOW)
    browser, path = at_home(client_record), reverse("intake:own_check_in", args=[made[0].pk])
    names = set(re.findall(r'type="radio" name="(\w+)"', browser.get(path).content.decode()))
    browser.post(path, dict.fromkeys(names, "no") | {"comfort": "2"} | answers)
    page = browser.get(path).content.decode()
    assert ("This is an emergency" in page) == bool(answers)
    assert set(re.findall(r'href="(tel:[^"]*)"', page)) == numbers


def test_every_own_page_names_the_clinic(at_home, client_record, house):
    browser = at_home(client_record, ["intake", "consent", "aftercare", "upload"])
    for name, args in (("own", []), ("own_page", ["where"]), ("own_consent", ["data"])):
        page = browser.get(reverse(f"intake:{name}", args=args)).content.decode()
        assert 'href="tel:+12025550143"' in page and "Praxis Linde" in page, name
    assert "Praxis Linde" in browser.post(reverse("intake:own_end")).content.decode()


# Consent and result


def test_a_sheet_is_read_and_signed_in_the_clients_language_within_a_page_of_the_staff(browse, german):
    page = browse("practitioner").get(reverse("consent:give", args=[german.pk, "photograph"])).content.decode()
    assert '<html lang="en"' in page and '<div class="consent-sheet" lang="de">' in page
    signing = page.partition('<section class="sheet reading" lang="de"')[2]
    assert "Unterschreiben" in signing and "Sign here" not in signing


def test_the_copy_of_a_sheet_is_in_its_language_under_the_clinics_name(browse, owner, german, monkeypatch):
    consent = make_consent(owner, german)
    made = []
    monkeypatch.setattr(consent_views, "consent_pdf", lambda sheet: made.append(sheet) or b"%PDF")
    browser = browse("practitioner")
    browser.get(reverse("consent:pdf", args=[german.pk, consent.pk]))
    (sheet,) = made
    assert sheet.letterhead[0] == "Praxis Linde" and "Fassung 1 des Textes" in sheet.foot
    page = browser.get(reverse("consent:sheet", args=[german.pk, consent.pk])).content.decode()
    assert '<div class="consent-sheet" lang="de">' in page
    assert consent_present.printed(consent, services.Practice()).letterhead == ()


def test_a_letterhead_is_set_on_paper():
    bare = ConsentPrint("en", "Consent", "Zoë", (), (), (), "foot")
    headed = ConsentPrint("en", "Consent", "Zoë", (), (), (), "foot", ("Linden Clinic", "1 Lime Street"))
    assert len(consent_pdf(headed)) > len(consent_pdf(bare))


def test_the_result_is_under_the_clinics_name(browse, owner, german, monkeypatch):
    make_session(german, owner, plan=make_plan(owner, german, state="approved"), number=1, at=NOW - timedelta(days=9))
    made = []
    monkeypatch.setattr(report_views, "pdf_of", lambda report: made.append(report) or b"%PDF")
    browse("practitioner").get(reverse("reports:result_pdf", args=[german.pk]))
    assert made[0].letterhead[0] == "Praxis Linde" and made[0].language == "de"


def test_the_page_of_a_failure_says_in_which_language_it_is():
    with translation.override("de"):
        assert '<html lang="de"' in render_to_string("ui/failed.html")
