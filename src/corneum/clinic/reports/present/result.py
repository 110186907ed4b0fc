"""The result of a course as one report, in the client's language: it becomes a page and a PDF alike."""

from base64 import b64encode

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup, escape

from corneum import __version__
from corneum.clinic.measured.present.words import day_of, outcome
from corneum.clinic.photos import files
from corneum.clinic.photos.models import Photo
from corneum.clinic.plans.present import words
from corneum.clinic.reports.translate import CourseResult
from corneum.clinic.treatments.models import Decision
from corneum.clinic.treatments.present.checks import site_titles
from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.reading import reads
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import Change, zone_in_words
from corneum.imaging.pairs.words import per_baseline
from corneum.reports.course.blocks import (
    Block,
    Facts,
    Paragraph,
    Pictures,
    Report,
    Section,
    Split,
    Table,
    Text,
    quiet,
    say,
    strong,
)
from corneum.reports.figures.drawing import Drawing
from corneum.reports.photographs.tables import number

_BETTER = ("very_much_improved", "much_improved", "improved")
_MOST_ROWS = 8
_SHARE = 0.5
"""Of the width of a sheet, for what was done beside the photographs."""


def report_of(found: CourseResult, *, pictures: bool) -> Report:
    """Return the result of a course in the language that is active.

    Parameters
    ----------
    found
        What it came to.
    pictures
        Whether photographs are put into it: for a file, which nobody else shows them beside.
    """
    decides = _("A named clinician decides.")
    sections = [
        Section(_("What was expected"), _expected(found), "expected"),
        Section(_("What was measured"), _measured(found), "measured"),
        *([Section(_("How it looks to raters"), _rated(found), "rated")] if found.scored is not None else []),
        Section(_("What was done"), _done(found, pictures and bool(found.pictures)), "done"),
        Section(_("Reactions"), _reactions(found), "reactions"),
    ]
    return Report(
        audience="client",
        overline=_("Result of a course"),
        title=_title(found),
        lead=say(lead(found)),
        facts=Facts(_facts(found)),
        sections=tuple(sections),
        footer=(say(strong(f"{decides} "), _("Numbers from photographs tell of what a camera sees, not of health.")),),
        running=f"{found.client.name} · {decides}",
        version=__version__,
        language=found.client.language,
    )


def lead(found: CourseResult) -> str:
    """Return what a course came to in one or two sentences, also where that is nothing."""
    if not found.measured:
        return _("No photographs were compared: this course has no measured result.")
    if not found.told:
        return _("The photographs do not measure what this course was for. It has no measured result.")
    changed = len(found.beyond)
    if not changed:
        return _(
            "Nothing that this course was for changed beyond measurement noise. There may be no change, or one that "
            "is too small for these photographs."
        )
    said = ngettext(
        "%(changed)s of %(count)s value that this course was for changed beyond measurement noise.",
        "%(changed)s of %(count)s values that this course was for changed beyond measurement noise.",
        len(found.told),
    ) % {"changed": changed, "count": len(found.told)}
    return said + " " + _("Photographs alone do not tell whether the treatment is the reason.")


def _title(found: CourseResult) -> str:
    return spoken(found.plan.title) if found.plan is not None else _("Course %(number)s") % {"number": found.number}


def _facts(found: CourseResult) -> tuple[tuple[str, Text], ...]:
    first, last = (timezone.localdate(found.sessions[place].opened_at) for place in (0, -1))
    count = _("%(done)s of %(planned)s") % {"done": len(found.sessions), "planned": found.planned or "?"}
    days = " – ".join(dict.fromkeys(date_format(day, "DATE_FORMAT") for day in (first, last)))
    review = found.review
    decided = _("none yet") if review is None else str(Decision(review.decision).label)
    who = "" if review is None else f" ({review.by.name}, {date_format(timezone.localtime(review.at), 'DATE_FORMAT')})"
    return (
        (_("Client"), say(found.client.name)),
        (_("Sessions"), say(count)),
        (_("From, to"), say(days)),
        (_("Review"), say(decided, quiet(who))),
    )


def _expected(found: CourseResult) -> tuple[Block, ...]:
    if found.plan is None:
        return (Paragraph(say(_("The plan was written by another version of the program: see its own report."))),)
    goals = tuple(
        (
            say(spoken(goal.plain)),
            say(site_titles([goal.zone])),
            say(spoken(goal.statement) or _("No study counted people.")),
        )
        for goal in found.plan.goals
    )
    zones = tuple(
        (
            say(spoken(zone.title)),
            say(words.spread(zone.expected.depth_um, unit="µm")),
            say(words.spread(zone.expected.corneum_share, share=True)),
        )
        for zone in found.plan.zones
    )
    return (
        Table((_("What for"), _("Where"), _("What studies saw")), goals, (1.4, 0.8, 3.4), look="small"),
        Table(
            (_("Zone"), _("Depth removed, first session"), _("Share of the stratum corneum")),
            zones,
            (1.0, 1.4, 1.4),
            _("By the model, middle and 95 %; not validated on you."),
            "small",
        ),
    )


