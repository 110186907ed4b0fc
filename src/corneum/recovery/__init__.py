"""Recovery: what happens to treated skin between sessions, from hours to months."""

from corneum.recovery.dermal import DERMAL_NOTE
from corneum.recovery.grid import GridError, time_grid
from corneum.recovery.insult import KINDS, Insult, InsultError, Kind
from corneum.recovery.state import Baseline, BaselineError, PastSession, RecoveryState, rest
from corneum.recovery.steps import WaitError, advance, injure, thinned
from corneum.recovery.surface import SEBUM_NOTE
from corneum.recovery.tewl import LAWS, Law, UnknownLawError
from corneum.recovery.timeline import BLISTER_NOTE, PIGMENT_NOTE, Curves, HoursError, curves, joined
from corneum.recovery.waits import (
    ProbabilityError,
    actives_wait_h,
    actives_waits_h,
    barrier_back_d,
    redness_gone_each_h,
    redness_gone_h,
)

__all__ = [
    "BLISTER_NOTE",
    "DERMAL_NOTE",
    "KINDS",
    "LAWS",
    "PIGMENT_NOTE",
    "SEBUM_NOTE",
    "Baseline",
    "BaselineError",
    "Curves",
    "GridError",
    "HoursError",
    "Insult",
    "InsultError",
    "Kind",
    "Law",
    "PastSession",
    "ProbabilityError",
    "RecoveryState",
    "UnknownLawError",
    "WaitError",
    "actives_wait_h",
    "actives_waits_h",
    "advance",
    "barrier_back_d",
    "curves",
    "injure",
    "joined",
    "redness_gone_each_h",
    "redness_gone_h",
    "rest",
    "thinned",
    "time_grid",
]
