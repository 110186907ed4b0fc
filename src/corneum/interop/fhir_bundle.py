"""A course as a bundle of HL7 FHIR R4 (4.0.1): one JSON document that other programs read.

Codes are written only where they were read in a published table: DICOM CID 4029 for body sites, LOINC 66555-4 for the
skin type, LOINC 72170-4 for a photograph. For microdermabrasion no SNOMED code was found, so its name stands as text.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from corneum.interop.course_record import (
    CourseRecord,
    DocumentRecord,
    MeasuredRecord,
    PermissionRecord,
    ReactionRecord,
    SessionRecord,
)
from corneum.skin import SITES

Resource = dict[str, Any]
_SNOMED, _LOINC, _UNITS = "http://snomed.info/sct", "http://loinc.org", "http://unitsofmeasure.org"
_SITES = {
    "forehead": "68698007",
    "temple": "16621002",
    "nose": "113179006",
    "cheek": "36141000",
    "perioral": "110488009",
    "chin": "23747009",
    "neck": "43081002",
    "chest": "244106003",
    "upper_back": "66643007",
    "hand": "33712006",
}
"""Body site to its code in DICOM CID 4029; others have no code there and are written as text."""
_UCUM = {"%": "%", "degrees": "deg", "percentage points": "%"}
_GRADES = {1: "mild", 2: "moderate"}


def bundle_of(record: CourseRecord) -> Resource:
    """Return a bundle of the kind ``collection``; the same record gives the same bundle.

    Parameters
    ----------
    record
        What is handed on.

    Raises
    ------
    ValueError
        If a time has no time zone.

    Notes
    -----
    What was computed from photographs is ``preliminary``: a person has not confirmed it.
    """
    every = [
        _patient(record),
        *([_skin_type(record)] if record.phototype else []),
        *([_answers(record)] if record.answers and record.answered is not None else []),
        *([_plan(record)] if record.plan else []),
        *(_consent(record, one) for one in record.permissions),
        *_devices(record),
        *(_procedure(record, one) for one in record.sessions),
        *(_reaction(record, one) for one in record.reactions),
        *(_document(record, one) for one in record.documents),
        *(_measured(record, one) for one in record.measured),
    ]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": _moment(record.made_at),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in every],
    }


def _patient(record: CourseRecord) -> Resource:
    person = record.person
    ways = [
        {"system": kind, "value": value} for kind, value in (("email", person.email), ("phone", person.phone)) if value
    ]
    found: Resource = {
        "resourceType": "Patient",
        "id": person.id,
        "name": [{"text": person.name}],
        "birthDate": person.born.isoformat(),
        "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": person.language}]}}],
    }
    return found | ({"telecom": ways} if ways else {})


def _skin_type(record: CourseRecord) -> Resource:
    title = "Skin type [Fitzpatrick Classification Scale]"
    return {
        "resourceType": "Observation",
        "id": _id(record, "skin-type"),
        "status": "final",
        "code": _coded(_LOINC, "66555-4", title),
        "subject": _subject(record),
        "effectiveDateTime": _moment(record.answered or record.made_at),
        "valueCodeableConcept": {"text": record.phototype},
    }


def _answers(record: CourseRecord) -> Resource:
    items = [
        {"linkId": one.question, "text": one.text, "answer": [{"valueString": one.answer}]} for one in record.answers
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "id": _id(record, "answers"),
        "status": "completed",
        "subject": _subject(record),
        "authored": _moment(record.answered or record.made_at),
        "item": items,
    }


def _plan(record: CourseRecord) -> Resource:
    days = sorted(one.at for one in record.sessions)
    period = {"period": {"start": _moment(days[0])}} if days else {}
    return {
        "resourceType": "CarePlan",
        "id": _id(record, "plan"),
        "status": "active",
        "intent": "plan",
        "title": record.plan,
        "subject": _subject(record),
    } | period


def _consent(record: CourseRecord, one: PermissionRecord) -> Resource:
    scope = "treatment" if one.is_treatment else "patient-privacy"
    period = {"start": _moment(one.since)} | ({"end": _moment(one.until)} if one.until else {})
    return {
        "resourceType": "Consent",
        "id": one.id,
        "status": "active" if one.until is None else "inactive",
        "scope": _coded("http://terminology.hl7.org/CodeSystem/consentscope", scope, one.title),
        "category": [{"text": one.purpose}],
        "patient": _subject(record),
        "dateTime": _moment(one.since),
        "policyRule": {"text": one.title},
        "provision": {"type": "permit", "period": period},
    }


def _devices(record: CourseRecord) -> Iterable[Resource]:
    for name in sorted({one.device for one in record.sessions if one.device}):
        yield {
            "resourceType": "Device",
            "id": _id(record, f"device:{name}"),
            "deviceName": [{"name": name, "type": "user-friendly-name"}],
            "type": {"text": "Microdermabrasion device"},
        }


def _procedure(record: CourseRecord, one: SessionRecord) -> Resource:
    found: Resource = {
        "resourceType": "Procedure",
        "id": one.id,
        "status": "completed",
        "code": {"text": "Microdermabrasion"},
        "subject": _subject(record),
        "performedDateTime": _moment(one.at),
        "note": [{"text": f"course {one.course}, session {one.number}"}]
        + [{"text": f"{_title(site)}: {said}"} for site, said in one.zones],
    }
    if one.by:
        found["performer"] = [{"actor": {"display": one.by}}]
    if one.zones:
        found["bodySite"] = [_site(site) for site, _said in one.zones]
    if one.device:
        found["usedReference"] = [{"reference": f"urn:uuid:{_id(record, f'device:{one.device}')}"}]
    return found


def _reaction(record: CourseRecord, one: ReactionRecord) -> Resource:
    system = "http://terminology.hl7.org/CodeSystem/adverse-event-severity"
    grade = {"coding": [{"system": system, "code": _GRADES.get(one.grade, "severe")}]}
    where = {"event": {"text": f"{one.kind}: {_title(one.site)}" if one.site else one.kind}}
    suspect = {"suspectEntity": [{"instance": {"reference": f"urn:uuid:{one.session}"}}]} if one.session else {}
    return (
        {
            "resourceType": "AdverseEvent",
            "id": one.id,
            "actuality": "actual",
            "subject": _subject(record),
            "date": one.onset.isoformat(),
            "recordedDate": _moment(one.noted),
            "severity": grade | {"text": f"CTCAE 5.0 grade {one.grade}"},
        }
        | where
        | suspect
    )


def _document(record: CourseRecord, one: DocumentRecord) -> Resource:
    photograph = _coded(_LOINC, "72170-4", "Photographic image")
    return {
        "resourceType": "DocumentReference",
        "id": one.id,
        "status": "current",
        "type": photograph if one.is_photograph else {"text": one.title},
        "subject": _subject(record),
        "date": _moment(one.at),
        "description": f"{one.title}, {_title(one.site)}" if one.site else one.title,
        "content": [{"attachment": {"contentType": one.content_type, "url": one.path, "title": one.title}}],
    }


def _measured(record: CourseRecord, one: MeasuredRecord) -> Resource:
    parts = (("standard error of the change", one.error), ("smallest change that this pair can show", one.least))
    return {
        "resourceType": "Observation",
        "id": one.id,
        "status": "preliminary",
        "code": {"text": f"Change of: {one.title}"},
        "subject": _subject(record),
        "bodySite": _site(one.site),
        "effectiveDateTime": _moment(one.at),
        "valueQuantity": _quantity(one.change, one.unit),
        "component": [{"code": {"text": name}, "valueQuantity": _quantity(value, one.unit)} for name, value in parts],
        "derivedFrom": [{"reference": f"urn:uuid:{photograph}"} for photograph in one.photographs],
        "note": [{"text": f"{one.zone}: {one.verdict.replace('_', ' ')}"}],
    }


def _quantity(value: float, unit: str) -> Resource:
    coded = {"system": _UNITS, "code": _UCUM[unit]} if unit in _UCUM else {}
    return {"value": float(f"{value:.6g}"), "unit": unit} | coded


def _site(site: str) -> Resource:
    code = _SITES.get(site)
    return {"text": _title(site)} if code is None else _coded(_SNOMED, code, _title(site))


def _title(site: str) -> str:
    return SITES[site].title if site in SITES else site


def _coded(system: str, code: str, text: str) -> Resource:
    return {"coding": [{"system": system, "code": code}], "text": text}


def _subject(record: CourseRecord) -> Resource:
    return {"reference": f"urn:uuid:{record.person.id}"}


def _id(record: CourseRecord, what: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:uuid:{record.person.id}#{what}"))


def _moment(moment: datetime | date) -> str:
    if not isinstance(moment, datetime):
        return moment.isoformat()
    if moment.tzinfo is None:
        raise ValueError("a time in a bundle needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
