"""Protocol files: what is understood, and one message per mistake, with its place and what is allowed."""

from pathlib import Path

import pytest

from corneum.evidence import load_evidence
from corneum.treatment import ProtocolError, RefusedError, parse_protocol, read_protocol
from corneum.units import Quantity
from tests.treatment.builders import protocol, text

EXAMPLES = [
    path for path in sorted((Path(__file__).parents[2] / "examples").glob("*.toml")) if "[[step]]" in path.read_text()
]


def mistakes(*steps, **tables):
    """Return what is said of a protocol with mistakes, and check that it is no mere refusal."""
    with pytest.raises(ProtocolError) as caught:
        parse_protocol(text(*steps, **tables))
    assert not isinstance(caught.value, RefusedError)
    assert str(caught.value) == "\n".join(caught.value.mistakes)
    assert all(message.startswith("protocol: ") for message in caught.value.mistakes)
    return caught.value.mistakes


def refusals(*steps, **tables):
    with pytest.raises(RefusedError) as caught:
        parse_protocol(text(*steps, **tables))
    return caught.value.mistakes


def only(found):
    (message,) = found
    return message


# What is understood


def test_enough_examples_are_shipped():
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_read_and_cites_known_sources(path):
    found = read_protocol(path)
    assert found.text == path.read_text(encoding="utf-8")
    assert found.cites and set(found.cites) <= set(load_evidence().sources)
    assert len(found.title) > 10 and len(found.about) > 50


def test_settings_stay_as_they_were_printed():
    found = protocol({"settings": '{ vacuum = "30 mmHg", flow = "0.2 g/s" }'})
    given_ = found.steps[0].application.settings.given
    assert given_["vacuum_kpa"].quantity == Quantity(30, "mmHg")
    assert given_["flow_g_min"].quantity == Quantity(0.2, "g/s")


def test_a_short_protocol_has_stated_defaults():
    found = parse_protocol('title = "Short"\n[[step]]\nzone = "cheek"\ndevice = "diamond"\n')
    assert (found.sessions, found.interval_d, found.follow_up_d) == (1, 14.0, 28.0)
    assert (found.person.age_y, found.person.sex, found.person.phototype) == (40, "unstated", None)
    assert found.session_days == (0.0,)
    plan = found.steps[0].application.plan
    assert plan.width_mm == plan.height_mm == 50
    assert not plan.speed_known and not plan.overlap_known
    assert found.steps[0].pitch_um == 50


def test_units_are_converted_at_the_door():
    found = protocol(
        {
            "area": '"4 cm2"',
            "speed": '"2 cm/s"',
            "overlap": '"30 %"',
            "mask_hole": '"0.25 mm"',
            "mask_spacing": '"0.5 mm"',
        },
        course={"sessions": 3, "interval": '"2 wk"', "follow_up": '"48 h"'},
        room={"humidity": '"45 %"', "temperature": '"23 degC"'},
        skin={"age": 52, "phototype": '"IV"', "sex": '"male"', "stripped": 0.2, "last_session": '"1 wk"'},
    )
    plan = found.steps[0].application.plan
    assert (plan.width_mm, plan.speed_mm_s, plan.overlap_share) == (20, 20, pytest.approx(0.3))
    assert plan.speed_known and plan.overlap_known
    assert found.steps[0].application.mask.hole_um == pytest.approx(250)
    assert found.steps[0].application.mask.spacing_um == pytest.approx(500)
    assert found.session_days == (0, 14, 28)
    assert found.follow_up_d == pytest.approx(2)
    assert (found.air.humidity_share, found.air.temperature_degc) == (pytest.approx(0.45), 23)
    assert (found.person.age_y, found.stripped_share, found.rest_d) == (52, 0.2, 7)


def test_a_limit_in_another_unit_is_still_inside():
    plan = protocol({"area": '"2000 cm2"', "settings": '{ grain = "0.25 mm" }'}).steps[0].application.plan
    assert plan.width_mm == pytest.approx(447.2, rel=1e-3)


