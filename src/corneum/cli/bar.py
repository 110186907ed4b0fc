"""A progress bar on the error stream, as a function that the core can call."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Show = Callable[[str, int, int], None]
"""What is being done, steps done, steps in all."""
LOADING = "loading (the first run compiles for some seconds)"


@contextmanager
def bar(first: str = "loading") -> Iterator[Show]:
    """Show a bar while the block runs; it disappears afterwards.

    Parameters
    ----------
    first
        What is being done before the first call.
    """
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(first, total=None)

        def show(what: str, done: int, total: int) -> None:
            progress.update(task, description=what, completed=done, total=total)

        yield show
