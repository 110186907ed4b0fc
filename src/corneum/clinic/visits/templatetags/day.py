"""The flags and buttons of a visit. A day has very many of them, so that they are not a template each."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from corneum.clinic.visits.addresses import address
from corneum.clinic.visits.flags import Flag
from corneum.clinic.visits.present import Row, Step

register = template.Library()
_MENU = '{} <details class="me"><summary aria-label="{}">{}</summary><div class="menu">{}{}</div></details>'
_BUTTON = (
    '<button class="{look}"{named} form="steps" formaction="{where}" hx-post="{where}" hx-target="closest .visit"'
    ' hx-swap="outerHTML" name="status" value="{value}">{words}</button>'
)


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
    button = _button(row, step, "second", f"{row.visit.client.name}: {step.words}")
    if not row.can_move:
        return button
    others = format_html_join("", "{}", ((_button(row, step, "quiet"),) for step in row.others))
    to_move = format_html('<a href="{}">{}</a>', address("visits:move", row.visit.pk), _("Move"))
    return format_html(_MENU, button, row.more_label, _("More"), to_move, others)


def _button(row: Row, step: Step, look: str, label: str = "") -> SafeString:
    where = address("visits:status", row.visit.pk)
    named = format_html(' id="next-{}" aria-label="{}"', row.visit.pk, label) if label else ""
    return format_html(_BUTTON, look=look, named=named, where=where, value=step.status, words=step.words)


def _told(flags: Collection[Flag], client_id: UUID, opens: Collection[str]) -> Iterator[SafeString]:
    for flag in flags:
        way = next((name for name in flag.ways if name in opens), "")
        if way:
            yield format_html('<a class="tag {}" href="{}">{}</a>', flag.tone, address(way, client_id), flag.text)
        else:
            yield format_html('<span class="tag {}">{}</span>', flag.tone, flag.plain or flag.text)
