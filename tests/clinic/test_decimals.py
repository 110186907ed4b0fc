"""In German a number is written with a comma, and is read with either sign."""

import pytest
from django.urls import reverse
from django.utils import translation

from corneum.clinic.intake.present.questions import _typed
from corneum.clinic.intake.questioning import sent_answer
from corneum.clinic.marks.forms import LookForm
from corneum.clinic.marks.models import Mark
from corneum.clinic.measured.forms import AskForm
from corneum.screening import load_rules
from tests.clinic.conftest import NOW
from tests.clinic.marks_fixtures import make_mark


@pytest.fixture(autouse=True)
def german():
    with translation.override("de"):
        yield


@pytest.mark.parametrize("said", ["2,5", "2.5"])
def test_an_answer_is_read_with_either_sign_and_shown_with_a_comma(said):
    question = next(one for one in load_rules().questions.values() if one.kind == "number")
    assert sent_answer(question, {question.id: said}) == 2.5
    assert _typed(2.5) == "2,5" and _typed(2.0) == "2"


@pytest.mark.parametrize("said", ["12,5", "12.5"])
def test_a_scale_is_read_with_either_sign(said):
    asked = AskForm({"scale_px_per_mm": said})
    asked.full_clean()
    assert asked.cleaned_data["scale_px_per_mm"] == 12.5
    assert 'value="12,5"' in str(AskForm(initial={"scale_px_per_mm": 12.5})["scale_px_per_mm"])
    look = LookForm({"px_per_mm": said}, photos=[])
    look.full_clean()
    assert look.cleaned_data["px_per_mm"] == 12.5


def test_the_extent_of_a_mark_is_kept_with_a_point_and_shown_with_a_comma(browse, client_record, staff):
    browser = browse("practitioner")
    browser.cookies["django_language"] = "de"
    sent = {"zone": "cheek_left", "place": "", "diameter": "4,5 mm", "note": "", "state": "known"}
    day = {"found_on": NOW.date().replace(year=2026, month=1).isoformat()}
    browser.post(reverse("marks:add", args=[client_record.pk]), sent | day)
    made = Mark.objects.get()
    assert made.diameter == "4.5 mm"
    assert "4,5 mm" in browser.get(reverse("marks:client", args=[client_record.pk])).content.decode()
    assert 'value="4,5 mm"' in browser.get(reverse("marks:mark", args=[client_record.pk, made.pk])).content.decode()
    assert make_mark(staff["practitioner"], client_record).diameter == "4 mm"
