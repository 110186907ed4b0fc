"""Gather every message of the clinic for translators, and compile what they wrote.

`python tools/messages.py` brings ``src/corneum/clinic/locale/*/LC_MESSAGES/django.po`` up to date and compiles it;
what is new stands in it with an empty translation. Messages come from three places:

- the clinic's own Python and templates, where they are marked for gettext;
- the tables of the core (questions, rules, care, consent, concerns, sites, indices), which are asked for theirs;
- the code of the core, of which the rooms below are read: each text in it is a message, and each f-string a message
  with numbered gaps, which `corneum.clinic.ui.phrases` finds again in what the core says.
"""

import ast
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as CatalogMessage
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "corneum"
CLINIC = SOURCE / "clinic"
LOCALE = CLINIC / "locale"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SPEAKING = (
    "course/interval.py",
    "course/planner.py",
    "course/costs.py",
    "course/refusal.py",
    "course/course_notes.py",
    "course/responses.py",
    "course/schedule.py",
    "course/bound.py",
    "course/goals.py",
    "course/zone_plan.py",
    "course/search.py",
    "course/what_if.py",
    "imaging/door/*.py",
    "imaging/gates/*.py",
    "imaging/pairs/withheld.py",
    "imaging/pairs/words.py",
    "lesions/exclusions.py",
    "lesions/followed.py",
    "lesions/photographs.py",
    "reports/course/client.py",
    "reports/course/client_dates.py",
    "reports/course/client_goals.py",
    "reports/course/calendar.py",
    "reports/course/map_of_zones.py",
    "reports/course/wordings.py",
    "reports/figures/body.py",
    "reports/photographs/pair.py",
    "reports/photographs/tables.py",
    "screening/wording.py",
    "screening/verdicts.py",
)
"""Files of the core whose texts reach a page."""
SETTINGS = ("flow_g_min", "grain_um", "opening_mm", "drive_kpa", "grit_um", "tip_mm", "load_n", "count", "length_mm")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_CODE = r"^>|[\\^]|<[a-z/]|^ ?[a-z-]+=|var\(--"
_NOT_SAID = re.compile(
    r"^[a-z_0-9.*/:#-]*$|^[A-Z][a-z]{0,2}$|^[A-Z-]+\d*$|^[A-Z]\w*[A-Z]\w*$|^\W*$|^[a-z_]+\.[a-z_.]+$|\[|\(\?|\{\{|"
    + _CODE
)
_NO_SENTENCE = re.compile(r"^[\w.-]*[_.#-][\w.-]*$|is below low$|https?:|" + _CODE)
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)
"""Of the files' heads, which tell nothing that changes."""


class Message(NamedTuple):
    """A message, with its plural and context where it has them, and the file in which it stands."""

    id: str
    plural: str
    context: str | None
    place: str


def messages() -> Iterator[Message]:
    """Return every message of the clinic, some more than once."""
    yield from clinic_messages()
    yield from table_messages()
    yield from code_messages()


