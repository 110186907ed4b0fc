"""Copies of photographs leave for an agreed use alone, are written down, and are called back."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from corneum.clinic.audit.models import Event
from corneum.clinic.consent.services import withdraw
from corneum.clinic.intake.models import InboxItem
from corneum.clinic.photos import giving, queries, services
from corneum.clinic.photos.models import Copy
from tests.clinic.conftest import NOW
from tests.clinic.photos_fixtures import agree, make_photo

TO = {"to": "Course in Graz", "why": "a lecture"}


@pytest.fixture
def photo(owner, client_record):
    agree(owner, client_record, ("record", "teach"))
    return make_photo(owner, client_record)


@pytest.fixture
def gone(owner, photo):
    """Return a copy whose file was fetched."""
    made = giving.give_out(by=owner, photo=photo, purpose="teach", **TO, now=NOW)
    giving.fetch(by=owner, copy=made, now=NOW)
    made.refresh_from_db()
    return made


def address(name, photo, *more):
    return reverse(f"photos:{name}", args=[photo.client_id, photo.pk, *more])


@pytest.mark.parametrize("purpose", ["show", "publish", "record", "nonsense", ""])
def test_no_copy_leaves_for_a_use_that_was_not_agreed_to(purpose, owner, photo):
    with pytest.raises(giving.NotGiven):
        giving.give_out(by=owner, photo=photo, purpose=purpose, **TO, now=NOW)
    assert not Copy.objects.exists() and not Event.objects.filter(action="photo.given_out").exists()


def test_a_use_withdrawn_for_this_one_photograph_is_refused(owner, photo):
    services.withhold(by=owner, photo=photo, purposes=["teach"], now=NOW)
    with pytest.raises(giving.NotGiven):
        giving.give_out(by=owner, photo=photo, purpose="teach", **TO, now=NOW)


def test_the_file_holds_pixels_and_nothing_else(browse, photo):
    browser = browse("practitioner")
    back = browser.post(address("give", photo), {"purpose": "teach", **TO})
    assert back.status_code == 302 and back["Location"].endswith("#given")
    made = Copy.objects.get()
    page = browser.get(address("photo", photo)).content.decode()
    assert "Course in Graz" in page and "file not fetched yet" in page
    sent = browser.post(address("copy", photo, made.pk))
    assert sent["Content-Disposition"] == f'attachment; filename="photograph-{made.pk.hex[:8]}.jpg"'
    assert sent["Cache-Control"] == "private, no-store"
    with Image.open(BytesIO(sent.content)) as picture:
        assert picture.size == (photo.width, photo.height) and not picture.getexif()
        assert not {"exif", "xmp", "comment", "photoshop"} & set(picture.info)
    told = [(event.action, event.data) for event in Event.objects.filter(subject_id=str(made.pk)).order_by("id")]
    assert told == [("photo.given_out", {"purpose": "teach"}), ("photo.copy_fetched", {"purpose": "teach"})]


def test_the_page_offers_only_what_was_agreed_to(browse, owner, client_record, photo):
    page = browse("owner").get(address("photo", photo)).content.decode()
    assert (
        'value="teach"' in page.partition('id="given"')[2] and 'value="publish"' not in page.partition('id="given"')[2]
    )
    withdraw(by=owner, client=client_record, purposes=["teach"], now=NOW)
    assert "None can be" in browse("owner").get(address("photo", photo)).content.decode()
    refused = browse("owner").post(address("give", photo), {"purpose": "teach", **TO})
    assert refused.status_code == 422 and not Copy.objects.exists()


def test_a_copy_cannot_be_fetched_after_the_use_was_withdrawn_or_its_day_is_over(owner, client_record, photo):
    made = giving.give_out(by=owner, photo=photo, purpose="teach", **TO, now=NOW)
    with pytest.raises(giving.NotGiven):
        giving.fetch(by=owner, copy=made, now=NOW + timedelta(days=2))
    withdraw(by=owner, client=client_record, purposes=["teach"], now=NOW)
    with pytest.raises(giving.NotGiven):
        giving.fetch(by=owner, copy=made, now=NOW)
    assert Copy.objects.get().call_back_since is None, "what never left is not called back"


def test_a_slip_is_struck_out_until_the_file_was_fetched(browse, owner, photo, gone):
    slip = giving.give_out(by=owner, photo=photo, purpose="teach", **TO, now=timezone.now())
    browser = browse("owner")
    for one in (slip, slip, gone):
        assert browser.post(address("copy_undo", photo, one.pk)).status_code in (302, 404)
    assert list(Copy.objects.all()) == [gone]


@pytest.mark.parametrize("ended", ["teach", "record"])
def test_a_withdrawal_asks_for_every_copy_that_went_out(ended, browse, owner, client_record, gone):
    withdraw(by=owner, client=client_record, purposes=[ended], now=NOW)
    gone.refresh_from_db()
    assert gone.call_back_since == NOW and gone.waits and queries.to_call_back_count() == 1
    item = InboxItem.objects.get(kind="copies")
    assert item.level == 2 and item.seen is None
    browser = browse("practitioner")
    assert reverse("photos:given") in browser.get(reverse("intake:inbox")).content.decode()
    listed = browser.get(reverse("photos:given")).content.decode()
    assert "Course in Graz" in listed and "To be called back" in listed
    browser.post(address("called_back", gone.photo, gone.pk), {"note": "deleted, they say"})
    gone.refresh_from_db()
    item.refresh_from_db()
    assert not gone.waits and gone.called_back_note == "deleted, they say" and item.seen is not None
    browser.post(address("called_back", gone.photo, gone.pk), {"undo": "1"})
    gone.refresh_from_db()
    assert gone.waits and not gone.called_back_note


def test_another_use_that_ends_calls_nothing_back(owner, client_record, gone):
    agree(owner, client_record, ("record", "teach", "show"))
    withdraw(by=owner, client=client_record, purposes=["show"], now=NOW)
    assert not queries.to_call_back_count() and not InboxItem.objects.exists()


def test_one_photograph_alone_calls_its_own_copies_back_and_a_slip_is_undone(owner, client_record, photo, gone):
    other = make_photo(owner, client_record, 1)
    elsewhere = giving.give_out(by=owner, photo=other, purpose="teach", **TO, now=NOW)
    giving.fetch(by=owner, copy=elsewhere, now=NOW)
    services.withhold(by=owner, photo=photo, purposes=["teach"], now=NOW)
    assert list(queries.to_call_back()) == [gone]
    services.withhold(by=owner, photo=photo, purposes=[], now=NOW)
    assert not queries.to_call_back_count()


def test_the_database_refuses_a_copy_for_the_record_or_called_back_by_nobody(owner, photo):
    fields = {"client_id": photo.client_id, "photo": photo, "given_at": NOW, "given_by": owner, **TO}
    for wrong in ({"purpose": "record"}, {"purpose": "teach", "called_back_at": NOW, "call_back_since": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Copy.objects.create(**fields, **wrong)


def test_only_who_cares_for_clients_gives_out(browse, photo):
    assert browse("reception").get(reverse("photos:given")).status_code == 404
    assert browse("auditor").post(address("give", photo), {"purpose": "teach", **TO}).status_code == 404
    assert not Copy.objects.exists()
