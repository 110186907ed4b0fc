"""After too many failures nobody gets in for a while: by a name at an address, by an address, and by a name."""

import pytest
from django.test import Client as Browser
from django.test import RequestFactory

from corneum.clinic.accounts import lockout
from corneum.clinic.accounts.lockout import client_address
from tests.clinic.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("staff")
HTTPS = ("HTTP_X_FORWARDED_PROTO", "https")
LIMIT = 5


def attempt(name, password="something else altogether", address="192.0.2.1", **headers):
    """Return the status of a log-in: 302 opens, 200 asks again, 429 is locked."""
    said = {"username": name, "password": password}
    return Browser(REMOTE_ADDR=address).post("/log-in/", said, headers=headers).status_code


@pytest.fixture
def low(monkeypatch):
    monkeypatch.setattr(lockout, "MOST_OF_ADDRESS", 8)
    monkeypatch.setattr(lockout, "MOST_OF_NAME", 8)


def test_a_name_is_locked_at_an_address_and_opens_elsewhere():
    assert [attempt("owner") for _ in range(LIMIT)] == [200] * (LIMIT - 1) + [429]
    assert attempt("owner", PASSWORD) == 429
    assert attempt("owner", PASSWORD, "192.0.2.2") == 302
    assert attempt("clinician", PASSWORD) == 302


def test_an_address_that_tries_many_names_is_locked_for_all_of_them(low):
    found = [attempt(f"name-{number}") for number in range(8)]
    assert found == [200] * 7 + [429]
    assert attempt("clinician", PASSWORD) == 429
    assert attempt("clinician", PASSWORD, "192.0.2.2") == 302


def test_a_name_tried_from_many_addresses_is_locked(low):
    found = [attempt("owner", address=f"198.51.100.{number}") for number in range(8)]
    assert found == [200] * 7 + [429]
    assert attempt("owner", PASSWORD, "192.0.2.2") == 429
    assert attempt("clinician", PASSWORD, "192.0.2.2") == 302


def test_who_gets_in_does_not_forgive_an_address_what_it_tried_with_others(low):
    for number in range(7):
        attempt(f"name-{number}")
    assert attempt("clinician", PASSWORD) == 302
    assert attempt("another") == 429


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("10.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9,2001:db8::7", "2001:db8::7"),
        ("203.0.113.9, nonsense", "192.0.2.1"),
        ("", "192.0.2.1"),
    ],
)
def test_behind_a_proxy_the_address_is_what_the_proxy_wrote_last(forwarded, address, settings):
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == "192.0.2.1"
    settings.SECURE_PROXY_SSL_HEADER = HTTPS
    assert client_address(request) == address


def test_behind_a_proxy_one_visitor_does_not_lock_another_out(settings):
    settings.SECURE_PROXY_SSL_HEADER = HTTPS
    for _ in range(LIMIT):
        attempt("owner", **{"X-Forwarded-For": "10.0.0.1, 203.0.113.9"})
    assert attempt("owner", PASSWORD, **{"X-Forwarded-For": "10.0.0.1, 203.0.113.9"}) == 429
    assert attempt("owner", PASSWORD, **{"X-Forwarded-For": "203.0.113.9, 203.0.113.10"}) == 302


def test_without_a_proxy_the_header_changes_nothing():
    found = [attempt("owner", **{"X-Forwarded-For": f"203.0.113.{number}"}) for number in range(LIMIT)]
    assert found[-1] == 429
