import pytest
from django.db import DatabaseError, connection, transaction

from corneum.clinic.audit.models import Event
from corneum.clinic.audit.services import NoTransaction, record
from tests.clinic.conftest import NOW


def test_an_event_is_never_changed_or_deleted(client_record):
    event = Event.objects.get(action="client.added")
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    for statement in ("UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Event.objects.get(action="client.added").client_id == client_record.pk


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_the_transaction_of_its_change():
    with pytest.raises(NoTransaction):
        record("client.added", by=None, now=NOW)


def test_the_list_is_filtered(browse, client_record):
    page = browse("auditor").get("/audit/", {"action": "client."}).content.decode()
    assert "client.added" in page
    assert "client.added" not in browse("auditor").get("/audit/", {"action": "photo."}).content.decode()
    assert browse("auditor").get("/audit/", {"day": "nonsense"}).status_code == 200


def test_no_name_is_written(client_record):
    for event in Event.objects.all():
        assert "Zo" not in str(event.data)
