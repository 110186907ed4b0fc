"""What makes the database itself refuse to change or delete an event."""

from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = """CREATE TRIGGER audit_event_{what} BEFORE {what} ON audit_event
BEGIN SELECT RAISE(ABORT, 'an audit event is never changed'); END"""
_POSTGRESQL = (
    """CREATE FUNCTION audit_event_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'an audit event is never changed'; END $$""",
    """CREATE TRIGGER audit_event_guard BEFORE UPDATE OR DELETE ON audit_event
FOR EACH ROW EXECUTE FUNCTION audit_event_guard()""",
)


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor, **_: Any) -> None:
    """Make the triggers."""
    if editor.connection.vendor == "postgresql":
        for statement in _POSTGRESQL:
            editor.execute(statement, params=None)
    else:
        for what in ("UPDATE", "DELETE"):
            editor.execute(_SQLITE.format(what=what), params=None)
