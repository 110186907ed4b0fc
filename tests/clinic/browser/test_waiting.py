"""Taps that wait are sent from any page of the staff; without a line a page says so, and a log-out asks first."""

import json
import re
import time

import pytest
from playwright.sync_api import expect

from tests.clinic.browser.person import PATIENCE_MS
from tests.clinic.browser.served import Clinic

TAP = "/clients/00000000-0000-4000-8000-000000000001/treatment/00000000-0000-4000-8000-000000000002/tap/"
PUT = """async ([user, url, many]) => {
  const { Queue } = await import("/static/treatments/queue.js");
  const queue = await Queue.open({ user, told: () => {}, token: () => "" });
  const tap = (one) => ({ url, fields: [["id", String(one)]], label: "Pass", user, refused: "" });
  for (let one = 0; one < many; one += 1) await queue.store.add(tap(one));
}"""
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
  return found;
}"""
FULL = """async ([user, url]) => {
  const { Queue } = await import("/static/treatments/queue.js");
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (tap) {
    const request = add.call(this, tap);
    request.addEventListener("success", () => this.transaction.abort());
    return request;
  };
  const told = (one) => { globalThis.heard = one; };
  globalThis.queue = await Queue.open({ user, told, token: () => "" });
  for (const id of ["0", "1"]) await globalThis.queue.add(url, [["id", id]], "Pass");
}"""
CLOSED = """async ([user, url]) => {
  const { Queue } = await import("/static/treatments/queue.js");
  globalThis.queue = await Queue.open({ user, told: (one) => { globalThis.heard = one; }, token: () => "" });
  await globalThis.queue.add(url, [["id", "0"]], "Pass");
  globalThis.queue.store.first.base.close();
  await globalThis.queue.add(url, [["id", "1"]], "Pass");
}"""
OPENED = """async (user) => {
  const { Queue } = await import("/static/treatments/queue.js");
  globalThis.queue = await Queue.open({ user, told: (one) => { globalThis.heard = one; }, token: () => "" });
  globalThis.queue.soon();
}"""
HELD = """async () => (await (await import("/static/treatments/queue.js")).heldTaps()).length"""


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    with Clinic(tmp_path_factory.mktemp("waiting") / "home") as served:
        yield served


@pytest.fixture
def person(clinic, sits_down):
    """Somebody who has logged in, in a browser of their own."""
    one = sits_down(clinic)
    one.open("/")
    if "first-run" in one.page.url:
        one.first_run("Olga Owner", "olga")
    one.log_in("olga").open("/today/")
    one.page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")
    one.sent, one.answers, one.refused_on_purpose = [], {"status": 503, "body": ""}, re.compile(r"/tap/$")

    def answer(route):
        one.sent.append(dict(item.split("=") for item in route.request.post_data.split("&")))
        if one.answers is None:
            return
        route.fulfill(content_type="application/json", **one.answers)

    one.context.route(one.refused_on_purpose, answer)
    return one


def put(person, many, user=None):
    person.page.evaluate(PUT, [user or person.page.locator("body").get_attribute("data-user"), TAP, many])


def all_sent(person):
    until = time.monotonic() + PATIENCE_MS / 1000
    while person.page.evaluate(HELD):
        assert time.monotonic() < until, "taps still wait"
        person.page.wait_for_timeout(50)


def test_taps_of_a_closed_page_are_sent_from_any_page(person):
    put(person, 3)
    with person.page.expect_response(re.compile(r"/tap/$")):
        person.open("/clients/")
    expect(person.page.locator("#waiting")).to_have_text("3 taps wait to be sent")
    assert person.sent and not [tap for tap in person.sent if tap["id"] != "0"]
    person.sent.clear()
    person.answers = {"status": 200, "body": json.dumps({"status": "saved"})}
    person.open("/me/")
    all_sent(person)
    expect(person.page.locator("#waiting")).to_be_hidden()
    # What a page had sent but not heard of when it was left is sent once more: the clinic keeps it once.
    assert list(dict.fromkeys(tap["id"] for tap in person.sent)) == ["0", "1", "2"]


def test_a_refused_tap_leads_to_its_treatment(person):
    put(person, 1)
    person.answers = {"status": 404, "body": ""}
    person.open("/clients/")
    link = person.page.locator("#waiting a")
    expect(link).to_have_attribute("href", TAP.removesuffix("tap/").rsplit("/", 2)[0] + "/")


def test_taps_of_somebody_else_are_named_and_not_sent(person):
    put(person, 1, "somebody")
    person.open("/clients/")
    expect(person.page.locator("#waiting")).to_have_text("Taps of another person wait on this tablet")
    assert not person.sent


def test_a_log_out_with_taps_that_wait_asks_first(person):
    put(person, 1)
    person.open("/me/")
    for stays in (True, False):
        person.page.locator("details.me summary").first.click()
        person.press("Log out")
        expect(person.page.get_by_role("dialog", name="Taps are not sent yet")).to_be_visible()
        person.press("Stay logged in" if stays else "Log out, keep them here")
        if stays:
            expect(person.page.get_by_role("dialog")).to_be_hidden()
    person.is_at("/log-in/")
    assert person.page.evaluate(HELD) == 1


def test_a_log_out_with_nothing_that_waits_asks_nothing(person):
    person.page.evaluate("() => sessionStorage.setItem('trial', '1')")
    person.page.locator("details.me summary").first.click()
    person.press("Log out").is_at("/log-in/")
    assert person.page.evaluate("() => sessionStorage.getItem('trial')") is None


def test_without_a_line_a_page_says_so_and_comes_back_by_itself(person):
    put(person, 2)
    person.open("/clients/").reads("No client yet.")
    with person.without_connection():
        person.page.reload()
        expect(person.page.get_by_role("heading", name="No connection")).to_be_visible()
        expect(person.page.locator("#count")).to_have_text("2 taps wait to be sent")
    person.reads("No client yet.").is_at("/clients/$")


def test_no_page_of_a_record_is_kept(person):
    kept = person.page.evaluate(KEPT)
    assert "/offline/" in kept
    assert not [path for path in kept if path != "/offline/" and not path.startswith("/static/")]


def test_a_tap_that_the_store_of_the_browser_refuses_waits_on_the_page_and_is_sent(person):
    person.page.evaluate(FULL, [person.page.locator("body").get_attribute("data-user"), TAP])
    person.page.wait_for_function("() => globalThis.heard?.waiting === 2 && !globalThis.queue.lasting")
    assert person.page.evaluate(HELD) == 0
    assert not [tap for tap in person.sent if tap["id"] != "0"]
    person.answers = {"status": 200, "body": json.dumps({"status": "saved"})}
    person.page.evaluate("() => globalThis.queue.soon()")
    person.page.wait_for_function("() => globalThis.heard.state === 'saved' && globalThis.queue.lasting")
    assert list(dict.fromkeys(tap["id"] for tap in person.sent)) == ["0", "1"]


def test_a_store_that_the_browser_has_closed_is_opened_once_more(person):
    person.page.evaluate(CLOSED, [person.page.locator("body").get_attribute("data-user"), TAP])
    assert person.page.evaluate("() => globalThis.heard.waiting === 2 && globalThis.queue.lasting")
    person.answers = {"status": 200, "body": json.dumps({"status": "saved"})}
    person.page.evaluate("() => globalThis.queue.soon()")
    person.page.wait_for_function("() => globalThis.heard.state === 'saved'")
    assert person.page.evaluate(HELD) == 0


def test_what_hangs_is_sent_anew_when_the_connection_is_back(person):
    put(person, 1)
    person.answers = None
    person.page.evaluate(OPENED, person.page.locator("body").get_attribute("data-user"))
    person.page.wait_for_function("() => globalThis.queue.hanging")
    person.answers = {"status": 200, "body": json.dumps({"status": "saved"})}
    person.page.evaluate("() => dispatchEvent(new Event('online'))")
    person.page.wait_for_function("() => globalThis.heard?.state === 'saved'")
    assert person.page.evaluate(HELD) == 0
