"""What makes the database itself keep taps, and refuse every change of a signed session."""

from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_OF_SESSION = "SELECT client_id FROM treatments_session WHERE id = OLD.session_id"
_OF_EVENT = "SELECT client_id FROM treatments_adverseevent WHERE id = OLD.event_id"
_OWNERS = {
    "session": "OLD.client_id",
    "entry": f"({_OF_SESSION})",
    "amendment": f"({_OF_SESSION})",
    "coursereview": "OLD.client_id",
    "adverseevent": "OLD.client_id",
    "adversenote": f"({_OF_EVENT})",
}
_ERASED = "EXISTS (SELECT 1 FROM treatments_erasure WHERE client_id = {owner})"
_SIGNED = "(SELECT state FROM treatments_session WHERE id = NEW.session_id) <> 'open'"


def _guards() -> list[tuple[str, str, str, str]]:
    """Return table, what is done to it, when that is refused, and in which words."""
    kept = "what was written down is never deleted but with the whole record"
    found = [(table, "DELETE", f"NOT {_ERASED.format(owner=owner)}", kept) for table, owner in _OWNERS.items()]
    for table in ("entry", "amendment", "coursereview", "adversenote"):
        found.append((table, "UPDATE", "", "what was written down is never changed"))
    found.append(("session", "UPDATE", "OLD.state <> 'open'", "a signed session is sealed"))
    found.append(("entry", "INSERT", _SIGNED, "a signed session is sealed"))
    for what in ("UPDATE", "DELETE"):
        found.append(("erasure", what, "", "an erasure stays"))
    return found


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor, **_: Any) -> None:
    """Make the triggers."""
    for table, what, refused, words in _guards():
        name = f"treatments_{table}_{what.lower()}"
        before = f"BEFORE {what} ON treatments_{table}"
        if editor.connection.vendor == "postgresql":
            inside = f"RAISE EXCEPTION '{words}';"
            inside = f"IF {refused} THEN {inside} END IF;" if refused else inside
            passed = "OLD" if what == "DELETE" else "NEW"
            editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN {inside} RETURN {passed}; END $$",
                params=None,
            )
            editor.execute(f"CREATE TRIGGER {name} {before} FOR EACH ROW EXECUTE FUNCTION {name}()", params=None)
        else:
            when = f"WHEN {refused}" if refused else ""
            editor.execute(
                f"CREATE TRIGGER {name} {before} {when} BEGIN SELECT RAISE(ABORT, '{words}'); END", params=None
            )
