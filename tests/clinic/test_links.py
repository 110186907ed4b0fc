from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from corneum.clinic.audit.models import Event
from corneum.clinic.consent import queries as consents
from corneum.clinic.intake import inbox, linking, links, queries
from corneum.clinic.intake.models import Link, Scope
from corneum.clinic.intake.triage import days
from tests.clinic.conftest import NOW

ALL = tuple(Scope.values)


@pytest.fixture
def link_of(client_record, owner):
    def made(scopes=ALL, days=7):
        return linking.make_link(by=owner, client=client_record, scopes=scopes, days=days, now=timezone.now())

    return made


@pytest.fixture
def at_home(link_of):
    """Return a browser that opened a link, and the link."""

    def opened(scopes=ALL):
        link, token = link_of(scopes)
        browser = Browser()
        browser.post(reverse("intake:open", args=[token]))
        return browser, link

    return opened


def test_only_a_fingerprint_of_the_token_is_kept(link_of):
    link, token = link_of()
    assert len(token) >= 43 and token not in str(vars(Link.objects.get())) and len(link.token_hash) == 64
    for event in Event.objects.all():
        assert token not in str(event.data) and link.token_hash not in str(event.data)


@pytest.mark.parametrize(("scopes", "days"), [((), 7), (("everything",), 7), (ALL, 0), (ALL, 91)])
def test_a_link_that_opens_nothing_or_for_ever_is_refused(scopes, days, link_of):
    with pytest.raises(linking.LinkRefused):
        link_of(scopes, days)


def test_the_database_refuses_a_link_that_has_expired_before_it_was_made(client_record, owner):
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(client=client_record, token_hash="x", made=NOW, made_by=owner, expires=NOW)


def test_opening_asks_first_and_then_leaves_the_token_behind(link_of):
    link, token = link_of()
    browser, path = Browser(), reverse("intake:open", args=[token])
    before = Event.objects.count()
    page = browser.get(path)
    assert page.status_code == 200 and "Zoë" not in page.content.decode()
    assert page["Cache-Control"] == "no-store" and page["Referrer-Policy"] == "strict-origin"
    assert Event.objects.count() == before
    link.refresh_from_db()
    assert link.opened is None
    back = browser.post(path)
    assert back["Location"] == "/my/" and token not in str(dict(browser.session))
    assert browser.get("/my/").status_code == 200
    link.refresh_from_db()
    assert link.opened is not None
    assert Event.objects.get(action="link.opened").by_link


def test_absent_expired_and_revoked_look_the_same(link_of, owner):
    link, token = link_of()
    absent = Browser().get(reverse("intake:open", args=["nothing"]))
    linking.revoke_link(by=owner, link=link, now=timezone.now())
    revoked = Browser().post(reverse("intake:open", args=[token]))
    late, token = link_of()
    moved = timezone.now() - timedelta(days=9)
    Link.objects.filter(pk=late.pk).update(made=moved, expires=moved + timedelta(days=1))
    expired = Browser().get(reverse("intake:open", args=[token]))
    assert absent.status_code == revoked.status_code == expired.status_code == 404
    assert absent.content.partition(b"<main")[2] == expired.content.partition(b"<main")[2]


def test_a_revoked_link_is_out_at_the_next_click(at_home, owner):
    browser, link = at_home()
    assert browser.get("/my/").status_code == 200
    linking.revoke_link(by=owner, link=link, now=timezone.now())
    assert browser.get("/my/").status_code == 404


def test_a_link_opens_what_it_was_made_for_and_no_page_of_the_staff(at_home, client_record, owner):
    check_in = inbox.plan_check_ins(by=owner, client=client_record, treated=date(2027, 3, 1), now=NOW)[0]
    browser, _link = at_home(["intake"])
    assert browser.get(reverse("intake:own_page", args=["medicines-1"])).status_code == 200
    assert browser.get(reverse("intake:own_consent", args=["data"])).status_code == 404
    assert browser.get(reverse("intake:own_check_in", args=[check_in.pk])).status_code == 404
    assert browser.get(reverse("intake:client", args=[client_record.pk]))["Location"].startswith("/log-in/")


def test_going_on_logs_the_staff_out_of_the_tablet(browse, link_of, client_record):
    browser = browse("owner")
    _link, token = link_of()
    path = reverse("intake:open", args=[token])
    assert b"logged in in this browser" in browser.get(path).content
    browser.post(path)
    assert browser.get("/my/").status_code == 200
    assert browser.get(reverse("people:client", args=[client_record.pk])).status_code == 302


