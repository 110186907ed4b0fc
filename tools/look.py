"""Open every page of the demonstration clinic as every role, and a client's own pages by a private link.

Run ``make look``. Each page is drawn at 1280 and 820 px, light and dark, into ``build/look/<width>-<scheme>/``, with
contact sheets of twelve. What is wrong is listed in ``build/look/findings.md`` and ends the run with 1: a page that
answers other than 200, that scrolls sideways, that says something to the console, or that has a target under 24 px.
"""

import argparse
import hashlib
import html
import json
import os
import re
import shutil
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django
from django.urls import Resolver404, get_resolver, resolve
from guide_pictures import demonstration
from PIL import Image, ImageDraw
from playwright.sync_api import APIResponse, Browser, Error, Page, sync_playwright

from corneum.clinic.accounts.roles import Role
from corneum.clinic.project.permissions import PERMISSIONS

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "build" / "look"
LOOKS = ((1280, "light"), (820, "light"), (1280, "dark"), (820, "dark"))
QUICK = (LOOKS[0], LOOKS[3])
HEIGHT = 900
SMALLEST = 24
TIMEOUT_MS = 300_000
OF_A_KIND = 8
"""So many pages of one kind are asked where they lead: what only some records have hangs on them."""
SCOPES = ("intake", "consent", "aftercare", "upload")
CLIENT = "Jane Sample"
ACROSS, DOWN, THUMB = 4, 3, (400, 520)
SMALL_TARGETS = """(smallest) => [...document.querySelectorAll("main :is(a, button, summary)")].filter((one) => {
  const box = one.getBoundingClientRect();
  if (!one.checkVisibility() || box.width === 0 || Math.min(box.width, box.height) >= smallest) return false;
  if (one.closest("svg, [inert], .skip")) return false;
  // A link in a sentence is as high as its line.
  const words = [...one.parentNode.childNodes].some((part) => part.nodeType === 3 && part.textContent.trim());
  return !(one.localName === "a" && getComputedStyle(one).display === "inline" && words);
}).map((one) => `${one.localName} "${one.textContent.trim().slice(0, 30)}" `
  + one.getBoundingClientRect().toJSON().width.toFixed(0) + " x " + one.getBoundingClientRect().height.toFixed(0))"""


