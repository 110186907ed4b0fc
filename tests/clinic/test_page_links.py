"""No page shows a link that its reader may not open."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve, reverse

from corneum.clinic.intake.inbox import plan_check_ins
from corneum.clinic.project.permissions import PERMISSIONS
from tests.clinic.conftest import NOW

OF_CLIENT = ("people:client", "consent:client", "intake:links", "visits:of_client")
OF_CLINIC = ("visits:today", "visits:recalls", "people:clients")


def dead(page, role):
    """Return the names of addresses on a page that a role may not open."""
    paths = {urlsplit(found).path for found in re.findall(r'(?:href|action)="(/[^"]*)"', page)}
    names = set()
    for path in paths:
        try:
            names.add(resolve(path).view_name)
        except Resolver404:
            continue
    return {name for name in names if name in PERMISSIONS and not PERMISSIONS[name].allows(role)}


@pytest.mark.parametrize("role", ["reception", "practitioner"])
def test_a_page_leads_only_where_its_reader_may_go(role, browse, client_record, owner):
    plan_check_ins(by=owner, client=client_record, treated=NOW.date(), now=NOW)
    browser = browse(role)
    pages = [reverse(name, args=[client_record.pk]) for name in OF_CLIENT] + [reverse(name) for name in OF_CLINIC]
    found = {path: dead(browser.get(path).content.decode(), role) for path in pages}
    assert not {path: names for path, names in found.items() if names}


def test_who_may_sees_the_links(browse, client_record, owner):
    made = plan_check_ins(by=owner, client=client_record, treated=NOW.date(), now=NOW)[0]
    for role, there in (("practitioner", True), ("reception", False)):
        sheets = browse(role).get(reverse("consent:client", args=[client_record.pk])).content.decode()
        home = browse(role).get(reverse("intake:links", args=[client_record.pk])).content.decode()
        check_in = reverse("intake:check_in", args=[client_record.pk, made.pk])
        assert ("Read and sign" in sheets, check_in in home) == (there, there)
        assert "Day 1 after" in home
