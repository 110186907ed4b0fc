"""What one session did, as the recovering skin sees it."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Kind = Literal["crystal", "diamond", "vacuum", "tape", "pad"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class InsultError(ValueError):
    """A session that no skin can have had, or that does not fit the skin it is given to."""


@dataclass(frozen=True, eq=False)
class Insult:
    """What one session did to the treated zone.

    Parameters
    ----------
    removed_um
        Depth removed from the surface as it was, in k classes of equal area, sorted from shallow to deep [um],
        shape (n, k). Beyond the stratum corneum it is living tissue.
    removed_share
        Share of the stratum corneum removed, mean over the area [0 to 1], shape (n,).
    work_ratio
        Mechanical work on the skin over that of one ordinary session [1], shape (n,).
    kind
        What did it: "crystal", "diamond", "vacuum", "tape" or "pad".
    grit_um
        Grit of a diamond tip [um]; None for everything else.
    stationary
        Whether the handpiece stood still on the skin.

    Raises
    ------
    InsultError
        If a shape, value or name is not as described.
    """

    removed_um: Array
    removed_share: Array
    work_ratio: Array
    kind: Kind
    grit_um: float | None = None
    stationary: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InsultError(f"unknown kind of session {self.kind!r}; allowed are {', '.join(KINDS)}")
        if self.removed_um.ndim != 2:
            raise InsultError(f"removed_um must have the shape (n, k), not {self.removed_um.shape}")
        for name in ("removed_share", "work_ratio"):
            values = getattr(self, name)
            if values.shape != (self.n,):
                raise InsultError(f"{name} must have the shape ({self.n},) of removed_um, not {values.shape}")
        for name in ("removed_um", "removed_share", "work_ratio"):
            values = getattr(self, name)
            if not np.all(np.isfinite(values)) or np.any(values < 0):
                raise InsultError(f"{name} must be finite and not negative")
        if np.any(self.removed_share > 1):
            raise InsultError(f"removed_share must be between 0 and 1, not {self.removed_share.max():g}")
        if np.any(np.diff(self.removed_um, axis=1) < 0):
            raise InsultError("removed_um must be sorted from shallow to deep along its second axis")
        self._check_grit()

    @property
    def n(self) -> int:
        """Number of samples."""
        return int(self.removed_um.shape[0])

    @property
    def k(self) -> int:
        """Number of area classes."""
        return int(self.removed_um.shape[1])

    def _check_grit(self) -> None:
        if self.kind == "diamond":
            if self.grit_um is None or not np.isfinite(self.grit_um) or self.grit_um <= 0:
                raise InsultError(f"a diamond session needs grit_um above 0, not {self.grit_um}")
        elif self.grit_um is not None:
            raise InsultError(f"grit_um belongs to a diamond session only, not to {self.kind!r}")
