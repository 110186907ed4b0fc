"""Every page of a demonstration: accessible by axe, light and dark, wide and narrow; nothing said to the console.

The pages are found as a person finds them, by following links; a page that no link leads to is named, and fails.
"""

import html
import json
import os
import re
import shutil
from collections import Counter, deque
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, get_resolver, resolve

from corneum.clinic.project.permissions import PERMISSIONS
from tests.clinic.browser.conftest import KEPT
from tests.clinic.browser.served import Clinic

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
LOOKS = ((WIDE, "light"), (NARROW, "dark"))
"""Each width and each scheme once: first with every rule of axe, then with those that hang on width and color."""
OF_LOOKS = {
    "resultTypes": ["violations"],
    "runOnly": ["color-contrast", "target-size", "scrollable-region-focusable"],
}
ASKED = frozenset(
    {"people:clients", "people:client", "intake:client", "treatments:course", "marks:client", "rules:draft"}
)
MOST_ASKED = 12
"""Of these not only the first page is asked for links: what only some records have hangs on them."""
NO_PAGE = frozenset(
    {
        "accounts:logout",
        "accounts:first_run",
        "consent:pdf",
        "consent:signature",
        "health",
        "home",
        "intake:concern",
        "intake:open",
        "intake:own_consent",
        "intake:own_pdf",
        "intake:own_signature",
        "intake:own_end",
        "intake:verdict",
        "language",
        "marks:picture",
        "measured:picture",
        "measured:progress",
        "measured:rating_picture",
        "photos:file",
        "photos:look",
        "photos:shot",
        "plans:file",
        "plans:progress",
        "reports:outcomes_csv",
        "rules:sign",
        "reports:outcomes_json",
        "reports:result_pdf",
        "treatments:aftercare_ics",
        "treatments:own_aftercare_ics",
        "treatments:own_aftercare_pdf",
        "treatments:aftercare_pdf",
        "visits:feed",
        "visits:find",
        "people:search",
    }
)
"""Files, pictures, fragments and what only a form opens."""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    """The demonstration, made anew; or a copy of one that is named, such as what `make run` made a minute ago."""
    home = tmp_path_factory.mktemp("demonstration") / "home"
    made = Path(os.environ.get("DEMONSTRATION", "") or Path(__file__).parents[3] / "build" / "demonstration")
    if (made / "log-ins.json").is_file() and ("DEMONSTRATION" in os.environ or "CI" in os.environ):
        shutil.copytree(made, home)
    with Clinic(home, "--demo") as served:
        yield served


@pytest.fixture(scope="module")
def passwords(demonstration):
    return json.loads((demonstration.home / "log-ins.json").read_text(encoding="utf-8"))