def _measured(found: CourseResult) -> tuple[Block, ...]:
    if not found.measured:
        return (Paragraph(say(_("No two photographs from before and after were compared."))),)
    blocks: list[Block] = []
    rows = tuple(_row(one) for _pair, one in found.told[:_MOST_ROWS])
    if rows:
        head = (_("Measured"), _("Where"), _("Change"), _("Smallest change that can be seen"), _("Reading"))
        blocks.append(Table(head, rows, (1.7, 1.2, 1.0, 1.3, 1.3), look="small"))
    if len(found.told) > _MOST_ROWS:
        left = len(found.told) - _MOST_ROWS
        blocks.append(Paragraph(say(_("%(count)s more stand in the record.") % {"count": left}), "quiet"))
    measured, beyond = found.counts
    by_chance = _(
        "Of all %(count)s values of these photographs %(beyond)s are beyond measurement noise; about 1 in 20 passes "
        "that limit by chance."
    ) % {"count": measured, "beyond": beyond}
    blocks.append(Paragraph(say(by_chance), "quiet"))
    for pair in found.measured:
        said = _("%(first)s and %(last)s: %(outcome)s.") % {
            "first": day_of(pair.row.baseline),
            "last": day_of(pair.row.followup),
            "outcome": outcome(pair.row.outcome)["name"],
        }
        blocks.append(Paragraph(say(quiet(said)), "quiet"))
    return tuple(blocks)


def _row(one: Change) -> tuple[Text, ...]:
    by, unit = per_baseline(one)
    reading = {"higher": _("higher"), "lower": _("lower")}.get(one.verdict, _("within measurement noise"))
    sign = "+" if one.change > 0 else ""
    return (
        say(spoken(INDICES[one.index].title)),
        say(spoken(zone_in_words(one.zone))),
        say(strong(f"{sign}{number(by * one.change)} {spoken(unit)}")),
        say(f"± {number(by * one.mdc95)} {spoken(unit)}"),
        say(reading),
    )


def _rated(found: CourseResult) -> tuple[Block, ...]:
    scored = found.scored
    if scored is None:
        return ()
    every = sum(scored.labels.values())
    better = sum(scored.labels.get(name, 0) for name in _BETTER)
    told = _(
        "Without knowing which picture is the later one, %(raters)s raters took the later one for the better one in "
        "%(better)s of %(count)s answers, saw no difference in %(same)s, and took it for the worse one in %(worse)s."
    ) % {
        "raters": scored.raters,
        "better": better,
        "count": every,
        "same": scored.labels.get("no_change", 0),
        "worse": scored.labels.get("worse", 0),
    }
    shams = sum(scored.sham_labels.values())
    blocks = [Paragraph(say(told))]
    if shams:
        seen = shams - scored.sham_labels.get("no_change", 0)
        said = _("Between two pictures of the same state they saw a difference in %(seen)s of %(count)s answers.")
        blocks.append(Paragraph(say(said % {"seen": seen, "count": shams}), "quiet"))
    return tuple(blocks)


def _done(found: CourseResult, pictures: bool) -> tuple[Block, ...]:
    rows = tuple(
        (
            say(str(one.number)),
            say(date_format(timezone.localtime(one.opened_at), "SHORT_DATE_FORMAT")),
            say(site_titles(one.done)),
            say(", ".join(dict.fromkeys((reads(zone["settings"].get("vacuum")) or "–") for zone in one.done.values()))),
            say(", ".join(str(zone["passes"]) for zone in one.done.values())),
        )
        for one in found.sessions
    )
    head = (_("No."), _("Day"), _("Zones"), _("Vacuum"), _("Passes"))
    table = Table(head, rows, (0.4, 1.0, 1.6, 0.9, 0.8), look="small")
    # Beside each other the usual course stays on one sheet.
    return (Split((table,), _pictures(found.pictures), _SHARE),) if pictures else (table,)


def _reactions(found: CourseResult) -> tuple[Block, ...]:
    if not found.reactions:
        return (Paragraph(say(_("No reaction is on record."))),)
    rows = tuple(
        (
            say(date_format(one.onset, "SHORT_DATE_FORMAT")),
            say(str(one.get_kind_display())),
            say(str(one.get_severity_display())),
            say(_("over") if one.closed_at else _("still followed")),
        )
        for one in found.reactions
    )
    return (Table((_("Since"), _("What"), _("Severity"), _("State")), rows, (0.8, 1.4, 2.4, 0.8), look="small"),)


def _pictures(pictures: tuple[Photo, ...]) -> tuple[Block, ...]:
    return (Pictures(tuple(_drawing(one) for one in pictures), tuple(1.0 for _one in pictures)),)


def _drawing(photo: Photo) -> Drawing:
    raw = b64encode(files.path_of(photo.pk, files.SMALL).read_bytes()).decode()
    width, height = photo.width, photo.height
    said = _("Photograph of %(day)s") % {"day": day_of(photo)}
    svg = (
        f'<svg viewBox="0 0 {width} {height}" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'aria-label="{escape(said)}"><image width="{width}" height="{height}" '
        f'xlink:href="data:image/jpeg;base64,{raw}"/></svg>'
    )
    return Drawing(Markup(svg), Markup(escape(day_of(photo))), "photograph")
