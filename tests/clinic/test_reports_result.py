from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.audit.models import Event
from corneum.clinic.consent import services as consenting
from corneum.clinic.measured import rating
from corneum.clinic.measured.queries import sights
from corneum.clinic.photos.models import Photo
from corneum.clinic.reports.present.result import lead, report_of
from corneum.clinic.reports.translate import result_of
from corneum.clinic.treatments import services_after
from corneum.clinic.treatments.models import CourseReview
from corneum.course.wording import refused_words
from tests.clinic.conftest import NOW
from tests.clinic.photos_fixtures import make_photo
from tests.clinic.plans_fixtures import make_plan
from tests.clinic.reports_fixtures import change, make_measured, make_session


@pytest.fixture
def plan(owner, client_record):
    return make_plan(owner, client_record, state="approved", goals=[{"concern": "roughness", "zone": "cheek"}])


@pytest.fixture
def course(owner, client_record, plan):
    for number in (1, 2, 3):
        make_session(client_record, owner, plan=plan, number=number, at=NOW + timedelta(days=14 * number))
    return client_record


def said(report):
    found = [report.overline, report.title, *(run.text for run in report.lead)]
    for section in report.sections:
        for block in section.blocks:
            cells = [cell for row in getattr(block, "rows", ()) for cell in row]
            texts = [*cells, *([block.text] if block.kind == "paragraph" else [])]
            found += [section.title, *getattr(block, "head", ()), *(run.text for text in texts for run in text)]
    return " ".join(found)


def after(course, owner, *changes, **options):
    return make_measured(course, owner, *changes, at=NOW + timedelta(days=90), **options)


def test_nothing_treated_is_no_result(browse, client_record):
    assert result_of(client_record, None) is None
    text = browse("practitioner").get(reverse("reports:result", args=[client_record.pk])).content.decode()
    assert "there is no result" in text
    assert browse("practitioner").get(reverse("reports:result_pdf", args=[client_record.pk])).status_code == 404


def test_without_photographs_it_says_that_nothing_is_measured(course):
    assert "no measured result" in lead(result_of(course, None))


def test_it_says_when_nothing_is_beyond_noise(course, owner):
    after(course, owner, change(-0.5), change(0.2, zone="cheek_right"), change(-5.0, index="redness_relative"))
    found = result_of(course, None)
    assert [one.index for _pair, one in found.told] == ["texture", "texture"] and not found.beyond
    assert lead(found).startswith("Nothing that this course was for changed beyond measurement noise")
    assert "1 of 3" not in said(report_of(found, pictures=False))
    assert found.counts == (3, 1)


def test_a_change_beyond_noise_stands_with_its_error(course, owner):
    after(course, owner, change(-3.0), change(0.2, zone="cheek_right"))
    report = report_of(result_of(course, None), pictures=False)
    text = said(report)
    assert "1 of 2 values" in text and "−30\xa0%" in text and "± 10\xa0%" in text
    assert refused_words(text) == ()


def test_a_pair_from_within_the_course_does_not_count(course, owner):
    after(course, owner, change(-3.0), before=NOW + timedelta(days=20))
    assert result_of(course, None).measured == ()


def test_a_durable_outcome_goes_before_a_later_one_that_is_not(course, owner):
    durable = after(course, owner, change(-3.0))
    make_measured(course, owner, change(-9.0), at=NOW + timedelta(days=99))
    type(durable).objects.exclude(pk=durable.pk).update(outcome="immediate")
    assert [pair.row.pk for pair in result_of(course, None).measured] == [durable.pk]


def test_it_is_over_after_the_last_session_or_a_stop(course, owner, plan):
    assert result_of(course, None).is_over
    make_session(course, owner, plan=plan, course=2, at=NOW + timedelta(days=200))
    second = result_of(course, None)
    assert second.number == 2 and not second.is_due and result_of(course, 1).is_over
    fields = {"photographs": "changed", "happened": "no", "wishes": "stop", "decision": "stop", "why": "Wish."}
    CourseReview.objects.create(client=course, course=2, after=1, at=NOW + timedelta(days=210), by=owner, **fields)
    assert result_of(course, 2).is_over


def test_photographs_only_with_consent(browse, course, owner):
    first = make_photo(owner, course)
    last = make_photo(owner, course, number=1)
    Photo.objects.filter(pk=last.pk).update(taken_at=NOW + timedelta(days=90))
    after(course, owner, change(-3.0), photos=(first, last))
    browser, path = browse("practitioner"), reverse("reports:result", args=[course.pk])
    text = browser.get(path).content.decode()
    assert f"{first.pk}/small.jpg" in text and " style=" not in text
    assert not Event.objects.filter(action="photo.shown").exists()
    pdf = browser.get(reverse("reports:result_pdf", args=[course.pk]))
    assert pdf.content.startswith(b"%PDF") and pdf["Content-Type"] == "application/pdf"
    assert Event.objects.filter(action="photo.shown").count() == 2
    consenting.withdraw(by=owner, client=course, purposes=["record"], now=NOW)
    text = browser.get(path).content.decode()
    assert "small.jpg" not in text and "−30" in text
    assert len(browser.get(reverse("reports:result_pdf", args=[course.pk])).content) < len(pdf.content)


def test_the_page_speaks_the_language_of_the_client(browse, course):
    course.language = "de"
    course.save()
    text = browse("practitioner").get(reverse("reports:result", args=[course.pk])).content.decode()
    assert 'lang="de"' in text and "Not a course" not in text
    assert browse("practitioner").get(reverse("reports:result", args=[course.pk]), {"course": "7"}).status_code == 200
    assert browse("practitioner").get(reverse("reports:result", args=[course.pk]), {"course": "x"}).status_code == 404


def test_a_blinded_rating_stands_with_its_sham_pairs(course, owner):
    first, second, last = (make_photo(owner, course, number=number) for number in range(3))
    Photo.objects.filter(pk=last.pk).update(taken_at=NOW + timedelta(days=90))
    Photo.objects.filter(pk=second.pk).update(taken_at=NOW + timedelta(minutes=1))
    drawn = rating.start(by=owner, client=course, sights=sights(course.pk), seed=3, now=NOW + timedelta(days=91))
    for number in range(1, drawn.length + 1):
        rating.answer(by=owner, rating=drawn, number=number, choice=3, now=NOW)
    rating.hand_in(by=owner, rating=drawn, now=NOW)
    assert result_of(course, None).scored is None
    rating.close(by=owner, rating=drawn, now=NOW)
    text = said(report_of(result_of(course, None), pictures=False))
    assert "saw no difference in 1" in text and "0 of 1 answers" in text and refused_words(text) == ()
    assert first.pk != last.pk


def test_a_reaction_belongs_to_the_course_of_its_local_day(owner, client_record, plan):
    late = NOW.replace(hour=23, minute=30)
    with timezone.override("Europe/Vienna"):
        make_session(client_record, owner, plan=plan, at=late)
        make_session(client_record, owner, plan=plan, course=2, at=late + timedelta(days=60))
        for day in (0, 1, 60, 61):
            onset = NOW.date() + timedelta(days=day)
            fields = {"kind": "redness", "severity": "1", "level": "care", "onset": onset, "action": "Cooled."}
            services_after.add_event(by=owner, client=client_record, session=None, fields=fields, now=NOW)
        found = result_of(client_record, 1)
    assert [(one.onset - NOW.date()).days for one in found.reactions] == [1, 60]
