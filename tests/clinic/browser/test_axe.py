"""Every page of a demonstration: accessible by axe, light and dark, wide and narrow; nothing said to the console.

The pages are found as a person finds them, by following links, in every role; a page that no link leads to is named,
and fails. What another role has seen already is looked at again only where it holds something else.
"""

import html
import json
import os
import re
import shutil
from collections import Counter, defaultdict, deque
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, get_resolver, resolve

from corneum.clinic.project.permissions import PERMISSIONS
from tests.clinic.browser.conftest import KEPT
from tests.clinic.browser.served import Clinic

WIDE, TABLET, NARROW = ({"width": width, "height": height} for width, height in ((1280, 800), (820, 1180), (320, 640)))
EVERY, NONE = None, ()
OF_LOOKS = ("color-contrast", "target-size", "scrollable-region-focusable")
LOOKS = ((WIDE, "light", EVERY), (TABLET, "light", NONE), (NARROW, "dark", OF_LOOKS))
"""Each width and each scheme: first with every rule of axe, at last with those that hang on color and on width.

No page may scroll sideways at any of them. What another role sees differently is looked at in the first way alone.
"""
ASKED = frozenset(
    {"people:clients", "people:client", "intake:client", "treatments:course", "marks:client", "rules:draft"}
)
ABSENT = "/absent/"
LINKS_OF = "(all) => all.map((one) => new URL(one.getAttribute('href'), location).href)"
MOST_ASKED = 12
"""Of these not only the first page is asked for links: what only some records have hangs on them."""
NO_PAGE = frozenset(
    {
        "accounts:logout",
        "accounts:first_run",
        "consent:pdf",
        "consent:signature",
        "health",
        "offline",
        "pulse",
        "worker",
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


def shape_of(text):
    """Return what a page is made of: the kinds of its elements, whatever they say."""
    return frozenset(re.findall(r'<(\w+)(?:[^>]*? class="([^"]*)")?', text.partition("<main")[2]))


class Walk:
    """Follow every link, and look at each kind of page that was not seen yet, or that holds something else here."""

    def __init__(self, person, seen, shapes):
        self.person, self.seen, self.shapes, self.found = person, seen, shapes, []
        self.axe, self.count = Axe(), Counter()

    def go(self, *starts):
        waiting, known = deque(starts), set(starts)
        while waiting:
            path = waiting.popleft()
            kind = "absent" if path == ABSENT else kind_of(path)
            if not kind or kind in NO_PAGE - {"home"}:
                continue
            self.count[kind] += 1
            if self.count[kind] > (MOST_ASKED if kind in ASKED else 1):
                continue
            links = self.asked(kind, path) if kind in self.seen else self.look_at(kind, path)
            for link in links:
                if link not in known:
                    known.add(link)
                    waiting.append(link)

    def asked(self, kind, path):
        """Return where a page of a known kind leads; look at it only where it is made of something else."""
        if path == ABSENT:
            return []
        answer = self.person.page.request.get(path)
        if answer.status != 200:
            self.found.append(f"{path} answers {answer.status}")
            return []
        text = answer.text()
        if self.count[kind] == 1 and not shape_of(text) <= self.shapes[kind]:
            return self.look_at(kind, path)
        found = re.findall(r'href="([^"#][^"]*)"', text)
        return [urljoin(path, html.unescape(link)) for link in found if not link.startswith(("http", "mailto", "tel"))]

    def look_at(self, kind, path):
        """Look at a page in every way, and return where it leads."""
        page, looks = self.person.page, LOOKS[:1] if kind in self.seen else LOOKS
        self._turn(*LOOKS[0][:2])
        answer = page.goto(path)
        if path == ABSENT:
            assert answer.status == 404
            self.person.faults.clear()
        self.seen.setdefault(kind, path)
        self.shapes[kind] |= shape_of(answer.text())
        links = page.locator("a[href]").evaluate_all(LINKS_OF)
        for size, scheme, rules in looks:
            self._turn(size, scheme)
            self._tell(path, f"{size['width']} {scheme}", rules)
        self.found += [f"{path}: {fault}" for fault in self.person.faults]
        self.person.faults.clear()
        here, links = urlsplit(self.person.base), [urlsplit(link) for link in links]
        return [f"{one.path}?{one.query}".rstrip("?") for one in links if one.netloc == here.netloc]

    def _turn(self, size, scheme):
        self.person.page.set_viewport_size(size)
        self.person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def _tell(self, path, look, rules):
        page = self.person.page
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if too_wide > 0:
            self.found.append(f"{path} [{look}] scrolls sideways by {too_wide} px")
        if rules == NONE:
            return
        asked = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
        for violation in self.axe.run(page, options=asked).response["violations"]:
            places = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
            self.found.append(f"{path} [{look}] {violation['id']}: {violation['help']}: {places}")


def told(*walks):
    found = [one for walk in walks for one in walk.found]
    if found:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / "axe.txt").write_text("\n".join(found), encoding="utf-8")
    assert not found, "\n".join(found[:40])


def test_every_page_of_the_staff(demonstration, passwords, sits_down):
    seen, shapes = {}, defaultdict(frozenset)
    walks = [Walk(sits_down(demonstration), seen, shapes)]
    walks[0].go("/log-in/")
    for role in ("owner", "clinician", "practitioner", "reception", "auditor"):
        walk = Walk(sits_down(demonstration), seen, shapes)
        walks.append(walk)
        walk.person.log_in(role, passwords[role])
        if PERMISSIONS["people:clients"].allows(role):
            walk.person.open("/clients/").find("Mustermann")
            walk.go("/", "/clients/", "/calendar/?span=week", ABSENT)
        else:
            walk.go("/")
        if role == "clinician":
            walk.go(*_made_by_hand(walk.person))
    told(*walks)
    of_clients = {name for name in PERMISSIONS if name.startswith(("intake:own", "photos:own", "treatments:own"))}
    unseen = sorted(set(PERMISSIONS) - set(seen) - of_clients - NO_PAGE - _only_forms())
    assert not unseen, f"no link leads to {unseen}"


def test_every_page_of_a_client(demonstration, passwords, sits_down):
    desk = sits_down(demonstration)
    desk.log_in("reception", passwords["reception"])
    desk.open("/clients/").find("Jane").follow("Jane Sample", "main").follow("From home")
    for scope in ("intake", "consent", "aftercare", "upload"):
        desk.tick("scopes", scope)
    desk.press("Make the link")
    walk = Walk(sits_down(demonstration), {}, defaultdict(frozenset))
    walk.person.open(desk.page.locator("#address").input_value()).press("Go on").is_at("/my/$")
    walk.go("/my/", "/my/consent/photograph/", "/my/questions/where/")
    told(walk)


def _made_by_hand(person):
    """Return pages that come only of something done: a plan shown, a rating begun, marks looked for, rules signed."""
    page = person.page
    person.open("/clients/").find("Erika").follow("Erika Mustermann", "main")
    record = person.path
    # The newest: one that was replaced is shown to nobody.
    person.open(f"{record}plans/").page.locator("main table a").first.click()
    plan = person.is_at("/plans/[0-9a-f-]{36}/$").path
    with page.expect_popup() as opened:
        person.press("Show to the client")
    opened.value.wait_for_load_state()
    opened.value.close()
    yield f"{plan}shown/"
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
