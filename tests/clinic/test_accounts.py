import pytest
from django.test import Client as Browser
from django.urls import reverse
from typer.testing import CliRunner

from corneum.cli.app import app
from corneum.clinic.accounts import services
from corneum.clinic.accounts.models import User
from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.models import Event
from corneum.clinic.project import serving
from tests.clinic.conftest import NOW, PASSWORD

HOUSE = {"clinic-name": "Linden Clinic", "clinic-time_zone": "UTC"}


def sent(browser, address, /, *args, **data):
    return browser.post(reverse(address, args=args), data)


@pytest.mark.django_db
def test_an_empty_clinic_leads_to_its_first_run_once():
    browser = Browser()
    assert browser.get("/log-in/")["Location"] == "/first-run/"
    found = sent(browser, "accounts:first_run", name="Ada", username="ada", password=PASSWORD, **HOUSE)
    assert found["Location"] == "/"
    user = User.objects.get()
    assert user.role == Role.OWNER
    assert Event.objects.get().action == "clinic.set_up"
    assert browser.get("/clients/").status_code == 200
    assert (
        sent(Browser(), "accounts:first_run", name="Eve", username="eve", password=PASSWORD)["Location"] == "/log-in/"
    )
    with pytest.raises(services.AlreadySetUp):
        services.set_up(name="Eve", username="eve", password=PASSWORD, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["short", "password1234", "ada lovelace"])
def test_weak_passwords_are_refused(password):
    found = sent(Browser(), "accounts:first_run", name="Ada Lovelace", username="ada", password=password, **HOUSE)
    assert found.status_code == 200 and not User.objects.exists()


def test_passwords_are_hashed_by_argon2(settings, db):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert User.objects.create_user("ada", PASSWORD, name="Ada", role=Role.OWNER).password.startswith("argon2$argon2id")


def test_five_wrong_passwords_close_a_log_in(staff):
    for _ in range(5):
        found = sent(Browser(), "accounts:login", username="owner", password="wrong")
    assert found.status_code == 429
    assert sent(Browser(), "accounts:login", username="owner", password=PASSWORD).status_code == 429
    assert sent(Browser(), "accounts:login", username="reception", password=PASSWORD).status_code == 302


def test_a_closed_member_cannot_log_in_and_is_thrown_out(browse, staff):
    inside = browse("reception")
    member = staff[Role.RECEPTION]
    services.change_member(by=staff[Role.OWNER], member=member, name="R", role="reception", is_active=False, now=NOW)
    assert sent(Browser(), "accounts:login", username="reception", password=PASSWORD).status_code == 200
    assert inside.get("/clients/")["Location"].startswith("/log-in/")


def test_the_last_owner_stays(browse, owner):
    found = sent(browse("owner"), "accounts:member", owner.pk, name="Ada", role="reception", is_active="on")
    assert "at least one owner" in found.content.decode()
    owner.refresh_from_db()
    assert owner.role == Role.OWNER


def test_an_idle_log_in_ends(browse, client_record):
    browser = browse("owner")
    browser.get("/clients/")
    assert browser.session.get_expiry_age() == 30 * 60


def test_a_password_is_changed_with_the_old_one_only(browse, owner):
    browser = browse("owner")
    wrong = sent(browser, "accounts:password", old="wrong", new="another long sentence")
    assert wrong.status_code == 422
    assert sent(browser, "accounts:password", old=PASSWORD, new="another long sentence").status_code == 302
    owner.refresh_from_db()
    assert owner.check_password("another long sentence")
    assert browser.get("/me/").status_code == 200


NEW = "another long sentence"


def test_an_owner_sets_a_password_that_opens_a_closed_log_in_and_ends_the_others(browse, staff):
    inside, member = browse("reception"), staff[Role.RECEPTION]
    for _ in range(5):
        sent(Browser(), "accounts:login", username="reception", password="wrong")
    assert sent(Browser(), "accounts:login", username="reception", password=PASSWORD).status_code == 429
    owner = browse("owner")
    assert sent(owner, "accounts:member_password", member.pk, new="short").status_code == 422
    assert sent(owner, "accounts:member_password", member.pk, new=NEW)["Location"] == f"/clinic/staff/{member.pk}/"
    assert inside.get("/clients/")["Location"].startswith("/log-in/")
    assert sent(Browser(), "accounts:login", username="reception", password=NEW).status_code == 302
    told = Event.objects.get(action="member.password_set")
    assert (told.by, told.subject_id, told.data) == (staff[Role.OWNER], str(member.pk), {})


def test_ones_own_password_is_not_set_without_the_old_one(browse, owner):
    browser = browse("owner")
    assert "member_password" not in browser.get(f"/clinic/staff/{owner.pk}/").content.decode()
    assert sent(browser, "accounts:member_password", owner.pk, new=NEW)["Location"] == "/me/"
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_a_command_sets_the_password_of_the_last_owner(owner, tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "prepare", lambda home: None)
    asked = ["password", "owner", "--home", str(tmp_path)]
    assert CliRunner().invoke(app, asked).exit_code == 2, "no clinic, and none is made"
    (tmp_path / "photographs").mkdir()
    done = CliRunner().invoke(app, asked, input=f"short\nshort\n{NEW}\n{NEW}\n")
    assert done.exit_code == 0, done.output
    assert NEW not in done.output and "too short" in done.output
    owner.refresh_from_db()
    assert owner.check_password(NEW)
    told = Event.objects.get(action="member.password_set")
    assert (told.by, told.by_link) == (None, False)
    assert CliRunner().invoke(app, ["password", "nobody", "--home", str(tmp_path)]).exit_code == 2
