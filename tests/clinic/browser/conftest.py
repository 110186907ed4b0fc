"""A real server, a real browser; where a test fails, its picture and page are kept in ``build/browser``.

With ``TRACE=1`` every step is kept as well, which takes a third more time.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.clinic.browser import faces
from tests.clinic.browser.person import Person
from tests.clinic.browser.postgres import cluster
from tests.clinic.browser.served import Clinic

KEPT = Path(__file__).parents[3] / "build" / "browser"
TRACED = "TRACE" in os.environ


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.stash.setdefault(_FAILED, []).append(report.failed)
    return report


_FAILED = pytest.StashKey()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """Debian's Chromium, whose camera shows a face; it ends with the file, so that others have no loop running."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        (pytest.fail if "CI" in os.environ else pytest.skip)("install chromium: the tests in a browser need one")
    film = faces.film(tmp_path_factory.mktemp("camera") / "face.y4m")
    said = [
        "--no-sandbox",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=said)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def database(request):
    """The address of an empty database, of the kind that the file names; nothing for SQLite, in the clinic's folder."""
    if getattr(request.module, "DATABASE", "sqlite") == "sqlite":
        yield ""
    else:
        with cluster() as new:
            yield new()


@pytest.fixture
def sits_down(request, chromium):
    """Return a function that sits somebody down at a clinic; who sees a fault of the page fails the test."""
    people = []

    def person(clinic, **options):
        made = Person(chromium, clinic.base, **options)
        if TRACED:
            made.context.tracing.start(snapshots=True)
        people.append(made)
        return made

    yield person
    failed = any(request.node.stash.get(_FAILED, []))
    for number, one in enumerate(people):
        if failed or one.faults:
            name = re.sub(r"[^\w-]+", "-", f"{request.node.name}-{number}").strip("-")
            KEPT.mkdir(parents=True, exist_ok=True)
            one.page.screenshot(path=KEPT / f"{name}.png", full_page=True)
            (KEPT / f"{name}.html").write_text(one.page.content(), encoding="utf-8")
            if TRACED:
                one.context.tracing.stop(path=KEPT / f"{name}.zip")
        one.context.close()
    assert not [fault for one in people for fault in one.faults]


@pytest.fixture(scope="module")
def clinic(database, tmp_path_factory):
    """An empty clinic."""
    with Clinic(tmp_path_factory.mktemp("clinic") / "home", database=database) as served:
        yield served
