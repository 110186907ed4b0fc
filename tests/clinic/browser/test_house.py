"""What every page has: one alert however often it asks in vain, what it asks by itself, and notices on paper."""

from pathlib import Path

import pytest

import corneum.clinic.ui

HOUSE = Path(corneum.clinic.ui.__file__).parent / "static" / "ui"
LOST, FAILED = "No line: nothing was changed.", "That failed."
PAGE = f"""<!doctype html><html lang="xx"><body data-lost="{LOST}" data-failed="{FAILED}">
<main id="main"><p class="notice wait" id="kept">Outdated</p>
<div class="notice no-print" id="gone">Kept.</div></main></body></html>"""


@pytest.fixture
def page(chromium):
    with chromium.new_page() as made:
        made.clock.install()
        made.set_content(PAGE)
        made.add_script_tag(path=HOUSE / "house.js")
        made.add_style_tag(path=HOUSE / "house.css")
        yield made


def send(page, name, **detail):
    page.evaluate("([name, detail]) => document.dispatchEvent(new CustomEvent(name, { detail }))", [name, detail])


def test_a_page_without_a_connection_says_so_once(page):
    for _ in range(10):
        send(page, "htmx:sendError")
    assert page.get_by_role("alert").all_inner_texts() == [LOST]
    send(page, "htmx:afterRequest", successful=False)
    assert page.get_by_role("alert").count() == 1
    send(page, "htmx:afterRequest", successful=True)
    assert page.get_by_role("alert").count() == 0


def test_what_failed_stays_until_something_that_a_person_did_has_worked(page):
    send(page, "htmx:sendError")
    send(page, "htmx:responseError")
    send(page, "htmx:afterRequest", successful=True)
    assert page.get_by_role("alert").all_inner_texts() == [FAILED]
    send(page, "htmx:afterRequest", successful=True, requestConfig={"triggeringEvent": {}})
    assert page.get_by_role("alert").count() == 0


ASKS = """([name, css]) => {
  const elt = document.querySelector(css);
  const asked = new CustomEvent(name, { bubbles: true, cancelable: true, detail: { elt, shouldSwap: true } });
  const goes = elt.dispatchEvent(asked);
  return goes && asked.detail.shouldSwap;
}"""
DAY = """<div id="day" data-by-itself><button id="next">Arrived</button><details><summary>More</summary></details></div>
<div id="pulse" data-by-itself hidden></div><a id="elsewhere" href="#main">Elsewhere</a>"""


@pytest.fixture
def day(page):
    page.evaluate("(html) => document.getElementById('main').insertAdjacentHTML('beforeend', html)", DAY)
    page.add_script_tag(path=HOUSE / "pulse.js", type="module")
    page.wait_for_function("() => true")
    return page


def asks(page, name="htmx:beforeRequest", css="#day"):
    return page.evaluate(ASKS, [name, css])


def test_a_list_changes_only_while_nobody_uses_it(day):
    assert asks(day) and asks(day, "htmx:beforeSwap")
    day.locator("#next").click()
    assert not asks(day) and not asks(day, "htmx:beforeSwap") and asks(day, css="#pulse")
    day.locator("#elsewhere").focus()
    assert asks(day)
    day.locator("#next").press("Shift")
    assert not asks(day)
    day.clock.fast_forward("01:00")
    assert asks(day) and asks(day, "htmx:beforeSwap")
    day.locator("summary").click()
    day.locator("#elsewhere").focus()
    day.clock.fast_forward("01:00")
    assert not asks(day)


RENEWED = """([css, html]) => {
  document.querySelector(css).focus();
  const day = document.getElementById("day");
  const said = (name) => new CustomEvent(name, { bubbles: true, detail: { elt: day, shouldSwap: true } });
  day.dispatchEvent(said("htmx:beforeSwap"));
  day.outerHTML = html;
  document.getElementById("day").dispatchEvent(said("htmx:afterSwap"));
  return [document.activeElement.id, document.activeElement.localName];
}"""
GONE = """<div id="day" data-by-itself><p>Nobody</p></div>"""


