"""Which client goes through what."""

from datetime import datetime, timedelta

from django.utils import timezone

from corneum.clinic.project.demonstration import cast, past, today
from corneum.clinic.project.demonstration.house import House
from corneum.clinic.project.demonstration.photographs import Studio
from corneum.clinic.project.demonstration.record import Record
from corneum.clinic.project.demonstration.story import Story

_PATCH = "A flat birthmark beside the left jaw, named by a dermatologist in 2019; it is left out of the field."


def told(house: House, studio: Studio, now: datetime) -> Story:
    """Return the whole story.

    Parameters
    ----------
    house
        The clinic, set up.
    studio
        Where photographs are drawn.
    now
        The moment at which it is made.
    """
    story = Story(now, timezone.localdate(now))
    _erika(story, _record(story, house, cast.ERIKA), studio)
    _jane(story, _record(story, house, cast.JANE), studio)
    _amara(story, _record(story, house, cast.AMARA))
    _john(story, _record(story, house, cast.JOHN))
    _max(story, _record(story, house, cast.MAX))
    _mei(story, _record(story, house, cast.MEI))
    _otto(story, _record(story, house, cast.OTTO))
    _lieschen(story, _record(story, house, cast.LIESCHEN))
    return story


def _record(story: Story, house: House, person: cast.Person) -> Record:
    return Record(house, person, story.today)


def _erika(story: Story, one: Record, studio: Studio) -> None:
    """Three sessions of a course, the review, and the fourth that is open today."""
    past.consultation(story, one, 77, "09:00")
    past.mark(
        story,
        one,
        77,
        "09:20",
        looked=True,
        zone="cheek_left",
        right=0.62,
        down=0.35,
        diameter="4 mm",
        state="known",
        note="Flat, brown, there for years as the client says.",
    )
    past.planned(story, one, 77, "09:35", sessions=6)
    for number, days_ago in enumerate((63, 49, 35), 1):
        past.session(story, one, number, days_ago, "09:00")
        past.check_ins(story, one, days_ago)
    past.photographs(story, one, studio, 0, 63, "08:40")
    past.photographs(story, one, studio, 1, 21, "10:00")
    past.photographs(story, one, studio, 2, 7, "10:00")
    story.on(7, "10:30", "Erika Mustermann: blinded rating", lambda now: studio.rate(one, now))
    past.review(story, one, 7)
    today.in_the_room(story, one, 4)


def _jane(story: Story, one: Record, studio: Studio) -> None:
    """Dark skin, two sessions, a reaction that is over, and a red flag that nobody has seen yet."""
    past.consultation(story, one, 56, "11:00")
    past.planned(story, one, 56, "11:35", sessions=4)
    past.photographs(story, one, studio, 0, 56, "12:00")
    past.photographs(story, one, studio, 1, 7, "12:00")
    past.session(story, one, 1, 21, "11:00")
    past.check_ins(story, one, 21)
    past.reaction(
        story,
        one,
        17,
        closed=True,
        kind="redness",
        zone="cheek",
        seen="Red on the fourth day, by telephone.",
        action="Sunscreen, nothing else on the skin; called again the next day.",
    )
    past.session(story, one, 2, 3, "11:00", comfort=4)
    past.check_ins(story, one, 3, red="yes", spreading="yes", comfort=4)
    today.comes_later(story, one, 70, kind="check", room=1)


def _amara(story: Story, one: Record) -> None:
    """Very dark skin: what the rules ask was answered; the first session was this morning."""
    past.consultation(story, one, 21, "13:00")
    past.planned(story, one, 21, "13:35", sessions=3)
    today.treated_today(story, one, 1)
    past.mark(
        story,
        one,
        21,
        "13:20",
        looked=False,
        zone="forearm_right",
        diameter="6 mm",
        state="new",
        note="Upper side of the right forearm; the client noticed it this summer.",
    )


def _john(story: Story, one: Record) -> None:
    """A course that is over."""
    past.consultation(story, one, 119, "14:00")
    past.planned(story, one, 119, "14:35", sessions=3, maintenance_weeks=8)
    for number, days_ago in enumerate((105, 84, 63), 1):
        past.session(story, one, number, days_ago, "14:00")
    past.check_ins(story, one, 63)
    past.review(story, one, 61)
    past.called(story, one, 60, "maintenance", -4)
    today.missed(story, one)


def _max(story: Story, one: Record) -> None:
    """A rule stops a zone, and the clinician decides against it with a reason."""
    past.consultation(story, one, 14, "15:00")
    story.on(14, "15:20", "a decision", lambda now: one.override(now, "birthmark.010", _PATCH))
    past.planned(story, one, 14, "15:40", sessions=4)
    today.arrived(story, one)


def _mei(story: Story, one: Record) -> None:
    """Two sources disagree on how long to wait, and the rules wait."""
    last_dose = (story.today - timedelta(days=150)).isoformat()
    said = {"isotretinoin.ever": "yes", "isotretinoin.last_dose": last_dose}
    past.consultation(story, one, 10, "16:00", said)
    today.cancelled(story, one)
    past.called(story, one, 1, "course", 40)


def _otto(story: Story, one: Record) -> None:
    """Answers from home, a consultation later today."""
    past.from_home(story, one, 2)
    today.comes_later(story, one, 45, kind="consultation", room=0)


def _lieschen(story: Story, one: Record) -> None:
    """Under age: two sign, and the rules stop."""
    past.consultation(story, one, 9, "17:00")
    story.on(9, "17:25", "Lieschen Müller: consent", lambda now: one.consent(now, ("data", "photograph"), ("record",)))
    today.comes_later(story, one, 110, kind="consultation", room=2)