def test_a_tip_that_is_held_stands_still():
    plan = protocol({"hold": '"20 s"'}).steps[0].application.plan
    assert plan.stationary and plan.dwell_s == 20


def test_holes_of_a_mask_stand_two_diameters_apart_unless_told():
    mask = protocol({"mask_hole": '"250 um"'}).steps[0].application.mask
    assert (mask.hole_um, mask.spacing_um) == (250, 500)


def test_steps_on_one_site_count_as_one_site():
    found = protocol({}, {"zone": '"Volar-Forearm"'}, {"zone": '"Cheek"', "device": '"diamond"'})
    assert found.sites == ("cheek", "forearm")


# What is refused


def test_a_file_that_is_not_there(tmp_path):
    path = tmp_path / "none.toml"
    with pytest.raises(ProtocolError, match="cannot be read") as caught:
        read_protocol(path)
    assert str(path) in str(caught.value)


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(ProtocolError, match="cannot be read"):
        read_protocol(tmp_path)


def test_a_file_that_is_not_utf_8(tmp_path):
    path = tmp_path / "latin.toml"
    path.write_bytes('title = "Gerät"'.encode("latin-1"))
    with pytest.raises(ProtocolError, match=r"latin\.toml: cannot be read: it is not UTF-8 text"):
        read_protocol(path)


def test_broken_toml_is_told_with_its_line(tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text('title = "x"\n[[step\n', encoding="utf-8")
    with pytest.raises(ProtocolError, match=r"broken\.toml: not valid TOML.*line 2"):
        read_protocol(path)


def test_the_name_of_the_file_stands_before_every_mistake(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(text({"zone": '"moon"'}, skin={"age": 500}), encoding="utf-8")
    with pytest.raises(ProtocolError) as caught:
        read_protocol(path)
    assert len(caught.value.mistakes) == 2
    assert all(message.startswith("mine.toml: ") for message in caught.value.mistakes)


@pytest.mark.parametrize("content", ["", 'title = "Without a step"', 'title = "Empty"\nstep = []', "step = 3"])
def test_a_protocol_without_a_step(content):
    with pytest.raises(ProtocolError, match=r"at least one \[\[step\]\] is needed"):
        parse_protocol(content)


def test_a_protocol_without_a_title():
    with pytest.raises(ProtocolError, match="protocol: title: missing"):
        parse_protocol(text().split("\n", 1)[1])


@pytest.mark.parametrize(
    ("steps", "tables", "place", "near"),
    [
        ([{"pases": 2}], {}, "step 1 (cheek): pases", "'passes'"),
        ([{}, {"hole": '"3 s"'}], {}, "step 2 (cheek): hole", "'hold'"),
        ([{}], {"skin": {"agee": 40}}, "skin: agee", "'age'"),
        ([{}], {"course": {"session": 3}}, "course: session", "'sessions'"),
        ([{}], {"room": {"humidty": 0.4}}, "room: humidty", "'humidity'"),
        ([{}], {"rooms": {"humidity": 0.4}}, "rooms", "'room'"),
    ],
)
def test_an_unknown_key_is_told_with_its_place_and_the_nearest_one(steps, tables, place, near):
    message = only(mistakes(*steps, **tables))
    assert message == f"protocol: {place}: unknown key; did you mean {near}?"


def test_an_unknown_key_like_no_other_is_told_with_the_known_ones():
    message = only(mistakes(skin={"qqq": 1}))
    assert "unknown key" in message and "age" in message and "phototype" in message


def test_an_unknown_setting_is_told_with_a_hint():
    message = only(mistakes({"settings": '{ vaccum = "30 kPa" }'}))
    assert "step 1 (cheek): vaccum: crystal-venturi has no such setting" in message
    assert message.endswith("did you mean 'vacuum'?")


def test_an_unknown_device_is_told_with_a_hint():
    message = only(mistakes({"device": '"crystal-ventury"'}))
    assert "step 1 (cheek): unknown device 'crystal-ventury'; did you mean 'crystal-venturi'?" in message


def test_an_unknown_zone_is_told_with_a_hint():
    message = only(mistakes({"zone": '"cheeck"'}))
    assert "step 1 (cheeck): unknown site 'cheeck'. Did you mean cheek" in message


def test_an_unknown_source_is_told():
    with pytest.raises(ProtocolError, match="cite: no evidence source has the key 'nobody_1900'"):
        parse_protocol('cite = ["nobody_1900"]\n' + text())


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("speed", '"20 kPa"', "kPa is a pressure, mm/s is a speed"),
        ("area", '"3 mm"', "mm is a length, mm2 is a"),
        ("hold", '"3 um"', "um is a length, s is a time"),
        ("pitch", '"50 s"', "s is a time, um is a length"),
        ("settings", '{ flow = "10 kPa" }', "kPa is a pressure, g/min is a mass flow"),
        ("settings", '{ vacuum = "30 mHg" }', "unknown unit 'mHg'"),
        ("area", '"3 cm3"', "unknown unit 'cm3'"),
        ("settings", '{ vacuum = "0x1F kPa" }', "unknown unit 'x1F kPa'"),
    ],
)
def test_a_wrong_unit_is_told(key, value, says):
    message = only(mistakes({key: value}))
    assert message.startswith("protocol: step 1 (cheek): ")
    assert says in message


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("speed", "20"),
        ("speed", '"20"'),
        ("area", "3.5"),
        ("pitch", '"50"'),
        ("settings", "{ vacuum = 30 }"),
        ("settings", '{ vacuum = "30" }'),
        ("settings", '{ vacuum = "-30" }'),
        ("hold", "true"),
    ],
)
def test_a_missing_unit_is_told(key, value):
    assert "has no unit; write" in only(mistakes({key: value}))


