"""Whatever stands in a protocol file, it is read or refused with a message."""

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.treatment import Protocol, ProtocolError, parse_protocol
from tests.treatment.builders import text

ODD = st.sampled_from(
    [
        "0",
        "-1",
        "3",
        "0.5",
        "nan",
        "inf",
        "1e400",
        "1" + "0" * 400,
        "true",
        '""',
        '" "',
        '"x"',
        '"3"',
        '"3 cm2"',
        '"1e300 s"',
        '"50 %"',
        "[]",
        "{}",
        '["a"]',
        "{ a = 1 }",
        "1979-05-27",
        datetime.time(7, 30).isoformat(),
    ]
)
STEP_KEYS = st.sampled_from(
    [
        "zone",
        "device",
        "area",
        "passes",
        "speed",
        "hold",
        "overlap",
        "crossed",
        "mask_hole",
        "mask_spacing",
        "pitch",
        "material",
        "settings",
        "other",
    ]
)
TABLE_KEYS = st.sampled_from(
    [
        *(
            ("skin", key)
            for key in ["age", "sex", "phototype", "monk_tone", "stripped", "irritated", "last_session", "x"]
        ),
        *(("room", key) for key in ("temperature", "humidity", "x")),
        *(("course", key) for key in ("sessions", "interval", "follow_up", "x")),
    ]
)


@given(st.dictionaries(STEP_KEYS, ODD, max_size=3), TABLE_KEYS, ODD)
def test_odd_values_are_read_or_told_but_never_break_the_reader(step, place, value):
    table, key = place
    try:
        found = parse_protocol(text(step, **{table: {key: value}}))
    except ProtocolError as error:
        assert error.mistakes and all(message.startswith("protocol: ") for message in error.mistakes)
        assert "Traceback" not in str(error)
    else:
        assert isinstance(found, Protocol)
        plan = found.steps[0].application.plan
        assert math.isfinite(plan.width_mm) and plan.width_mm > 0


@given(st.text(max_size=200))
def test_any_text_is_read_or_told(content):
    with pytest.raises(ProtocolError):
        parse_protocol(content)
