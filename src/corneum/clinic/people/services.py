"""What changes a client's record."""

from datetime import datetime
from typing import Any

from django.db import transaction

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.people.models import Client
from corneum.clinic.people.search import index


@transaction.atomic
def add_client(*, by: User, fields: dict[str, Any], now: datetime) -> Client:
    """Open a record."""
    client = Client.objects.create(**fields, since=now)
    index(client)
    record("client.added", by=by, subject=client, now=now)
    return client


@transaction.atomic
def change_client(*, by: User, client: Client, fields: dict[str, Any], now: datetime) -> Client:
    """Change who a client is, or how to reach them."""
    changed = [key for key, value in fields.items() if getattr(client, key) != value]
    for key in changed:
        setattr(client, key, fields[key])
    client.save(update_fields=changed)
    index(client)
    record("client.changed", by=by, subject=client, now=now, data={"changed": changed})
    return client
