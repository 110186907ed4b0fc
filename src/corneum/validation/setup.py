"""A set-up: published conditions, and the measurements that are read from them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from corneum.validation.conditions import Bench
from corneum.validation.findings import Finding

Findings: TypeAlias = Mapping[str, tuple[Finding, ...]]


@dataclass(frozen=True)
class Setup:
    """One simulated experiment.

    Parameters
    ----------
    keys
        Measurements that it is compared with.
    find
        Returns the findings of each of ``keys``; several where a measurement is predicted in several ways.
    """

    keys: tuple[str, ...]
    find: Callable[[Bench], Findings]


def one(key: str, find: Callable[[Bench], tuple[Finding, ...]]) -> Setup:
    """Return the set-up of a single measurement."""
    return Setup((key,), lambda bench: {key: find(bench)})