def kind_of(path):
    """Return the name of an address in the table of permissions, or nothing for what is no page of the clinic."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


class Walk:
    """Follow every link to a page of a kind that was not seen yet."""

    def __init__(self, person, seen):
        self.person, self.seen, self.found = person, seen, []
        self.axe, self.count = Axe(), Counter()

    def go(self, *starts):
        waiting, known = deque(starts), set(starts)
        while waiting:
            path = waiting.popleft()
            kind = kind_of(path)
            if not kind or kind in NO_PAGE - {"home"}:
                continue
            links = self.asked(kind, path) if kind in self.seen else self.look_at(path)
            if links is None:
                continue
            self.seen.setdefault(kind, path)
            for link in links:
                if link not in known:
                    known.add(link)
                    waiting.append(link)

    def asked(self, kind, path):
        """Return where a page leads without looking at it."""
        self.count[kind] += 1
        if kind not in ASKED or self.count[kind] > MOST_ASKED:
            return None
        found = re.findall(r'href="([^"#][^"]*)"', self.person.page.request.get(path).text())
        return [urljoin(path, html.unescape(link)) for link in found if not link.startswith(("http", "mailto", "tel"))]

    def look_at(self, path):
        """Look at a page in every way, and return where it leads; nothing if it is not open to this person."""
        page = self.person.page
        page.set_viewport_size(LOOKS[0][0])
        page.emulate_media(color_scheme=LOOKS[0][1], reduced_motion="reduce")
        answer = page.goto(path)
        if answer.status == 404:
            self.person.faults[:] = [fault for fault in self.person.faults if "404" not in fault]
            return None
        links = page.locator("a[href]").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
        links = [urlsplit(page.evaluate("(one) => new URL(one, location).href", link)) for link in links]
        for size, scheme in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self._tell(path, f"{size['width']} {scheme}")
        self.found += [f"{path}: {fault}" for fault in self.person.faults]
        self.person.faults.clear()
        here = urlsplit(self.person.base)
        return [f"{one.path}?{one.query}".rstrip("?") for one in links if one.netloc == here.netloc]

    def _tell(self, path, look):
        page = self.person.page
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if too_wide > 0:
            self.found.append(f"{path} [{look}] scrolls sideways by {too_wide} px")
        rules = {"resultTypes": ["violations"]} if look.startswith(str(WIDE["width"])) else OF_LOOKS
        for violation in self.axe.run(page, options=rules).response["violations"]:
            places = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
            self.found.append(f"{path} [{look}] {violation['id']}: {violation['help']}: {places}")


def told(walk):
    if walk.found:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / "axe.txt").write_text("\n".join(walk.found), encoding="utf-8")
    assert not walk.found, "\n".join(walk.found[:40])


def test_every_page_of_the_staff(demonstration, passwords, sits_down):
    seen = {}
    walks = []
    for role in ("owner", "clinician"):
        person = sits_down(demonstration, trace=False)
        if role == "owner":
            first = Walk(person, seen)
            first.go("/log-in/")
            walks.append(first)
        person.log_in(role, passwords[role])
        walk = Walk(person, seen)
        walk.go("/", "/clients/?q=Mustermann", "/calendar/?span=week", "/absent/")
        walks.append(walk)
    walk.go(*_made_by_hand(person, seen))
    walks[0].found = [one for walk in walks for one in walk.found]
    told(walks[0])
    of_clients = {name for name in PERMISSIONS if name.startswith(("intake:own", "photos:own", "treatments:own"))}
    unseen = sorted(set(PERMISSIONS) - set(seen) - of_clients - NO_PAGE - _only_forms())
    assert not unseen, f"no link leads to {unseen}"


def test_every_page_of_a_client(demonstration, passwords, sits_down):
    desk = sits_down(demonstration)
    desk.log_in("reception", passwords["reception"])
    desk.open("/clients/?q=Jane").follow("Jane Sample", "main").follow("From home")
    for scope in ("intake", "consent", "aftercare", "upload"):
        desk.tick("scopes", scope)
    desk.press("Make the link")
    walk = Walk(sits_down(demonstration, trace=False), {})
    walk.person.open(desk.page.locator("#address").input_value()).press("Go on").is_at("/my/$")
    walk.go("/my/", "/my/consent/photograph/", "/my/questions/where/")
    told(walk)


def _made_by_hand(person, seen):
    """Return pages that come only of something done: a plan shown, a rating begun, marks looked for, rules signed."""
    page = person.page
    person.open(seen["plans:plan"]).press("Show to the client").is_at("/shown/$")
    yield person.path
    person.open("/clients/?q=Erika").follow("Erika Mustermann", "main")
    record = person.path
    yield f"{record}data/erase/approve/"
    person.open(f"{record}compare/ratings/").press("Start").is_at("/ratings/[0-9a-f-]{36}/$")
    page.get_by_role("link", name="Begin", exact=True).click()
    yield person.is_at(r"/\d+/$").path
    person.open("/rules/draft/").fill(text="Read by both of us.").tick("read").press("Sign: in force from now on")
    yield person.is_at("/rules/$").follow("What it changes").is_at("/versions/").path
    person.open(f"{record}marks/").press("Look").is_at("/looks/[0-9a-f-]{36}/$")
    yield person.waits_for("main .grid, main .notice.stop").path


def _only_forms():
    """Return the addresses that answer nothing but a form that is sent."""
    return {name for name, view in _views(get_resolver().url_patterns) if _closed_over(view) == ["POST"]}


def _views(patterns, space=""):
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _views(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}", one.callback


def _closed_over(view):
    # What `require_http_methods` holds.
    return next((cell.cell_contents for cell in view.__closure__ or () if isinstance(cell.cell_contents, list)), None)
