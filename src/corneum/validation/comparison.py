"""Compare the model with published measurements."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from corneum.evidence import Book, Draws, load_evidence
from corneum.validation.case import Case, PredictionError, judged
from corneum.validation.conditions import Bench
from corneum.validation.findings import NotSimulated
from corneum.validation.registry import SETUP_OF
from corneum.validation.setup import Setup

Progress = Callable[[str, int, int], None]
_PREFIX = "validation."


class UnknownCaseError(ValueError):
    """No published measurement has this key or row id; the message names the nearest ones."""


def validate(
    *,
    samples: int = 200,
    seed: int = 0,
    book: Book | None = None,
    only: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> tuple[Case, ...]:
    """Return every published measurement with what the model expects of it, misses included.

    Parameters
    ----------
    samples
        Number of sampled skins, at least 2.
    seed
        Same seed and evidence: same cases.
    book
        The evidence; the shipped one if None.
    only
        Measurements to compare: keys, with or without ``validation.``, or row ids such as ``R01``. All if None.
    progress
        Called with what is being done, set-ups done and set-ups in all.

    Returns
    -------
    tuple of Case
        In the order of the evidence tables; several in a row where a measurement is predicted in several ways.

    Raises
    ------
    UnknownCaseError
        If ``only`` names no measurement.
    PredictionError
        If a prediction cannot be judged, for example because it is not finite.

    Examples
    --------
    >>> [case] = validate(samples=20, only=["t01_corneum_forearm"])
    >>> case.used, case.verdict
    ('input', 'inside')
    """
    book = book or load_evidence()
    if samples < 2:
        raise ValueError(f"the number of samples must be at least 2 for a band, not {samples}")
    keys = _chosen(book, only)
    setups = list(dict.fromkeys(SETUP_OF[key] for key in keys if key in SETUP_OF))
    tell = progress or (lambda what, done, total: None)
    found: dict[str, tuple[Case, ...]] = {}
    for number, setup in enumerate(setups):
        tell(book.measurement(next(key for key in setup.keys if key in keys)).title, number, len(setups))
        found.update(_cases_of(setup, book, samples, seed))
    tell("done", len(setups), len(setups))
    return tuple(case for key in keys for case in found.get(key) or _without_setup(book, key))


def _chosen(book: Book, only: Iterable[str] | None) -> list[str]:
    if only is None:
        return list(book.measurements)
    wanted: set[str] = set()
    for name in only:
        matching = {
            key for key, row in book.measurements.items() if name in (key, key.removeprefix(_PREFIX), *row.rows)
        }
        if not matching:
            near = get_close_matches(
                name.removeprefix(_PREFIX), [key.removeprefix(_PREFIX) for key in book.measurements]
            )
            hint = f" Did you mean {', '.join(_PREFIX + key for key in near)}?" if near else ""
            raise UnknownCaseError(f"no published measurement is called {name!r}.{hint}")
        wanted |= matching
    return [key for key in book.measurements if key in wanted]


def _cases_of(setup: Setup, book: Book, samples: int, seed: int) -> dict[str, tuple[Case, ...]]:
    bench = Bench(Draws(book, samples, seed), seed)
    findings = setup.find(bench)
    if set(findings) != set(setup.keys):
        raise PredictionError(f"a set-up promises {', '.join(setup.keys)} but predicts {', '.join(findings)}")
    return {
        key: tuple(judged(book.measurement(key), finding, bench.draws.used) for finding in several)
        for key, several in findings.items()
        if key in book.measurements
    }


def _without_setup(book: Book, key: str) -> tuple[Case, ...]:
    return (judged(book.measurement(key), NotSimulated("No set-up simulates this measurement yet.")),)
