"""A member of the staff."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from corneum.clinic.accounts.roles import Role


class Pressure(models.TextChoices):
    """In which unit a person reads pressures; they are stored as they were set."""

    KPA = "kPa", "kPa"
    MMHG = "mmHg", "mmHg"
    INHG = "inHg", "inHg"

    __empty__ = _("as usual where I am")


class UserManager(BaseUserManager["User"]):
    """Makes members of the staff."""

    def create_user(self, username: str, password: str, **fields: Any) -> "User":
        """Make a member with a hashed password."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A member of the staff, with one role."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("log-in name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    is_active = models.BooleanField(_("may log in"), default=True)
    pressure = models.CharField(_("unit of pressure"), max_length=8, choices=Pressure, blank=True, default="")
    shortcuts = models.BooleanField(_("keys without Ctrl or Alt"), default=True)
    joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),)

    def __str__(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Return False: what a role may do stands in the table of permissions alone."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Return False, as above."""
        return False


def person(request: HttpRequest) -> User:
    """Return who is logged in; only for views behind the gate.

    Raises
    ------
    TypeError
        If nobody is: a view was made open that must not be.
    """
    if not isinstance(request.user, User):
        raise TypeError("this view needs someone who has logged in")
    return request.user
