"""Who did what with a record, and who saw which photograph, for the person whose record it is."""

from typing import Any
from uuid import UUID

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.models import Event


def staff() -> dict[str, dict[str, str]]:
    """Return the members of the staff by id, with their roles: who is meant in the fields that name somebody."""
    found = User.objects.values_list("pk", "name", "role")
    return {str(key): {"name": name, "role": role} for key, name, role in found}


def events_of(client_id: UUID) -> list[dict[str, Any]]:
    """Return what was done with a record, the oldest first."""
    found = Event.objects.filter(client_id=client_id).select_related("by").order_by("pk")
    return [
        {
            "at": event.at,
            "action": event.action,
            "by": event.by.name if event.by is not None else "",
            "role": event.by.role if event.by is not None else "",
            "by_private_link": event.by_link,
            "of": event.subject_kind,
            "id": event.subject_id,
            "data": event.data,
        }
        for event in found.iterator(chunk_size=2000)
    ]
