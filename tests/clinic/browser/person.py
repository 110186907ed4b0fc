"""Somebody at a screen: what they press, fill in and read, in the words of the page."""

import re
import time
from contextlib import contextmanager

from playwright.sync_api import expect

PASSWORD = "a sentence for a password"
PATIENCE_MS = 60_000
"""How long a page is waited for: a machine may be busy with other tests."""

expect.set_options(timeout=PATIENCE_MS)


class Person:
    """One browser window, in which nothing may go wrong unseen."""

    def __init__(self, browser, base, **options):
        self.base, self.faults, self.lost = base, [], False
        self.refused_on_purpose = None
        self.script = options.get("java_script_enabled", True)
        self.context = browser.new_context(base_url=base, **({"viewport": {"width": 1280, "height": 800}} | options))
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("response", self._answered)

    def _heard(self, message):
        # What could not be loaded is told by its answer, with its address.
        if message.type == "error" and not self.lost and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _answered(self, response):
        # 422 is a refusal, with its words on the page.
        on_purpose = self.refused_on_purpose is not None and self.refused_on_purpose.search(response.url)
        if response.status >= 400 and response.status != 422 and not on_purpose:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")

    @contextmanager
    def without_connection(self):
        """Take the connection away for a while."""
        self.lost = True
        self.context.set_offline(True)
        try:
            yield
        finally:
            self.context.set_offline(False)
            self.lost = False

    # What one does

    def open(self, path):
        self.page.goto(path)
        return self

    def first_run(self, name, username):
        self.open("/").fill(name=name, username=username, password=PASSWORD)
        self.fill(**{"clinic-name": "Story Clinic", "clinic-telephone": "+1 202 555 0143"}).press("Open the clinic")
        return self

    def log_in(self, username, password=PASSWORD):
        """Log in, unless that still stands."""
        self.page.goto("/log-in/")
        if "/log-in/" in self.page.url:
            self.fill(username=username, password=password).press("Log in", "main").is_at(r"/(today|audit|clinic)/|/$")
        return self

    def fill(self, **fields):
        for name, value in fields.items():
            self.field(name).fill(str(value))
        return self

    def choose(self, **fields):
        for name, value in fields.items():
            self.field(name).select_option(str(value))
        return self

    def choose_text(self, name, text):
        option = self.field(name).locator("option").filter(has_text=text).first
        self.field(name).select_option(option.get_attribute("value"))
        return self

    def tick(self, name, *values):
        for value in values or (None,):
            asked = f"[name='{name}']" + (f"[value='{value}']" if value is not None else "")
            self.page.locator(f"main {asked}").first.check()
        return self

    def find(self, text):
        """Search for clients by the box above every page."""
        self.page.locator("#find").fill(text)
        self.page.locator("#find").press("Enter")
        self.sees("main button[name=q]")
        return self

    def press(self, name, within="body", exact=True):
        self.page.locator(within).get_by_role("button", name=name, exact=exact).first.click()
        if not self.script:
            self.page.wait_for_load_state()
        return self

    def follow(self, name, within="body", exact=True):
        self.page.locator(within).get_by_role("link", name=name, exact=exact).first.click()
        return self

    def unfold(self, words, within="main"):
        self.page.locator(within).locator("summary").filter(has_text=words).first.click()
        return self

    def field(self, name):
        return self.page.locator(f"main [name='{name}']:not([type=hidden])").first

    # What one sees

    def reads(self, *words):
        for text in words:
            expect(self.page.locator("body")).to_contain_text(text)
        return self

    def sees(self, css, many=None):
        found = self.page.locator(css)
        if many is None:
            expect(found.first).to_be_visible()
        else:
            expect(found).to_have_count(many)
        return found

    def does_not_read(self, text):
        expect(self.page.locator("main")).not_to_contain_text(text)
        return self

    def is_at(self, pattern):
        expect(self.page).to_have_url(re.compile(pattern))
        return self

    def waits_for(self, css, seconds=180):
        """Wait for slow work by the state of the page; without a script it is asked for again."""
        found, until = self.page.locator(css).first, time.monotonic() + seconds
        while not self.script and not found.is_visible() and time.monotonic() < until:
            self.page.wait_for_timeout(500)
            self.page.goto(self.page.url)
        expect(found).to_be_visible(timeout=1000 * seconds)
        return self

    @property
    def path(self):
        return self.page.url.removeprefix(self.base).partition("?")[0].partition("#")[0]
