"""What the page of the camera sends: a log-in anew keeps the picture, and a fault of the program is no log-out."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import corneum.clinic.photos

SCRIPTS = Path(corneum.clinic.photos.__file__).parent / "static" / "photos"
SITE = "http://127.0.0.1:9"
PAGE = "<form id='camera'><input type='hidden' name='token' value='%s'></form>"
SEND = """async () => {
  const { sent } = await import("/posting.js");
  const data = new FormData();
  data.append("photograph", new Blob(["picture"]), "photograph.jpg");
  return sent("/shot/", data, document.forms.camera.elements.token);
}"""


@pytest.fixture
def site(chromium):
    """A page of the camera whose token is old, and how its clinic answers."""

    class Site:
        token, status, answer, log_in = "new", 200, {"said": "Kept"}, False
        pictures = 0

    def answer(route):
        path, sent = urlsplit(route.request.url).path, route.request.post_data_buffer or b""
        if path == "/posting.js":
            return route.fulfill(path=SCRIPTS / "posting.js", content_type="text/javascript")
        if path == "/camera/":
            if Site.log_in:
                return route.fulfill(status=302, headers={"Location": "/log-in/"})
            return route.fulfill(body=PAGE % Site.token, content_type="text/html")
        assert b"picture" in sent
        Site.pictures += 1
        if b"\r\nnew\r\n" not in sent:
            return route.fulfill(status=403, body="Refused", content_type="text/html")
        if Site.answer is None:
            return route.fulfill(status=Site.status, body="Failed", content_type="text/html")
        return route.fulfill(status=Site.status, body=json.dumps(Site.answer), content_type="application/json")

    with chromium.new_page() as page:
        page.route(f"{SITE}/**", answer)
        Site.token = "old"
        page.goto(f"{SITE}/camera/")
        Site.token, Site.page = "new", page
        yield Site


def test_after_a_log_in_anew_the_picture_is_sent_once_more_with_the_new_token(site):
    assert site.page.evaluate(SEND) == {"ok": True, "told": {"said": "Kept"}} and site.pictures == 2
    assert site.page.evaluate(SEND)["ok"] and site.pictures == 3


@pytest.mark.parametrize(("log_in", "token", "pictures"), [(True, "new", 1), (False, "other", 2)])
def test_who_is_logged_out_is_told_so_and_it_is_not_sent_for_ever(site, log_in, token, pictures):
    site.log_in, site.token = log_in, token
    assert site.page.evaluate(SEND) == {"out": True} and site.pictures == pictures


@pytest.mark.parametrize("status", [404, 413, 500])
def test_a_fault_of_the_program_is_told_as_one(site, status):
    site.status, site.answer = status, None
    assert site.page.evaluate(SEND) == {"status": status}


def test_a_refusal_comes_with_its_words(site):
    site.status, site.answer = 422, {"said": "Take it again"}
    assert site.page.evaluate(SEND) == {"ok": False, "told": {"said": "Take it again"}}
