from datetime import date

import pytest
from django.urls import reverse

from corneum.clinic.audit.models import Event
from corneum.clinic.people.models import Client
from corneum.clinic.people.search import found


@pytest.mark.parametrize("text", ["zoe", "Größe", "gro zo", "+43 664", "43664123", "zoe@exa", "1980-05", "ZOË GRÖSSE"])
def test_a_client_is_found_by_the_beginnings_of_words(text, client_record):
    assert list(found(text)) == [client_record]


@pytest.mark.parametrize("text", ["oe", "zoe miller", "1981", "999", "%", "- _ -"])
def test_others_are_not_found(text, client_record):
    assert client_record not in found(text)


def test_a_record_is_opened_and_changed(browse):
    browser = browse("reception")
    fields = {"name": "Ada", "born": "1990-01-02", "language": "de"}
    page = browser.post(reverse("people:add"), fields)
    client = Client.objects.get()
    assert page["Location"] == reverse("people:client", args=[client.pk])
    browser.post(reverse("people:edit", args=[client.pk]), {**fields, "name": "Ada Lovelace"})
    assert [one.name for one in found("lovel")] == ["Ada Lovelace"]
    assert Event.objects.get(action="client.changed").data == {"changed": ["name"]}


@pytest.mark.parametrize("born", ["", "1870-01-01", "2999-01-01", "yesterday"])
def test_a_day_of_birth_that_cannot_be_is_refused(born, browse):
    page = browse("reception").post(reverse("people:add"), {"name": "Ada", "born": born, "language": "en"})
    assert page.status_code == 200 and b"aria-invalid" in page.content
    assert not Client.objects.exists()


def test_a_name_is_written_as_text(browse, client_record):
    Client.objects.filter(pk=client_record.pk).update(name="<script>alert(1)</script>", born=date(1980, 5, 17))
    assert b"<script>alert" not in browse("owner").get(reverse("people:client", args=[client_record.pk])).content
