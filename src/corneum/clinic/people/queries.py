"""Reading clients."""

from uuid import UUID

from django.http import Http404

from corneum.clinic.people.models import Client


def client_of(client_id: UUID) -> Client:
    """Return a client, or raise `Http404`."""
    found = Client.objects.filter(pk=client_id).first()
    if found is None:
        raise Http404
    return found
