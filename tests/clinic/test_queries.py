"""How many queries each page asks: a golden file, and the same numbers whether there are 3 clients or 300.

After a change that is meant: ``CORNEUM_WRITE_QUERIES=1 pytest tests/clinic/test_queries.py``, and look at what changed.
"""

import json
import os
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.clinic_data import fill
from corneum.clinic.accounts.roles import Role
from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.project.demonstration import house
from corneum.clinic.treatments.models import Session
from corneum.clinic.treatments.translate import as_planned
from tests.clinic.plans_fixtures import ANSWERS, make_plan
from tests.clinic.treatments_fixtures import approved_plan

GOLDEN = Path(__file__).with_name("queries.json")
FEW, MANY = 3, 300
OF_CLINIC = [
    "visits:today",
    "visits:calendar",
    "visits:recalls",
    "visits:book",
    "visits:treated",
    "people:clients",
    "people:search",
    "intake:inbox",
    "stock:lots",
    "stock:rooms",
    "stock:devices",
    "stock:prices",
    "accounts:staff",
    "audit:events",
    "consent:texts",
    "photos:review",
    "rules:rules",
    "reports:outcomes",
    "reports:clinic",
]
OF_CLIENT = [
    "people:client",
    "visits:of_client",
    "intake:client",
    "intake:verdict",
    "intake:links",
    "photos:client",
    "photos:camera",
    "measured:compare",
    "measured:trend",
    "measured:ratings",
    "marks:client",
    "plans:versions",
    "plans:new",
    "plans:plan",
    "plans:what_if",
    "consent:client",
    "treatments:day",
    "treatments:session",
    "treatments:course",
    "reports:result",
    "reports:data",
]
PAGES = (*OF_CLINIC, *OF_CLIENT)
ASKED = {"plans:what_if": "?zone=cheek"}
SENT = {"people:search": {"q": "Ada"}}
"""What somebody types to find a client comes by a form, never by an address."""


def real_rows(by):
    """Return what a client with a long record has, as `bench.clinic_data.fill` takes it."""
    from tests.clinic.conftest import NOW, people

    client = people.add_client(by=by, fields={"name": "A Model", "born": NOW.date().replace(year=1980)}, now=NOW)
    version = make_plan(by, client)
    whole = {"plan": version.plan, "request": version.request}
    kept = approved_plan(client, by, number=2)
    planned = as_planned(kept)
    PlanVersion.objects.filter(client=client).delete()
    client.delete()
    done = {
        planned[0]["zone"]: {
            "label": "x",
            "settings": {},
            "passes": 2,
            "bled": False,
            "end_point": "light",
            "comfort": 2,
            "reactions": [],
            "seconds": 90,
        }
    }
    return whole | {"planned": planned, "done": done, "answers": dict(ANSWERS)}


def counted(browser, made):
    """Return the number of queries of each page."""
    shown = made.shown[0]
    ids = {
        "client_id": shown,
        "plan_id": PlanVersion.objects.get(client_id=shown).pk,
        "session_id": Session.objects.filter(client_id=shown).earliest("number").pk,
    }
    browser.post(reverse("people:clients"), {"q": "a"})
    found = {}
    for page in PAGES:
        names = ("client_id",) if page in OF_CLIENT else ()
        names += {"plans:plan": ("plan_id",), "plans:what_if": ("plan_id",), "treatments:session": ("session_id",)}.get(
            page, ()
        )
        address = reverse(page, kwargs={name: ids[name] for name in names}) + ASKED.get(page, "")
        ask = partial(browser.post, address, SENT[page]) if page in SENT else partial(browser.get, address)
        ask()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = ask()
        assert answer.status_code == 200, (page, answer.status_code)
        found[page] = len(asked)
    return found


@pytest.fixture
def count(db, django_user_model):
    def counting(clients):
        from django.test import Client as Browser

        now = timezone.now()
        staff = house.set_up("abcd-efgh-jkmn-pqrs", now - timedelta(days=400)).staff
        made = fill(clients, real_rows(staff[Role.OWNER]), now=now, shown=1)
        browser = Browser()
        browser.force_login(staff[Role.OWNER], backend="django.contrib.auth.backends.ModelBackend")
        return counted(browser, made)

    return counting


@pytest.mark.parametrize("clients", [FEW, MANY])
def test_a_page_asks_as_often_as_the_golden_file_says_however_many_clients(count, clients):
    found = count(clients)
    if os.environ.get("CORNEUM_WRITE_QUERIES") and clients == FEW:
        GOLDEN.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    if clients == MANY:
        # A page may ask less where none of the newest events is about the staff; it never asks more.
        found = {page: max(asked, golden[page]) for page, asked in found.items()}
    assert found == golden
