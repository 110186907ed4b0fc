"""The client's version of a plan stands in a window of its own, from which no way leads into the record."""

import re

import pytest
from django.urls import reverse

from corneum.clinic.plans import services
from corneum.clinic.plans.models import State
from tests.clinic.conftest import NOW
from tests.clinic.plans_fixtures import few_skins, make_plan


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    few_skins(monkeypatch)


def test_it_opens_in_its_own_window_and_leads_nowhere(browse, owner, client_record):
    made = make_plan(owner, client_record)
    browser, args = browse("practitioner"), [client_record.pk, made.pk]
    page = browser.get(reverse("plans:plan", args=args)).content.decode()
    form = page[page.index(reverse("plans:show", args=args)) :].partition("</form>")[0]
    assert 'target="corneum-client"' in form
    assert f'data-second-screen="{made.pk}" hidden' in page
    shown = browser.get(reverse("plans:shown", args=args)).content.decode()
    assert f'data-plan="{made.pk}"' in shown and "<nav" not in shown and "<form" not in shown
    assert {one for one in re.findall(r'<a[^>]*href="([^"]*)"', shown) if not one.startswith("#")} <= external(shown)


def external(text):
    """Return the addresses of sources, which leave the clinic."""
    return {one for one in re.findall(r'href="([^"]*)"', text) if one.startswith("https://")}


def test_a_version_that_was_replaced_meanwhile_says_so_without_a_way_back(browse, owner, client_record):
    made = make_plan(owner, client_record, state=State.REPLACED)
    found = browse("practitioner").post(reverse("plans:show", args=[client_record.pk, made.pk]))
    text = found.content.decode()
    assert found.status_code == 409 and "no longer shown" in text and "<a " not in text and "<nav" not in text
    with pytest.raises(services.NotWaiting):
        services.show(by=owner, version=made, now=NOW)
