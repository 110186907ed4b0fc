from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from corneum.clinic.audit.models import Event
from corneum.clinic.people import services, views
from corneum.clinic.people.models import Client
from corneum.clinic.people.search import following, found
from corneum.clinic.project.navigation import RECORD_WAYS
from tests.clinic.conftest import NOW

BORN = date(1980, 5, 17)


def add(by, name, born=BORN):
    return services.add_client(by=by, fields={"name": name, "born": born}, now=NOW)


@pytest.mark.parametrize("text", ["zoe", "Größe", "gro zo", "+43 664", "43664123", "zoe@exa", "1980-05", "ZOË GRÖSSE"])
def test_a_client_is_found_by_the_beginnings_of_words(text, client_record):
    assert list(found(text)) == [client_record]


@pytest.mark.parametrize("text", ["oe", "zoe miller", "1981", "999", "%", "- _ -"])
def test_others_are_not_found(text, client_record):
    assert client_record not in found(text)


def test_nobody_is_found_by_an_address(browse, client_record):
    browser = browse("reception")
    for name in ("people:clients", "people:search", "visits:find"):
        found = browser.get(reverse(name), {"q": "nobody at all"})
        assert found.status_code == 405 or b"nobody at all" not in found.content


def test_what_was_searched_for_stays_out_of_the_address(browse, client_record, owner):
    add(owner, "Ada")
    browser = browse("reception")
    found = browser.post(reverse("people:clients"), {"q": " größe "})
    assert found["Location"] == reverse("people:clients")
    page = browser.get(found["Location"]).content.decode()
    assert client_record.name in page and "Ada" not in page and "Show all" in page
    browser.post(reverse("people:clients"), {"q": ""})
    page = browser.get(found["Location"]).content.decode()
    assert client_record.name in page and "Ada" in page and "Show all" not in page
    fragment = browser.post(reverse("people:search"), {"q": "gro"}).content.decode()
    assert client_record.name in fragment and "<html" not in fragment


def title_of(browser, name, *ids):
    return browser.get(reverse(name, args=ids)).content.decode().partition("<title>")[2].partition("</title>")[0]


def test_a_title_says_the_page_and_never_a_name(browse, client_record):
    browser = browse("practitioner")
    said = [title_of(browser, way.name, client_record.pk) for way in RECORD_WAYS if way.name != "reports:data"]
    said.append(title_of(browser, "people:edit", client_record.pk))
    assert said[0] == "Record · Z. G. · Corneum" and len(set(said)) == len(said)
    assert not [one for one in said if "Zo" in one or "Größe" in one]


def test_a_list_goes_on_by_an_identifier_and_misses_nobody(browse, owner, monkeypatch):
    monkeypatch.setattr(views, "_PAGE", 2)
    made = [add(owner, name, born) for name in ("Ada", "Ben") for born in (date(1980, 1, 1), date(1980, 1, 1), BORN)]
    browser, address, seen = browse("reception"), reverse("people:clients"), []
    for _ in range(3):
        found = browser.get(address)
        seen += [one.pk for one in found.context["clients"]]
        more = found.context["more"]
        address = f"{reverse('people:clients')}?after={more}"
        assert more is None or isinstance(more, UUID)
    assert more is None and sorted(seen) == sorted(one.pk for one in made)
    for nonsense in ("Ada", "\0", "00000000-0000-0000-0000-000000000000"):
        assert browser.get(reverse("people:clients"), {"after": nonsense}).context["clients"][0].name == "Ada"


@pytest.mark.parametrize("text", ["\0", "zoe\0", "zoe@\0", "\x001980"])
def test_a_nul_is_never_asked_of_a_database(text, browse, client_record):
    asked = found(text).query
    assert asked.is_empty() or "\0" not in str(asked)
    assert browse("reception").post(reverse("people:search"), {"q": text}).status_code == 200


@pytest.mark.parametrize("text", ["", "a", "ada 1980"])
def test_the_list_and_the_search_use_an_index(text, db, owner):
    plan = following(found(text), add(owner, "Ada").pk)[:50].explain()
    assert "SCAN people_searchword" not in plan and ("SCAN people_client" not in plan or "USING" in plan)


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
