"""Exit codes, and numbers that JSON can hold."""

import math
from typing import Any

DONE = 0
BAD_INPUT = 2
REFUSED = 3


def finite(value: Any) -> Any:
    """Return ``value`` with infinities and NaN as None: JSON has no word for them."""
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
