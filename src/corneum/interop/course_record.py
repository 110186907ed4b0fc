"""What of one person's course travels to other programs: plain values, before they get another world's words."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class PersonRecord:
    """Whose record it is."""

    id: str
    name: str
    born: date
    language: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class PermissionRecord:
    """One permission; ``until`` is None while it stands."""

    id: str
    purpose: str
    title: str
    is_treatment: bool
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class AnswerRecord:
    """An answer of the intake: id and text of the question, and what was answered, in words."""

    question: str
    text: str
    answer: str


@dataclass(frozen=True)
class SessionRecord:
    """One session: what was done where; ``zones`` pairs a body site with settings in words."""

    id: str
    course: int
    number: int
    at: datetime
    by: str
    device: str
    zones: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReactionRecord:
    """A reaction, graded 1 to 5 by CTCAE 5.0."""

    id: str
    kind: str
    grade: int
    onset: date
    noted: datetime
    site: str = ""
    session: str = ""


@dataclass(frozen=True)
class DocumentRecord:
    """A photograph or a signed sheet, and where it lies beside the bundle."""

    id: str
    is_photograph: bool
    title: str
    at: datetime
    path: str
    content_type: str
    site: str = ""


@dataclass(frozen=True)
class MeasuredRecord:
    """The change of one index between two photographs, with its error."""

    id: str
    title: str
    zone: str
    site: str
    unit: str
    change: float
    error: float
    least: float
    verdict: str
    at: datetime
    photographs: tuple[str, ...]


@dataclass(frozen=True)
class CourseRecord:
    """Everything of one person that is handed on.

    Parameters
    ----------
    person
        Whose.
    made_at
        When the copy was made.
    clinic
        By whom.
    phototype
        Fitzpatrick skin type, I to VI; empty where it is not known.
    answered
        When the answers were handed in; None without answers.
    plan
        Title of the approved plan; empty where there is none.
    """

    person: PersonRecord
    made_at: datetime
    clinic: str
    phototype: str = ""
    answered: datetime | None = None
    plan: str = ""
    answers: tuple[AnswerRecord, ...] = ()
    permissions: tuple[PermissionRecord, ...] = ()
    sessions: tuple[SessionRecord, ...] = ()
    reactions: tuple[ReactionRecord, ...] = ()
    documents: tuple[DocumentRecord, ...] = ()
    measured: tuple[MeasuredRecord, ...] = ()
