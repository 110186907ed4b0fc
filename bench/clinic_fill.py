"""A large clinic, filled in a process of its own: ``python -m bench.clinic_fill HOME CLIENTS``."""

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

PASSWORD = "a sentence for a measurement"


def filled(home: Path, clients: int) -> dict[str, Any]:
    """Return what was made in an empty clinic: its rows and seconds by table, and what pages to look at."""
    from corneum.clinic.project.serving import prepare

    prepare(home)
    from django.db import connection
    from django.utils import timezone

    from bench.clinic_data import fill
    from corneum.clinic.plans.models import PlanVersion
    from corneum.clinic.project.demonstration import house
    from corneum.clinic.treatments.models import Session

    now = timezone.now()
    made = house.set_up(PASSWORD, now - timedelta(days=500))
    real = _real(made, now - timedelta(days=400))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Good enough for a file that is thrown away; the clinic itself writes through.
            for said in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-600000", "temp_store=MEMORY"):
                cursor.execute(f"PRAGMA {said}")
    done = fill(clients, real, now=now)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What its own vacuum does within minutes.
            cursor.execute("ANALYZE")
    shown = [
        {
            "client_id": str(key),
            "plan_id": str(PlanVersion.objects.get(client_id=key).pk),
            "session_id": str(Session.objects.filter(client_id=key).earliest("number").pk),
        }
        for key in done.shown
    ]
    return {"rows": done.rows, "seconds": done.seconds, "shown": shown}


def _real(made: Any, now: Any) -> dict[str, Any]:
    """Return what a real course leaves in the rows: the planner's plan, a session's settings, all answers."""
    from corneum.clinic.intake.queries import newest_sheet
    from corneum.clinic.plans.queries import approved
    from corneum.clinic.project.demonstration.cast import ERIKA
    from corneum.clinic.project.demonstration.record import Record

    one = Record(made, ERIKA, now.date())
    one.open(now)
    one.answer(now, by=made.practitioner)
    one.place_concerns(now)
    one.draft(now)
    one.approve(now)
    one.consent(now, ("data", "treatment"))
    session = one.treat(now, 1, note="Nothing seen.")
    version, sheet = approved(one.client.pk), newest_sheet(one.client.pk)
    assert version is not None and sheet is not None
    return {
        "plan": version.plan,
        "request": version.request,
        "planned": session.planned,
        "done": session.done,
        "answers": sheet.answers,
    }


if __name__ == "__main__":
    print(json.dumps(filled(Path(sys.argv[1]), int(sys.argv[2]))))
