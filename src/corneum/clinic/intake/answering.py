"""A page of questions answered: what a form sent is kept, and what the page shows next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.intake import queries, services
from corneum.clinic.intake.present.questions import Block, PageState, State, blocks
from corneum.clinic.intake.questioning import Page, sent_answer
from corneum.clinic.intake.reading import answers_on
from corneum.clinic.people.models import Client
from corneum.screening import load_rules
from corneum.skin import SITES

WHERE = "where"
"""The page before the questions: which areas."""


@dataclass(frozen=True)
class Answering:
    """What a page shows after it was answered.

    Parameters
    ----------
    blocks
        Of the page.
    mistakes
        What the core says against answers, by question.
    opened
        Whether a question came up that the form did not show yet.
    """

    blocks: tuple[Block, ...]
    mistakes: dict[str, str]
    opened: bool


def state_of(client: Client, now: datetime, **more: Any) -> State:
    """Return a client's answers so far."""
    sheet, today = queries.working_sheet(client.pk), timezone.localdate(now)
    raw = {} if sheet is None else sheet.answers
    return State(raw, load_rules(), today, answers_on(sheet, client, today), **more)


def answer_page(request: HttpRequest, client: Client, page: Page, *, by: User | None, now: datetime) -> Answering:
    """Keep what a form sent of a page, and return what it shows next."""
    book, sent = load_rules(), request.POST
    shown = [name for name in sent.getlist("shown") if name in page.questions]
    answers = {name: sent_answer(book.questions[name], sent) for name in shown}
    mistakes = services.save_answers(by=by, client=client, answers=answers, now=now)
    here = {name for name in shown if sent.get(name) == "here" and not answers[name]}
    typed = {name: answers[name] for name in mistakes}
    found = blocks(page, state_of(client, now, mistakes=mistakes, typed=typed, here=here))
    fresh = [one for block in found for one in block.questions if one.id not in shown and not one.answered]
    return Answering(found, mistakes, bool(fresh))


def save_zones(request: HttpRequest, client: Client, *, by: User | None, now: datetime) -> None:
    """Keep the areas that a form sent."""
    zones = [site for site in SITES if site in request.POST.getlist("zones")]
    services.save_answers(by=by, client=client, answers={}, zones=zones, now=now)


def next_page(name: str, states: tuple[PageState, ...]) -> str | None:
    """Return the name of the page after one, or None at the end."""
    names = [WHERE, *(one.page.name for one in states)]
    after = names[names.index(name) + 1 :] if name in names else names
    return after[0] if after else None
