"""Every row of the clinic's apps that belongs to one client, whichever app has it: found by the models themselves.

An app that is added later is in the copies and in the erasure without a word here, or the erasure refuses.
"""

import base64
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from corneum.clinic.people.models import Client

_APPS = "corneum.clinic."
SECRET = frozenset({"password", "token_hash", "digest_of_token", "secret"})
"""Fields that open something: in no copy."""
_SECRET_IN = frozenset({("visits.CalendarFeed", "digest")})


def own_models() -> list[type[models.Model]]:
    """Return the models of the clinic's own apps, app by app."""
    return [
        model for config in apps.get_app_configs() if config.name.startswith(_APPS) for model in config.get_models()
    ]


@cache
def paths() -> dict[type[models.Model], str]:
    """Return for each model whose rows belong to a client how they are found: a path to the client's id."""
    found: dict[type[models.Model], str] = {Client: "pk"}
    waiting = [model for model in own_models() if model is not Client]
    grown = True
    while grown:
        grown = False
        for model in list(waiting):
            path = _path(model, found)
            if path is not None:
                found[model] = path
                waiting.remove(model)
                grown = True
    return found


def rows_of(model: type[models.Model], client_id: UUID) -> QuerySet[models.Model]:
    """Return the rows of a model that belong to a client."""
    return model._default_manager.filter(**{paths()[model]: client_id})


def plain(row: models.Model) -> dict[str, Any]:
    """Return one row as values that JSON can hold, without what opens something."""
    return {
        field.attname: _value(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if not is_secret(type(row), field.attname)
    }


def is_secret(model: type[models.Model], name: str) -> bool:
    """Return whether a field opens something."""
    return name in SECRET or (model._meta.label, name) in _SECRET_IN


def about(model: type[models.Model]) -> dict[str, Any]:
    """Return what a model is and what its fields mean, for who reads a copy."""
    return {
        "what": " ".join((model.__doc__ or "").split()),
        "fields": {
            field.attname: _told(field) for field in model._meta.concrete_fields if not is_secret(model, field.attname)
        },
    }


def in_order(client_id: UUID) -> Iterator[tuple[type[models.Model], QuerySet[models.Model]]]:
    """Yield each model that can hold rows of a client, with them."""
    for model in own_models():
        if model in paths():
            yield model, rows_of(model, client_id)


def _path(model: type[models.Model], found: dict[type[models.Model], str]) -> str | None:
    fields = model._meta.concrete_fields
    for field in fields:
        if field.is_relation and field.related_model is Client:
            return f"{field.name}_id"
    if any(field.attname == "client_id" for field in fields):
        return "client_id"
    for field in fields:
        # Only what cannot be without its owner belongs to it: a lot is not a client's since a session used it.
        if field.is_relation and field.related_model in found and not field.null:
            return f"{field.name}__{found[field.related_model]}"
    return None


def _told(field: models.Field[Any, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"name": str(field.verbose_name), "kind": field.get_internal_type()}
    if field.is_relation and isinstance(field.related_model, type):
        told["of"] = field.related_model._meta.label
    if field.choices:
        told["choices"] = {str(key): str(label) for key, label in field.flatchoices}
    return told


def _value(value: Any) -> Any:
    # Pictures of signatures are small: as text they stay with their row.
    return base64.b64encode(bytes(value)).decode() if isinstance(value, bytes | memoryview) else value
