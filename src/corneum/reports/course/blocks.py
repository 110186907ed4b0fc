"""What a report says, before it is set: one content model that becomes HTML and PDF alike."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from corneum.reports.figures.style import Drawing
from corneum.reports.links import pieces

Style = Literal["plain", "strong", "quiet", "code", "tag"]
Tone = Literal["plain", "good", "ask", "defer", "stop", "warn", "limit"]

_UNIT = re.compile(r"(?<=[\d)]) (?=(?:%|µm|mm|cm²|kPa|mmHg|h|d|N)(?![\w²]))")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style.

    Parameters
    ----------
    text
        The letters.
    style
        How they stand out.
    href
        Where they lead; empty for nowhere.
    """

    text: str
    style: Style = "plain"
    href: str = ""


Text = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``look`` is "plain", "lead" or "quiet"."""

    text: Text
    look: Literal["plain", "lead", "quiet"] = "plain"
    kind: Literal["paragraph"] = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    text: str
    kind: Literal["heading"] = field(default="heading", init=False)


@dataclass(frozen=True)
class Bullets:
    """A list; in columns where there are more than one."""

    items: tuple[Text, ...]
    columns: int = 1
    kind: Literal["bullets"] = field(default="bullets", init=False)


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and what stands under it, in so many columns; with one column it stands beside it."""

    pairs: tuple[tuple[str, Text], ...]
    columns: int = 3
    kind: Literal["facts"] = field(default="facts", init=False)


@dataclass(frozen=True)
class Table:
    """A table.

    Parameters
    ----------
    head
        One word per column.
    rows
        Cells by row.
    widths
        Of the columns, relative.
    caption
        Over it; empty for none.
    look
        "plain", or "small" for annexes.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...]
    caption: str = ""
    look: Literal["plain", "small"] = "plain"
    kind: Literal["table"] = field(default="table", init=False)


@dataclass(frozen=True)
class Pictures:
    """Figures side by side.

    Parameters
    ----------
    drawings
        From left to right.
    widths
        Of the columns, relative; a column per width.
    share
        Share of the width of the page.
    """

    drawings: tuple[Drawing, ...]
    widths: tuple[float, ...] = (1.0,)
    share: float = 1.0
    kind: Literal["pictures"] = field(default="pictures", init=False)


@dataclass(frozen=True)
class Box:
    """Something set apart.

    Parameters
    ----------
    title
        Its head.
    blocks
        What stands in it.
    tone
        Its color.
    tag
        A word beside the head.
    anchor
        Id to which others lead; empty for none.
    """

    title: str
    blocks: tuple["Block", ...]
    tone: Tone = "plain"
    tag: str = ""
    anchor: str = ""
    kind: Literal["box"] = field(default="box", init=False)


@dataclass(frozen=True)
class Boxes:
    """Boxes side by side."""

    boxes: tuple[Box, ...]
    columns: int = 2
    kind: Literal["boxes"] = field(default="boxes", init=False)


@dataclass(frozen=True)
class Split:
    """Blocks on the left and on the right; ``share`` is that of the left."""

    left: tuple["Block", ...]
    right: tuple["Block", ...]
    share: float = 0.5
    kind: Literal["split"] = field(default="split", init=False)


@dataclass(frozen=True)
class Legend:
    """Colors with their words."""

    entries: tuple[tuple[str, str], ...]
    kind: Literal["legend"] = field(default="legend", init=False)


Block = Paragraph | Heading | Bullets | Facts | Table | Pictures | Box | Boxes | Split | Legend


@dataclass(frozen=True)
class Section:
    """A part of a report.

    Parameters
    ----------
    title
        Its head.
    blocks
        What stands in it.
    anchor
        Id to which others lead.
    new_page
        Whether it begins on a page of its own in print.
    """

    title: str
    blocks: tuple[Block, ...]
    anchor: str = ""
    new_page: bool = False


@dataclass(frozen=True)
class Report:
    """A whole report for one audience.

    Parameters
    ----------
    audience
        "practitioner" or "client".
    overline, title
        At the top.
    lead
        What it comes to.
    facts
        Who, when, how often.
    sections
        In order of reading.
    footer
        What must stand at the end.
    running
        What stands at the foot of every page.
    version
        Of the program.
    language
        In which it is written.
    letterhead
        Who gives it, line by line, the name first; empty for none.
    """

    audience: Literal["practitioner", "client"]
    overline: str
    title: str
    lead: Text
    facts: Facts
    sections: tuple[Section, ...]
    footer: tuple[Text, ...]
    running: str
    version: str
    language: str = "en"
    letterhead: tuple[str, ...] = ()


def say(*parts: str | Run | Text) -> Text:
    r"""Return text from strings, runs and texts, in order; empty ones are left out.

    A number and its unit stay on one line.

    Examples
    --------
    >>> say("5 % of ", strong("2 µm"))
    (Run(text='5\xa0% of ', style='plain', href=''), Run(text='2\xa0µm', style='strong', href=''))
    """
    found: list[Run] = []
    for part in parts:
        if isinstance(part, tuple):
            found += part
        else:
            found.append(part if isinstance(part, Run) else Run(part))
    return tuple(replace(run, text=_UNIT.sub("\xa0", run.text)) for run in found if run.text)


def strong(text: str) -> Run:
    """Return text that stands out."""
    return Run(text, "strong")


def quiet(text: str) -> Run:
    """Return text that stands back."""
    return Run(text, "quiet")


def code(text: str) -> Run:
    """Return a key or an id."""
    return Run(text, "code")


def with_links(where: str, style: Style = "plain") -> Text:
    """Return text in which DOI, PMID, PMC, trial and arXiv numbers are links."""
    return tuple(Run(text, style, href) for text, href in pieces(where))


def joined(texts: Iterable[Text], between: str = ", ") -> Text:
    """Return texts one after another with something between them."""
    found: list[Run] = []
    for text in texts:
        found += [*([Run(between)] if found else []), *text]
    return tuple(found)
