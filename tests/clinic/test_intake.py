from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.intake import inbox, queries, services
from corneum.clinic.intake.models import Concern, ItemKind, RuleOverride, Sheet
from corneum.clinic.intake.questioning import in_force, mistake_in, open_ids, page_named, pages, sent_answer
from corneum.clinic.intake.triage import ASKED, asked_on, days, flags
from corneum.course.suitability import UnknownConcernError, UnknownSeverityError
from corneum.screening import load_rules, questions
from tests.clinic.conftest import NOW

TODAY = NOW.date()
STOPPED = {"isotretinoin.ever": "yes", "isotretinoin.last_dose": "2027-02-01"}


@pytest.fixture
def answered(client_record):
    """A client whose answers were handed in, with one area."""

    def answer(by=None, zones=("cheek",), **more):
        said = {name.replace("__", "."): value for name, value in more.items()}
        services.save_answers(by=by, client=client_record, answers=said, zones=list(zones), now=NOW)
        return services.submit(by=by, client=client_record, now=NOW)

    return answer


def stopped(answered, client):
    answered(zones=("cheek", "chin"), person__sex="female", pregnancy__now="no", numbing__used="no")
    services.save_answers(by=None, client=client, answers={"coldsore.now": "yes"}, now=NOW)
    services.submit(by=None, client=client, now=NOW)
    found = queries.screening_of(client.pk, TODAY)
    return next(one for one in found.findings if one.verdict == "stop")


def test_every_question_of_the_rules_is_on_one_page():
    asked = [name for page in pages(staff=True) for name in page.questions]
    assert sorted(asked) == sorted(one.id for one in questions(load_rules()) if one.id != "person.age")
    at_home = {name for page in pages(staff=False) for name in page.questions}
    assert not [name for name in at_home if load_rules().questions[name].text.startswith("For the practitioner")]
    assert page_named("nonsense-1", staff=True) is None


def test_an_answer_that_is_ruled_out_is_kept_in_the_draft_but_never_read():
    raw = {"isotretinoin.ever": "no", "isotretinoin.last_dose": "2027-01-01", "person.age": 40.0}
    read = in_force(raw, load_rules(), TODAY)
    assert "isotretinoin.last_dose" not in read
    assert "isotretinoin.last_dose" not in open_ids(read, load_rules(), TODAY)
    again = in_force({**raw, "isotretinoin.ever": "yes"}, load_rules(), TODAY)
    assert again["isotretinoin.last_dose"] == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("isotretinoin.last_dose", "2027-03-02"),
        ("isotretinoin.last_dose", "yesterday"),
        ("diabetes.hba1c", "a lot"),
        ("diabetes.hba1c", 99.0),
        ("person.phototype", "VII"),
        ("wound.sites", ["moon"]),
    ],
)
def test_the_core_says_what_is_wrong_with_an_answer_and_nothing_is_kept(name, value, client_record):
    mistakes = services.save_answers(by=None, client=client_record, answers={name: value}, now=NOW)
    assert mistakes[name] == mistake_in(load_rules().questions[name], value, TODAY) != ""
    assert not Event.objects.filter(action="answers.saved").exists()


def test_answers_are_saved_as_they_go_and_handed_in_as_versions(client_record, answered):
    first = answered(**{"isotretinoin__ever": "no"})
    services.save_answers(by=None, client=client_record, answers=STOPPED, now=NOW)
    assert queries.answers_of(client_record.pk).answers["isotretinoin.ever"] == "no"
    second = services.submit(by=None, client=client_record, now=NOW)
    assert (first.number, second.number) == (1, 2)
    assert queries.answers_of(client_record.pk).answers["isotretinoin.last_dose"] == date(2027, 2, 1)
    assert Sheet.objects.get(pk=first.pk).answers == {"isotretinoin.ever": "no"}
    with pytest.raises(services.NothingAnswered):
        services.submit(by=None, client=client_record, now=NOW)
    for event in Event.objects.filter(action__startswith="answers."):
        assert "2027" not in str(event.data)