def kind_of(path: str) -> str:
    """Return the name of an address in the table of permissions, or nothing."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


@dataclass(frozen=True)
class Taken:
    """In which looks pages are drawn, and the name of each picture by what it shows."""

    looks: tuple[tuple[int, str], ...]
    names: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    """Kinds of addresses that answer no page: a plan as PDF takes seconds, so one of each is enough."""

    @property
    def folders(self) -> list[Path]:
        """The folder of each look."""
        return [PLACE / f"{width}-{scheme}" for width, scheme in self.looks]


class Look:
    """One reader who follows every link once and looks at one page of each kind."""

    def __init__(self, page: Page, role: str, taken: Taken) -> None:
        self.page, self.role, self.taken = page, role, taken
        self.faults: list[str] = []
        self.said: list[str] = []
        self.seen: set[str] = set()
        page.context.set_default_timeout(TIMEOUT_MS)
        page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def go(self, *starts: str) -> None:
        """Follow the links from some pages on."""
        waiting, known, asked = deque(starts), set(starts), Counter[str]()
        while waiting:
            path = waiting.popleft()
            kind = kind_of(path)
            asked[kind] += 1
            if not kind or asked[kind] > OF_A_KIND or kind in self.taken.files:
                continue
            answer = self.page.request.get(path, max_redirects=0)
            if answer.status != 200 and not 300 <= answer.status < 400:
                self._told(f"{path} answers {answer.status}")
            found = [answer.headers["location"]] if "location" in answer.headers else []
            if answer.status == 200:
                text = answer.text() if _is_page(answer) else ""
                found = [html.unescape(link) for link in re.findall(r'href="([^"#][^"]*)"', text)]
                if "<html" not in text:
                    self.taken.files.add(kind)
                elif kind not in self.seen:
                    self.seen.add(kind)
                    self.look_at(path, kind, text)
            new = {urljoin(path, link).partition("#")[0] for link in found if not urlsplit(link).scheme} - known
            known |= new
            waiting.extend(sorted(new))

    def look_at(self, path: str, kind: str, text: str) -> None:
        """Draw a page in every way; what another role saw in the same words is linked, not drawn again."""
        name = f"{self.role}-{kind.replace(':', '-')}"
        main = re.sub(r'value="\w{64}"|csrf\w*', "", text.partition("<main")[2])
        same = self.taken.names.setdefault(hashlib.sha256(f"{path}{main}".encode()).hexdigest(), name)
        if same != name:
            for folder in self.taken.folders:
                if (folder / f"{same}.png").exists():
                    os.link(folder / f"{same}.png", folder / f"{name}.png")
            return
        self.said.clear()
        try:
            self.page.goto(path, wait_until="load")
        except Error as error:
            self._told(f"{path} does not open: {error.message.splitlines()[0]}")
            return
        self.page.evaluate("document.querySelectorAll('img').forEach((one) => { one.loading = 'eager'; })")
        for (width, scheme), folder in zip(self.taken.looks, self.taken.folders, strict=True):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self.page.wait_for_timeout(60)
            self._measure(path, f"{width} {scheme}")
            self.page.screenshot(path=folder / f"{name}.png", full_page=True)
        for said in self.said:
            self._told(f"{path} says: {said}")

    def _measure(self, path: str, look: str) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            self._told(f"{path} [{look}] scrolls sideways by {wide} px")
        for one in dict.fromkeys(self.page.evaluate(SMALL_TARGETS, SMALLEST)):
            self._told(f"{path} [{look}] small target: {one}")

    def _told(self, fault: str) -> None:
        self.faults.append(fault)
        print(f"{self.role}: {fault}", flush=True)


def _is_page(answer: APIResponse) -> bool:
    return answer.headers.get("content-type", "").startswith("text/html") and not answer.headers.get(
        "content-disposition", ""
    ).startswith("attachment")


def look_as(browser: Browser, base: str, role: str, password: str, taken: Taken) -> Look:
    """Look at all that a role may open."""
    page = browser.new_context(base_url=base).new_page()
    _log_in(page, role, password)
    look = Look(page, role, taken)
    look.go("/", *(["/calendar/?span=week"] if PERMISSIONS["visits:calendar"].allows(role) else []))
    return look


def look_as_client(browser: Browser, base: str, password: str, taken: Taken) -> Look:
    """Have reception make a private link, and look at all that it opens."""
    desk = browser.new_context(base_url=base).new_page()
    _log_in(desk, Role.RECEPTION, password)
    desk.locator("#find").fill(CLIENT.split()[0])
    desk.locator("#find").press("Enter")
    desk.locator("main table").get_by_role("link", name=CLIENT).click()
    desk.locator(".record").get_by_role("link", name="From home").first.click()
    for scope in SCOPES:
        desk.locator(f"main [name=scopes][value={scope}]").check()
    desk.get_by_role("button", name="Make the link").click()
    page = browser.new_context(base_url=base).new_page()
    page.goto(desk.locator("#address").input_value())
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/my/")
    look = Look(page, "client", taken)
    look.go("/my/", "/my/consent/photograph/", "/my/questions/where/")
    return look


def _log_in(page: Page, role: str, password: str) -> None:
    page.goto("/log-in/")
    page.locator("#id_username").fill(role)
    page.locator("#id_password").fill(password)
    page.locator("main button").click()
    page.wait_for_load_state("networkidle")


def not_seen(looks: list[Look], taken: Taken) -> list[str]:
    """Return the pages that no link of the demonstration leads to; they come only of something done."""
    forms = {name for name, view in _views(get_resolver().url_patterns) if ["POST"] in _held(view)}
    return sorted(set(PERMISSIONS) - {kind for look in looks for kind in look.seen} - taken.files - forms)


def _views(patterns: list[object], space: str = "") -> Iterator[tuple[str, object]]:
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _views(one.url_patterns, f"{one.namespace}:" if getattr(one, "namespace", "") else space)
        else:
            yield f"{space}{one.name}", one.callback  # type: ignore[attr-defined]


def _held(view: object) -> list[object]:
    return [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]


def make_sheets(folder: Path, names: list[str]) -> None:
    """Put twelve pictures on a sheet, each with its name."""
    width, height = THUMB
    for first in range(0, len(names), ACROSS * DOWN):
        sheet = Image.new("RGB", (ACROSS * (width + 8), DOWN * (height + 28)), "#777")
        words = ImageDraw.Draw(sheet)
        for number, name in enumerate(names[first : first + ACROSS * DOWN]):
            left, top = number % ACROSS * (width + 8) + 4, number // ACROSS * (height + 28) + 24
            with Image.open(folder / f"{name}.png") as page:
                shown = page.convert("RGB").crop((0, 0, page.width, min(page.height, page.width * height // width)))
            sheet.paste(
                shown.resize((width, shown.height * width // shown.width), Image.Resampling.LANCZOS), (left, top)
            )
            words.text((left, top - 20), name, "white", font_size=15)
        sheet.save(folder / f"sheet-{first // (ACROSS * DOWN) + 1:02}.png")


def main() -> int:
    """Look at everything, and return 1 where something is wrong."""
    parser = argparse.ArgumentParser(description="Draw every page of the demonstration clinic as every role.")
    parser.add_argument("--home", type=Path, help="folder of a demonstration; a copy of it is used")
    parser.add_argument("--roles", nargs="*", default=[*Role, "client"], help="of whom; everybody if nobody is named")
    parser.add_argument("--quick", action="store_true", help="wide and light, and narrow and dark, only")
    wanted = parser.parse_args()
    looks, taken = [], Taken(QUICK if wanted.quick else LOOKS)
    shutil.rmtree(PLACE, ignore_errors=True)
    for folder in taken.folders:
        folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as made:
        home = Path(made) / "demonstration"
        if wanted.home:
            shutil.copytree(wanted.home, home)
        with demonstration(home) as base, sync_playwright() as playwright:
            passwords = json.loads((home / "log-ins.json").read_text("utf-8"))
            said = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=said)
            for role in wanted.roles:
                if role == "client":
                    looks.append(look_as_client(browser, base, passwords[Role.RECEPTION], taken))
                else:
                    looks.append(look_as(browser, base, Role(role), passwords[role], taken))
                print(f"{role}: {len(looks[-1].seen)} pages, {len(looks[-1].faults)} findings", flush=True)
            browser.close()
    for folder in taken.folders:
        make_sheets(folder, [name for name in taken.names.values() if (folder / f"{name}.png").exists()])
    faults = [f"- {look.role}: {fault}" for look in looks for fault in look.faults]
    away = [f"- {name}" for name in not_seen(looks, taken)]
    told = ["# Findings", "", *faults, "", "# Led to by no link", "", *away, ""]
    (PLACE / "findings.md").write_text("\n".join(told), encoding="utf-8")
    print(f"{len(faults)} findings" if faults else "nothing is wrong")
    return 1 if faults else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corneum.clinic.project.settings")
    django.setup()
    sys.exit(main())
