"""What happens in the demonstration, in the order of time across all records, so that the audit reads as a day does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from corneum.clinic.visits.hours import local

Deed = Callable[[datetime], object]
Progress = Callable[[str, int, int], None]
"""What is being done, steps done, steps in all."""


@dataclass(frozen=True)
class Step:
    """One thing that happens.

    Parameters
    ----------
    at
        When.
    what
        In a few words, for the progress bar.
    deed
        Called with the moment.
    """

    at: datetime
    what: str
    deed: Deed


@dataclass
class Story:
    """Steps, told in the order of their moments.

    Parameters
    ----------
    now
        The moment at which the demonstration is made: nothing happens after it.
    today
        Its day.
    steps
        So far.
    is_anew
        Whether only today is told, of records that are there: nothing happens before it.
    """

    now: datetime
    today: date
    steps: list[Step] = field(default_factory=list)
    is_anew: bool = False

    def step(self, at: datetime, what: str, deed: Deed) -> None:
        """Let something happen at a moment."""
        self.steps.append(Step(at, what, deed))

    def on(self, days_ago: int, clock: str, what: str, deed: Deed) -> None:
        """Let something happen some days ago, at a time of the day."""
        self.steps.append(Step(self.at(days_ago, clock), what, deed))

    def before(self, minutes: float, what: str, deed: Deed) -> None:
        """Let something happen some minutes before now, but not before today began."""
        self.steps.append(Step(self.ago(minutes), what, deed))

    def at(self, days_ago: int, clock: str) -> datetime:
        """Return a time of a day."""
        return local(self.today - timedelta(days=days_ago), time.fromisoformat(clock))

    def ago(self, minutes: float) -> datetime:
        """Return a moment of today: so many minutes before now, or as today began."""
        return max(self.now - timedelta(minutes=minutes), local(self.today, time(0, 1)))

    def beforehand(self, clock: str, minutes: float, what: str, deed: Deed) -> None:
        """Let something happen the day before, or, where only today is told, so many minutes ago."""
        self.steps.append(Step(self.ago(minutes) if self.is_anew else self.at(1, clock), what, deed))

    def tell(self, show: Progress) -> None:
        """Do all of it."""
        order = sorted(self.steps, key=lambda step: step.at)
        for number, step in enumerate(order):
            show(step.what, number, len(order))
            step.deed(step.at)
        show("done", len(order), len(order))
