"""A client, and the words by which they are found."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Client(models.Model):
    """A person who is treated here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    called = models.CharField(_("called"), max_length=60, blank=True, help_text=_("How they want to be addressed."))
    born = models.DateField(_("date of birth"))
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=5, default="en", choices=[("en", _("English")), ("de", _("German"))]
    )
    guardian = models.CharField(_("guardian"), max_length=120, blank=True, help_text=_("For a person under age."))
    note = models.TextField(_("note of the front desk"), blank=True, max_length=2000)
    since = models.DateTimeField()
    demonstration = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("name", "born")
        indexes = (models.Index(fields=["name", "born"], name="client_by_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def client_id(self) -> uuid.UUID:
        """The client's own id: as on everything else that belongs to a record."""
        return self.pk


class SearchWord(models.Model):
    """One word, folded, by which a client is found: a part of the name, e-mail, digits of the phone, year of birth."""

    word = models.CharField(max_length=60)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="words")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["word", "client"], name="word_once"),)

    def __str__(self) -> str:
        return self.word
