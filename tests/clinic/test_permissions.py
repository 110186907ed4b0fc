"""Every address for every role: the table says what opens, and the rest cannot be told from what does not exist."""

import re
from contextlib import closing
from functools import partial

import pytest
from django.core.checks import run_checks
from django.db import transaction
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from corneum.clinic.accounts.roles import Role
from corneum.clinic.intake import linking
from corneum.clinic.intake.models import Scope
from corneum.clinic.people import services as people
from corneum.clinic.project import checks
from corneum.clinic.project.checks import every_address_has_a_permission, view_names
from corneum.clinic.project.permissions import LINK, PERMISSIONS
from tests.clinic.conftest import NOW
from tests.clinic.desk import ids
from tests.clinic.intake_fixtures import ids as intake_ids
from tests.clinic.marks_fixtures import mark_ids
from tests.clinic.measured_fixtures import measured_ids
from tests.clinic.photos_fixtures import photo_ids
from tests.clinic.plans_fixtures import plan_ids
from tests.clinic.reports_fixtures import report_ids
from tests.clinic.rules_fixtures import rules_ids
from tests.clinic.treatments_fixtures import treatment_ids

ROLES = [None, *Role]
OPENED_BY_ADDRESS = {"visits:feed"}
"""A calendar program cannot hold a pass: the secret stands in the address itself."""
CLOSED_BY_NOBODY = {"intake:own_end"}
"""To put a pass away one needs none."""
NOT_OPEN = {404, 405}


def needs(name):
    """Return what an address needs to be made."""
    try:
        reverse(name)
    except NoReverseMatch as error:
        # The message names the pattern that it tried, with what it needs.
        return re.findall(r"\?P<(\w+)>", str(error))
    return []


def address(name, made):
    """Return an address with the ids of what there is."""
    return reverse(name, kwargs={key: made[key] for key in needs(name)})


@pytest.fixture
def made(client_record, owner):
    """One of each thing that an address can name."""
    return {
        "client_id": client_record.pk,
        "member_id": owner.pk,
        **ids(owner, client_record),
        **plan_ids(owner, client_record),
        **mark_ids(owner, client_record),
        **rules_ids(),
        **intake_ids(owner, client_record),
        **photo_ids(owner, client_record),
        **treatment_ids(owner, client_record),
        **report_ids(owner, client_record),
        **measured_ids(owner, client_record),
    }


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_an_address_opens_for_whom_the_table_says(role, browse, made):
    absent = browse(role).get("/clients/00000000-0000-0000-0000-000000000000/nothing/")
    told = {}
    for name, access in sorted(PERMISSIONS.items()):
        # What opening a page writes down, such as that it was read, is taken back before the next one.
        with transaction.atomic():
            found = browse(role).get(address(name, made))
            transaction.set_rollback(True)
        told[name] = mistake(name, access, role, found, absent)
    assert not {name: said for name, said in told.items() if said}


def mistake(name, access, role, found, absent):
    """Return what is wrong with an answer; nothing where it is as the table says."""
    place = found.headers.get("Location", "")
    if access is LINK:
        # Each asks for its link itself, and without one it is not there.
        right = {200} if name in OPENED_BY_ADDRESS else NOT_OPEN
        return "" if found.status_code in right else f"answers {found.status_code} without a link"
    if access.allows(role):
        sent_away = "/log-in/" in place and name not in ("language", "accounts:first_run")
        return f"answers {found.status_code} {place}" if sent_away or found.status_code not in (200, 302, 405) else ""
    if role is None:
        asked = found.status_code == 302 and place.startswith("/log-in/?next=")
        return "" if asked else f"answers {found.status_code} without a log-in"
    same = found.status_code == absent.status_code == 404 and main_of(found) == main_of(absent)
    return "" if same else f"answers {found.status_code}, which can be told from what does not exist"


OWN = sorted(name for name, access in PERMISSIONS.items() if access is LINK and name not in OPENED_BY_ADDRESS)
OF_A_CLIENT = sorted(
    name for name in PERMISSIONS if "client_id" in needs(name) and sum(key.endswith("_id") for key in needs(name)) > 1
)
"""Of one client, and of something that is this client's."""


@pytest.fixture
def stranger(owner):
    """Another client, of whom there is nothing."""
    return people.add_client(
        by=owner, fields={"name": "A Stranger", "called": "Stranger", "born": NOW.date().replace(year=1990)}, now=NOW
    )


FILLED = {"photos:use": {"purpose": "record"}}
"""What a form needs for its address to answer at all."""


