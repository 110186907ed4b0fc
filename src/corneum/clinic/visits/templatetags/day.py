"""The flags and buttons of a visit. A day has very many of them: each is a string, and what people wrote is escaped."""

from collections.abc import Collection, Iterator
from html import escape
from uuid import UUID

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from corneum.clinic.visits.addresses import address
from corneum.clinic.visits.flags import Flag
from corneum.clinic.visits.present import Row, Step

register = template.Library()
_BUTTON = (
    '<button class="{look}"{named} form="steps" formaction="{where}" hx-post="{where}" hx-target="closest .visit"'
    ' hx-swap="outerHTML" name="status" value="{value}">{words}</button>'
)
_MENU = '<details class="me"><summary aria-label="{told}">{more}</summary><div class="menu">{inside}</div></details>'


@register.simple_tag(takes_context=True)
def flags(context: Context, row: Row) -> SafeString:
    """Return the flags of a visit: each leads to where it is seen to, or says no more than its reader may know."""
    opens: Collection[str] = context.get("opens") or ()
    found = dict.fromkeys(_told(row.flags, row.visit.client_id, opens))
    return format_html_join(" ", "{}", ((one,) for one in found))


@register.simple_tag
def steps(row: Row) -> SafeString:
    """Return the button that takes a visit on, as it usually goes, and a menu of what else may follow."""
    step = row.next
    if step is None:
        return SafeString()
    key = f"next-{row.visit.pk}"
    button = _button(
        row, step, "second", f' id="{key}" aria-label="{escape(f"{row.visit.client.name}: {step.words}")}"'
    )
    if not row.can_move:
        return mark_safe(button)
    inside = f'<a href="{address("visits:move", row.visit.pk)}">{escape(_("Move"))}</a>'
    inside += "".join(_button(row, other, "quiet") for other in row.others)
    menu = _MENU.format(told=escape(row.more_label), more=escape(_("More")), inside=inside)
    return mark_safe(f"{button} {menu}")


def _button(row: Row, step: Step, look: str, named: str = "") -> str:
    where = address("visits:status", row.visit.pk)
    return _BUTTON.format(look=look, named=named, where=where, value=step.status, words=escape(str(step.words)))


def _told(flags: Collection[Flag], client_id: UUID, opens: Collection[str]) -> Iterator[SafeString]:
    for flag in flags:
        way = next((name for name in flag.ways if name in opens), "")
        if way:
            yield format_html('<a class="tag {}" href="{}">{}</a>', flag.tone, address(way, client_id), flag.text)
        else:
            yield format_html('<span class="tag {}">{}</span>', flag.tone, flag.plain or flag.text)
