"""The checks of the day for the page: questions in groups, and what the rules say of the answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from corneum.clinic.intake.questioning import wording
from corneum.clinic.treatments import day
from corneum.clinic.treatments.present.words import GROUPS, ROOM, Word
from corneum.clinic.treatments.situation import Situation
from corneum.clinic.treatments.state import SessionState
from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.reading import plain
from corneum.screening import DONT_KNOW, Finding, Question
from corneum.skin import SITES


@dataclass(frozen=True)
class Choice:
    """An answer that is tapped.

    Parameters
    ----------
    tap
        What the tap says.
    text
        On the button.
    chosen
        Whether it is the answer.
    """

    tap: str
    text: Word
    chosen: bool


@dataclass(frozen=True)
class AskedLine:
    """A question with what may be answered.

    Parameters
    ----------
    id, text, help, kind
        Of the question.
    choices
        To tap; for sites, those that are marked and saved together.
    value
        So far, for what is written.
    answered
        Whether there is an answer.
    unit
        Of a number.
    """

    id: str
    text: str
    help: str
    kind: str
    choices: tuple[Choice, ...]
    value: str
    answered: bool
    unit: str = ""


@dataclass(frozen=True)
class Group:
    """Questions under one heading; ``none`` answers all that are open with no."""

    name: str
    title: Word
    lines: tuple[AskedLine, ...]
    none: str

    @property
    def open(self) -> int:
        """How many are not answered."""
        return sum(not line.answered for line in self.lines)


@dataclass(frozen=True)
class RoomLine:
    """A tick of the room's list."""

    id: str
    text: Word
    tap: str
    done: bool


@dataclass(frozen=True)
class KeptVerdict:
    """What a rule said when the session was signed, for its record."""

    rule: str
    title: str
    zones: str
    heard: str
    tone: str
    label: str


@dataclass(frozen=True)
class Verdict:
    """What a rule says, for the page.

    Parameters
    ----------
    standing
        As it counts.
    zones
        Titles of the zones that it reaches.
    heard
        Who let it pass, and how; empty for nobody.
    undo
        What the tap says that takes this back; empty where there is nothing to take back.
    tone
        Class of its tag.
    label
        Word on its tag.
    """

    standing: day.Standing
    zones: str
    heard: str
    tone: str
    label: str
    undo: str = ""


def groups(now: Situation) -> tuple[Group, ...]:
    """Return the questions of the day, but for those of the room."""
    asked = day.asked_today(now.state, now.known, now.today)
    found = []
    for name, title in GROUPS.items():
        lines = [one for one in asked if one.group == name and one.question.id not in ROOM]
        if lines:
            made = tuple(_line(one.question, one.answer, now) for one in lines)
            found.append(Group(name, title, made, _none(lines, name)))
    return tuple(found)


def room(now: Situation) -> tuple[RoomLine, ...]:
    """Return what is ticked in the room; only what the rules ask of these zones."""
    asked = {one.question.id: one for one in day.asked_today(now.state, now.known, now.today)}
    found = []
    for name, text in ROOM.items():
        if name in asked and _reached(name, now):
            done = asked[name].answer == "no"
            query = urlencode({"kind": "answers", f"q-{name}": "yes" if done else "no", "at": "room"})
            found.append(RoomLine(name, text, query, done))
    return tuple(found)


def verdicts(now: Situation) -> tuple[Verdict, ...]:
    """Return what the rules say, the strictest first; rules that only wait for an answer are left out."""
    every = day.standings(now.screening, now.state)
    return tuple(_verdict(one, now) for one in every if one.finding.kind != "unanswered")


def kept_verdicts(now: Situation) -> tuple[KeptVerdict, ...]:
    """Return what the rules said as it was kept at the signature; screened again where it was not kept yet."""
    kept = now.session.findings
    found = day.told(now.screening, now.state) if kept is None else kept
    return tuple(_kept(one, now.state) for one in found)


def standing_against(found: Iterable[Finding]) -> tuple[Verdict, ...]:
    """Return what stops or defers the treatment by the answers handed in, the strictest first."""
    each = (day.Standing(one, blocks=True, waits=False) for one in found)
    return tuple(Verdict(one, site_titles(one.finding.zones), "", "stop", _label(one)) for one in each)


def site_titles(zones: Iterable[str]) -> str:
    """Return zones as people read them."""
    return ", ".join(spoken(SITES[zone].title) if zone in SITES else zone for zone in zones)


