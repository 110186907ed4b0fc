import re
from datetime import timedelta

import numpy as np
import pytest
from django.urls import reverse

from corneum.clinic.audit.models import Event
from corneum.clinic.consent import services as consent
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.work import do_next
from corneum.clinic.measured import files, queries, rating, told
from corneum.clinic.measured.models import Measurement, Rating, RatingSheet, State
from corneum.clinic.photos import services as photos
from corneum.clinic.photos.models import Photo
from corneum.imaging.door import jpeg_of
from tests.clinic.conftest import NOW
from tests.clinic.measured_fixtures import WEEK, make_course, make_measured, make_photo, table
from tests.clinic.photos_fixtures import agree


@pytest.fixture(autouse=True)
def nobody_tells(monkeypatch):
    for name in ("_predictions", "_sessions"):
        monkeypatch.setattr(told, name, [])


@pytest.fixture
def both(owner, client_record):
    return make_course(owner, client_record, (0, 6))


def page(browser, name, client, *ids, data=None, **headers):
    return browser.get(reverse(f"measured:{name}", args=[client.pk, *ids]), data or {}, headers=headers)


def text(found):
    assert found.status_code == 200
    said = found.content.decode()
    assert " style=" not in said and "<script>" not in said
    return said


def rows():
    return [Measurement.objects.count(), Job.objects.count(), Event.objects.count(), RatingSheet.objects.count()]


def test_without_photographs_it_says_what_to_do(browse, client_record, owner):
    browser = browse("practitioner")
    for name in ("compare", "trend", "ratings"):
        assert reverse("photos:client", args=[client_record.pk]) in text(page(browser, "compare", client_record)), name
    make_photo(owner, client_record)
    assert "one photograph of this view only" in text(page(browser, "compare", client_record))


def test_plain_photographs_say_that_they_are_not_aligned(browse, client_record, both):
    before = rows()
    said = text(page(browse("practitioner"), "compare", client_record))
    for photo in both:
        assert reverse("photos:file", args=[client_record.pk, photo.pk, "page"]) in said
    assert "Not aligned" in said and "Measure the change" in said and 'data-mode="map"' not in said
    assert rows() == before


def test_a_pair_is_asked_for_and_waited_for(browse, client_record, both):
    browser = browse("practitioner")
    data = {"baseline": both[0].pk, "followup": both[1].pk}
    sent = browser.post(reverse("measured:ask", args=[client_record.pk]), data)
    found = Measurement.objects.get()
    assert f"followup={both[1].pk}" in sent["Location"]
    waiting = text(browser.get(sent["Location"]))
    assert "every 1s" in waiting and 'http-equiv="refresh"' in waiting
    assert b"outerHTML" in page(browser, "progress", client_record, found.pk, **{"HX-Request": "true"}).content
    Measurement.objects.update(state=State.REFUSED, refusal="Main light: moved by 40 degrees.", ended_at=NOW)
    done = page(browser, "progress", client_record, found.pk, **{"HX-Request": "true"})
    assert done["HX-Redirect"] == sent["Location"]
    said = text(browser.get(sent["Location"]))
    assert "Main light: moved by 40 degrees." in said and "Try again" in said
    assert page(browser, "progress", client_record, found.pk).status_code == 302


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 302), ({"baseline": "x"}, 302), ("turned", 302), ("scale", 422), ("absent", 404)],
    ids=str,
)
def test_what_cannot_be_asked_changes_nothing(browse, client_record, both, data, status):
    first, second = both
    asked = {
        "turned": {"baseline": second.pk, "followup": first.pk},
        "scale": {"baseline": first.pk, "followup": second.pk, "scale_px_per_mm": "nan"},
        "absent": {"baseline": first.pk, "followup": client_record.pk},
    }
    before = rows()
    sent = browse("practitioner").post(
        reverse("measured:ask", args=[client_record.pk]), asked.get(data, data) if isinstance(data, str) else data
    )
    assert sent.status_code == status and rows() == before


def test_what_is_refused_keeps_what_was_chosen(browse, client_record, owner):
    days = (NOW - days * WEEK for days in (9, 4, 1))
    some = [make_photo(owner, client_record, day, view="close_up", site="forehead") for day in days]
    chosen, address = some[:2], reverse("measured:ask", args=[client_record.pk])
    data = {"baseline": chosen[0].pk, "followup": chosen[1].pk, "scale_px_per_mm": "9000"}
    found = browse("practitioner").post(address, data)
    said = found.content.decode()
    assert found.status_code == 422 and 'value="9000"' in said and "500" in said
    assert all(f'<option value="{one.pk}" selected>' in said for one in chosen)
    turned = browse("practitioner").post(address, {"baseline": chosen[1].pk, "followup": chosen[0].pk})
    assert all(str(one.pk) in turned["Location"] for one in chosen)