@pytest.mark.parametrize(
    ("css", "html", "focused"),
    [("#next", DAY, ["next", "button"]), ("summary", DAY, ["", "summary"]), ("#next", GONE, ["day", "div"])],
)
def test_a_focus_that_rests_is_where_it_was_after_a_renewal(day, css, html, focused):
    assert day.evaluate(RENEWED, [css, html]) == focused


def test_what_a_page_asks_by_itself_says_nothing_of_a_lost_line(day):
    asks(day, "htmx:sendError", "#pulse")
    assert day.get_by_role("alert").count() == 0


def hears(page, flags):
    notice = (
        f"<div id='emergency' data-flags='{flags}'><p>Signs of an emergency</p><button data-close>Close</button></div>"
    )
    page.evaluate(
        """(html) => {
          const pulse = document.getElementById("pulse");
          pulse.innerHTML = html;
          pulse.dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true, detail: {} }));
        }""",
        notice if flags else "",
    )


def test_an_emergency_is_shown_once_and_goes_when_it_was_seen(day):
    for _ in range(3):
        hears(day, "one")
    assert day.get_by_role("alert").count() == 1
    hears(day, "one two")
    assert day.get_by_role("alert").count() == day.locator("#emergency").count() == 1
    hears(day, "")
    assert day.locator("#emergency").count() == 0


SWAP = """(keeps) => {
  const elt = document.getElementById("next");
  elt.focus();
  const config = { elt, triggeringEvent: new Event("click") };
  const target = document.getElementById("day");
  document.dispatchEvent(new CustomEvent("htmx:beforeSend", { detail: { target, requestConfig: config } }));
  const busy = target.getAttribute("aria-busy");
  if (!keeps) elt.remove();
  const detail = { target, successful: true, requestConfig: config };
  document.dispatchEvent(new CustomEvent("htmx:afterRequest", { detail }));
  target.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { requestConfig: config } }));
  return [busy, target.getAttribute("aria-busy"), document.activeElement.id];
}"""


@pytest.mark.parametrize(("keeps", "focused"), [(True, "next"), (False, "day")])
def test_what_is_on_its_way_is_said_and_the_focus_is_not_lost(day, keeps, focused):
    assert day.evaluate(SWAP, keeps) == ["true", None, focused]


@pytest.mark.parametrize("on", [True, False])
def test_a_key_alone_does_something_only_where_it_is_wanted(page, on):
    page.evaluate("(on) => { if (on) document.body.dataset.shortcuts = ''; }", on)
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<input id=find>')")
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == ("find" if on else "")


def test_notices_are_printed_and_messages_are_not(page):
    assert page.locator("#gone").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#kept").is_visible() and not page.locator("#gone").is_visible()


TARGETS = """<p><a class="back" href="#">Back</a></p><div class="row"><a href="#">Grade</a></div>
<table><tr><td><a href="#">A row</a></td></tr></table><details><summary>Source</summary></details>
<details class="topic"><summary>Sun</summary></details><p><span class="tag stop">late</span></p>"""


def test_what_is_tapped_is_as_high_as_a_finger_is_wide(page):
    page.evaluate("(html) => document.getElementById('main').insertAdjacentHTML('beforeend', html)", TARGETS)
    heights = page.locator("main a, main summary").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert len(heights) == 5 and min(heights) >= 44
    markers = page.locator("main summary").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::before').content)"
    )
    assert set(markers) == {'"▸"'}


def test_colors_that_a_person_chose_leave_a_line_where_a_tint_was(page):
    page.evaluate("(html) => document.getElementById('main').insertAdjacentHTML('beforeend', html)", TARGETS)
    line = "(one) => getComputedStyle(one).borderTopStyle"
    assert page.locator(".tag").evaluate(line) == "none"
    page.emulate_media(forced_colors="active")
    assert page.locator(".tag").evaluate(line) == "solid"
