"""The log says where the program failed, and nothing of whom it was about."""

import io
import logging

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.urls import reverse

from corneum.clinic.intake import views_own
from corneum.clinic.project.logs import DiscreetFormatter
from corneum.clinic.project.serving import Served, _server

SECRET = "Zoë Größe"


@pytest.fixture
def log():
    """Return a function that gives all that the named logger wrote."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetFormatter())
    held = []

    def of(name):
        held.append(logging.getLogger(name))
        held[-1].addHandler(handler)
        return written

    yield of
    for one in held:
        one.removeHandler(handler)


@pytest.mark.django_db
def test_a_page_that_fails_tells_neither_its_address_nor_the_row(log, browse, monkeypatch):
    def fail(*_):
        raise IntegrityError(f"DETAIL: Failing row contains ({SECRET})")

    monkeypatch.setattr(views_own, "link_of", fail)
    written, browser = log("django.request"), browse()
    browser.raise_request_exception = False
    assert browser.get(reverse("intake:open", args=["t0ken"])).status_code == 500
    said = written.getvalue()
    assert "at intake:open" in said and "status 500" in said
    assert "IntegrityError" in said and "corneum.clinic.intake.views_own:" in said
    assert "t0ken" not in said and SECRET not in said


def test_a_cause_is_told_by_its_kind(log):
    written = log("elsewhere")
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError:
        logging.getLogger("elsewhere").exception("Error handling request %s", "/l/t0ken/")
    said = written.getvalue()
    assert "KeyError" in said and "RuntimeError" in said and "Error handling request %s" in said
    assert SECRET not in said and "t0ken" not in said


def test_every_handler_of_the_settings_and_the_server_is_discreet():
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"discreet"}
    assert settings.LOGGING["root"]["handlers"] == ["console"]
    cfg = _server(Served(home=None)).cfg
    kept = [*logging.getLogger("gunicorn.error").handlers]
    try:
        made = cfg.logger_class(cfg)
        assert all(isinstance(one.formatter, DiscreetFormatter) for one in made.error_log.handlers)
        assert made.error_log.handlers
    finally:
        logging.getLogger("gunicorn.error").handlers[:] = kept
