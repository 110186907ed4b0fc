"""`corneum` with a clock that a test moves on: started as ``python -m tests.clinic.browser.clock serve ...``.

The file named in ``TEST_CLOCK`` holds how many days later it is. Everything else is the clinic as it is shipped.
"""

import os
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

_now = timezone.now


def _later():
    return _now() + timedelta(days=int(Path(os.environ["TEST_CLOCK"]).read_text(encoding="ascii") or 0))


# At import, so that the worker, which imports this as its main module, lives in the same time.
if "TEST_CLOCK" in os.environ:
    timezone.now = _later

if __name__ == "__main__":
    from corneum.cli import main

    main()