def _kept(one: dict[str, Any], state: SessionState) -> KeptVerdict:
    until = None if one["until"] is None else date.fromisoformat(one["until"])
    return KeptVerdict(
        rule=one["rule"],
        title=spoken(one["title"]),
        zones=site_titles(one["zones"]),
        heard=_heard(one["rule"], one["blocks"], state),
        tone=_tone(one["blocks"], one["waits"]),
        label=_labelled(one["kind"], one["verdict"], until),
    )


def _verdict(one: day.Standing, now: Situation) -> Verdict:
    rule = one.finding.rule.id
    over, asked = now.state.overridden.get(rule), now.state.asked.get(rule)
    heard = _heard(rule, one.blocks, now.state)
    said = (over or asked) if heard else None
    undo = "" if said is None else urlencode({"kind": "undo", "entry": str(said.entry), "at": "verdict"})
    return Verdict(one, site_titles(one.finding.zones), heard, _tone(one.blocks, one.waits), _label(one), undo)


def _heard(rule: str, blocks: bool, state: SessionState) -> str:
    over, asked = state.overridden.get(rule), state.asked.get(rule)
    if over is not None:
        return _("Overridden by %(who)s: %(why)s") % {"who": over.by, "why": over.said}
    if asked is not None and not blocks:
        return _("%(who)s was asked: %(said)s (written by %(by)s)") % {
            "who": asked.who,
            "said": asked.said,
            "by": asked.by,
        }
    return ""


def _tone(blocks: bool, waits: bool) -> str:
    return "stop" if blocks else "wait" if waits else ""


def _label(one: day.Standing) -> str:
    return _labelled(one.finding.kind, one.finding.verdict, one.finding.until)


def _labelled(kind: str, verdict: str, until: date | None) -> str:
    if kind == "dont_know":
        return _("Ask: the answer is not known")
    if verdict == "defer" and until is not None:
        return _("Defer until %(day)s") % {"day": date_format(until, "SHORT_DATE_FORMAT")}
    words = {"stop": _("Stop"), "defer": _("Defer"), "ask": _("Ask a clinician"), "note": _("Note")}
    return words[verdict]


def _line(question: Question, answer: Any, now: Situation) -> AskedLine:
    return AskedLine(
        id=question.id,
        text=wording(question),
        help=spoken(question.help),
        kind=question.kind,
        choices=_choices(question, answer, now),
        value=_value(answer),
        answered=answer is not None,
        unit=question.unit,
    )


def _choices(question: Question, answer: Any, now: Situation) -> tuple[Choice, ...]:
    if question.kind == "sites":
        chosen = answer if isinstance(answer, list) else []
        names = dict.fromkeys((*now.names, *chosen))
        return tuple(Choice(name, site_titles([name]), name in chosen) for name in names)
    words: list[tuple[str, str]] = []
    if question.kind == "yes_no":
        words = [("no", _("No")), ("yes", _("Yes"))]
    elif question.kind == "choice":
        words = [(choice.id, spoken(choice.text)) for choice in question.choices]
    words.append((DONT_KNOW, _("Not known")))
    return tuple(Choice(_tap(question.id, word), text, answer == word) for word, text in words)


def _tap(name: str, word: str) -> str:
    return urlencode({"kind": "answers", f"q-{name}": word, "at": f"q-{name}"})


def _none(lines: Iterable[day.Asked], group: str) -> str:
    open_ones = [one.question for one in lines if one.answer is None]
    said = {
        f"q-{question.id}": "no" if question.kind == "yes_no" else ""
        for question in open_ones
        if question.kind in ("yes_no", "sites") and question.only_if is None
    }
    if group == "earlier" and all(question.only_if is not None for question in open_ones):
        # Only what an earlier session may have left is open: "none" answers the numbers as well.
        said |= {f"q-{q.id}": "no" if q.kind == "yes_no" else "" for q in open_ones if q.kind in ("yes_no", "sites")}
        said |= {f"q-{q.id}": "0" for q in open_ones if q.kind == "number"}
    return urlencode({"kind": "answers", **said, "at": f"group-{group}"}) if len(said) > 1 else ""


def _value(answer: Any) -> str:
    if isinstance(answer, float):
        return plain(answer)
    return answer if isinstance(answer, str) else ""


def _reached(name: str, now: Situation) -> bool:
    book = day.day_rules()
    reached: set[str] = set()
    for rule in book.rules.values():
        if name in book.asked_by(rule):
            everywhere = {"everywhere", "answered_sites"} & set(rule.scope)
            reached |= {
                zone
                for zone in now.names
                if everywhere or zone in rule.scope or (zone in SITES and SITES[zone].region in rule.scope)
            }
    return bool(reached)