def answers(browser, name, made):
    """Return how an address answers to being read and to a form, of which nothing stays."""
    found, path = set(), address(name, made)
    for ask in (browser.get, partial(browser.post, data=FILLED.get(name, {}))):
        with transaction.atomic(), closing(ask(path)) as answer:
            found.add(answer.status_code)
            transaction.set_rollback(True)
    return found


def own_browser(owner, client):
    """Return a browser that holds the pass of a link which opens everything to a client."""
    _, token = linking.make_link(by=owner, client=client, scopes=Scope.values, days=7, now=timezone.now())
    made = Browser()
    made.post(reverse("intake:open", args=[token]))
    return made


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_no_form_is_taken_without_a_link(role, browse, made):
    browser = browse(role)
    told = {name: answers(browser, name, made) for name in OWN if name not in CLOSED_BY_NOBODY}
    assert not {name: found for name, found in told.items() if found - NOT_OPEN}


def test_what_is_one_clients_is_not_there_under_another(browse, made, stranger):
    assert len(OF_A_CLIENT) > 40
    mixed = made | {"client_id": stranger.pk}
    told, seen = {}, set()
    for role in Role:
        browser = browse(role)
        for name in OF_A_CLIENT:
            found = answers(browser, name, mixed)
            if 404 not in found or found - NOT_OPEN:
                told[role, name] = found
            # It would be found under its own client, or this proves nothing.
            if name not in seen and answers(browser, name, made) - NOT_OPEN:
                seen.add(name)
    assert not told
    assert [name for name in OF_A_CLIENT if name not in seen] == []


def test_what_is_one_clients_is_not_there_behind_anothers_link(made, client_record, stranger, owner):
    theirs, mine = own_browser(owner, stranger), own_browser(owner, client_record)
    named = [name for name in OWN if any(key.endswith("_id") for key in needs(name))]
    assert len(named) >= 4
    told = {name: answers(theirs, name, made) for name in named}
    assert not {name: found for name, found in told.items() if 404 not in found or found - NOT_OPEN}
    assert not [name for name in named if 200 not in answers(mine, name, made)]


def test_a_page_behind_a_link_names_its_own_client_only(made, client_record, stranger, owner):
    browser = own_browser(owner, stranger)
    own = [name for name in OWN if not any(key.endswith(("_id", "token")) for key in needs(name))]
    pages = {name: browser.get(address(name, made)).content.decode(errors="replace") for name in own}
    assert "Hello Stranger" in pages["intake:own"]
    ids = [str(value) for key, value in made.items() if key.endswith("_id")]
    assert not {name for name, page in pages.items() if any(word in page for word in (client_record.name, *ids))}


def main_of(found):
    """Return what a page says, without the bar above it."""
    return found.content.partition(b"<main")[2]


def test_the_start_fails_where_an_address_has_no_row(monkeypatch):
    assert every_address_has_a_permission() == []
    monkeypatch.setattr(checks, "PERMISSIONS", {name: row for name, row in PERMISSIONS.items() if name != "home"})
    assert [error.id for error in every_address_has_a_permission()] == ["corneum.E001"]
    assert any(error.id == "corneum.E001" for error in run_checks())


def test_a_row_without_an_address_is_told(monkeypatch):
    monkeypatch.setattr(checks, "PERMISSIONS", {**PERMISSIONS, "people:vanished": PERMISSIONS["home"]})
    assert [error.id for error in every_address_has_a_permission()] == ["corneum.E002"]


def test_every_address_is_named():
    assert not [name for name in view_names() if "<" in name]


def test_someone_without_a_log_in_comes_back_to_where_they_were(browse, client_record):
    path = reverse("people:client", args=[client_record.pk])
    assert browse().get(path)["Location"] == f"/log-in/?next={path}"


def test_a_fragment_without_a_log_in_moves_the_whole_page(browse):
    found = browse().get(
        reverse("people:search"), headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/clients/"}
    )
    assert found["HX-Redirect"] == "/log-in/?next=/clients/"


@pytest.mark.parametrize("path", ["/clients/", "/log-in/"])
def test_pages_are_kept_out_of_caches_and_run_no_inline_script(path, browse):
    found = browse("owner").get(path)
    assert found["Cache-Control"] in ("no-store", "max-age=0, no-cache, no-store, must-revalidate, private")
    policy = found["Content-Security-Policy"]
    assert "script-src 'self'" in policy.split("; ") and "unsafe" not in policy
