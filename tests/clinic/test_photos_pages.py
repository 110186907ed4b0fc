import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from corneum.clinic import photos
from corneum.clinic.audit.models import Event
from corneum.clinic.consent import services as consenting
from corneum.clinic.intake import linking
from corneum.clinic.people.services import add_client
from corneum.clinic.photos import files, services, views_camera, work
from corneum.clinic.photos.models import Photo
from corneum.clinic.project.home import Home
from corneum.imaging.gates import live
from tests.clinic.conftest import NOW
from tests.clinic.photos_fixtures import agree, face, make_photo, wall


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.HOME = Home(tmp_path).prepared()


@pytest.fixture
def photo(owner, client_record):
    return make_photo(owner, client_record)


@pytest.fixture
def page(browse):
    return browse("practitioner")


def file(number=0, data=None):
    return SimpleUploadedFile(f"IMG {number} <b>.jpg", face(number) if data is None else data)


def address(name, client, photo=None, **more):
    ids = {"client_id": client.pk} | ({"photo_id": photo.pk} if photo else {}) | more
    return reverse(f"photos:{name}", kwargs=ids)


def test_the_file_leaves_by_permission_consent_and_audit_only(photo, page, client_record, owner):
    path = address("file", client_record, photo, size="page")
    found = page.get(path)
    assert found["Content-Type"] == "image/jpeg" and found["Cache-Control"] == "private, no-store"
    assert found.content == files.path_of(photo.pk, "page").read_bytes()
    page.get(path)
    page.get(address("file", client_record, photo, size="small"))
    assert Event.objects.filter(action="photo.shown").count() == 1
    for other in ("huge", "..", "page2"):
        assert page.get(path.replace("page.jpg", f"{other}.jpg")).status_code == 404
    services.withhold(by=owner, photo=photo, purposes=["record"], now=NOW)
    assert page.get(path).status_code == 404
    services.withhold(by=owner, photo=photo, purposes=[], now=NOW)
    assert page.get(path).status_code == 200
    services.remove(by=owner, photo=photo, now=NOW)
    assert page.get(path).status_code == 404
    services.bring_back(by=owner, photo=photo, now=NOW)
    consenting.withdraw(by=owner, client=client_record, purposes=["record"], now=NOW)
    assert page.get(path).status_code == 404
    assert Event.objects.filter(action="photo.shown").count() == 1


def test_a_photograph_of_another_client_is_not_there(photo, page, client_record, owner):
    other = add_client(by=owner, fields={"name": "Eve", "born": NOW.date()}, now=NOW)
    for name, more in (("photo", {}), ("file", {"size": "page"})):
        assert page.get(address(name, other, photo, **more)).status_code == 404
    for name in ("place", "use", "remove", "bring_back", "keep", "turn_down"):
        assert page.post(address(name, other, photo)).status_code == 404


def test_without_consent_the_page_neither_takes_nor_shows(page, client_record):
    for name in ("client", "add"):
        found = page.get(address(name, client_record)).content.decode()
        assert "No consent to photographs" in found and reverse("consent:client", args=[client_record.pk]) in found
        assert 'type="file"' not in found
    assert page.get(address("camera", client_record)).status_code == 302
    sent = page.post(address("shot", client_record), {"photograph": file(), "view": "front"})
    assert sent.status_code == 422 and "consent" in sent.json()["said"]
    assert page.post(address("look", client_record), {"photograph": file(), "view": "front"}).status_code == 422
    assert not Photo.objects.exists()


def test_files_are_brought_in_and_each_that_is_none_is_told(page, client_record, owner):
    agree(owner, client_record)
    sent = {"photographs": [file(0), file(1), file(0), file(9, b"nothing")], "view": "", "site": ""}
    found = page.post(address("add", client_record), sent, follow=True).content.decode()
    assert Photo.objects.count() == 2
    assert "taken in: 2" in found and "the same file" in found and "IMG 9 &lt;b&gt;.jpg was not taken in" in found


def test_where_every_file_is_refused_the_form_keeps_what_was_chosen(page, client_record, owner):
    agree(owner, client_record)
    sent = {"photographs": [file(9, b"nothing")], "view": "close_up", "site": "forehead"}
    found = page.post(address("add", client_record), sent)
    said = found.content.decode()
    assert found.status_code == 422 and "was not taken in" in said and not Photo.objects.exists()
    assert 'value="close_up" selected' in said and 'value="forehead" selected' in said


def test_one_file_is_checked_at_once_and_shown(page, client_record, owner):
    agree(owner, client_record)
    back = page.post(address("add", client_record), {"photographs": file(), "view": "front"})
    photo = Photo.objects.get()
    assert back["Location"] == address("photo", client_record, photo)
    found = page.get(back["Location"]).content.decode()
    assert "Focus" in found and "within limits" in found and "imaging.gates.edge_number" in found


