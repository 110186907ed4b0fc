import ast
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from corneum import clinic
from corneum.clinic.audit.models import Event
from corneum.clinic.audit.phrases import ACTIONS
from corneum.clinic.audit.present import rows
from corneum.clinic.audit.queries import events
from corneum.clinic.audit.services import NoTransaction, record
from corneum.clinic.stock.models import Reason
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


def listed(browser, **asked):
    return browser.get("/audit/", asked).content.decode().rpartition("</form>")[2]


def test_the_list_is_filtered_and_reads_as_sentences(browse, client_record):
    browser = browse("auditor")
    assert "A record was opened" in listed(browser, action="client.added")
    page = listed(browser, client_id=client_record.pk)
    assert "A record was opened" in page and "client.added" not in page and "The Owner" in page
    assert "A record was opened" not in listed(browser, action="photo.shown")
    for nonsense in (
        {"day": "nonsense"},
        {"day": "9999-12-31"},
        {"day": "0001-01-01"},
        {"action": "client."},
        {"before": "9" * 40},
        {"client_id": "x"},
    ):
        assert "cannot be read" in listed(browser, **nonsense)


def test_the_filters_by_day_and_action_read_an_index(db):
    midnight = datetime(2027, 3, 1, 11, tzinfo=UTC)
    last, first, ago = midnight - timedelta(microseconds=1), midnight, midnight - timedelta(days=9)
    for at in (last, first, *[ago] * 300):
        Event(at=at, action="client.added").save()
    with timezone.override("Pacific/Auckland"):
        found = [{event.at for event in events(day=date(2027, 3, day))} for day in (1, 2, 3)]
        assert found == [{last}, {first}, set()]
        for asked in ({"day": date(2027, 3, 2)}, {"action": "client.added"}, {"action": "photo.shown", "before": 90}):
            assert "SCAN audit_event" not in events(**asked).explain()


def test_what_an_event_holds_is_told_in_words(staff, browse, client_record, owner):
    with transaction.atomic():
        data = {"changed": ["is_active", "odd_field"], "role": "reception", "must_be_kept": True, "rows": ["x"] * 90}
        record("member.changed", by=owner, subject=staff["auditor"], now=NOW, data=data)
    page = listed(browse("owner"), action="member.changed")
    assert "changed: in use, or may log in, odd field; role: Reception; must still be kept: yes; rows: 90" in page
    assert "The Auditor" in page


def test_a_record_leads_to_its_events_for_who_may_read_them(browse, client_record):
    path = reverse("people:client", args=[client_record.pk])
    link = f"/audit/?client_id={client_record.pk}"
    assert link in browse("owner").get(path).content.decode()
    assert link not in browse("clinician").get(path).content.decode()


def test_every_action_that_is_recorded_has_its_sentence():
    recorded = set().union(*(actions_in(path) for path in Path(clinic.__file__).parent.rglob("*.py")))
    assert recorded == set(ACTIONS)


def test_an_action_without_a_sentence_would_be_noticed(tmp_path):
    code = "ACTION = {1: 'a.b'}\ndef f(x):\n    record(ACTION[x]); record('c.d' if x else 'e.f'); record(f'{noun}.g')\n"
    (tmp_path / "services.py").write_text(f"from corneum.clinic.audit.services import record\n{code}", encoding="utf-8")
    assert actions_in(tmp_path / "services.py") >= {"a.b", "c.d", "e.f", "room.g"}


FILLED = {"stock": [str(one) for one in Reason], "noun": ["room", "device", "price", "item"]}
"""What stands in the gaps of the two actions that are put together."""


def actions_in(path):
    """Return the actions that a module hands to `record`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "corneum.clinic.audit.services"
        for alias in node.names
    }
    if "record" not in named:
        return set()
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record"]
    return set().union(*(said(call.args[0], tree) for call in calls))


def said(node, tree):
    if isinstance(node, ast.Constant):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return said(node.body, tree) | said(node.orelse, tree)
    if isinstance(node, ast.JoinedStr):
        return put_together(node)
    name = node.value.id if isinstance(node, ast.Subscript) else node.id
    values = [one.value for one in ast.walk(tree) if isinstance(one, ast.Assign | ast.AnnAssign) and name in names(one)]
    return set().union(
        *(
            set().union(*(said(one, tree) for one in value.values))
            if isinstance(value, ast.Dict)
            else said(value, tree)
            for value in values
        )
    )


def names(node):
    return {
        one.id for one in (node.targets if isinstance(node, ast.Assign) else [node.target]) if isinstance(one, ast.Name)
    }


def put_together(node):
    first, rest = node.values[0], node.values[1:]
    if isinstance(first, ast.Constant):
        return {f"{first.value}{reason}" for reason in FILLED[first.value.rstrip(".")]}
    ends = {"".join(one.value for one in rest if isinstance(one, ast.Constant))}
    chosen = [one.value for one in rest if isinstance(one, ast.FormattedValue)]
    ends = {f".{word}" for one in chosen for word in said(one, None)} or ends
    return {f"{noun}{end}" for noun in FILLED["noun"] for end in ends}


def test_no_name_is_written(client_record):
    for event in Event.objects.all():
        assert "Zo" not in str(event.data)


def test_a_digest_is_shown_by_its_beginning():
    event = Event(action="session.signed", subject_id="", data={"digest": "ab" * 32})
    assert [value for _, value in rows([event], {})[0].details] == ["abababababab…"]
