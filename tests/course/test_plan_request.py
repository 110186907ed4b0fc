from pathlib import Path

import pytest

from corneum.course import RequestError, parse_request, read_request
from corneum.course.schedule import care_entries, session_days
from tests.course.builders import TODAY, rules

GOOD = """
title = "A course"
start = 2027-01-11
[person]
age = 40
[[goal]]
concern = "dullness"
zone = "crow's feet"
severity = "mild"
[clinic]
name = "Clinic"
clinician = "A. Clinician"
[[device]]
name = "crystal-venturi"
vacuum = ["-4 inHg", "-9 inHg"]
vacuum_step = "1 inHg"
speed = "3 cm/s"
settings = { flow = "12 g/min" }
[answers]
"coldsore.now" = "no"
peel.last = 2026-11-20
"""


def test_a_request_is_read_as_written() -> None:
    found = parse_request(GOOD, today=TODAY, rules=rules())
    assert found.zones == ("periorbital",)
    device = found.clinic.devices[0]
    assert str(device.vacuum.low) == "-4 inHg"
    assert device.speed_mm_s == pytest.approx(30)
    assert set(device.settings) == {"flow_g_min"}
    assert found.answers == {"coldsore.now": "no", "peel.last": "2026-11-20"}
    assert found.interval_d is None


TWENTY = """
title = "x"
start = 2020-01-01
stat = 1
[person]
age = 400
sex = "man"
phototype = "VII"
[[goal]]
concern = "dulness"
zone = "cheek"
[[goal]]
concern = "dullness"
zone = "cheeck"
[[goal]]
concern = "dullness"
zone = "chin"
severity = "terrible"
[course]
sessions = 0
interval = "two weeks"
prescribed = ["wine"]
[clinic]
name = "Clinic"
[clinic.limits]
beyond_probability = 2
tolerance_area = "5"
passes = 0
[clinic.prices]
currency = "euro"
session = -1
[[device]]
name = "crystal-ventury"
vacuum = ["8 kPa"]
[[device]]
name = "tape"
vacuum = ["8 kPa"]
[[device]]
name = "diamond"
vacuum = ["30 kPa", "900 kPa"]
vacuum_step = "1 g"
settings = { load = "3 kPa", flow = "3 g/min" }
[areas]
cheek = "4"
[answers]
"coldsore.now" = "perhaps"
"cold.sore" = "yes"
"peel.last" = 2030-01-01
"""


def test_twenty_mistakes_are_listed_at_once() -> None:
    with pytest.raises(RequestError) as refused:
        parse_request(TWENTY, today=TODAY, rules=rules(), name="bad.toml")
    said = refused.value.mistakes
    assert len(said) >= 20
    assert all(one.startswith("bad.toml") for one in said)
    for word in (
        "did you mean 'start'",
        "Did you mean dullness",
        "cheek",
        "mild, moderate, severe",
        "person: age",
        "clinician: missing",
        "crystal-venturi",
        "tape",
        "900 kPa",
        "coldsore.now",
        "1 December 2026",
    ):
        assert any(word in one for one in said), word


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('title = "A course"', "title = [", "not valid TOML"),
        ("start = 2027-01-11", "start = 2026-11-30", "before the day of planning"),
        ("start = 2027-01-11", 'start = "soon"', "start"),
        ('vacuum = ["-4 inHg", "-9 inHg"]', 'vacuum = ["-9 inHg", "-4 inHg"]', "above the highest"),
        ("settings = { flow", "grits = ['60 um']\nsettings = { flow", "no diamond tips"),
        ("settings = { flow", "settings = { vacuum = '3 inHg', flow", "vacuum is searched"),
        ('[[goal]]\nconcern = "dullness"\nzone = "crow\'s feet"\nseverity = "mild"\n', "", "at least one [[goal]]"),
        ("[person]\nage = 40", "[person]\nage = 0", "age"),
        (
            'clinician = "A. Clinician"',
            'clinician = "A. Clinician"\nlimits = { passes = 6 }',
            "above the 4 of rule treat",
        ),
    ],
)
def test_a_mistake_is_named(before: str, after: str, said: str) -> None:
    assert before in GOOD
    with pytest.raises(RequestError, match=said.replace("[", r"\[")):
        parse_request(GOOD.replace(before, after), today=TODAY, rules=rules())


def test_without_a_start_the_longest_pre_care_still_fits() -> None:
    found = parse_request(GOOD.replace("start = 2027-01-11\n", ""), today=TODAY, rules=rules())
    days = session_days(found.start, 1, 14)
    assert min(entry.day for entry in care_entries(days, found.zones, None, ())) >= TODAY


def test_answers_stand_in_a_file_beside(tmp_path: Path) -> None:
    head = GOOD.split("[answers]")[0].replace('title = "A course"', 'title = "A course"\nanswers = "mine.toml"')
    (tmp_path / "course.toml").write_text(head, encoding="utf-8")
    with pytest.raises(RequestError, match=r"mine\.toml: cannot be read"):
        read_request(tmp_path / "course.toml", today=TODAY, rules=rules())
    (tmp_path / "mine.toml").write_text('[answers]\n"coldsore.now" = "yes"\n', encoding="utf-8")
    found = read_request(tmp_path / "course.toml", today=TODAY, rules=rules())
    assert found.answers == {"coldsore.now": "yes"}


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be read"):
        read_request(tmp_path / "nothing.toml", today=TODAY, rules=rules())


def test_the_example_is_read() -> None:
    path = Path(__file__).parents[2] / "examples" / "first-course.toml"
    assert len(read_request(path, today=TODAY).goals) == 4


HALF = """
title = 3
start = 2020-01-01
areas = { elbow = "40 cm2", cheek = "9000 cm2" }
[person]
age = 40
[[goal]]
concern = 3
zone = "cheeck"
[[goal]]
concern = "dulness"
[clinic]
limits = { passes = 6 }
[[device]]
name = "crystal-venturi"
vacuum = ["8 kPa", "900 kPa"]
speed = "fast"
settings = { flow = "3 g/min", load = "3 N" }
[answers]
"""


def test_one_field_that_fails_hides_no_mistake_of_the_others() -> None:
    with pytest.raises(RequestError) as refused:
        parse_request(HALF, today=TODAY, rules=rules())
    for word in (
        "title",
        "lies before the day of planning",
        "elbow",
        "9000 cm2",
        "goal 1: concern",
        "cheeck",
        "goal 2: zone: missing",
        "dulness",
        "clinician: missing",
        "limits.passes: 6",
        "speed",
        "900 kPa",
        "load",
    ):
        assert any(word in one for one in refused.value.mistakes), word


def test_an_interval_is_kept_as_given() -> None:
    asked = GOOD.replace("[clinic]\n", '[course]\ninterval = "158 h"\n[clinic]\n')
    found = parse_request(asked, today=TODAY, rules=rules())
    assert found.interval_d == pytest.approx(158 / 24)
