"""One client through all nine ways of the clinic, in the order of the months that it takes."""

import io
import zipfile

from tests.clinic.browser import ways_after as after
from tests.clinic.browser import ways_before as before

TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
RULE = "rosacea.010"
ANSWERS = {
    "person.sex": "female",
    "person.phototype": "II",
    "rosacea.ever": "yes",
    "rosacea.active": "yes",
}


def one_client(clinic, sits_down):
    """Take one client from the first page of an empty clinic to the end of the record."""
    # 9, the owner's part that comes first, and 1: reception.
    owner = sits_down(clinic)
    before.owner_opens_the_clinic(owner)
    reception = sits_down(clinic).log_in("rita")
    client = before.reception_books(reception, clinic.today)

    # 2: the client on the clinic's tablet.
    link = before.private_link(reception, client, "intake", "consent")
    tablet = sits_down(clinic, **TABLET)
    before.client_answers(tablet, link, ANSWERS)
    before.client_consents(tablet, "photograph", "record")

    # 3 to 5: consultation, photographs, plan.
    clinician, practitioner = sits_down(clinic).log_in("clara"), sits_down(clinic).log_in("petra")
    before.consultation(clinician, client, RULE)
    before.photographs(practitioner, client)
    plan = before.plan_is_drafted(practitioner, client)
    before.settings_are_tried(practitioner, plan)
    before.plan_is_shown(practitioner, plan)
    after.plan_is_approved(clinician, plan)

    # 6: consent to what is planned, and to the record of it: without both nothing is begun.
    before.client_consents(tablet, "treatment")
    before.client_consents(tablet, "data")

    # 7: the day of the treatment.
    clinic.later(14)
    clinician.log_in("clara"), practitioner.log_in("petra"), reception.log_in("rita")
    reception.open("/today/").reads("Nora Invented").press("Nora Invented: Arrived")
    session = after.first_session(practitioner, clinician, client)
    after.session_is_amended(practitioner, session)

    # 8: aftercare, check-ins, what comes from home, and what is measured.
    after.aftercare_is_given(practitioner, session)
    link = before.private_link(reception, client, "aftercare", "upload")
    clinic.later(1)
    after.client_checks_in(tablet, link)
    after.client_sends_a_photograph(tablet)
    practitioner.log_in("petra")
    after.flag_is_seen(practitioner)
    after.photograph_is_kept(practitioner, client)
    after.pair_is_measured(practitioner, client)
    after.pair_is_rated(practitioner, client)
    for number in (2, 3):
        clinic.later(14)
        after.next_session(practitioner.log_in("petra"), client, number)
    after.course_is_reviewed(practitioner, client)
    after.result_is_told(practitioner, client)

    # 9: the owner.
    owner.log_in("olga"), clinician.log_in("clara")
    copy = after.owner_asks(owner, client)
    assert zipfile.ZipFile(io.BytesIO(copy)).testzip() is None
    after.record_is_erased(owner, clinician, client)