def test_a_measured_pair_shows_its_numbers_with_errors_and_sources(browse, client_record, owner, both):
    found = make_measured(owner, *both)
    said = text(page(browse("practitioner"), "compare", client_record))
    for name in ("baseline", "followup", "map-redness"):
        assert reverse("measured:picture", args=[client_record.pk, found.pk, name]) in said
    assert "within measurement noise" in said and "beyond measurement noise" in said
    assert "needs a ColorChecker" in said and "D = -log10 of linear light" in said and "omlc.org" in said
    assert "durable" in said and "−4 (−5.96 to −2.04)" in said
    assert not re.search(r"\b(healed|responded|safe|cleared|optimal)\b", said)


def test_a_table_of_another_version_leaves_the_pictures(browse, client_record, owner, both):
    make_measured(owner, *both, table={"format": 2})
    said = text(page(browse("practitioner"), "compare", client_record))
    assert "Another version of the program" in said and "Aligned:" in said


def test_dates_are_chosen_and_put_in_order(browse, client_record, owner):
    first, second, third = make_course(owner, client_record)
    make_photo(owner, client_record, view="chin_up")
    browser = browse("practitioner")
    said = text(page(browser, "compare", client_record, data={"baseline": third.pk, "followup": second.pk}))
    assert "The earlier photograph is the baseline" in said
    assert said.index(str(second.pk) + "/page") < said.index(str(third.pk) + "/page")
    same = text(page(browser, "compare", client_record, data={"baseline": first.pk, "followup": first.pk}))
    assert str(third.pk) + "/page" in same
    wild = text(page(browser, "compare", client_record, data={"of": "'><", "baseline": "nobody"}))
    assert str(first.pk) + "/page" in wild
    assert "one photograph of this view only" in text(page(browser, "compare", client_record, data={"of": "chin_up"}))


def test_a_picture_is_sent_and_written_down_for_each_photograph(browse, client_record, owner, both):
    found = make_measured(owner, *both)
    browser = browse("practitioner")
    sent = page(browser, "picture", client_record, found.pk, "baseline")
    assert sent.content == b"baseline"
    assert sent["Cache-Control"] == "private, no-store" and "filename" not in sent["Content-Disposition"]
    shown = Event.objects.filter(action="photo.shown")
    assert [event.subject_id for event in shown] == [str(both[0].pk)]
    page(browser, "picture", client_record, found.pk, "map-redness")
    assert {event.subject_id for event in shown.all()} == {str(photo.pk) for photo in both}


@pytest.mark.parametrize("case", ["unknown", "no file", "withdrawn", "withheld", "removed", "other client"])
def test_a_picture_that_may_not_be_shown_is_not_there(browse, client_record, owner, both, case):
    found, name, client_id = make_measured(owner, *both), "followup", client_record.pk
    if case == "unknown":
        name = "map-texture"
    elif case == "no file":
        files.remove_pictures(found.pk)
    elif case == "withdrawn":
        consent.withdraw(by=owner, client=client_record, purposes=["record"], now=NOW)
    elif case == "withheld":
        Photo.objects.filter(pk=both[0].pk).update(withheld=["record"])
    elif case == "removed":
        Photo.objects.filter(pk=both[0].pk).update(removed_at=NOW, removed_by=owner)
    else:
        client_id = owner.pk
    browser = browse("practitioner")
    assert browser.get(reverse("measured:picture", args=[client_id, found.pk, name])).status_code == 404
    assert not Event.objects.filter(action="photo.shown").exists()


def test_the_course_is_drawn_zone_by_zone(browse, client_record, owner):
    first, second, third = make_course(owner, client_record)
    browser = browse("practitioner")
    assert "Nothing is measured" in text(page(browser, "trend", client_record))
    make_measured(owner, first, second)
    make_measured(owner, first, third, table=table(outcome="between"), outcome="between")
    said = text(page(browser, "trend", client_record, data={"index": "nonsense"}))
    assert said.count('class="course"') == 2 and said.count('class="dot beyond"') == 2
    assert said.index("Left cheek") < said.index("Nose") and "not yet durable" in said


def test_queries_do_not_grow_with_the_course(browse, client_record, owner, django_assert_max_num_queries):
    course = make_course(owner, client_record, range(12))
    for photo in course[1:]:
        make_measured(owner, course[0], photo)
    browser = browse("practitioner")
    for name in ("compare", "trend", "ratings"):
        with django_assert_max_num_queries(16):
            page(browser, name, client_record)


