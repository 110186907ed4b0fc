from datetime import UTC, date, datetime

import pytest
from django.test import Client as Browser
from django.utils import timezone, translation

from corneum.clinic.accounts.models import User
from corneum.clinic.accounts.roles import Role
from corneum.clinic.people import services as people
from corneum.clinic.ui.reading import USUAL, read_by

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PASSWORD = "a sentence for a password"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_language():
    """Leave no page's language, zone or unit behind, as the next request of a thread begins without."""
    yield
    translation.deactivate()
    timezone.deactivate()
    read_by(lambda: USUAL)


@pytest.fixture
def staff(db):
    """One member for each role."""
    return {role: User.objects.create_user(role.value, PASSWORD, name=f"The {role.label}", role=role) for role in Role}


@pytest.fixture
def owner(staff):
    return staff[Role.OWNER]


@pytest.fixture
def browse(staff):
    """Return a browser in which a role has logged in, or nobody."""

    def browser(role=None):
        made = Browser()
        if role is not None:
            made.force_login(staff[Role(role)], backend="django.contrib.auth.backends.ModelBackend")
        return made

    return browser


@pytest.fixture
def client_record(owner):
    fields = {"name": "Zoë Größe", "born": date(1980, 5, 17), "phone": "+43 664 123", "email": "zoe@example.org"}
    return people.add_client(by=owner, fields=fields, now=NOW)
