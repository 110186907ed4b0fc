"""Samples of the uncertain rows, and the record of which rows were used."""

import hashlib
import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corneum.evidence.book import Book
from corneum.evidence.rows import Number

_Z95 = 1.959963984540054


class Draws:
    """Values of evidence rows for ``n`` samples, drawn row by row on first use.

    Every row has its own random stream, keyed by the seed and the row's key: a row that is added or left out
    moves no other. Draws are stratified (Latin hypercube), so that 200 samples give a steady band.

    Parameters
    ----------
    book
        Where the rows stand.
    n
        Number of samples, at least 1.
    seed
        Any integer; same seed, same values.
    central
        If true every row stands at its value: the run without uncertainty.
    typical
        If true rows that vary between people stand at their value: one typical skin, with what nobody knows.
    fixed
        Rows held at a given value (in the row's unit), for a what-if or a sensitivity run.

    Examples
    --------
    >>> from corneum.evidence import load_evidence
    >>> draws = Draws(load_evidence(), n=3, seed=1)
    >>> draws["recovery.corneum.regrowth_um_d"].shape
    (3,)
    >>> draws.used
    ('recovery.corneum.regrowth_um_d',)
    """

    def __init__(
        self,
        book: Book,
        n: int = 1,
        seed: int = 0,
        *,
        central: bool = False,
        typical: bool = False,
        fixed: dict[str, float] | None = None,
    ) -> None:
        if n < 1:
            raise ValueError(f"the number of samples must be at least 1, not {n}")
        self.book, self.n, self.seed, self.central, self.typical = book, n, seed, central, typical
        self.fixed = dict(fixed or {})
        for key in self.fixed:
            book.number(key)
        self._values: dict[str, NDArray[np.float64]] = {}

    @property
    def used(self) -> tuple[str, ...]:
        """Keys of the rows that were asked for, in name order."""
        return tuple(sorted(self._values))

    def record(self, *keys: str) -> None:
        """Count rows as used that entered the result elsewhere, at their values."""
        for key in keys:
            self[key]

    def __getitem__(self, key: str) -> NDArray[np.float64]:
        if key not in self._values:
            row = self.book.number(key)
            values = np.full(self.n, self.fixed[key]) if key in self.fixed else self._draw(row)
            values.flags.writeable = False
            self._values[key] = values
        return self._values[key]

    def uniform(self, name: str, *, varies: Literal["people", "knowledge"] = "knowledge") -> NDArray[np.float64]:
        """Return stratified uniforms in (0, 1), shape (n,), of a stream of its own.

        They are 0.5 in a central run, and for what varies between people in a typical run.
        """
        if self.central or (self.typical and varies == "people"):
            return np.full(self.n, 0.5)
        key = int.from_bytes(hashlib.sha256(f"{self.seed}:{name}".encode()).digest()[:16], "little")
        rng = np.random.Generator(np.random.Philox(key=key))
        return np.asarray((rng.permutation(self.n) + rng.random(self.n)) / self.n).clip(1e-12, 1 - 1e-12)

    def _draw(self, row: Number) -> NDArray[np.float64]:
        if self.central or row.shape == "fixed" or (self.typical and row.varies == "people"):
            return np.full(self.n, row.value)
        return quantile(row, self.uniform(row.key))


def quantile(row: Number, u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values of ``row`` at the cumulative probabilities ``u`` in (0, 1); same shape, the row's unit.

    Normal and lognormal rows are split at the value, each side with its own width, so that an asymmetric range
    is kept; they are cut at 1.5 ranges from the value, and never change sign.
    """
    if row.shape == "uniform":
        return split_uniform(row, u)
    # Photographs are measured without draws, and importing special functions takes longer than half of that.
    from scipy.special import ndtri

    if row.shape == "lognormal":
        value, low, high = math.log(row.value), math.log(row.low), math.log(row.high)
    else:
        value, low, high = row.value, row.low, row.high
    z = np.clip(ndtri(u), -1.5 * _Z95, 1.5 * _Z95) / _Z95
    moved = value + np.where(z < 0, z * (value - low), z * (high - value))
    if row.shape == "lognormal":
        return np.asarray(np.exp(moved))
    lowest, highest = 0.0 if row.low >= 0 else -math.inf, 0.0 if row.high <= 0 else math.inf
    return np.asarray(moved.clip(lowest, highest))


def split_uniform(row: Number, u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values spread evenly below and above the row's value, half of them on each side."""
    below = row.low + 2 * u * (row.value - row.low)
    above = row.value + (2 * u - 1) * (row.high - row.value)
    return np.asarray(np.where(u < 0.5, below, above))
