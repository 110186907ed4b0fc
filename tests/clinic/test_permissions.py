"""Every address for every role: the table says what opens, and the rest cannot be told from what does not exist."""

import re

import pytest
from django.core.checks import run_checks
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from corneum.clinic.accounts.roles import Role
from corneum.clinic.project import checks
from corneum.clinic.project.checks import every_address_has_a_permission, view_names
from corneum.clinic.project.permissions import LINK, PERMISSIONS
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


def address(name, made):
    """Return an address with the ids of what there is."""
    try:
        return reverse(name)
    except NoReverseMatch as error:
        # The message names the pattern that it tried, with what it needs.
        return reverse(name, kwargs={key: made[key] for key in re.findall(r"\?P<(\w+)>", str(error))})


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
        return "" if found.status_code in (200, 404, 405) else f"answers {found.status_code} without a link"
    if access.allows(role):
        sent_away = "/log-in/" in place and name not in ("language", "accounts:first_run")
        return f"answers {found.status_code} {place}" if sent_away or found.status_code not in (200, 302, 405) else ""
    if role is None:
        asked = found.status_code == 302 and place.startswith("/log-in/?next=")
        return "" if asked else f"answers {found.status_code} without a log-in"
    same = found.status_code == absent.status_code == 404 and main_of(found) == main_of(absent)
    return "" if same else f"answers {found.status_code}, which can be told from what does not exist"


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
    assert "script-src 'self';" in policy and "unsafe" not in policy
