"""The clinic's own data: one row."""

import re
from datetime import date, time, tzinfo
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

ROW = 1
"""The identifier of the only row."""
EVERY_DAY = "1234567"
"""Monday is 1, Sunday 7."""
_NUMBER = RegexValidator(
    r"^\+?[0-9(][0-9 ()/.\-]{1,38}\Z", _("Digits, with a + before the country, such as +43 1 234567.")
)


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone by its name, such as ``Europe/Vienna``.

    Raises
    ------
    ValidationError
        If this computer knows no such zone.
    """
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise ValidationError(_("This time zone is not known here."), code="zone") from None


def check_zone(name: str) -> None:
    """Refuse what is no name of a time zone."""
    zone_named(name)


class Practice(models.Model):
    """How the clinic is called and reached, when it is open, and by which clock; there is one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ROW, editable=False)
    name = models.CharField(_("name of the clinic"), max_length=120)
    address = models.TextField(
        _("address"), blank=True, max_length=400, help_text=_("As on a letter, line by line; it heads what is printed.")
    )
    telephone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        validators=[_NUMBER],
        help_text=_("Clients call it by a tap where something worries them."),
    )
    emergency_telephone = models.CharField(
        _("emergency number"),
        max_length=40,
        default="112",
        validators=[_NUMBER],
        help_text=_("Of the country; clients are told to call it in an emergency."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        validators=[check_zone],
        help_text=_("The days and times of every page are those of this zone."),
    )
    opens = models.TimeField(_("opens at"), default=time(8))
    closes = models.TimeField(_("closes at"), default=time(20))
    open_days = models.CharField(
        _("open on"),
        max_length=7,
        default=EVERY_DAY,
        help_text=_("Free times are offered on these days; a visit may be booked at any time."),
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=ROW), name="practice_is_one_row"),
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes")),
                name="practice_opens_before_it_closes",
                violation_error_message=_("The clinic closes after it opens."),
            ),
            models.CheckConstraint(
                condition=~models.Q(open_days=""),
                name="practice_is_open_on_some_day",
                violation_error_message=_("Choose at least one day."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a clinic is always somewhere."""
        raise TypeError("the clinic's own row is changed, never deleted")

    @property
    def title(self) -> str:
        """Its name, or a word where nobody entered one."""
        return self.name or _now("The clinic")

    @property
    def zone(self) -> tzinfo:
        """Its time zone; that of the settings where this computer no longer knows it."""
        try:
            return zone_named(self.time_zone)
        except ValidationError:
            return timezone.get_default_timezone()

    @property
    def lines(self) -> tuple[str, ...]:
        """What heads a letter: name, address, telephone and e-mail, each where it was entered."""
        address = (line.strip() for line in self.address.splitlines())
        return tuple(line for line in (self.name, *address, self.telephone, self.email) if line)

    @property
    def telephone_link(self) -> str:
        """What a tap calls, or nothing."""
        return link_of(self.telephone)

    @property
    def emergency_link(self) -> str:
        """What a tap calls in an emergency."""
        return link_of(self.emergency_telephone)

    def is_open_on(self, day: date) -> bool:
        """Return whether it is usually open on a day."""
        return str(day.isoweekday()) in self.open_days


def link_of(number: str) -> str:
    """Return a telephone number as an address that calls it.

    Examples
    --------
    >>> link_of("+1 (202) 555-0143")
    'tel:+12025550143'
    >>> link_of("")
    ''
    """
    digits = re.sub(r"[^\d+]", "", number.replace("(0)", "") if number.strip().startswith("+") else number)
    return f"tel:{digits}" if digits else ""