def test_a_form_without_a_file_or_with_a_close_up_of_nowhere_is_refused(page, client_record, owner):
    agree(owner, client_record)
    assert page.post(address("add", client_record), {}).status_code == 422
    nowhere = page.post(address("add", client_record), {"photographs": file(), "view": "body"})
    assert nowhere.status_code == 422 and not Photo.objects.exists()


def test_the_pages_of_a_photograph_change_nothing_when_read(photo, page, client_record):
    before = (Event.objects.count(), Photo.objects.values().get())
    for name in ("client", "add", "camera"):
        assert page.get(address(name, client_record)).status_code == 200
    for name, status in (("photo", 200), ("place", 405), ("use", 405), ("remove", 405), ("bring_back", 405)):
        assert page.get(address(name, client_record, photo)).status_code == status
    assert page.get(reverse("photos:review")).status_code == 200
    assert before == (Event.objects.count(), Photo.objects.values().get())


def test_one_tap_corrects_the_view_and_takes_back_a_use(photo, page, client_record):
    page.post(address("place", client_record, photo), {"view": "chin_up"})
    photo.refresh_from_db()
    assert photo.view == "chin_up"
    assert "being checked" in page.get(address("photo", client_record, photo)).content.decode()
    assert page.post(address("place", client_record, photo), {"view": "close_up"}).status_code == 422
    assert page.post(address("place", client_record, photo), {"view": "behind"}).status_code == 422
    page.post(address("use", client_record, photo), {"purpose": "record"})
    found = page.get(address("photo", client_record, photo)).content.decode()
    assert "page.jpg" not in found and "withdrew this photograph" in found
    page.post(address("use", client_record, photo), {"purpose": "record", "back": "1"})
    photo.refresh_from_db()
    assert photo.withheld == []
    assert page.post(address("use", client_record, photo), {"purpose": "everything"}).status_code == 404


def test_removed_it_can_be_brought_back_from_the_list(owner, client_record, page):
    photo = make_photo(owner, client_record, now=timezone.now())
    page.post(address("remove", client_record, photo))
    found = page.get(address("client", client_record)).content.decode()
    assert address("bring_back", client_record, photo) in found
    assert "page.jpg" not in page.get(address("photo", client_record, photo)).content.decode()
    page.post(address("bring_back", client_record, photo))
    assert Photo.objects.get().removed_at is None


def test_a_frame_is_looked_at_in_a_small_copy_and_forgotten(photo, page, client_record, monkeypatch):
    work.judge(photo.pk)
    path, seen = address("look", client_record), {}
    for name in ("find_face", "find_skin", "light_of"):
        real = getattr(live, name)

        def look(pixels, *args, name=name, real=real):
            seen[name] = max(pixels.shape)
            return real(pixels, *args)

        monkeypatch.setattr(live, name, look)
    before = (Event.objects.count(), Photo.objects.count())
    found = page.post(path, {"photograph": file(), "view": "front"}).json()
    assert found["good"] and len(found["box"]) == 4
    assert photo.height > 480 and seen == {"find_face": 480, "find_skin": 320, "light_of": 320}
    seen.clear()
    with monkeypatch.context() as small:
        small.setattr(views_camera, "_MOST_FRAME", 1000)
        assert page.post(path, {"photograph": file(), "view": "front"}).status_code == 422 and not seen
    tilted = SimpleUploadedFile("frame.jpg", face(turned=9))
    assert "Tilt the head" in page.post(path, {"photograph": tilted, "view": "front"}).json()["hint"]
    nobody = SimpleUploadedFile("frame.jpg", wall())
    assert "No face" in page.post(path, {"photograph": nobody, "view": "front"}).json()["hint"]
    none = SimpleUploadedFile("frame.jpg", b"nothing")
    assert page.post(path, {"photograph": none, "view": "front"}).status_code == 422
    assert before == (Event.objects.count(), Photo.objects.count())


def test_the_first_of_a_view_can_be_judged_against_the_view_alone(page, client_record, owner):
    agree(owner, client_record)
    found = page.post(address("look", client_record), {"photograph": file(), "view": "oblique_left"}).json()
    assert "own right" in found["hint"]


