"""No page shows a link that its reader may not open, and no link of a page leads nowhere."""

import html
import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve, reverse

from corneum.clinic.accounts.roles import Role
from corneum.clinic.intake.inbox import plan_check_ins
from corneum.clinic.project.permissions import PERMISSIONS
from tests.clinic import test_permissions
from tests.clinic.conftest import NOW

made = test_permissions.made
OF_A_KIND = 2
"""At most so many pages of a kind are opened: the calendar alone has no end."""
LINKS = re.compile(r'(?:href|src|hx-get)="([^"#][^"]*)"')
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


def crawled(browser, role):
    """Return the links that lead nowhere, each with the page that shows it, and the kinds of pages that were opened."""
    waiting, known, opened, faults = deque([("the start", "/")]), {"/"}, Counter(), set()
    while waiting:
        page, path = waiting.popleft()
        try:
            kind = resolve(urlsplit(path).path).view_name
        except Resolver404:
            faults.add((page, path, "is no address"))
            continue
        opened[kind] += 1
        if opened[kind] > OF_A_KIND:
            continue
        answer = browser.get(path)
        if answer.status_code >= 400:
            faults.add((page, path, answer.status_code))
            continue
        if answer.has_header("Location"):
            found = [answer["Location"]]
        elif answer["Content-Type"].startswith("text/html"):
            said = answer.content.decode()
            faults |= {(kind, name, "does not open") for name in dead(said, role)}
            found = [html.unescape(link) for link in LINKS.findall(said)]
        else:
            continue
        paths = {urljoin(path, link).partition("#")[0] for link in found if not urlsplit(link).scheme}
        new = {one for one in paths if not one.startswith("/static/")} - known
        known |= new
        waiting.extend((kind, one) for one in sorted(new))
    return faults, set(opened)


@pytest.mark.parametrize("role", Role)
def test_no_link_of_any_page_leads_nowhere(role, browse, made):
    faults, opened = crawled(browse(role), role)
    assert not faults
    assert len(opened) >= (3 if role == Role.AUDITOR else 20)
