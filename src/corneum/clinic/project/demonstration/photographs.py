"""Photographs of the demonstration: simulated from averaged faces, nobody's own, and measured like any others."""

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection

from corneum.clinic.measured import queries as measured
from corneum.clinic.measured import rating
from corneum.clinic.measured import services as measuring
from corneum.clinic.photos import services as photos
from corneum.clinic.photos.models import Origin, Photo
from corneum.clinic.project.demonstration.cast import Person
from corneum.clinic.project.demonstration.drawing import Order, draw
from corneum.clinic.project.demonstration.record import Record

_RATING_SEED = 7


class Studio:
    """Photographs, drawn in a process beside the one that writes the records."""

    def __init__(self, drawn: Connection) -> None:
        self._drawn = drawn
        self._courses: dict[str, list[bytes]] = {}

    def take(self, one: Record, number: int, now: datetime, starts: datetime) -> Photo:
        """Take a photograph into the record: 0 for the baseline."""
        data = self._course(one.person.name)[number]
        made = photos.take(
            by=one.house.practitioner,
            client=one.client,
            data=data,
            view="front",
            origin=Origin.CAMERA,
            visit=one.visit(starts),
            now=now,
        )
        one.photos.append(made)
        return made

    def measure(self, one: Record, number: int, now: datetime) -> None:
        """Measure a photograph against the baseline."""
        asked = measuring.ask(by=one.house.practitioner, baseline=one.photos[0], followup=one.photos[number], now=now)
        measuring.measure(asked.pk, now=lambda: now)

    def rate(self, one: Record, now: datetime) -> None:
        """Have two people rate the photographs without knowing which is earlier, and open the hidden order."""
        sights = measured.sights(one.client.pk)
        made = rating.start(by=one.house.clinician, client=one.client, sights=sights, seed=_RATING_SEED, now=now)
        for rater, choice in ((one.house.clinician, 2), (one.house.practitioner, 3)):
            for number in range(1, made.length + 1):
                rating.answer(by=rater, rating=made, number=number, choice=choice, now=now)
            rating.hand_in(by=rater, rating=made, now=now)
        rating.close(by=one.house.clinician, rating=made, now=now)

    def _course(self, name: str) -> list[bytes]:
        while name not in self._courses:
            done, files = self._drawn.recv()
            self._courses[done] = files
        return self._courses[name]


@contextmanager
def studio(people: Sequence[Person]) -> Iterator[Studio]:
    """Open a studio, which begins to draw the photographs of people in their order; at the end it is closed."""
    orders = [Order(one.name, one.composite, one.weeks, seed) for seed, one in enumerate(people) if one.composite]
    context = multiprocessing.get_context("spawn")
    drawn, drawing = context.Pipe(duplex=False)
    process = context.Process(target=draw, args=(orders, drawing), daemon=True)
    process.start()
    drawing.close()
    try:
        yield Studio(drawn)
    finally:
        process.terminate()
        drawn.close()