def test_an_accepted_photograph_is_kept_and_the_next_view_named(page, client_record, owner):
    agree(owner, client_record)
    told = page.post(address("shot", client_record), {"photograph": file(), "view": "front", "site": ""}).json()
    photo = Photo.objects.get()
    assert told["next"] == {"view": "oblique_left", "site": ""} and photo.origin == "camera"
    assert told["small"] == address("file", client_record, photo, size="small")
    again = page.post(address("shot", client_record), {"photograph": file(), "view": "front", "site": ""}).json()
    assert again["address"] == told["address"] and Photo.objects.count() == 1, "sent twice it is kept once"
    shown = page.get(address("camera", client_record) + "?view=front&site=").content.decode()
    assert "data-ghost" in shown and shown.count("data-done") == 1


def test_the_gates_do_not_keep_anybody_waiting_for_several(page, client_record, owner, monkeypatch):
    agree(owner, client_record)
    monkeypatch.setattr(services, "judged", lambda *_: pytest.fail("asked within the request"))
    page.post(address("add", client_record), {"photographs": [file(0), file(1)], "view": "front"})
    assert Photo.objects.filter(check_result={}).count() == 2


def opened(owner, client_record, scopes):
    _link, token = linking.make_link(by=owner, client=client_record, scopes=scopes, days=7, now=timezone.now())
    browser = Browser()
    browser.post(reverse("intake:open", args=[token]))
    return browser


@pytest.mark.parametrize("scope", ["upload", "aftercare"])
def test_a_client_sends_from_home_and_somebody_looks(scope, owner, client_record, page):
    agree(owner, client_record)
    browser = opened(owner, client_record, [scope])
    assert browser.get(reverse("intake:own")).content.decode().count(reverse("photos:own")) == 1
    path = reverse("photos:own")
    assert "window" in browser.get(path).content.decode()
    found = browser.post(path, {"photographs": [file(0), file(1)]}, follow=True).content.decode()
    assert "Sent. Thank you" in found and found.count("waits to be looked at") == 2
    assert reverse("photos:review") in page.get(reverse("intake:inbox")).content.decode()
    one, two = Photo.objects.order_by("added_at")
    assert address("keep", client_record, one) in page.get(reverse("photos:review")).content.decode()
    page.post(address("keep", client_record, one), {"view": "front", "site": ""})
    page.post(address("turn_down", client_record, two), {"why": ""})
    two.refresh_from_db()
    assert two.state == "waiting"
    page.post(address("turn_down", client_record, two), {"why": "Too dark, by daylight please."})
    assert "Too dark, by daylight please." in browser.get(path).content.decode()
    assert "Nothing waits" in page.get(reverse("photos:review")).content.decode()


def test_from_home_without_consent_or_with_another_link_nothing_is_taken(owner, client_record):
    path = reverse("photos:own")
    other = opened(owner, client_record, ["intake"])
    assert other.get(path).status_code == Browser().get(path).status_code == 404
    browser = opened(owner, client_record, ["upload", "consent"])
    found = browser.get(path).content.decode()
    assert reverse("intake:own_consent", args=["photograph"]) in found and 'type="file"' not in found
    browser.post(path, {"photographs": file()})
    assert not Photo.objects.exists()


def test_after_a_log_in_anew_the_page_of_the_camera_has_the_token_that_is_taken(client_record, owner, staff):
    agree(owner, client_record)
    tab = Browser(enforce_csrf_checks=True)

    def token():
        shown = tab.get(address("camera", client_record)).content.decode()
        return re.search(r'<form id="camera".*?name="csrfmiddlewaretoken" value="(\w+)"', shown, re.DOTALL).group(1)

    def sent(held):
        data = {"csrfmiddlewaretoken": held, "photograph": file(), "view": "front", "site": ""}
        return tab.post(address("shot", client_record), data).status_code

    tab.force_login(staff["practitioner"], backend="django.contrib.auth.backends.ModelBackend")
    old = token()
    tab.logout()
    assert sent(old) == 403 and tab.get(address("camera", client_record)).status_code == 302
    tab.force_login(staff["practitioner"], backend="django.contrib.auth.backends.ModelBackend")
    new = token()
    assert (sent(old), sent(new)) == (403, 200)


def test_the_page_of_the_camera_has_every_word_that_its_script_says(page, client_record, owner):
    agree(owner, client_record)
    script = (Path(photos.__file__).parent / "static" / "photos" / "camera.js").read_text()
    shown = page.get(address("camera", client_record)).content.decode()
    said = set(re.findall(r"words\.([a-z]+)", script))
    assert {"login", "failed"} <= said and not [word for word in said if f'data-word="{word}"' not in shown]


def test_the_camera_is_for_this_site_alone(page, client_record, owner):
    agree(owner, client_record)
    found = page.get(address("camera", client_record))
    assert "camera=(self)" in found["Permissions-Policy"]
    assert "blob:" in found["Content-Security-Policy"]
    assert address("add", client_record) in found.content.decode(), "the way without JavaScript"