def test_questions_are_answered_at_home_without_a_script_and_handed_in(at_home, client_record):
    browser, _link = at_home()
    browser.post(reverse("intake:own_page", args=["where"]), {"zones": ["cheek", "moon"]})
    path = reverse("intake:own_page", args=["allergies-1"])
    back = browser.post(path, {"shown": ["latex.allergy"], "latex.allergy": "yes", "later": "1"})
    assert back.status_code == 200  # the other questions of the page were not shown yet
    browser.post(path, {"shown": ["latex.allergy"], "latex.allergy": "no"})
    assert "1 of" in browser.get("/my/").content.decode()
    assert queries.answers_of(client_record.pk) is None
    browser.post(reverse("intake:own_submit"))
    sheet = queries.answers_of(client_record.pk)
    assert sheet.answers["latex.allergy"] == "no" and sheet.zones == ("cheek",)
    assert queries.inbox(seen=False)[0][0].kind == "answers"
    browser.post(reverse("intake:own_submit"))
    assert queries.newest_sheet(client_record.pk).number == 1


def test_a_practitioners_question_is_not_answered_from_home(at_home, client_record):
    browser, _link = at_home()
    path = reverse("intake:own_page", args=["on_the_day-1"])
    browser.post(path, {"shown": ["hygiene.open"], "hygiene.open": "no"})
    assert (
        queries.working_sheet(client_record.pk) is None
        or "hygiene.open" not in queries.working_sheet(client_record.pk).answers
    )


def test_consent_is_signed_at_home_and_read_back(at_home, client_record):
    browser, _link = at_home()
    path = reverse("intake:own_consent", args=["photograph"])
    _text, sheet = consents.sheet_for(client_record, "photograph")
    sent = {"digest": sheet.digest, "understood": "on", "client_name": "Zoë", "client_typed": "on"}
    assert browser.post(path, {**sent, "understood": ""}).status_code == 422
    back = browser.post(path, {**sent, "purposes": ["record"]})
    assert "Zoë" in browser.get(back["Location"]).content.decode()
    assert consents.photo_purposes(client_record.pk) == {"record"}
    assert Event.objects.get(action="consent.given").by_link
    assert browser.get(reverse("intake:own_consent", args=["nonsense"])).status_code == 404


def test_a_check_in_from_home_says_what_to_do_now(at_home, client_record, owner):
    made = inbox.plan_check_ins(by=owner, client=client_record, treated=timezone.localdate(), now=NOW)
    browser, _link = at_home()
    path = reverse("intake:own_check_in", args=[made[0].pk])
    assert browser.post(path, {"eye": "yes"}).status_code == 422
    page = browser.get(path).content.decode()
    names = {part.partition('"')[0] for part in page.split('type="radio" name="')[1:]}
    said = dict.fromkeys(names, "no") | {"comfort": "2", "eye": "yes"}
    back = browser.get(browser.post(path, said)["Location"]).content.decode()
    assert "This is an emergency" in back
    assert queries.inbox_count() == 1
    assert browser.post(path, said).status_code in (200, 422)
    assert queries.inbox_count() == 1


def test_a_link_is_made_on_the_page_and_shown_once(browse, client_record):
    browser, path = browse("reception"), reverse("intake:links", args=[client_record.pk])
    page = browser.post(path, {"scopes": ["intake"], "days": "7"}).content.decode()
    assert "http://testserver/l/" in page and "<svg" in page
    assert "http://testserver/l/" not in browser.get(path).content.decode()
    link = Link.objects.get()
    browser.post(reverse("intake:revoke", args=[client_record.pk, link.pk]))
    link.refresh_from_db()
    assert link.revoked is not None
    assert browser.post(path, {"days": "7"}).status_code == 422


def test_a_link_made_on_the_day_of_treatment_opens_until_the_last_check_in_is_over(browse, client_record):
    browser, path = browse("reception"), reverse("intake:links", args=[client_record.pk])
    offered = browser.get(path).context["form"].initial["days"]
    assert browser.post(path, {"scopes": ["aftercare"], "days": offered}).status_code == 200
    link = Link.objects.get()
    assert timezone.localdate(link.expires) > timezone.localdate(link.made) + timedelta(days=days()[-1])


def test_finishing_puts_the_pass_away(at_home):
    browser, _link = at_home()
    assert browser.post(reverse("intake:own_end")).status_code == 200
    assert browser.get("/my/").status_code == 404


def test_tokens_are_long_and_never_the_same():
    assert len({links.new_token() for _ in range(50)}) == 50
