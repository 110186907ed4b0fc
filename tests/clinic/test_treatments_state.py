"""The fold of taps: the same in every order and however often they come; and when a setting is a step up."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneum.clinic.treatments.day import day_answers, day_rules
from corneum.clinic.treatments.state import SessionState, Tap, state_of
from corneum.clinic.treatments.taps import END_POINTS, REACTIONS, TapError, checked, quantity
from corneum.clinic.treatments.zones import harder, planned_zone
from corneum.units import Quantity

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
RAW = {
    "zone": "cheek",
    "title": "Cheek",
    "device": "diamond",
    "label": "Diamond",
    "settings": {"vacuum": "20 kPa", "grit": "100 um"},
    "passes": 2,
    "end_point": "",
    "minutes": 1.0,
}
ZONE = st.sampled_from(["cheek", "chin"])
VALUES = st.one_of(
    st.tuples(st.just("pass"), ZONE, st.sampled_from([{}, {"why": "asked"}])),
    st.tuples(st.just("comfort"), ZONE, st.builds(lambda n: {"number": n}, st.integers(0, 10))),
    st.tuples(st.just("end_point"), ZONE, st.builds(lambda w: {"word": w}, st.sampled_from(END_POINTS))),
    st.tuples(
        st.just("reaction"),
        ZONE,
        st.builds(lambda w, on: {"word": w, "on": on}, st.sampled_from(REACTIONS), st.booleans()),
    ),
    st.tuples(st.just("timer"), ZONE, st.builds(lambda on: {"on": on}, st.booleans())),
    st.tuples(st.just("finished"), ZONE, st.builds(lambda on: {"on": on}, st.booleans())),
    st.tuples(st.just("bleeding"), ZONE, st.just({})),
    st.tuples(st.just("setting"), ZONE, st.just({"name": "vacuum", "given": "18 kPa"})),
    st.tuples(st.just("note"), st.just(""), st.builds(lambda t: {"text": t}, st.text(max_size=5))),
    st.tuples(st.just("answers"), st.just(""), st.just({"answers": {"sun.recent": "no"}})),
)


@st.composite
def sessions(draw):
    taps = []
    for number, (kind, zone, value) in enumerate(draw(st.lists(VALUES, max_size=25)), 1):
        taps.append(Tap(UUID(int=number), number, kind, zone, value, START + timedelta(seconds=number)))
    for back in draw(
        st.lists(st.sampled_from(taps), max_size=4, unique_by=lambda tap: tap.id) if taps else st.just([])
    ):
        number = len(taps) + 1
        at = START + timedelta(seconds=number)
        taps.append(Tap(UUID(int=number), number, "undo", "", {"entry": str(back.id)}, at))
    return taps


@settings(max_examples=60)
@given(sessions(), st.data())
def test_any_order_of_duplicates_gives_the_same_state(taps, data):
    twice = taps + data.draw(st.lists(st.sampled_from(taps), max_size=20) if taps else st.just([]))
    mixed = data.draw(st.permutations(twice))
    assert state_of(mixed) == state_of(taps)


@given(sessions())
def test_a_tap_taken_back_is_as_if_it_had_not_been(taps):
    state = state_of(taps)
    left = [tap for tap in taps if tap.id not in state.retracted and tap.kind != "undo"]
    assert state_of(left).zones == state.zones and state_of(left).note == state.note


@given(sessions())
def test_passes_are_those_tapped_less_those_taken_back(taps):
    state = state_of(taps)
    for zone in ("cheek", "chin"):
        tapped = [tap.id for tap in taps if tap.kind == "pass" and tap.zone == zone]
        assert list(state.zone(zone).passes) == [one for one in tapped if one not in state.retracted]


@given(sessions())
def test_time_on_the_skin_never_runs_backwards_nor_past_the_session(taps):
    state = state_of(taps)
    end = START + timedelta(seconds=len(taps) + 1)
    assert 0 <= state.seconds() <= state.seconds(end) <= 2 * (len(taps) + 1)


def test_nothing_tapped_is_nothing_done():
    assert state_of([]) == SessionState()


@given(st.sampled_from(["vacuum", "flow", "grit", "speed"]), st.floats(0.1, 1e3), st.floats(0.1, 1e3))
def test_of_two_settings_at_most_one_is_harder(name, one, other):
    unit = {"vacuum": "kPa", "flow": "g/min", "grit": "um", "speed": "mm/s"}[name]
    first, second = Quantity(one, unit), Quantity(other, unit)
    assert not (harder(name, first, second) and harder(name, second, first))
    assert not harder(name, first, first)


@given(st.floats(1, 60), st.floats(1, 60))
def test_a_zone_starts_at_the_milder_of_plan_and_last_time(planned, last):
    raw = RAW | {"settings": {"vacuum": f"{planned:g} kPa"}}
    before = {"cheek": {"label": "Diamond", "settings": {"vacuum": f"{last:g} kPa"}, "passes": 3, "bled": False}}
    zone = planned_zone(raw, before)
    assert zone.start("vacuum").value == pytest.approx(min(float(f"{planned:g}"), float(f"{last:g}")))
    assert zone.start_passes == 2


def test_settings_of_another_device_are_not_carried():
    before = {"cheek": {"label": "Another", "settings": {"vacuum": "5 kPa"}, "passes": 1, "bled": False}}
    assert str(planned_zone(RAW, before).start("vacuum")) == "20 kPa"


@given(st.dictionaries(st.text(max_size=8), st.one_of(st.none(), st.text(max_size=9), st.integers(), st.booleans())))
def test_whatever_is_sent_is_read_or_refused(value):
    for kind in ("answers", "asked", "lot", "setting", "pass", "undo", "comfort", "reaction", "timer", "check", "note"):
        for zone in ("", "cheek"):
            try:
                checked(kind, zone, value)
            except TapError:
                continue


@pytest.mark.parametrize(("text", "value"), [("18,5 kPa", 18.5), ("140 mmHg", 140.0)])
def test_a_setting_is_kept_as_it_was_read(text, value):
    assert quantity(text).value == value


def test_an_answer_ruled_out_by_a_later_one_does_not_count():
    told = {"answers": {"sun.recent": "yes", "sun.last": "2027-02-20", "sun.sites": ["cheek"]}}
    taps = [
        Tap(UUID(int=1), 1, "answers", value=told),
        Tap(UUID(int=2), 2, "answers", value={"answers": {"sun.recent": "no"}}),
    ]
    assert day_answers(state_of(taps), {}, START.date()) == {"sun.recent": "no"}


def test_the_rules_of_the_day_cover_the_day_and_what_changes_between_sessions():
    rules = set(day_rules().rules)
    assert {"numbing.010", "eyes.020", "hygiene.010", "sun.010", "retinoid.010", "coldsore.010", "hair.010"} <= rules
    assert {"interval.010", "reaction.170", "course.010"} <= rules and "isotretinoin.010" not in rules
