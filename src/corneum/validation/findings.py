"""What a set-up finds: sampled values, whether an order holds, or why nothing is simulated."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Predicted:
    """Values to compare with a published number.

    Parameters
    ----------
    values
        One per sampled skin, shape (n,), in the unit of the measurement.
    variant
        What tells this prediction from others of the same measurement, for example the law of TEWL.
    remark
        What the reader must know about the set-up.
    bound
        Whether the published range is a limit ("under 20 s") and not a range that was measured.
    """

    values: Samples
    variant: str = ""
    remark: str = ""
    bound: bool = False


@dataclass(frozen=True, eq=False)
class Ordered:
    """Whether a published order or sign holds.

    Parameters
    ----------
    holds
        One per sampled skin, shape (n,), True where it shows the order.
    said
        What the model expects, in words and numbers.
    variant, remark
        As in `Predicted`.
    """

    holds: NDArray[np.bool_]
    said: str
    variant: str = ""
    remark: str = ""


@dataclass(frozen=True)
class NotSimulated:
    """Why the model says nothing about a measurement.

    Parameters
    ----------
    reason
        One sentence.
    """

    reason: str


Finding: TypeAlias = Predicted | Ordered | NotSimulated