@pytest.mark.parametrize("value", ['"nan kPa"', '"kPa"', '"thirty kPa"', '""', '"inf kPa"', '"1e400 kPa"', '"- kPa"'])
def test_what_is_not_a_finite_number_is_told(value):
    message = only(mistakes({"settings": f"{{ vacuum = {value} }}"}))
    assert "is not a number with a unit" in message or "is not a finite number" in message


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e400"])
def test_plain_numbers_must_be_finite_too(value):
    for tables in ({"skin": {"age": value}}, {"skin": {"stripped": value}}, {"room": {"humidity": value}}):
        assert len(mistakes(**tables)) == 1
    assert "overlap" in only(mistakes({"overlap": value}))


@pytest.mark.parametrize(
    ("steps", "tables", "place"),
    [
        ([{}], {"skin": {"age": 0}}, "skin: age"),
        ([{}], {"skin": {"age": '"130 y"'}}, "skin: age"),
        ([{}], {"skin": {"sex": '"woman"'}}, "skin: sex"),
        ([{}], {"skin": {"phototype": '"VII"'}}, "skin: phototype"),
        ([{}], {"skin": {"phototype": "3"}}, "skin: phototype"),
        ([{}], {"skin": {"monk_tone": 11}}, "skin: monk_tone"),
        ([{}], {"skin": {"stripped": 1.0}}, "skin: stripped"),
        ([{}], {"skin": {"stripped": -0.1}}, "skin: stripped"),
        ([{}], {"skin": {"last_session": '"-1 d"'}}, "skin: last_session"),
        ([{}], {"room": {"humidity": 45}}, "room: humidity_share"),
        ([{}], {"room": {"temperature": '"60 degC"'}}, "room: temperature_degc"),
        ([{}], {"course": {"sessions": 0}}, "course: sessions"),
        ([{}], {"course": {"sessions": 61}}, "course: sessions"),
        ([{}], {"course": {"sessions": 1.5}}, "course: sessions"),
        ([{}], {"course": {"interval": '"0 d"'}}, "course: interval"),
        ([{}], {"course": {"follow_up": '"10 y"'}}, "course: follow_up"),
        ([{"passes": 0}], {}, "step 1 (cheek): passes"),
        ([{"passes": 101}], {}, "step 1 (cheek): passes"),
        ([{"speed": '"0 mm/s"'}], {}, "step 1 (cheek): speed"),
        ([{"hold": '"0 s"'}], {}, "step 1 (cheek): hold"),
        ([{"area": '"0 cm2"'}], {}, "step 1 (cheek): area"),
        ([{"area": '"-4 cm2"'}], {}, "step 1 (cheek): area"),
        ([{"area": '"3 m2"'}], {}, "step 1 (cheek): area"),
        ([{"overlap": 0.95}], {}, "step 1 (cheek): the overlap"),
        ([{"pitch": '"0 um"'}], {}, "step 1 (cheek): pitch"),
        ([{"pitch": '"1 cm"'}], {}, "step 1 (cheek): pitch"),
        ([{"mask_hole": '"0 um"'}], {}, "step 1 (cheek): mask_hole"),
        ([{"material": '"sand"'}], {}, "step 1 (cheek): material"),
    ],
)
def test_an_impossible_value_is_told_with_its_place(steps, tables, place):
    assert only(mistakes(*steps, **tables)).startswith(f"protocol: {place}")


