import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.reports.figures.body import STATES, ZoneMark, body_drawing, legend, shown_views
from corneum.reports.figures.regions import VIEWS, mirrored
from corneum.skin import SITES

SITE = st.sampled_from(sorted(SITES))
MARKS = st.dictionaries(SITE, st.builds(ZoneMark, st.sampled_from(sorted(STATES)), st.just("7")), max_size=6)


def test_every_site_has_a_place_on_the_drawing():
    assert {region.site for view in VIEWS.values() for region in view.regions} == set(SITES)


@pytest.mark.parametrize("name", VIEWS)
def test_marks_stand_inside_their_view(name):
    view = VIEWS[name]
    for region in view.regions:
        x, y = region.anchor
        assert 0 < x < view.width and 0 < y < view.height, region.site


@given(MARKS)
def test_every_marked_site_is_shown_in_its_state_and_told(marks):
    drawing = body_drawing(marks, "n")
    tree = ET.fromstring(str(drawing.svg))
    seen = {}
    for group in tree.iter("g"):
        if "data-site" in group.attrib:
            seen.setdefault(group.get("data-site"), set()).add(group.get("class").split()[1])
    for site, mark in marks.items():
        assert seen[site] == {mark.state}
        assert SITES[site].title in tree.get("aria-label")
    others = {state for site, states in seen.items() if site not in marks for state in states}
    assert others <= {"not_asked"}


@given(MARKS)
def test_ids_begin_with_the_name_and_every_reference_has_its_target(marks):
    text = str(body_drawing(marks, "one").svg)
    tree = ET.fromstring(text)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) and all(id_.startswith("one-") for id_ in ids)
    assert {part.split(")")[0] for part in text.split("url(#")[1:]} <= set(ids)


def test_a_mark_on_the_face_needs_no_body_and_the_other_way_round():
    assert shown_views({"chin": ZoneMark("planned")}) == ("face", "profile")
    assert shown_views({"forearm": ZoneMark("stop")}) == ("front", "back")
    assert len(shown_views({"chin": ZoneMark("planned"), "forearm": ZoneMark("stop")})) == 4


def test_a_click_leads_to_the_zone_and_text_is_escaped():
    svg = str(body_drawing({"chin": ZoneMark("planned", "1", 'a <b> & "c"', "#zone-chin")}, "n").svg)
    assert ET.fromstring(svg).find(".//a").get("href") == "#zone-chin"
    assert "<b>" not in svg


def test_an_unknown_site_is_refused_with_the_list():
    with pytest.raises(KeyError, match=r"elbow.*forehead"):
        body_drawing({"elbow": ZoneMark("planned")}, "n")


def test_the_legend_names_what_occurs():
    words = [said for _, said in legend({"chin": ZoneMark("stop"), "nose": ZoneMark("planned")})]
    assert words == [STATES["planned"][1], STATES["stop"][1]]


@given(st.sampled_from([path for view in VIEWS.values() for region in view.regions for path in region.paths]))
def test_mirroring_twice_gives_the_path_back(path):
    once = mirrored(path, 90)
    assert mirrored(mirrored(once, 90), 90) == once
    assert mirrored(once, 90).replace(" ", "") == path.replace(" ", "")