def clinic_messages() -> Iterator[Message]:
    """Return what is marked in the clinic's Python and templates."""
    from django.utils.translation.template import templatize

    for path in sorted(CLINIC.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield from _marked(path.read_text(encoding="utf-8"), path)
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            yield from _marked(templatize(path.read_text(encoding="utf-8"), origin=str(path)), path)


def _marked(text: str, path: Path) -> Iterator[Message]:
    for _line, name, found, _comments in extract_python(io.BytesIO(text.encode()), list(KEYWORDS), [], {}):
        texts = [found] if isinstance(found, str) else [one for one in found or () if isinstance(one, str)]
        if not texts:
            continue
        context = texts.pop(0) if "pgettext" in name else None
        plural = texts[1] if "ngettext" in name or "npgettext" in name else ""
        yield Message(texts[0], plural, context, str(path.relative_to(ROOT)))


def table_messages() -> Iterator[Message]:
    """Return the texts of the core's tables that a page shows; those of rules stand last."""
    from corneum.clinic.intake.questioning import wording
    from corneum.course.alternatives import load_alternatives
    from corneum.course.care import load_care, load_consent
    from corneum.course.responses import load_responses
    from corneum.course.suitability import load_suitability
    from corneum.devices import GRAIN_MATERIALS
    from corneum.evidence import load_evidence
    from corneum.imaging.gates.views import VIEWS
    from corneum.imaging.indices import INDICES
    from corneum.reports.course.client_dates import calls
    from corneum.reports.figures.regions import VIEWS as DRAWN
    from corneum.reports.words import setting_title
    from corneum.screening import MEANINGS, VERDICTS, load_rules
    from corneum.skin import SITES

    book, fits = load_rules(), load_suitability()
    texts: dict[str, Iterable[str]] = {
        "skin": (
            text
            for site in SITES.values()
            for text in (
                site.title,
                *(f"{side} {site.title.lower()}" for side in ("left", "right") if " " not in site.title),
            )
        ),
        "marks": (
            "mark",
            "{1} with a probability of {2} %",
            "In the baseline: {1}",
            "In the follow-up: {1}",
            "the card",
        ),
        "drawings": (view.title for view in DRAWN.values()),
        "screening/questions": (
            text
            for one in book.questions.values()
            for text in (wording(one), one.help, one.unit, *(choice.text for choice in one.choices))
        ),
        "screening/answers": (
            "{1} is no answer; write one of {2}",
            "{1} is not a date; write year-month-day, such as {2}",
            "{1} is after the day of screening, {2}",
            "{1} is not a number",
            "{1} is not a number of {2}",
            "{1} is out of range; allowed is at least {2} and at most {3}",
        ),
        "screening/client": (rule.client_text for rule in book.rules.values()),
        "screening/meanings": MEANINGS.values(),
        "care": (text for one in load_care() for text in (one.client, one.topic.replace("_", " ").capitalize())),
        "care/calls": (said for one in load_care() if one.kind == "call" for _head, said in calls(one.client)),
        "consent": (text for one in load_consent() for text in (one.title, one.client)),
        "concerns": (
            text
            for one in (*fits.concerns.values(), *fits.scales.values())
            for text in (one.title, getattr(one, "plain", ""), *(level.text for level in getattr(one, "levels", ())))
        ),
        "suitability": (text for one in fits.rows for text in (one.plain, one.verdict, one.depth, one.grade)),
        "alternatives": (
            text
            for one in load_alternatives().values()
            for text in (one.plain, one.downtime, one.caution, one.cost_class, one.title, one.purpose, one.sessions)
        ),
        "imaging": (text for one in INDICES.values() for text in (one.title, one.unit)),
        "views": (text for one in VIEWS.values() for text in (one.title, one.how)),
        "devices": GRAIN_MATERIALS.values(),
        "screening/verdicts": VERDICTS,
        "settings": (title for name in SETTINGS for title in (setting_title(name), setting_title(name).capitalize())),
        "rules of the treatment": (
            rule.text
            for key, rule in load_evidence().rules.items()
            if key.startswith(("treatment.", "lesions.go_around"))
        ),
        "responses": (
            text
            for one in load_responses()[0].values()
            for text in (one.schedule, one.grader, one.note, *(outcome.text for outcome in one.outcomes))
        ),
        "screening/rules": (
            text
            for rule in book.rules.values()
            for text in (rule.title, rule.reason, rule.strength, *(one.says for one in rule.conflicts))
        ),
        "screening/again": (
            text for rule in book.rules.values() for text in (rule.ask_again, *(c.would for c in rule.conflicts))
        ),
        "suitability/roles": (text for one in fits.rows for text in (one.role, *one.conditions)),
        "care/practitioner": (one.practitioner for one in load_care()),
    }
    for place, some in texts.items():
        for text in some:
            if _WORDS.search(text):
                yield Message(_gapless(text), "", None, f"core/{place}")


def _gapless(text: str) -> str:
    return " ".join(text.split())


def code_messages() -> Iterator[Message]:
    """Return the texts in the code of the core's speaking files, with numbered gaps where values come in."""
    for pattern in SPEAKING:
        for path in sorted(SOURCE.glob(pattern)):
            for text in _texts_of(ast.parse(path.read_text(encoding="utf-8")), refusals=path.parent.name == "door"):
                yield Message(text, "", None, str(path.relative_to(ROOT)))


def _texts_of(tree: ast.AST, *, refusals: bool) -> Iterator[str]:
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.Raise | ast.AnnAssign | ast.arguments) and not (
            refusals and isinstance(node, ast.Raise)
        ):
            # Docstrings, annotations and what is raised speak to programmers.
            apart = {ast.Expr: "value", ast.AnnAssign: "annotation"}.get(type(node))
            passed |= (
                {id(one) for one in ast.walk(getattr(node, apart) if apart else node)} if not _is_call(node) else set()
            )
        elif isinstance(node, ast.JoinedStr):
            passed |= {id(one) for one in node.values}
            passed |= {
                id(one)
                for value in node.values
                if isinstance(value, ast.FormattedValue) and value.format_spec
                for one in ast.walk(value.format_spec)
            }
            if id(node) not in passed and (text := _with_gaps(node)):
                yield text
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            text = node.value.strip()
            if _WORDS.search(text) and not _NOT_SAID.search(text):
                yield text


