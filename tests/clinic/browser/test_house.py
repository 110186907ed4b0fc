"""What every page has: one alert however often it asks in vain, and notices on paper."""

from pathlib import Path

import pytest

import corneum.clinic.ui

HOUSE = Path(corneum.clinic.ui.__file__).parent / "static" / "ui"
PAGE = """<!doctype html><html lang="en"><body><main id="main"><p class="notice wait" id="kept">Outdated</p>
<div class="notice no-print" id="gone">Kept.</div></main></body></html>"""


@pytest.fixture
def page(chromium):
    with chromium.new_page() as made:
        made.set_content(PAGE)
        made.add_script_tag(path=HOUSE / "house.js")
        made.add_style_tag(path=HOUSE / "house.css")
        yield made


def send(page, name, **detail):
    page.evaluate("([name, detail]) => document.dispatchEvent(new CustomEvent(name, { detail }))", [name, detail])


def test_a_page_without_a_connection_says_so_once(page):
    for _ in range(10):
        send(page, "htmx:sendError")
    assert page.get_by_role("alert").count() == 1
    send(page, "htmx:afterRequest", successful=False)
    assert page.get_by_role("alert").count() == 1
    send(page, "htmx:afterRequest", successful=True)
    assert page.get_by_role("alert").count() == 0


def test_what_failed_stays_to_be_read(page):
    send(page, "htmx:sendError")
    send(page, "htmx:responseError")
    send(page, "htmx:afterRequest", successful=True)
    assert page.get_by_role("alert").all_inner_texts() == ["That failed: nothing was changed."]


def test_notices_are_printed_and_messages_are_not(page):
    assert page.locator("#gone").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#kept").is_visible() and not page.locator("#gone").is_visible()
