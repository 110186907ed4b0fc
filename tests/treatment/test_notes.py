"""What a reader must know beside the numbers."""

import pytest

from corneum.evidence import load_evidence
from corneum.treatment import simulate
from corneum.treatment.notes import protocol_notes
from tests.treatment.builders import protocol

BOOK = load_evidence()
PLAIN = {
    "device": '"crystal-pressure"',
    "speed": '"20 mm/s"',
    "passes": 2,
    "settings": '{ vacuum = "9 kPa", flow = "15 g/min", grain = "100 um", opening = "5 mm", drive = "100 kPa" }',
}


def notes(*steps, **tables):
    return protocol_notes(protocol(*steps, **({"skin": {"age": '"40 y"'}} | tables)), BOOK)


def told(key):
    rule = BOOK.rule(key)
    return f"(rule {key}; {', '.join(rule.rows)})"


def test_a_protocol_with_everything_given_and_nothing_unusual_needs_no_note():
    assert notes(PLAIN) == ()


@pytest.mark.parametrize(
    ("days", "rule"),
    [
        (3, "treatment.interval.refuse"),
        (6.99, "treatment.interval.refuse"),
        (7, "treatment.interval.warn"),
        (9.9, "treatment.interval.warn"),
        (10, None),
        (14, None),
    ],
)
def test_short_intervals_are_noted_with_their_rule(days, rule):
    found = notes(PLAIN, course={"sessions": 2, "interval": f'"{days} d"'})
    if rule is None:
        assert found == ()
    else:
        (note,) = found
        assert told(rule) in note
        assert f"Interval of {days:g} d is below {BOOK.rule(rule).value:g} d" in note


def test_one_session_has_no_interval():
    assert notes(PLAIN, course={"sessions": 1, "interval": '"1 d"'}) == ()


@pytest.mark.parametrize(("passes", "noted"), [(4, False), (5, True)])
def test_passes_over_the_cap_are_noted(passes, noted):
    found = notes(PLAIN | {"passes": passes})
    assert bool(found) is noted
    if noted:
        assert f"{passes} passes are over 4" in found[0] and told("treatment.passes.cap") in found[0]


def test_tape_has_no_cap_of_passes():
    assert notes({"device": '"tape"', "passes": 20, "settings": '{ count = "1 strips" }'}) == ()


def test_a_tip_that_stands_still_is_noted_but_not_under_a_mask():
    held = {key: value for key, value in PLAIN.items() if key != "speed"} | {"hold": '"3 s"'}
    (note,) = notes(held)
    assert "the tip stands still for 3 s" in note and told("treatment.stationary") in note
    assert notes(held | {"mask_hole": '"250 um"', "mask_spacing": '"500 um"'}) == ()


def test_a_doubtful_vacuum_is_noted_as_printed():
    (note,) = notes(PLAIN | {"settings": PLAIN["settings"].replace("9 kPa", "30 mmHg")})
    assert note.startswith("cheek: 30 mmHg is 4.0 kPa")
    assert "kept as printed" in note


def test_what_was_not_given_is_noted():
    (note,) = notes({"speed": '"20 mm/s"', "passes": 2, "settings": '{ vacuum = "9 kPa" }'})
    assert note == "cheek: not given and therefore sampled from assumed ranges: flow, grain, opening."


def test_what_was_taken_by_default_is_noted():
    bare = {
        "passes": None,
        "area": None,
        "speed": '"20 mm/s"',
        "settings": PLAIN["settings"].replace(', drive = "100 kPa"', ""),
    }
    (note,) = notes(bare, skin={})
    assert note == "Not given and taken by default: age 40 y, 1 pass (cheek), area 25 cm2 (cheek)."


@pytest.mark.parametrize(
    ("step", "rule"),
    [
        (PLAIN | {"settings": PLAIN["settings"].replace("9 kPa", "10 kPa")}, "treatment.vacuum.ceiling"),
        ({"device": '"diamond"', "passes": 2, "settings": '{ vacuum = "13 inHg" }'}, "treatment.vacuum.diamond"),
        ({"device": '"diamond"', "passes": 2, "settings": '{ grit = "125 um" }'}, "treatment.coarse_diamond"),
        ({"device": '"diamond"', "passes": 3, "zone": '"periorbital"'}, "treatment.passes.eyes"),
        ({"device": '"diamond"', "passes": 1, "zone": '"periorbital"'}, "treatment.eyes"),
    ],
)
def test_settings_that_a_rule_speaks_of_are_noted(step, rule):
    assert any(told(rule) in note for note in notes(step))


def test_settings_within_their_rules_are_not_noted():
    found = notes({"device": '"diamond"', "passes": 2, "settings": '{ vacuum = "12 inHg", grit = "124 um" }'})
    assert not any("treatment.vacuum" in note or "coarse" in note for note in found)


def test_a_course_longer_than_any_that_was_read_is_noted():
    assert any(told("treatment.course.most") in note for note in notes(PLAIN, course={"sessions": 17}))


def test_an_unknown_speed_is_noted_for_crystals():
    without = {key: value for key, value in PLAIN.items() if key != "speed"}
    assert any("speed of the handpiece is not given" in note for note in notes(without))


def test_the_same_note_is_told_once():
    assert len(notes(PLAIN | {"passes": 5}, PLAIN | {"passes": 5})) == 1


def zone_notes(*steps, samples=30, **tables):
    return " ".join(simulate(protocol(*steps, **tables), samples=samples).zones[0].notes)


def test_bleeding_is_noted_where_the_junction_is_passed():
    rough = {"hold": '"8 s"', "settings": '{ vacuum = "80 kPa", flow = "60 g/min" }'}
    assert "pinpoint bleeding" in zone_notes(rough)
    assert "treatment.end_point" in BOOK.rules, "the rule that the note names"
    assert "pinpoint bleeding" not in zone_notes({"device": '"vacuum"'})


def test_blisters_are_noted_where_a_tip_stands_still_too_long():
    assert "micro-blisters are expected" in zone_notes({"hold": '"30 s"'})
    assert "micro-blisters are expected" not in zone_notes({"hold": '"0.01 s"', "settings": '{ vacuum = "1 kPa" }'})


@pytest.mark.parametrize(("phototype", "noted"), [("III", False), ("IV", True), ("VI", True)])
def test_pigment_is_a_risk_to_watch_from_phototype_four(phototype, noted):
    told_ = zone_notes({"device": '"diamond"'}, samples=5, skin={"phototype": f'"{phototype}"'})
    assert ("Phototype IV to VI" in told_) is noted


def test_pigment_is_not_flagged_where_nobody_asked():
    assert "Phototype IV to VI" not in zone_notes({"device": '"diamond"'}, samples=5)


def test_a_series_too_close_is_noted_where_it_meets_thin_skin():
    strong = PLAIN | {"passes": 2}
    close = zone_notes(strong, course={"sessions": 3, "interval": '"1 d"', "follow_up": '"2 d"'})
    far = zone_notes(strong, course={"sessions": 3, "interval": '"60 d"', "follow_up": '"2 d"'})
    assert "has not grown back" in close
    assert "has not grown back" not in far
