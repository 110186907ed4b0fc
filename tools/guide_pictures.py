"""Make the pictures of the practitioner's guide from the demonstration clinic, as its staff see it.

Run ``.venv/bin/python tools/guide_pictures.py``; it makes a demonstration in a folder of its own, which takes about a
minute, or takes the folder that is named. Chromium must be installed.
"""

import argparse
import io
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "_static" / "guide"
FACE = Path(str(files("corneum.imaging.retakes") / "composite" / "f_wasian.jpg"))
WIDTH, QUALITY, START_S = 1280, 80, 600
MEASURED, STOPPED = "Erika Mustermann", "Max Mustermann"


@dataclass(frozen=True)
class Picture:
    """One picture: who looks, how they get there, and how much of the page is shown."""

    name: str
    role: str
    go: Callable[[Page], object]
    height: int = 860


def client(page: Page, name: str, way: str) -> None:
    """Open a way of a client's record."""
    page.goto("/clients/")
    page.locator("#find").fill(name.split()[0])
    page.locator("#find").press("Enter")
    page.locator("main button[name=q]").wait_for()
    page.locator("main table").get_by_role("link", name=name).click()
    page.locator(".record .tabs").get_by_role("link", name=way, exact=True).click()
    page.wait_for_load_state("networkidle")


def private_link(page: Page) -> None:
    """Make a private link, which is shown once."""
    client(page, STOPPED, "From home")
    for scope in ("intake", "consent"):
        page.locator(f"main [name=scopes][value={scope}]").check()
    page.get_by_role("button", name="Make the link").click()


def verdict(page: Page) -> None:
    """Show what the rules say, with a stop unfolded."""
    client(page, STOPPED, "Consultation")


def camera(page: Page) -> None:
    """Show the camera with what it says of what it sees."""
    client(page, MEASURED, "Photographs")
    page.get_by_role("link", name="Camera", exact=True).click()
    page.locator("#gates li").first.wait_for(timeout=60_000)


def plan(page: Page) -> None:
    """Show the first version of a plan."""
    client(page, MEASURED, "Plans")
    page.locator("main table a").first.click()
    page.wait_for_load_state("networkidle")
    _down_to(page, "#face-head", 40)


def what_if(page: Page) -> None:
    """Move a slider."""
    plan(page)
    page.get_by_role("link", name="Try settings").click()
    slider = page.locator("main input[type=range]").first
    slider.focus()
    with page.expect_response(lambda answer: "what-if" in answer.url):
        for _ in range(4):
            slider.press("ArrowRight")
    page.wait_for_load_state("networkidle")
    _down_to(page, "#look", 20)


def treatment(page: Page) -> None:
    """Open the session of who is in the room."""
    page.goto("/today/")
    page.locator(".visit.in_room a.name").first.click()
    page.locator(".record .tabs").get_by_role("link", name="Treatment", exact=True).click()
    _down_to(page, "[data-zone]", 70)


def _down_to(page: Page, css: str, above: int) -> None:
    page.evaluate(
        "([css, above]) => scrollBy(0, document.querySelector(css).getBoundingClientRect().top - above)", [css, above]
    )


def compare(page: Page) -> None:
    """Show a measured pair, with its map."""
    client(page, MEASURED, "Compare")
    page.locator("[data-mode=slider]").click()
    _down_to(page, "[data-viewer]", 16)


PAGES = (
    Picture("today", "practitioner", lambda page: page.goto("/today/"), 780),
    Picture("link", "reception", private_link, 760),
    Picture("verdict", "clinician", verdict, 900),
    Picture("camera", "practitioner", camera, 860),
    Picture("plan", "clinician", plan, 900),
    Picture("what-if", "practitioner", what_if, 900),
    Picture("treatment", "practitioner", treatment, 800),
    Picture("inbox", "practitioner", lambda page: page.goto("/inbox/"), 560),
    Picture("compare", "practitioner", compare, 900),
    Picture("result", "practitioner", lambda page: client(page, MEASURED, "Result"), 900),
)


@contextmanager
def demonstration(home: Path) -> Iterator[str]:
    """Serve a demonstration, and give its address."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [Path(sys.executable).parent / "corneum", "serve", "--demo", "--home", str(home), "--port", str(port)]
    served = subprocess.Popen(command)
    base, until = f"http://127.0.0.1:{port}", time.monotonic() + START_S
    try:
        while served.poll() is None and time.monotonic() < until:
            try:
                with urlopen(f"{base}/health/", timeout=5):
                    break
            except OSError:
                time.sleep(0.5)
        yield base
    finally:
        served.terminate()
        served.wait()


def make_pictures(browser: Browser, base: str, passwords: dict[str, str], wanted: list[str]) -> None:
    """Write each picture, small enough for a page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    pages: dict[str, Page] = {}
    for one in PAGES:
        if wanted and one.name not in wanted:
            continue
        page = pages.get(one.role) or _logged_in(browser, base, one.role, passwords[one.role])
        pages[one.role] = page
        page.set_viewport_size({"width": WIDTH, "height": one.height})
        one.go(page)
        page.evaluate("document.querySelectorAll('img').forEach((one) => { one.loading = 'eager'; })")
        page.wait_for_load_state("networkidle")
        shown = Image.open(io.BytesIO(page.screenshot()))
        path = PICTURES / f"{one.name}.webp"
        shown.convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)
        print(f"{path.relative_to(ROOT)}: {shown.width} x {shown.height}, {path.stat().st_size // 1000} kB")


def _logged_in(browser: Browser, base: str, role: str, password: str) -> Page:
    page = browser.new_context(base_url=base, reduced_motion="reduce").new_page()
    page.goto("/log-in/")
    page.locator("#id_username").fill(role)
    page.locator("#id_password").fill(password)
    page.locator("main button").click()
    page.wait_for_load_state("networkidle")
    return page


def main() -> None:
    """Make them all, or those that are named."""
    parser = argparse.ArgumentParser(description="Make the pictures of the practitioner's guide.")
    parser.add_argument("--home", type=Path, help="folder of a demonstration; without it one is made and thrown away")
    parser.add_argument("names", nargs="*", help="which pictures; all if none is named")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, demonstration(wanted.home or Path(folder) / "demonstration") as base:
        passwords = json.loads(((wanted.home or Path(folder) / "demonstration") / "log-ins.json").read_text("utf-8"))
        film = Path(folder) / "face.mjpeg"
        film.write_bytes(FACE.read_bytes() * 2)
        said = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
        said.append(f"--use-file-for-fake-video-capture={film}")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=said)
            make_pictures(browser, base, passwords, wanted.names)
            browser.close()


if __name__ == "__main__":
    main()
