"""What changes the staff: each one transaction and one audit event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from axes.utils import reset
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from corneum.clinic.accounts.models import User
from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.services import record
from corneum.clinic.practice.services import keep


class LastOwner(ValueError):
    """A clinic keeps at least one owner who may log in."""


class AlreadySetUp(ValueError):
    """The first run is over: there is someone who may log in."""


@transaction.atomic
def set_up(
    *, name: str, username: str, password: str, now: datetime, practice: Mapping[str, Any] | None = None
) -> User:
    """Make the first owner of an empty clinic, and keep how the clinic is called and reached.

    Parameters
    ----------
    name, username, password
        Of the owner.
    now
        When.
    practice
        Fields of the clinic's own row; without them it has the usual values and no name.

    Raises
    ------
    AlreadySetUp
        If there is anyone already.
    """
    # There is no row of a person yet that could be locked: of two first runs at once, one waits for the other here.
    ContentType.objects.select_for_update().filter(app_label="accounts", model="user").first()
    if User.objects.exists():
        raise AlreadySetUp("this clinic has been set up")
    user = User.objects.create_user(username, password, name=name, role=Role.OWNER)
    if practice:
        keep(practice)
    record("clinic.set_up", by=user, now=now)
    return user


@transaction.atomic
def add_member(*, by: User, name: str, username: str, role: str, password: str, now: datetime) -> User:
    """Make a member of the staff."""
    user = User.objects.create_user(username, password, name=name, role=role)
    record("member.added", by=by, subject=user, now=now, data={"role": role})
    return user


@transaction.atomic
def change_member(*, by: User, member: User, name: str, role: str, is_active: bool, now: datetime) -> User:
    """Change name, role or log-in of a member.

    Raises
    ------
    LastOwner
        If nobody would be left who may do that.
    """
    # Locked in one order, so that two owners who take each other's role away do so one after the other.
    owners = User.objects.select_for_update().filter(role=Role.OWNER, is_active=True).order_by("pk")
    others = [owner for owner in owners if owner.pk != member.pk]
    if not others and not (role == Role.OWNER and is_active):
        raise LastOwner("a clinic keeps at least one owner who may log in")
    changed = [
        key
        for key, value in (("name", name), ("role", role), ("is_active", is_active))
        if getattr(member, key) != value
    ]
    member.name, member.role, member.is_active = name, role, is_active
    member.save(update_fields=["name", "role", "is_active"])
    record("member.changed", by=by, subject=member, now=now, data={"changed": changed, "role": role})
    return member


@transaction.atomic
def change_own(*, by: User, name: str, pressure: str, shortcuts: bool, now: datetime) -> User:
    """Change one's own name, units and keys."""
    by.name, by.pressure, by.shortcuts = name, pressure, shortcuts
    by.save(update_fields=["name", "pressure", "shortcuts"])
    record("member.changed_own", by=by, subject=by, now=now)
    return by


@transaction.atomic
def change_password(*, by: User, password: str, now: datetime) -> User:
    """Change one's own password; other log-ins of the same person end."""
    by.set_password(password)
    by.save(update_fields=["password"])
    record("member.password_changed", by=by, subject=by, now=now)
    return by


@transaction.atomic
def set_password(*, by: User | None, member: User, password: str, now: datetime) -> User:
    """Set a password for somebody else; their log-ins end, and what failed with their name is forgotten.

    Parameters
    ----------
    by
        An owner; None for who does it at the clinic's own machine, without a log-in.
    member, password, now
        Whose, which, and when.
    """
    member.set_password(password)
    member.save(update_fields=["password"])
    reset(username=member.username)
    record("member.password_set", by=by, subject=member, now=now, at_machine=by is None)
    return member
