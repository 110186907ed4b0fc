"""A clinic that can be killed and started again within a moment: everything is loaded once, and each life is a fork.

Started as a program: ``python -m tests.clinic.browser.reborn HOME PORT``. It makes a clinic with an open session, says
on one line where that is, and then starts a server for every line that it reads, and says that server's number.
"""

import json
import os
import sys
from pathlib import Path


def main(home, port):
    from corneum.clinic.project.serving import Served, _server, prepare

    prepare(home)
    from django.db import connections

    place = _seeded()
    _warmed(place)
    served = Served(home, port=port, processes=1, threads=4)
    connections.close_all()
    print(json.dumps(place), flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setsid()
            os.close(0)
            _server(served).run()
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)


def _seeded():
    from datetime import date

    from django.utils import timezone

    from corneum.clinic.accounts.models import User
    from corneum.clinic.accounts.roles import Role
    from corneum.clinic.people import services as people
    from tests.clinic import treatments_fixtures as made
    from tests.clinic.conftest import PASSWORD

    now = timezone.now()
    by = User.objects.create_user("petra", PASSWORD, name="Petra Sample", role=Role.PRACTITIONER)
    fields = {"name": "Nora Invented", "born": date(1980, 5, 17)}
    client = people.add_client(by=by, fields=fields, now=now)
    made.approved_plan(client, by, passes=5)
    lot = made.lot(by, amount=100_000)
    session = made.begun(client, by, now=now)
    return {"session": f"/clients/{client.pk}/treatment/{session.pk}/", "lot": str(lot.pk)}


def _warmed(place):
    # What a server computes for its first page is computed once for all lives.
    from django.test import Client

    from corneum.clinic.accounts.models import User

    page = Client(headers={"host": "127.0.0.1"})
    page.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    assert page.get(place["session"], follow=True).status_code == 200


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
