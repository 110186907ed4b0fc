"""Instructions with their dates: who gets which, and when."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.course.care import PRESCRIPTIONS, CareInputError, care_calendar, load_care, load_consent
from corneum.skin import SITES, UnknownSiteError

FIRST = date(2026, 12, 1)
COURSE = [FIRST + timedelta(days=14 * number) for number in range(3)]
SESSIONS = st.lists(st.integers(0, 400), min_size=1, max_size=8, unique=True).map(
    lambda days: [FIRST + timedelta(days=day) for day in sorted(days)]
)
ZONES = st.sets(st.sampled_from(sorted(SITES)), min_size=1)
PHOTOTYPES = st.none() | st.integers(1, 6)


def windows(entries):
    return {
        (entry.instruction.topic, entry.instruction.phase, entry.session): (entry.start, entry.end) for entry in entries
    }


def of(entries, name):
    return [entry for entry in entries if entry.instruction.id == name]


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("before.sun", -14, 0),
        ("before.hair_removal", -7, 0),
        ("before.exfoliants", -3, 0),
        ("after.make_up", 0, 1),
        ("after.exercise", 0, 2),
        ("after.actives", 0, 3),
        ("after.no_sun", 0, 7),
    ],
)
def test_windows_stand_as_read(name, start, end):
    dated = of(care_calendar(COURSE, ["cheek"], phototype=2), name)
    expected = [
        (number, day + timedelta(days=start), day + timedelta(days=end)) for number, day in enumerate(COURSE, 1)
    ]
    assert [(entry.session, entry.start, entry.end) for entry in dated] == expected


def test_what_holds_for_the_course_stands_once():
    found = of(care_calendar(COURSE, ["cheek"], phototype=2), "after.retinoid")
    assert [(one.session, one.start, one.end) for one in found] == [(None, COURSE[0], COURSE[-1] + timedelta(days=3))]


def test_numbing_cream_appears_only_as_prescribed():
    without, prescribed = care_calendar(COURSE, ["cheek"]), care_calendar(COURSE, ["cheek"], prescribed=["numbing"])
    assert not of(without, "day.numbing") and of(without, "day.no_numbing")
    assert of(prescribed, "day.numbing") and not of(prescribed, "day.no_numbing")


def test_darker_skin_has_the_longer_retinoid_pause_and_tinted_sunscreen():
    light, dark = care_calendar(COURSE, ["cheek"], phototype=2), care_calendar(COURSE, ["cheek"], phototype=5)
    assert of(light, "before.retinoid") and of(dark, "before.retinoid_darker_skin") and not of(dark, "before.retinoid")
    assert of(light, "after.sunscreen") and of(dark, "after.sunscreen_darker_skin")


def test_make_up_and_lenses_are_about_the_face():
    back = care_calendar(COURSE, ["upper_back"])
    assert not of(back, "after.make_up") and not of(back, "day.eyes") and of(back, "after.no_sun")


@given(SESSIONS, ZONES, PHOTOTYPES, st.sets(st.sampled_from(PRESCRIPTIONS)))
def test_calendar_is_complete_and_in_order(sessions, zones, phototype, prescribed):
    found = care_calendar(sessions, zones, phototype=phototype, prescribed=prescribed)
    assert list(found) == sorted(found, key=lambda entry: (entry.start, entry.end, entry.instruction.id))
    assert all(entry.start <= entry.end for entry in found)
    for topic in ("sun", "exfoliants", "no_sun", "actives", "call", "hygiene"):
        numbers = [entry.session for entry in found if entry.instruction.topic == topic]
        assert sorted(numbers) == list(range(1, len(sessions) + 1)), topic
    sunscreen = [entry for entry in found if entry.instruction.topic == "sunscreen"]
    assert [(one.start, one.end >= sessions[-1]) for one in sunscreen] == [(sessions[0], True)]


@given(SESSIONS, ZONES, st.integers(1, 6))
def test_an_unknown_phototype_never_gives_a_shorter_window(sessions, zones, phototype):
    known, unknown = (
        windows(care_calendar(sessions, zones, phototype=phototype)),
        windows(care_calendar(sessions, zones)),
    )
    assert set(known) <= set(unknown)
    for key, (start, end) in known.items():
        assert unknown[key][0] <= start and unknown[key][1] >= end, key


@given(SESSIONS, ZONES, st.sampled_from(sorted(SITES)))
def test_another_zone_never_takes_an_instruction_away(sessions, zones, more):
    few = {(entry.instruction.id, entry.session) for entry in care_calendar(sessions, zones)}
    assert few <= {(entry.instruction.id, entry.session) for entry in care_calendar(sessions, {*zones, more})}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"session_dates": []}, "at least 1 session date"),
        ({"session_dates": COURSE[::-1]}, "in order, each once"),
        ({"session_dates": [FIRST, FIRST]}, "in order, each once"),
        ({"phototype": 7}, "from 1 to 6, not 7"),
        ({"prescribed": ["numbin"]}, "Did you mean numbing"),
    ],
)
def test_bad_input_is_told(arguments, message):
    with pytest.raises(CareInputError, match=message):
        care_calendar(**{"session_dates": COURSE, "zones": ["cheek"], **arguments})


def test_an_unknown_zone_is_told():
    with pytest.raises(UnknownSiteError):
        care_calendar(COURSE, ["check"])


def test_instructions_without_a_client_text_are_for_the_practitioner():
    assert {row.audience for row in load_care() if not row.client} == {"practitioner"}


def test_consent_names_what_the_survey_lists():
    named = {row for item in load_consent() for row in item.rows}
    assert {"CN-001", "CN-002", "CN-005", "CN-006", "CN-007", "CN-008", "AE-009", "AE-012", "PH-011"} <= named


def test_what_may_be_prescribed_is_left_to_the_prescriber():
    named = re.compile(r"retin|benzoyl", re.IGNORECASE)
    told = [row for row in load_care() if named.search(row.client) and row.kind == "avoid"]
    assert {"before.exfoliants", "before.retinoid", "after.actives", "after.retinoid"} <= {row.id for row in told}
    assert [row.id for row in told if not re.search(r"ask (your prescriber|whoever prescribed it)", row.client)] == []