def test_what_changes_nothing_makes_no_draft(client_record, answered, browse):
    answered(coldsore__now="no")
    before = Event.objects.count()
    path = reverse("intake:page", args=[client_record.pk, "where"])
    assert browse("practitioner").post(path, {"zones": ["cheek"]}).status_code == 302
    assert queries.draft_of(client_record.pk) is None and Event.objects.count() == before


def test_changes_of_the_staff_are_discarded_and_those_of_a_client_are_not(client_record, answered, browse, owner):
    answered(coldsore__now="no")
    page, path = (reverse(f"intake:{name}", args=[client_record.pk]) for name in ("client", "discard"))
    change = {"client": client_record, "answers": {"coldsore.now": "yes"}, "now": NOW}
    browser = browse("practitioner")
    services.save_answers(by=owner, **change)
    assert path in browser.get(page).content.decode()
    assert browser.post(path)["Location"] == page
    assert queries.draft_of(client_record.pk) is None
    assert queries.working_sheet(client_record.pk).answers == {"coldsore.now": "no"}
    assert Event.objects.filter(action="answers.discarded").count() == 1
    services.save_answers(by=None, **change)
    services.save_answers(by=owner, **change | {"answers": {"coldsore.now": "dont_know"}})
    assert path not in browser.get(page).content.decode()
    assert browser.post(path)["Location"] == page
    assert queries.draft_of(client_record.pk).at_home
    assert Event.objects.filter(action="answers.discarded").count() == 1


def test_the_age_comes_from_the_date_of_birth(client_record, answered):
    answered(person__age=12.0)
    sheet = queries.answers_of(client_record.pk)
    assert sheet.answers["person.age"] == 46.0 and sheet.zones == ("cheek",)


