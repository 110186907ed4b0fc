"""Numbers as a person reads them: the reader's unit of pressure, and the decimal sign of the page."""

import pytest
from django import forms
from django.urls import reverse
from django.utils import translation

from corneum.clinic.accounts.reading import usual
from corneum.clinic.accounts.roles import Role
from corneum.clinic.treatments.models import Entry
from corneum.clinic.ui.inputs import NumberField
from corneum.clinic.ui.reading import factor_of, places, plain, read_by, reader_unit, reads, reads_in
from corneum.units import Quantity
from tests.clinic.plans_fixtures import few_skins, make_plan
from tests.clinic.treatments_fixtures import approved_plan, begun, lot, opened, signed, tap


@pytest.fixture
def in_hg():
    read_by(lambda: "inHg")
    yield
    read_by(lambda: "kPa")


@pytest.fixture
def by(staff):
    return staff[Role.PRACTITIONER]


@pytest.fixture
def american(browse):
    """A practitioner who chose no unit, in a browser of the United States."""
    made = browse("practitioner")
    made.defaults["HTTP_ACCEPT_LANGUAGE"] = "en-US,en;q=0.9"
    return made


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Quantity(20, "kPa"), "20 kPa (5.9 inHg)"),
        (Quantity(-20.5, "kPa"), "20.5 kPa (6.1 inHg)"),
        (Quantity(9.5, "inHg"), "9.5 inHg"),
        ("150 mmHg", "150 mmHg (5.9 inHg)"),
        ("12 g/min", "12 g/min"),
        ("by hand", "by hand"),
        (None, ""),
    ],
)
def test_a_pressure_stands_in_the_unit_of_the_gauge_and_of_the_reader(in_hg, found, said):
    assert reads(found) == said


def test_without_a_reader_pressures_are_read_as_they_are():
    assert (reader_unit(), reads("20 kPa"), factor_of("kPa"), places()) == ("kPa", "20 kPa", None, 0)
    assert factor_of("g/min") is None


def test_a_sentence_of_the_core_says_each_pressure_once(in_hg):
    assert reads_in("Diamond, 20 kPa, 2 passes") == "Diamond, 20 kPa (5.9 inHg), 2 passes"
    assert reads_in("20 kPa (5.9 inHg)") == "20 kPa (5.9 inHg)"


def test_the_decimal_sign_is_that_of_the_page(in_hg):
    with translation.override("de"):
        assert (plain(1.5), reads("20.5 kPa")) == ("1,5", "20,5 kPa (6,1 inHg)")


@pytest.mark.parametrize(
    ("accepted", "language", "unit"),
    [
        ("en-US,en;q=0.9", "en", "inHg"),
        ("en-GB,en;q=0.9", "en", "kPa"),
        ("en-US,de;q=0.9", "de", "kPa"),
        ("de-AT", "de", "kPa"),
        ("", "en", "kPa"),
    ],
)
def test_the_usual_unit_is_that_of_where_the_browser_is(accepted, language, unit):
    assert usual(accepted, language) == unit


@pytest.mark.parametrize(("language", "typed"), [("de", "2,5"), ("de", "2.5"), ("en", "2.5")])
def test_a_number_is_typed_with_the_sign_of_the_page(language, typed):
    with translation.override(language):
        assert NumberField(min_value=1).clean(typed) == 2.5


def test_a_number_with_another_sign_is_refused_rather_than_guessed():
    with pytest.raises(forms.ValidationError):
        NumberField().clean("2,5")


def test_a_number_is_shown_with_the_sign_of_the_page():
    with translation.override("de"):
        assert 'value="2,5"' in str(NumberField().widget.render("n", 2.5))


def test_the_day_of_treatment_is_read_in_the_own_unit(american, browse, client_record, staff, by):
    approved_plan(client_record, staff[Role.CLINICIAN])
    day = reverse("treatments:day", args=[client_record.pk])
    assert "20 kPa (5.9 inHg)" in american.get(day).content.decode()
    session = opened(client_record, by)
    text = american.get(day).content.decode()
    assert "20 kPa (5.9 inHg)" in text and 'data-unit="inHg"' in text and ">5.9 inHg</small>" in text
    here = browse("practitioner").get(day).content.decode()
    assert "20 kPa" in here and "inHg" not in here
    by.pressure = "mmHg"
    by.save()
    assert "20 kPa (150 mmHg)" in american.get(day).content.decode()
    tap(session, by, "setting", "cheek", name="vacuum", given="18,5 kPa")
    assert Entry.objects.get(kind="setting").value["given"] == "18.5 kPa"
    german = american.get(day, headers={"Accept-Language": "de"}).content.decode()
    assert 'value="18,5"' in german and "18,5 kPa (139 mmHg)" in german


def test_a_sealed_session_and_the_course_are_read_in_the_own_unit(american, client_record, staff, by):
    approved_plan(client_record, staff[Role.CLINICIAN])
    lot(by)
    first = signed(client_record, by)
    second = begun(client_record, by, number=2)
    page = american.get(reverse("treatments:session", args=[client_record.pk, first.pk])).content.decode()
    assert "20 kPa (5.9 inHg)" in page
    course = american.get(reverse("treatments:course", args=[client_record.pk])).content.decode()
    assert second.pk and "Session" in course


def test_a_plan_is_read_tried_and_compared_in_the_own_unit(monkeypatch, american, client_record, owner):
    few_skins(monkeypatch)
    made = make_plan(owner, client_record)
    args = [client_record.pk, made.pk]
    assert "inHg)" in american.get(reverse("plans:plan", args=args)).content.decode()
    assert "inHg)" in american.get(reverse("plans:shown", args=args)).content.decode()
    tried = american.get(reverse("plans:what_if", args=args)).content.decode()
    assert 'data-unit="inHg"' in tried and tried.count("inHg)") >= 2
    german = {"HX-Request": "1", "Accept-Language": "de"}
    found = american.get(reverse("plans:what_if", args=args), {"speed": "32,5"}, headers=german).content.decode()
    assert "Nicht gezeichnet" not in found and "<svg" in found
