"""What stands before every view: the end of a log-in, forms that come too late, and what is too large to be read."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.intake import linking
from corneum.clinic.photos import forms
from corneum.clinic.project import ceiling, gate

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/clients/"}


@pytest.fixture
def later(monkeypatch):
    """Let minutes pass at the gate."""

    def pass_(minutes):
        moment = timezone.now() + timedelta(minutes=minutes)
        monkeypatch.setattr(gate.timezone, "now", lambda: moment)

    return pass_


def file(size=8):
    return SimpleUploadedFile("photograph.jpg", b"x" * size)


def test_what_a_page_asks_by_itself_does_not_renew_a_log_in(browse, client_record, later):
    browser = browse("owner")
    browser.get("/clients/")
    seen = browser.session["seen"]
    later(20)
    assert browser.get(reverse("visits:find"), headers=HTMX).status_code == 200
    frame = {"view": "front", "photograph": file()}
    assert browser.post(reverse("photos:look", args=[client_record.pk]), frame).status_code == 422
    assert browser.session["seen"] == seen


@pytest.mark.parametrize("tap", [lambda one: one.get("/clients/"), lambda one: one.post("/me/", headers=HTMX)])
def test_what_a_person_does_renews_a_log_in(tap, browse, later):
    browser = browse("owner")
    browser.get("/clients/")
    seen = browser.session["seen"]
    later(20)
    tap(browser)
    assert browser.session["seen"] > seen


def test_a_form_after_the_end_of_the_log_in_leads_to_the_log_in(staff):
    found = Browser(enforce_csrf_checks=True).post("/clients/new/", {"name": "Zoë"})
    said = found.content.decode()
    assert found.status_code == 403 and "That was not accepted" in said and 'class="button" href="/log-in/"' in said
    assert found["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/log-in/", "/my/"])
def test_where_nobody_logs_in_a_late_form_asks_to_reload(address, staff):
    said = Browser(enforce_csrf_checks=True).post(address).content.decode()
    assert "That was not accepted" in said and 'class="button"' not in said


def test_a_fragment_after_the_end_of_the_log_in_opens_its_page_anew(staff):
    found = Browser(enforce_csrf_checks=True).post("/clients/new/", headers=HTMX)
    assert found["HX-Redirect"] == "/clients/"
    elsewhere = HTMX | {"HX-Current-URL": "http://elsewhere.example/"}
    assert Browser(enforce_csrf_checks=True).post("/clients/new/", headers=elsewhere)["HX-Redirect"] == "/"


def sent(browser, address, size):
    """Send the head of a request only: who reads its body fails."""
    return browser.generic("POST", address, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(size))


@pytest.mark.parametrize("address", ["/log-in/", "/clients/new/", "/my/photographs/"])
def test_what_is_too_large_is_refused_before_it_is_read(address, staff):
    found = sent(Browser(enforce_csrf_checks=True), address, ceiling.MOST + 1)
    assert found.status_code == 413 and "80 MB" in found.content.decode()


@pytest.mark.parametrize("name", ["add", "shot"])
def test_photographs_may_be_larger_for_who_may_send_them_only(name, browse, client_record):
    address, most = reverse(f"photos:{name}", args=[client_record.pk]), ceiling.MOST_OF_PHOTOGRAPHS[f"photos:{name}"]
    assert [sent(browse(role), address, ceiling.MOST + 1).status_code for role in (None, "auditor")] == [413, 413]
    assert sent(browse("owner"), address, most + 1).status_code == 413


def test_who_may_send_photographs_sends_more_than_a_form_holds(browse, client_record, owner, monkeypatch):
    monkeypatch.setattr(ceiling, "MOST", 100)
    shot = reverse("photos:shot", args=[client_record.pk])
    assert browse("owner").post(shot, {"view": "front", "photograph": file(200)}).status_code == 422
    scopes = ("upload",)
    _, token = linking.make_link(by=owner, client=client_record, scopes=scopes, days=7, now=timezone.now())
    at_home = Browser()
    assert at_home.post(reverse("photos:own"), {"photographs": file(200)}).status_code == 413
    at_home.post(reverse("intake:open", args=[token]))
    assert at_home.post(reverse("photos:own"), {"photographs": file(200)}).status_code == 200


def test_a_photograph_of_the_camera_is_no_larger_than_a_file(monkeypatch):
    monkeypatch.setattr(forms, "MOST_BYTES", 100)
    for size, refused in ((100, False), (101, True)):
        form = forms.ShotForm({"view": "front"}, {"photograph": file(size)})
        assert ("photograph" in form.errors) is refused