def test_one_draft_is_held_by_the_database(client_record):
    Sheet.objects.create(client=client_record, made=NOW, changed=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.create(client=client_record, made=NOW, changed=NOW)


def test_without_answers_or_areas_nothing_is_screened(client_record, answered):
    assert queries.screening_of(client_record.pk, TODAY) is None
    answered(zones=(), coldsore__now="no")
    assert queries.screening_of(client_record.pk, TODAY) is None


def test_a_concern_is_graded_on_its_own_scale_taken_off_and_put_back(client_record, owner):
    def place(concern="dullness", severity="mild"):
        return services.place_concern(
            by=owner, client=client_record, concern=concern, zone="cheek", severity=severity, now=NOW
        )

    place()
    again = place(severity="severe")
    assert [(one.zone, one.severity) for one in queries.concerns_of(client_record.pk)] == [("cheek", "severe")]
    services.remove_concern(by=owner, concern=again, now=NOW)
    assert queries.concerns_of(client_record.pk) == []
    services.restore_concern(by=owner, concern=again, now=NOW)
    assert queries.zones_of(client_record.pk, None) == ("cheek",)
    with pytest.raises(UnknownSeverityError):
        place(severity="iv")
    with pytest.raises(UnknownConcernError):
        place(concern="sadness")
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.create(client=client_record, concern="dullness", zone="cheek", placed=NOW, placed_by=owner)


def test_only_a_clinician_decides_against_a_stop_with_a_reason(client_record, answered, staff):
    rule = stopped(answered, client_record).rule.id

    def decide(role=Role.CLINICIAN, rule=rule, why="Seen by the dermatologist today.", verdict="ask"):
        return services.override(by=staff[role], client=client_record, rule=rule, verdict=verdict, why=why, now=NOW)

    for refused in (
        {"role": Role.OWNER},
        {"why": "because"},
        {"verdict": "none"},
        {"rule": "age.010"},
    ):
        with pytest.raises(services.OverrideRefused):
            decide(**refused)
    made = decide()
    finding = next(one for one in queries.screening_of(client_record.pk, TODAY).findings if one.rule.id == rule)
    assert finding.verdict == "ask" and finding.shipped_verdict == "stop"
    assert finding.standing.override.why == "Seen by the dermatologist today."
    services.end_override(by=staff[Role.CLINICIAN], one=made, now=NOW)
    finding = next(one for one in queries.screening_of(client_record.pk, TODAY).findings if one.rule.id == rule)
    assert finding.verdict == "stop"


def test_a_decision_lapses_once_the_answers_that_it_rests_on_change(client_record, answered, staff):
    rule = stopped(answered, client_record).rule
    services.override(
        by=staff[Role.CLINICIAN], client=client_record, rule=rule.id, verdict="note", why="A scab, not active.", now=NOW
    )
    services.save_answers(by=None, client=client_record, answers={"smoking.now": "yes"}, now=NOW)
    sheet = queries.working_sheet(client_record.pk)
    assert queries.lapsed(queries.overrides_of(client_record.pk), sheet, client_record, TODAY) == []
    services.save_answers(by=None, client=client_record, answers={"coldsore.now": "don't know"}, now=NOW)
    sheet = queries.working_sheet(client_record.pk)
    assert len(queries.lapsed(queries.overrides_of(client_record.pk), sheet, client_record, TODAY)) == 1
    assert RuleOverride.objects.get().ended is None


def test_check_ins_are_planned_once_on_the_days_of_the_evidence(client_record, owner):
    made = inbox.plan_check_ins(by=owner, client=client_record, treated=TODAY, now=NOW)
    assert [(one.after_days, one.due) for one in made] == [(day, TODAY + timedelta(days=day)) for day in (1, 3, 14)]
    assert days() == (1, 3, 14)
    assert inbox.plan_check_ins(by=owner, client=client_record, treated=TODAY, now=NOW) == []
    assert queries.check_ins_open(client_record.pk, TODAY) == []
    assert len(queries.check_ins_open(client_record.pk, TODAY + timedelta(days=3))) == 2


def quiet(day, **more):
    return {one.id: 1 if one.kind == "scale" else "no" for one in asked_on(day)} | more


@pytest.mark.parametrize(
    ("said", "since", "level"),
    [
        ({}, 1, 0),
        ({"eye": "yes"}, 1, 4),
        ({"breathing": "yes", "itch": "yes"}, 1, 4),
        ({"blisters": "yes"}, 1, 3),
        ({"spreading": "yes"}, 3, 3),
        ({"red": "yes"}, 1, 0),
        ({"red": "yes"}, 3, 2),
        ({"comfort": 6}, 1, 0),
        ({"comfort": 7}, 1, 3),
        ({"nodule": "yes"}, 3, 2),
        ({"nodule": "yes"}, 14, 3),
        ({"bruise": "yes"}, 3, 0),
        ({"bruise": "yes"}, 14, 2),
    ],
)
def test_each_sign_has_its_level(said, since, level):
    found = flags(quiet(14, **said), since)
    assert max((flag.level for flag in found), default=0) == level


def test_every_question_of_a_check_in_names_its_rows():
    assert all(one.rows and one.sign for one in ASKED)
    assert {one.id for one in asked_on(1)} < {one.id for one in asked_on(14)}


def test_a_red_flag_is_in_the_inbox_at_once_until_somebody_looked(client_record, owner, browse):
    check_in = inbox.plan_check_ins(by=owner, client=client_record, treated=TODAY, now=NOW)[0]
    inbox.answer_check_in(by=None, check_in=check_in, answers=quiet(1, eye="yes", itch="yes"), now=NOW)
    ((item,), _more) = queries.inbox(seen=False)
    assert (item.kind, item.level, item.signs) == (ItemKind.RED_FLAG, 4, ["eye", "itch"])
    page = browse("practitioner").get("/inbox/").content.decode()
    assert "eye pain" in page and "Zoë Größe" in page and queries.inbox_count() == 1
    browse("practitioner").post(reverse("intake:seen", args=[item.pk]), {"note": "Called: sent to the eye clinic."})
    assert queries.inbox_count() == 0
    ((item,), _more) = queries.inbox(seen=True)
    assert item.seen_by.role == Role.PRACTITIONER and "eye clinic" in item.note
    browse("owner").post(reverse("intake:seen", args=[item.pk]), {"note": "Second."})
    assert queries.inbox(seen=True)[0][0].note == item.note
    with pytest.raises(inbox.AlreadyAnswered):
        inbox.answer_check_in(by=None, check_in=check_in, answers=quiet(1), now=NOW)


@pytest.mark.parametrize("seen", [False, True])
def test_the_inbox_hides_nothing_behind_its_first_page(seen, client_record, owner, browse, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 3)
    for number in range(10):
        tell = {"kind": ItemKind.UPLOAD, "level": 1 + number % 2, "now": NOW + timedelta(minutes=number // 3)}
        item = inbox.tell(client=client_record, **tell)
        if seen:
            inbox.acknowledge(by=owner, item=item, note="", now=NOW)
    browser, address, listed, pages = browse("owner"), "/inbox/" + "?seen=1" * seen, [], 0
    while address:
        context = browser.get(address).context
        listed += [one["item"] for one in context["items"]]
        address, pages = "", pages + 1
        if context["next"]:
            address = f"/inbox/?before={context['next']}" + "&seen=1" * seen
    assert pages == 4 and len({one.pk for one in listed}) == 10
    order = [one.at for one in listed] if seen else [(-one.level, one.at) for one in listed]
    assert order == sorted(order, reverse=seen)
    assert len(browser.get("/inbox/?before=nonsense").context["items"]) == (0 if seen else 3)


@pytest.mark.parametrize("more", [{"eye": None}, {"eye": "perhaps"}, {"comfort": 11}, {"comfort": "7"}])
def test_half_a_check_in_is_refused_whole(more, client_record, owner):
    check_in = inbox.plan_check_ins(by=owner, client=client_record, treated=TODAY, now=NOW)[0]
    with pytest.raises(inbox.CheckInRefused) as refused:
        inbox.answer_check_in(by=None, check_in=check_in, answers=quiet(1, **more), now=NOW)
    assert list(refused.value.mistakes) == list(more)
    check_in.refresh_from_db()
    assert check_in.answered is None


class Sent(dict):
    def getlist(self, key):
        return self.get(key, [])


@pytest.mark.parametrize(
    ("name", "sent", "answer"),
    [
        ("wound.sites", {"wound.sites": "nowhere"}, []),
        ("wound.sites", {"wound.sites": "unknown"}, "don't know"),
        ("wound.sites", {"wound.sites": "here"}, None),
        ("wound.sites", {"wound.sites~sites": ["cheek"]}, ["cheek"]),
        ("diabetes.hba1c", {"diabetes.hba1c": "6,5"}, 6.5),
        ("diabetes.hba1c", {"diabetes.hba1c": "high"}, "high"),
        ("sun.last", {"sun.last": "2027-01-01", "sun.last~unknown": "1"}, "don't know"),
        ("sun.last", {"sun.last": " "}, None),
    ],
)
def test_a_form_is_read_as_it_was_meant(name, sent, answer):
    assert sent_answer(load_rules().questions[name], Sent(sent)) == answer


def test_the_consultation_is_shown_and_looking_writes_nothing(browse, client_record, answered, owner):
    stopped(answered, client_record)
    services.place_concern(by=owner, client=client_record, concern="dullness", zone="nose", severity="mild", now=NOW)
    before = Event.objects.count()
    sheet = queries.newest_sheet(client_record.pk)
    for role in ("practitioner", "clinician"):
        page = browse(role).get(reverse("intake:client", args=[client_record.pk])).content.decode()
        assert "Nose" in page and "stop" in page
        assert (">Override</a>" in page) == (role == "clinician")
    assert browse("owner").get(reverse("intake:sheet", args=[client_record.pk, sheet.pk])).status_code == 200
    for name in ("medicines-1", "where"):
        assert browse("owner").get(reverse("intake:page", args=[client_record.pk, name])).status_code == 200
    assert Event.objects.count() == before


def test_without_a_script_a_page_is_answered_and_what_it_opens_is_asked(browse, client_record):
    browser, path = browse("practitioner"), reverse("intake:page", args=[client_record.pk, "medicines-1"])
    back = browser.post(path, {"shown": ["isotretinoin.ever"], "isotretinoin.ever": "yes"})
    assert back.status_code == 200 and b"opened another question" in back.content
    assert b'name="isotretinoin.last_dose"' in back.content
    shown = {"shown": ["isotretinoin.ever", "isotretinoin.last_dose"], "isotretinoin.ever": "yes"}
    back = browser.post(path, {**shown, "isotretinoin.last_dose": "2999-01-01"})
    assert back.status_code == 422 and b"after the day of screening" in back.content
    assert b"2999-01-01" in back.content
    again = browser.get(path).content
    shown["shown"] = pages_shown(again)
    back = browser.post(path, {**shown, "isotretinoin.last_dose": "2026-01-01", "later": "1"})
    assert back["Location"] == reverse("intake:client", args=[client_record.pk])
    assert browser.get(reverse("intake:page", args=[client_record.pk, "nothing-9"])).status_code == 404


def pages_shown(content):
    marker = 'name="shown" value="'
    return [part.partition('"')[0] for part in content.decode().split(marker)[1:]]


def test_with_a_script_one_answer_is_saved_and_its_block_comes_back(browse, client_record):
    path = reverse("intake:page", args=[client_record.pk, "medicines-1"])
    sent = {"shown": ["isotretinoin.ever"], "isotretinoin.ever": "yes", "block": "isotretinoin-ever"}
    found = browse("practitioner").post(path, sent, headers={"HX-Request": "true"})
    assert found["HX-Trigger"] == "answered"
    assert b"isotretinoin.last_dose" in found.content and b"<html" not in found.content
    line = {"shown": ["isotretinoin.last_dose"], "isotretinoin.last_dose": "soon", "line": "1"}
    found = browse("practitioner").post(path, {**line, "block": "isotretinoin-ever"}, headers={"HX-Request": "true"})
    assert b"is not a date" in found.content and b"hx-swap-oob" in found.content
    verdict = browse("practitioner").get(
        reverse("intake:verdict", args=[client_record.pk]), headers={"HX-Request": "true"}
    )
    assert verdict.status_code == 200 and b"<html" not in verdict.content


def test_the_token_of_a_form_never_stands_in_an_address(browse, client_record):
    browser, path = browse("practitioner"), reverse("intake:concern", args=[client_record.pk])
    for asked, method in (({}, "get"), ({"concern": "dullness", "zone": "cheek"}, "post")):
        page = browser.get(path, asked).content.decode()
        form = page[page.index('id="concern-form"') - 200 :].partition("</form>")[0]
        assert f'<form method="{method}"' in form and "formmethod" not in form
        assert ("csrfmiddlewaretoken" in form) == (method == "post")
        assert 'hx-params="zone,concern"' in form


def test_a_concern_is_placed_by_its_scale_and_taken_off_with_undo(browse, client_record):
    browser, path = browse("practitioner"), reverse("intake:concern", args=[client_record.pk])
    assert b"Glogau" in browser.get(path, {"zone": "cheek", "concern": "photo_ageing"}).content
    browser.post(path, {"zone": "cheek", "concern": "photo_ageing", "severity": "ii"})
    one = Concern.objects.get()
    back = browser.post(reverse("intake:concern_remove", args=[client_record.pk, one.pk]))
    assert b"Undo" in browser.get(back["Location"]).content
    browser.post(reverse("intake:concern_remove", args=[client_record.pk, one.pk]), {"undo": "1"})
    assert [row.severity for row in queries.concerns_of(client_record.pk)] == ["ii"]
    assert browser.post(path, {"zone": "cheek", "concern": "sadness"}).status_code == 422


def test_a_clinician_decides_on_the_page_and_the_stop_stays_in_sight(browse, client_record, answered):
    rule = stopped(answered, client_record).rule
    path = reverse("intake:override", args=[client_record.pk, rule.id])
    browser = browse("clinician")
    assert browser.post(path, {"verdict": "ask", "why": "short"}).status_code == 422
    assert browser.post(path, {"verdict": "ask", "why": "Seen by the dermatologist."}).status_code == 302
    page = browse("practitioner").get(reverse("intake:client", args=[client_record.pk])).content.decode()
    assert "Overridden" in page and "Seen by the dermatologist." in page
    absent = reverse("intake:override", args=[client_record.pk, "no.such"])
    assert browser.get(absent).status_code == 404
    assert browse("owner").get(path).status_code == 404
