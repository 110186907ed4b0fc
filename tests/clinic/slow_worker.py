"""A worker that is at something when it is told to stop: ``python -m tests.clinic.slow_worker HOME``.

The job writes ``HOME/at-it`` and clears it away when it is left.
"""

import sys
import time
from pathlib import Path

from corneum.clinic.project import serving


def main(home):
    serving.prepare(home)
    from django.db import transaction
    from django.utils import timezone

    from corneum.clinic.jobs import work

    def sleep(arguments, tell):
        tell("asleep", 0.5)
        try:
            with transaction.atomic():
                work.ask("half made", {}, now=timezone.now())
                (home / "at-it").touch()
                time.sleep(600)
        finally:
            (home / "at-it").unlink()

    work._workers["sleep"] = sleep
    work.ask("sleep", {}, now=timezone.now())
    serving.work(home)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