def _is_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)


def _with_gaps(node: ast.JoinedStr) -> str:
    gap, parts = 0, []
    for one in node.values:
        if isinstance(one, ast.Constant):
            parts.append(str(one.value))
        else:
            gap += 1
            parts.append(f"{{{gap}}}")
    text = "".join(parts).strip()
    plain = re.sub(r"\{\d+\}", "", text)
    return text if len(re.sub(r"[^A-Za-z]", "", plain)) > 3 and not _NO_SENTENCE.search(plain.strip()) else ""


def template() -> Catalog:
    """Return every message once, in the order in which it is found."""
    from django.utils import translation

    catalog = Catalog(project="Corneum", fuzzy=False, creation_date=_WHEN)
    with translation.override("en"):
        found = list(messages())
    for one in found:
        key = (one.id, one.plural) if one.plural else one.id
        held = catalog.get(one.id, one.context)
        if held is not None and held.pluralizable and not one.plural:
            key = held.id
        catalog.add(key, context=one.context, locations=[(one.place, 1)])
    return catalog


def refreshed(path: Path) -> Catalog:
    """Return a language's catalogue with exactly the messages that there are."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parts[-3])
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.creation_date = catalog.revision_date = _WHEN
    catalog.last_translator, catalog.language_team = "Corneum", "Corneum"
    catalog.header_comment = f"# Messages of the clinic: {path.parts[-3]}. Brought up to date by tools/messages.py."
    return catalog


def po_of(catalog: Catalog) -> bytes:
    """Return a catalogue as a file for translators."""
    file = io.BytesIO()
    write_po(file, catalog, width=120, include_lineno=False, sort_output=False)
    return file.getvalue()


def mo_of(catalog: Catalog) -> bytes:
    """Return a catalogue as the program reads it."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def is_translated(message: CatalogMessage) -> bool:
    """Return whether every form of a message has its translation, and nobody marked it as doubtful."""
    told = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(told) and not message.fuzzy


def main() -> None:
    """Bring every catalogue up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corneum.clinic.project.settings")
    import django

    django.setup()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        catalog = refreshed(path)
        path.write_bytes(po_of(catalog))
        path.with_suffix(".mo").write_bytes(mo_of(catalog))
        empty = sum(1 for one in catalog if one.id and not is_translated(one))
        print(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {empty} without a translation")


if __name__ == "__main__":
    sys.exit(main())
