"""Every address for every role: the table says what opens, and the rest cannot be told from what does not exist."""

import re

import pytest
from django.core.checks import run_checks
from django.urls import NoReverseMatch, reverse

from corneum.clinic.accounts.roles import Role
from corneum.clinic.project import checks
from corneum.clinic.project.checks import every_address_has_a_permission, view_names
from corneum.clinic.project.permissions import LINK, PERMISSIONS
from tests.clinic.desk import ids
from tests.clinic.intake_fixtures import ids as intake_ids
from tests.clinic.plans_fixtures import plan_ids
from tests.clinic.treatments_fixtures import treatment_ids

ROLES = [None, *Role]


def address(name, made):
    """Return an address with the ids of what there is."""
    try:
        return reverse(name)
    except NoReverseMatch as error:
        # The message names the pattern that it tried, with what it needs.
        return reverse(name, kwargs={key: made[key] for key in re.findall(r"\?P<(\w+)>", str(error))})


@pytest.mark.parametrize("role", ROLES, ids=str)
@pytest.mark.parametrize("name", sorted(PERMISSIONS))
def test_an_address_opens_for_whom_the_table_says(name, role, browse, client_record, owner):
    path = address(
        name,
        {
            "client_id": client_record.pk,
            "member_id": owner.pk,
            **ids(owner, client_record),
            **plan_ids(owner, client_record),
            **intake_ids(owner, client_record),
            **treatment_ids(owner, client_record),
        },
    )
    found = browse(role).get(path)
    access = PERMISSIONS[name]
    if access is LINK:
        # Each asks for its link itself, and without one it is not there.
        assert found.status_code in (200, 404, 405), path
    elif access.allows(role):
        assert found.status_code in (200, 302, 405), path
        assert "/log-in/" not in found.headers.get("Location", "") or name in ("language", "accounts:first_run")
    elif role is None:
        assert found.status_code == 302 and found["Location"].startswith("/log-in/?next=")
    else:
        absent = browse(role).get("/clients/00000000-0000-0000-0000-000000000000/nothing/")
        assert found.status_code == absent.status_code == 404
        assert found.content.partition(b"<main")[2] == absent.content.partition(b"<main")[2]


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
