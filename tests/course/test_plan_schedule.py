from datetime import date, timedelta

from corneum.course.schedule import care_entries, in_order, maintenance_entry, own_entries, review_of, session_days
from corneum.evidence import load_evidence

START = date(2027, 1, 11)


def _own(sessions: int, interval_d: int = 14) -> list[tuple[str, date, int | None]]:
    book = load_evidence()
    days = session_days(START, sessions, interval_d)
    found = own_entries(days, review_of(days, book), (), ("cheek",), book)
    return [(entry.kind, entry.day, entry.session) for entry in found]


def test_sessions_are_an_interval_apart() -> None:
    assert session_days(START, 3, 10) == (START, date(2027, 1, 21), date(2027, 1, 31))


def test_check_ins_come_on_days_1_3_and_14_unless_a_session_does() -> None:
    found = [day for kind, day, session in _own(2) if kind == "check_in" and session == 1]
    assert found == [START + timedelta(days=days) for days in (1, 3)]
    last = START + timedelta(days=14)
    assert [day for kind, day, session in _own(2) if kind == "check_in" and session == 2] == [
        last + timedelta(days=days) for days in (1, 3, 14)
    ]


def test_photographs_at_baseline_session_3_end_4_and_12_weeks() -> None:
    days = [day for kind, day, _ in _own(6) if kind == "photographs"]
    end = START + timedelta(days=70)
    expected = [START, START + timedelta(days=28), end, end + timedelta(weeks=4), end + timedelta(weeks=12)]
    assert days == expected


def test_a_course_of_three_is_reviewed_once_and_one_of_two_at_its_end() -> None:
    assert [day for kind, day, _ in _own(3) if kind == "review"] == [START + timedelta(days=28)]
    assert [day for kind, day, _ in _own(2) if kind == "review"] == [START + timedelta(days=14)]
    assert len([1 for kind, _, _ in _own(6) if kind == "review"]) == 2


def test_care_is_dated_around_every_session() -> None:
    days = session_days(START, 2, 14)
    found = care_entries(days, ("cheek",), "II", ())
    assert {entry.kind for entry in found} == {"pre_care", "on_the_day", "aftercare"}
    for entry in found:
        assert entry.last_day is None or entry.last_day > entry.day
        assert entry.practitioner_text
        assert entry.rows
    assert not any("umbing" in entry.title for entry in found if entry.care == "do")
    assert len(care_entries(days, ("cheek",), "II", ("numbing",))) >= len(found)


def test_maintenance_only_where_it_was_chosen() -> None:
    book = load_evidence()
    assert maintenance_entry((START,), None, book) == ()
    assert maintenance_entry((START,), 8, book)[0].day == START + timedelta(weeks=8)


def test_on_one_day_the_questions_stand_before_the_session() -> None:
    book = load_evidence()
    days = session_days(START, 1, 14)
    own = own_entries(days, None, (), ("cheek",), book)
    kinds = [entry.kind for entry in in_order((*own, *care_entries(days, ("cheek",), None, ()))) if entry.day == START]
    assert kinds.index("photographs") < kinds.index("session")
