"""A protocol: who, with what, where, how often, written the way a methods section puts it."""

from dataclasses import dataclass, field

from corneum.abrasion import Application
from corneum.skin import Air, Person, Site


class ProtocolError(ValueError):
    """A protocol that cannot be read or run; ``mistakes`` lists every one, with its place."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


class RefusedError(ProtocolError):
    """A protocol that is well written but asks for what a device cannot do, or what a rule refuses."""


@dataclass(frozen=True)
class Step:
    """One device worked over one zone in each session.

    Parameters
    ----------
    site
        Body site.
    application
        Device, settings, path, mask.
    pitch_um
        Edge of a cell of the depth map, um.
    """

    site: Site
    application: Application
    pitch_um: float = 50.0


@dataclass(frozen=True)
class Protocol:
    """A course of sessions on one person or population.

    Parameters
    ----------
    title
        One line.
    steps
        What is done in each session; steps on one site follow one another at once.
    person
        Whose skin.
    air
        The room.
    sessions
        Number of sessions.
    interval_d
        Days from one session to the next.
    follow_up_d
        Days followed after the last session.
    stripped_share, irritated
        State of the skin before the first session.
    rest_d
        Days since an earlier session of the same kind, or None if there was none.
    about
        What the protocol is and which of its parts the source does not give.
    cites
        Source keys of the evidence.
    text
        The file it was read from, for the record.
    defaults
        What the file did not give and was taken by default, in words.
    """

    title: str
    steps: tuple[Step, ...]
    person: Person
    air: Air = field(default_factory=Air)
    sessions: int = 1
    interval_d: float = 14.0
    follow_up_d: float = 28.0
    stripped_share: float = 0.0
    irritated: bool = False
    rest_d: float | None = None
    about: str = ""
    cites: tuple[str, ...] = ()
    text: str = ""
    defaults: tuple[str, ...] = ()

    @property
    def session_days(self) -> tuple[float, ...]:
        """Days of the sessions, from 0."""
        return tuple(number * self.interval_d for number in range(self.sessions))

    @property
    def sites(self) -> tuple[str, ...]:
        """Names of the treated sites, each once, in order."""
        return tuple(dict.fromkeys(step.site.name for step in self.steps))