def test_speed_and_hold_exclude_each_other():
    message = only(mistakes({"speed": '"20 mm/s"', "hold": '"3 s"'}))
    assert message == "protocol: step 1 (cheek): give speed or hold, not both"


def test_holes_larger_than_their_spacing():
    message = only(mistakes({"mask_hole": '"500 um"', "mask_spacing": '"250 um"'}))
    assert message.startswith("protocol: step 1 (cheek): a mask needs holes")


def test_a_spacing_without_holes_is_not_silently_dropped():
    assert only(mistakes({"mask_spacing": '"250 um"'})).endswith("mask_spacing needs mask_hole beside it")


@pytest.mark.parametrize("table", ["skin", "room", "course"])
def test_a_table_must_be_a_table(table):
    with pytest.raises(ProtocolError, match=f"protocol: {table}: must be a table"):
        parse_protocol(f"{table} = 5\n" + text())


def test_two_mistakes_in_two_steps_are_told_together():
    found = mistakes({"zone": '"cheek"', "speed": '"20 kPa"'}, {"zone": '"chin"', "settings": '{ vacuum = "3 mm" }'})
    assert [message.split(": ")[1] for message in found] == ["step 1 (cheek)", "step 2 (chin)"]


def test_mistakes_of_every_kind_are_told_together():
    found = mistakes(
        {"zone": '"moon"', "device": '"spoon"', "speed": '"2 mm/s"', "hold": '"2 s"'},
        {"pases": 3},
        {"settings": '{ vacuum = "900 kPa" }'},
        skin={"age": -3},
        room={"humidity": 45},
        course={"sessions": 1000},
    )
    places = [message.split(": ")[1] for message in found]
    assert sorted(places) == sorted(
        ["step 1 (moon)"] * 3 + ["step 2 (cheek)", "step 3 (cheek)", "skin", "room", "course"]
    )


# What the device cannot do


def test_a_setting_outside_the_device_is_a_refusal_and_not_a_mistake():
    message = only(refusals({"settings": '{ vacuum = "900 mmHg" }'}))
    assert message == (
        "protocol: step 1 (cheek): vacuum_kpa: 900 mmHg = 120 kPa is outside what crystal-venturi can do (1 to 80 kPa)"
    )


def test_refusals_of_several_steps_are_told_together():
    assert len(refusals({"settings": '{ vacuum = "900 mmHg" }'}, {"settings": '{ flow = "1 kg/s" }'})) == 2


def test_a_refusal_beside_a_mistake_is_told_with_it_as_a_mistake():
    assert len(mistakes({"settings": '{ vacuum = "900 mmHg" }'}, {"pases": 1})) == 2
