"""A client answers a check-in and adds a photograph in one go."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.intake import inbox, linking
from corneum.clinic.intake.models import InboxItem, Scope
from corneum.clinic.intake.triage import asked_on
from corneum.clinic.photos import forms
from corneum.clinic.photos.models import Photo
from tests.clinic.conftest import NOW
from tests.clinic.photos_fixtures import agree, face


@pytest.fixture
def check_in(client_record, owner):
    return inbox.plan_check_ins(by=owner, client=client_record, treated=timezone.localdate(), now=NOW)[0]


@pytest.fixture
def at_home(client_record, owner):
    scopes = [Scope.AFTERCARE]
    _link, token = linking.make_link(by=owner, client=client_record, scopes=scopes, days=7, now=timezone.now())
    browser = Browser()
    browser.post(reverse("intake:open", args=[token]))
    return browser


def picture(data=None, name="mine.jpg"):
    return SimpleUploadedFile(name, face() if data is None else data, "image/jpeg")


def sent(check_in, **more):
    said = {one.id: "no" if one.kind == "yes_no" else "0" for one in asked_on(check_in.after_days)}
    return said | more


def path(check_in):
    return reverse("intake:own_check_in", args=[check_in.pk])


def test_answers_and_photograph_are_sent_together(at_home, check_in, client_record, owner):
    agree(owner, client_record)
    page = at_home.get(path(check_in)).content.decode()
    assert 'type="file"' in page and 'enctype="multipart/form-data"' in page
    back = at_home.post(path(check_in), sent(check_in, fever="yes", photographs=picture()), follow=True)
    assert "The clinic looks at what you sent." in back.content.decode()
    check_in.refresh_from_db()
    photo = Photo.objects.get()
    assert check_in.answers["fever"] == "yes" and (photo.state, photo.origin) == ("waiting", "home")
    assert {item.kind for item in InboxItem.objects.all()} == {"red_flag", "upload"}


def test_without_a_photograph_it_is_as_before(at_home, check_in, client_record, owner):
    agree(owner, client_record)
    at_home.post(path(check_in), sent(check_in))
    check_in.refresh_from_db()
    assert check_in.answered and not Photo.objects.exists()


def test_without_consent_none_is_asked_for_nor_taken(at_home, check_in):
    assert 'type="file"' not in at_home.get(path(check_in)).content.decode()
    at_home.post(path(check_in), sent(check_in, photographs=picture()))
    check_in.refresh_from_db()
    assert check_in.answered and not Photo.objects.exists()


@pytest.mark.parametrize("case", ["no picture", "too large"])
def test_a_refused_photograph_never_holds_the_answers_up(case, at_home, check_in, client_record, owner, monkeypatch):
    agree(owner, client_record)
    if case == "too large":
        monkeypatch.setattr(forms, "MOST_BYTES", 10)
    data = b"not a picture" if case == "no picture" else None
    back = at_home.post(path(check_in), sent(check_in, eye="yes", photographs=picture(data)), follow=True)
    check_in.refresh_from_db()
    assert check_in.answers["eye"] == "yes" and InboxItem.objects.get().level == 4
    assert not Photo.objects.exists() and "notice error" in back.content.decode()


def test_a_missing_answer_keeps_nothing(at_home, check_in, client_record, owner):
    agree(owner, client_record)
    said = {name: value for name, value in sent(check_in).items() if name != "fever"}
    assert at_home.post(path(check_in), said | {"photographs": picture()}).status_code == 422
    check_in.refresh_from_db()
    assert check_in.answered is None and not Photo.objects.exists()
