"""Treatment: a protocol of sessions, simulated from the handpiece to the skin over weeks."""

from corneum.treatment.attribution import RowInfluence, influences
from corneum.treatment.insults import at_rest, insult_of, work_over
from corneum.treatment.protocol import Protocol, ProtocolError, RefusedError, Step
from corneum.treatment.protocol_file import parse_protocol, read_protocol
from corneum.treatment.result import Band, Result, SessionRemoval, ZoneResult, band, curve_arrays
from corneum.treatment.simulation import simulate

__all__ = [
    "Band",
    "Protocol",
    "ProtocolError",
    "RefusedError",
    "Result",
    "RowInfluence",
    "SessionRemoval",
    "Step",
    "ZoneResult",
    "at_rest",
    "band",
    "curve_arrays",
    "influences",
    "insult_of",
    "parse_protocol",
    "read_protocol",
    "simulate",
    "work_over",
]