def test_a_body_site_is_measured_from_its_stored_photographs(browse, client_record, owner, settings, tmp_path):
    agree(owner, client_record)
    dice = np.random.default_rng(1)
    skin = np.kron(dice.normal(0, 14, (90, 90)), np.ones((8, 8)))[..., None] + np.array([196, 150, 126])
    taken = [
        photos.take(
            by=owner,
            client=client_record,
            data=jpeg_of(np.clip(skin + dice.normal(0, 2, skin.shape), 0, 255).astype(np.uint8)),
            now=NOW + place * 6 * WEEK,
            view="body",
            site="forearm",
            origin="camera",
            wait=False,
        )
        for place in (0, 1)
    ]
    Job.objects.all().delete()
    browser = browse("practitioner")
    said = text(page(browser, "compare", client_record))
    assert "Pixels per millimeter" in said and "Forearm" in said
    data = {"baseline": taken[0].pk, "followup": taken[1].pk, "scale_px_per_mm": "10"}
    browser.post(reverse("measured:ask", args=[client_record.pk]), data)
    do_next(lambda: NOW + timedelta(days=9999))
    found = Measurement.objects.get()
    assert found.refusal == "" and found.state == State.DONE and found.outcome == "durable"
    assert queries.stored_pair(found).quality.scale_from == "given"
    said = text(page(browser, "compare", client_record))
    assert "Aligned:" in said and "given by hand" in said
    for name in ("baseline", "followup", *(f"map-{index}" for index in found.pictures["maps"])):
        sent = page(browser, "picture", client_record, found.pk, name)
        assert sent.content.startswith(b"\xff\xd8")


# Blinded rating


@pytest.fixture
def started(owner, client_record, both):
    sights = queries.sights(client_record.pk)
    make_photo(owner, client_record, NOW + 10 * WEEK)
    return rating.start(by=owner, client=client_record, sights=sights, seed=3, now=NOW)


def test_a_rating_without_a_second_baseline_says_that_no_sham_is_possible(browse, client_record, owner, both):
    browser = browse("practitioner")
    assert "No sham pair is possible" in text(page(browser, "ratings", client_record))
    make_photo(owner, client_record, both[0].taken_at + timedelta(minutes=3))
    assert "1 sham pair" in text(page(browser, "ratings", client_record))
    sent = browser.post(reverse("measured:rating_start", args=[client_record.pk]), {"of": "front"})
    assert sent["Location"] == reverse("measured:rating", args=[client_record.pk, Rating.objects.get().pk])
    nothing = browser.post(reverse("measured:rating_start", args=[client_record.pk]), {"of": "chin_up"})
    assert nothing["Location"] == reverse("measured:ratings", args=[client_record.pk]) and Rating.objects.count() == 1


def test_a_rater_sees_no_date_no_order_and_no_photograph(browse, client_record, both, started):
    said = text(page(browse("practitioner"), "rating_pair", client_record, started.pk, 1))
    main = said.partition('<section class="sheet rated"')[2]
    for photo in both:
        assert str(photo.pk) not in said and str(photo.pk.hex) not in said
        assert str(photo.taken_at.year) not in main and photo.taken_at.strftime("%B") not in main
    assert 'alt="Left picture"' in said and "aseline" not in main and "ollow-up" not in main
    before = rows()
    sent = page(browse("practitioner"), "rating_picture", client_record, started.pk, 1, "left")
    assert sent.content == b"page" and "Last-Modified" not in sent and "ETag" not in sent
    assert rows()[2] == before[2] + 1
    for address in ((1, "middle"), (2, "left")):
        assert page(browse("practitioner"), "rating_picture", client_record, started.pk, *address).status_code == 404


def test_a_rating_is_answered_handed_in_and_opened(browse, client_record, started):
    browser = browse("practitioner")
    path = reverse("measured:rating_pair", args=[client_record.pk, started.pk, 1])
    whole = reverse("measured:rating", args=[client_record.pk, started.pk])
    assert browser.post(path, {"choice": "9"})["Location"] == path
    assert browser.post(path, {"choice": "6"})["Location"] == whole
    assert 'value="6" required checked' in text(browser.get(path))
    assert "Hand in" in text(browser.get(whole))
    assert "very much improved" not in text(browser.get(whole))
    browser.post(reverse("measured:rating_close", args=[client_record.pk, started.pk]))
    assert rating.score(Rating.objects.get()) is None
    browser.post(reverse("measured:rating_hand_in", args=[client_record.pk, started.pk]))
    assert browser.get(path)["Location"] == whole
    browser.post(reverse("measured:rating_close", args=[client_record.pk, started.pk]))
    result = text(browser.get(whole))
    assert "One rater" in result and "how often no change is called a change" in result and "2027" in result
    assert browser.get(path)["Location"] == whole


def test_a_rating_stops_when_a_photograph_may_no_longer_be_shown(browse, client_record, both, started):
    Photo.objects.filter(pk=both[1].pk).update(withheld=["record"])
    browser = browse("practitioner")
    path = reverse("measured:rating_pair", args=[client_record.pk, started.pk, 1])
    assert browser.get(path).status_code == 302
    assert browser.post(path, {"choice": "1"}).status_code == 302 and not RatingSheet.objects.exists()
    assert "it cannot go on" in text(page(browser, "rating", client_record, started.pk))
    sides = [page(browser, "rating_picture", client_record, started.pk, 1, side) for side in ("left", "right")]
    assert sorted(side.status_code for side in sides) == [200, 404]
