"""The process that does slow work beside the pages: started, started anew where it ends by itself, told to stop."""

import logging
import math
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from pathlib import Path
from time import monotonic

STOP_S = 4
"""What is under way when the clinic stops, pages and slow work alike, has so long to come to its end."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 300.0

_log = logging.getLogger(__name__)


@contextmanager
def deaf() -> Iterator[None]:
    """Start processes that do not hear Ctrl+C, which reaches every process of a terminal."""
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


class Beside:
    """A process that is to run as long as pages are served.

    Parameters
    ----------
    task, home
        What it does, with the folder of the clinic.
    told
        Called with whether it has ended and is not started anew yet.
    clock
        The time in seconds.
    """

    def __init__(
        self,
        task: Callable[[Path], None],
        home: Path,
        told: Callable[[bool], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._task, self._home, self._told, self._clock = task, home, told, clock
        self._until = self._again_at = math.inf
        self._pause = _FIRST_PAUSE_S

    def start(self) -> None:
        """Start it."""
        self._begin()
        self._began, self._again_at = self._clock(), math.inf
        self._told(False)

    def look_after(self) -> None:
        """Start it anew where it has ended: after a pause, which grows each time, unless it ran for long."""
        if self._until < math.inf or not self._has_ended(0):
            return
        now = self._clock()
        if self._again_at == math.inf:
            self._told(True)
            if now - self._began > _LONGEST_PAUSE_S:
                self._pause = _FIRST_PAUSE_S
            _log.error("the worker has ended, and is started anew in %s s", self._pause)
            self._again_at = now + self._pause
            self._pause = min(2 * self._pause, _LONGEST_PAUSE_S)
        elif now >= self._again_at:
            # A computer without room for another process keeps its pages, and is asked again.
            self._again_at = now + self._pause
            with suppress(OSError):
                self.start()

    def reap(self) -> None:
        """Take note of its end before somebody else who waits for any child does."""
        self._process.is_alive()

    def tell(self) -> None:
        """Tell it to stop, while the pages under way come to their end."""
        self._until = self._clock() + STOP_S
        if not self._has_ended(0):
            self._process.terminate()

    def end(self) -> None:
        """Wait until it has left; what does not listen in time is stopped."""
        if self._until == math.inf:
            self.tell()
        if not self._has_ended(max(0.0, self._until - self._clock())):
            self._process.kill()
        self._process.join()

    def _begin(self) -> None:
        made = multiprocessing.get_context("spawn").Process(target=self._task, args=(self._home,), daemon=True)
        with deaf():
            made.start()
        self._process = made

    def _has_ended(self, patience_s: float) -> bool:
        return bool(wait([self._process.sentinel], patience_s))
