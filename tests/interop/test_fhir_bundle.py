import json
from datetime import UTC, date, datetime

import pytest

from corneum.interop import bundle_of
from corneum.interop.course_record import (
    AnswerRecord,
    CourseRecord,
    DocumentRecord,
    MeasuredRecord,
    PermissionRecord,
    PersonRecord,
    ReactionRecord,
    SessionRecord,
)
from corneum.interop.fhir_bundle import _SITES
from corneum.skin import SITES

AT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PERSON, PHOTO = "0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def record(**more):
    person = PersonRecord(PERSON, "Zoë Größe", date(1980, 5, 17), "en", email="zoe@example.org")
    usual = {
        "phototype": "II",
        "answered": AT,
        "plan": "Dull skin",
        "answers": (AnswerRecord("coldsore.now", "A cold sore now?", "no"),),
        "permissions": (
            PermissionRecord("11111111-1111-4111-8111-111111111111", "record", "Record", False, AT, AT),
            PermissionRecord("11111111-1111-4111-8111-111111111112", "treatment", "Treatment", True, AT),
        ),
        "sessions": (
            SessionRecord(
                "22222222-2222-4222-8222-222222222222",
                1,
                1,
                AT,
                "Dr. Linden",
                "Diamond",
                (("cheek", "vacuum 20 kPa, passes 2"), ("forearm", "vacuum 20 kPa")),
            ),
        ),
        "reactions": (
            ReactionRecord(
                "33333333-3333-4333-8333-333333333333",
                "Hives",
                2,
                AT.date(),
                AT,
                "cheek",
                "22222222-2222-4222-8222-222222222222",
            ),
        ),
        "documents": (DocumentRecord(PHOTO, True, "front", AT, "photographs/a.jpg", "image/jpeg"),),
        "measured": (
            MeasuredRecord(
                "44444444-4444-4444-8444-444444444444",
                "Redness",
                "left cheek",
                "cheek",
                "index units",
                -0.4,
                0.2,
                0.4,
                "within_noise",
                AT,
                (PHOTO,),
            ),
        ),
    }
    return CourseRecord(person, AT, "The clinic", **{**usual, **more})


def of_kind(bundle, kind):
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def test_every_reference_leads_to_something_in_the_bundle():
    bundle = bundle_of(record())
    there = {entry["fullUrl"] for entry in bundle["entry"]}
    asked = set(json.dumps(bundle).split('"reference": "')[1:])
    assert {text.partition('"')[0] for text in asked} <= there
    assert len(there) == len(bundle["entry"])


def test_a_measured_change_travels_with_its_error_and_is_preliminary():
    (found,) = of_kind(bundle_of(record()), "Observation")[1:]
    assert found["status"] == "preliminary" and found["valueQuantity"] == {"value": -0.4, "unit": "index units"}
    assert [part["valueQuantity"]["value"] for part in found["component"]] == [0.2, 0.4]
    assert found["derivedFrom"] == [{"reference": f"urn:uuid:{PHOTO}"}]


def test_only_codes_that_were_read_are_written():
    (session,) = of_kind(bundle_of(record()), "Procedure")
    assert "coding" not in session["code"]
    cheek, forearm = session["bodySite"]
    assert cheek["coding"][0]["code"] == "36141000" and "coding" not in forearm
    assert set(_SITES) <= set(SITES)


def test_a_permission_that_ended_is_inactive():
    ended, standing = of_kind(bundle_of(record()), "Consent")
    assert ended["status"] == "inactive" and "end" in ended["provision"]["period"]
    assert standing["status"] == "active" and standing["scope"]["coding"][0]["code"] == "treatment"


def test_an_empty_course_is_a_person():
    bundle = bundle_of(CourseRecord(PersonRecord(PERSON, "Zoë Größe", date(1980, 5, 17), "en"), AT, "", answered=None))
    assert [entry["resource"]["resourceType"] for entry in bundle["entry"]] == ["Patient"]


def test_the_same_record_gives_the_same_bundle():
    assert json.dumps(bundle_of(record())) == json.dumps(bundle_of(record()))


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        bundle_of(CourseRecord(record().person, datetime(2027, 3, 1), ""))
