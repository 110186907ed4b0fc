"""Questions as a page shows them, each with its answer so far and what is wrong with it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from corneum.clinic.intake.questioning import KNOWN_OTHERWISE, Page, asked_ids, for_staff, pages, root_of, wording
from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.reading import plain
from corneum.screening import DONT_KNOW, Question, RuleBook
from corneum.skin import SITES

_FACE = ("face", "eyelid", "neck")


@dataclass(frozen=True)
class Option:
    """One answer that may be chosen."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Shown:
    """A question on a page.

    Parameters
    ----------
    id, slug
        Of the question, and a name for the page's own use.
    text, help, kind, unit, low, high
        As the rules have them.
    options
        Answers to choose from; for sites these are nowhere, here, and not known.
    value
        What was typed; empty otherwise.
    sites
        Sites to tick, in groups.
    mistake
        What is wrong with the answer.
    follows
        Whether another answer opened it.
    staff
        Whether it is put to the practitioner.
    """

    id: str
    slug: str
    text: str
    help: str
    kind: str
    unit: str
    low: float | None
    high: float | None
    options: tuple[Option, ...]
    value: str
    unknown: bool
    sites: tuple[tuple[str, tuple[Option, ...]], ...]
    mistake: str
    follows: bool
    staff: bool

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return bool(self.value) or self.unknown or any(one.chosen for one in self.options)


@dataclass(frozen=True)
class Block:
    """A question and those that its answer opened."""

    slug: str
    root: str
    questions: tuple[Shown, ...]


@dataclass(frozen=True)
class State:
    """Answers so far.

    Parameters
    ----------
    raw
        As they were kept, with what another answer rules out.
    book, today
        The rules, and the day on which is asked.
    client_answers
        As the rules read them, with the age.
    """

    raw: Mapping[str, Any]
    book: RuleBook
    today: date
    client_answers: Mapping[str, Any]
    mistakes: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    here: Collection[str] = ()


def blocks(page: Page, state: State) -> tuple[Block, ...]:
    """Return the blocks of a page: questions that another answer rules out are left out."""
    open_now = asked_ids(state.client_answers, state.book, state.today)
    grouped: dict[str, list[Shown]] = {}
    for name in page.questions:
        if name in open_now:
            root = root_of(name, state.book)
            grouped.setdefault(root, []).append(_shown(state.book.questions[name], root != name, state))
    return tuple(Block(slug(root), root, tuple(some)) for root, some in grouped.items())


def slug(question_id: str) -> str:
    """Return a question's id as a page's own name."""
    return question_id.replace(".", "-")


def _shown(question: Question, follows: bool, state: State) -> Shown:
    value = state.typed.get(question.id, state.raw.get(question.id))
    lines = question.kind in ("date", "number")
    return Shown(
        id=question.id,
        slug=slug(question.id),
        text=wording(question),
        help=spoken(question.help),
        kind=question.kind,
        unit=spoken(question.unit),
        low=question.low,
        high=question.high,
        options=() if lines else tuple(_options(question, value, question.id in state.here)),
        value=_typed(value) if lines and value != DONT_KNOW else "",
        unknown=value == DONT_KNOW,
        sites=site_options(value if isinstance(value, list) else ()) if question.kind == "sites" else (),
        mistake=spoken(state.mistakes.get(question.id, "")),
        follows=follows,
        staff=for_staff(question),
    )


def _typed(value: object) -> str:
    return "" if value is None else plain(value) if isinstance(value, float) else str(value)


def _options(question: Question, value: object, here: bool) -> Iterator[Option]:
    if question.kind == "sites":
        listed = value if isinstance(value, list) else None
        yield Option("nowhere", _("Nowhere"), listed == [] and not here)
        yield Option("here", _("Here:"), bool(listed) or here)
        yield Option("unknown", _("I don't know"), value == DONT_KNOW and not here)
        return
    words = {"yes": _("Yes"), "no": _("No")} | {choice.id: spoken(choice.text) for choice in question.choices}
    for word in question.allowed:
        yield Option(word, words[word], value == word)
    yield Option(DONT_KNOW, _("I don't know"), value == DONT_KNOW)


def site_options(chosen: Collection[str]) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """Return the sites to tick, those of face and neck first."""
    groups = ((_("Face and neck"), True), (_("Body"), False))
    return tuple(
        (
            title,
            tuple(
                Option(site.name, spoken(site.title), site.name in chosen)
                for site in SITES.values()
                if (site.region in _FACE) == face
            ),
        )
        for title, face in groups
    )


@dataclass(frozen=True)
class Answered:
    """An answer in words."""

    id: str
    text: str
    answer: str
    matters: bool


@dataclass(frozen=True)
class PageState:
    """How far a page is answered.

    Parameters
    ----------
    page
        Which.
    done, count
        Answered, of how many that are open.
    answers
        What was answered, in words; what is not a plain no stands first.
    """

    page: Page
    done: int
    count: int
    answers: tuple[Answered, ...]

    @property
    def title(self) -> str | Promise:
        """Its title, with its part where there are several."""
        return self.page.title if self.page.parts == 1 else f"{self.page.title} {self.page.part}/{self.page.parts}"


def page_states(state: State, *, staff: bool) -> tuple[PageState, ...]:
    """Return how far each page is answered; pages on which nothing is open are left out."""
    open_now = asked_ids(state.client_answers, state.book, state.today)
    found = []
    for page in pages(staff=staff):
        names = [name for name in page.questions if name in open_now]
        if names:
            said = [_answered(state.book.questions[name], state.client_answers) for name in names]
            done = sorted((one for one in said if one is not None), key=lambda one: not one.matters)
            found.append(PageState(page, len(done), len(names), tuple(done)))
    return tuple(found)


def _answered(question: Question, answers: Mapping[str, Any]) -> Answered | None:
    value = answers.get(question.id)
    if value is None or question.id in KNOWN_OTHERWISE:
        return None
    matters = value not in ("no", "none", "0", ()) or value == DONT_KNOW
    return Answered(question.id, wording(question), in_words(question, value), matters)


def in_words(question: Question, value: object) -> str:
    """Return a checked answer as people read it."""
    if value == DONT_KNOW:
        return _("not known")
    if isinstance(value, date):
        return str(date_format(value, "DATE_FORMAT"))
    if isinstance(value, float):
        return f"{number_format(value)} {spoken(question.unit)}".strip()
    if isinstance(value, tuple):
        return ", ".join(spoken(SITES[site].title) for site in value) or _("nowhere")
    if question.kind == "yes_no":
        return _("yes") if value == "yes" else _("no")
    return next((spoken(choice.text) for choice in question.choices if choice.id == value), str(value))
