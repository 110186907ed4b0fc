"""Which set-up predicts which measurement."""

from corneum.validation import (
    barrier,
    claims,
    dermal,
    permeability,
    redness,
    removal,
    renewal,
    sensitivity,
    tape_and_pad,
)
from corneum.validation.setup import Setup

SETUPS: tuple[Setup, ...] = (
    *removal.SETUPS,
    *sensitivity.SETUPS,
    *claims.SETUPS,
    *tape_and_pad.SETUPS,
    *barrier.SETUPS,
    *redness.SETUPS,
    *renewal.SETUPS,
    *dermal.SETUPS,
    *permeability.SETUPS,
)

SETUP_OF: dict[str, Setup] = {key: setup for setup in SETUPS for key in setup.keys}
