"""Every number of a plan names the rows that it rests on, and each of these rows exists."""

from itertools import product

import pytest
from django.urls import reverse

from corneum.clinic.plans.present import grounds, looked, page
from corneum.clinic.plans.present.grounds import GROUNDS, keys_of
from corneum.clinic.plans.translate import desk_of, plan_of
from corneum.clinic.ui.told import rows_of
from corneum.devices import DEVICES
from corneum.evidence import load_evidence
from corneum.skin import SITES
from tests.clinic.plans_fixtures import few_skins, make_plan

CRYSTAL = ("crystal-venturi", "crystal-pressure", "home-crystal")
DIAMOND = ("diamond", "home-diamond")
DEVICES_OF = {"set.flow": CRYSTAL, "set.grit": DIAMOND}
BARE = frozenset({"wanted", "cost.clinic", "cost.quoted"})
"""Numbers whose row the plan names itself, and a price."""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    few_skins(monkeypatch)


@pytest.mark.parametrize("name", sorted(GROUNDS))
def test_each_row_behind_a_number_exists(name):
    book = load_evidence()
    for site, device in product(SITES, DEVICES_OF.get(name, (*CRYSTAL, *DIAMOND))):
        assert device in DEVICES
        missing = [key for key in keys_of(name, site, device) if key not in book.numbers and key not in book.rules]
        assert not missing
    assert keys_of(name, "cheek", "diamond") or name in BARE


def test_a_row_that_does_not_exist_is_found(monkeypatch):
    monkeypatch.setitem(GROUNDS, "depth", grounds.Ground("", ("skin.moon.corneum_um",)))
    with pytest.raises(AssertionError):
        test_each_row_behind_a_number_exists("depth")


def test_every_number_of_a_plan_and_of_a_look_says_where_its_error_comes_from(owner, client_record):
    version = make_plan(owner, client_record)
    plan = plan_of(version)
    card = page.zone_cards(plan)[0]
    look = desk_of(version).at("cheek")
    every = [*card.settings, *card.facts, *card.limits, *(one.source for one in looked.pairs(look, look, plan))]
    every += [part for row in page.face_rows(plan) for part in (row.share, row.depth)]
    assert len(every) > 20 and all(str(one.why) and one.rows for one in every)
    used = set(plan.origin.rows_used)
    first = [one.key for one in plan.zone("cheek").influences if one.key in used][:3]
    depth = next(one for one in card.facts if one.key == "depth")
    assert first and all(key in row for key, row in zip(first, depth.rows, strict=False))


def test_rows_are_shown_with_their_citation_and_strangers_are_left_out():
    found = rows_of(("abrasion.friction_coefficient", "no.such.row", "treatment.passes.cap"))
    assert len(found) == 2 and "<cite" in found[0] and "ABS C" in found[0]


def test_the_pages_show_source_and_error_on_tap(browse, owner, client_record):
    made = make_plan(owner, client_record)
    browser, args = browse("practitioner"), [client_record.pk, made.pk]
    text = browser.get(reverse("plans:plan", args=args)).content.decode()
    assert text.count('class="tap"') > 12 and "sampled skins" in text and "<cite" in text
    tried = browser.get(reverse("plans:what_if", args=args), headers={"HX-Request": "1"}).content.decode()
    assert tried.count('class="tap"') == 8
