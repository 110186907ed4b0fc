"""Simulate a protocol: what each session removes, and what the skin does between and after the sessions."""

from collections.abc import Callable, Sequence

import numpy as np

from corneum.abrasion import FootprintError, GridError, MaskError, Removal, Worked, depth_map, work
from corneum.evidence import Book, Draws, load_evidence
from corneum.recovery import (
    Curves,
    RecoveryState,
    actives_wait_h,
    advance,
    barrier_back_d,
    curves,
    injure,
    joined,
    redness_gone_h,
    thinned,
    time_grid,
)
from corneum.skin import Skin, State, sample_skin
from corneum.treatment.insults import at_rest, insult_of, work_over
from corneum.treatment.limits import limit_notes, within_reach
from corneum.treatment.notes import protocol_notes, removal_notes
from corneum.treatment.protocol import Protocol, ProtocolError, Step
from corneum.treatment.readings import reading_variants
from corneum.treatment.result import Result, SessionRemoval, ZoneResult

Progress = Callable[[str, int, int], None]
_HALF, _SURE = 0.5, 0.95


def simulate(
    protocol: Protocol,
    *,
    samples: int = 200,
    seed: int = 0,
    typical: bool = False,
    book: Book | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Result:
    r"""Return what the model expects of a protocol, with its uncertainty.

    Parameters
    ----------
    protocol
        What is done.
    samples
        Number of sampled skins, at least 1.
    seed
        Same protocol, seed and evidence: same result.
    typical
        If true, rows that vary between people stand at their value: the band is then only what nobody knows.
    book
        The evidence; the shipped one if None.
    threads
        Threads for the kernel; all cores if None. The result does not depend on it.
    progress
        Called with what is being done, steps done and steps in all.

    Raises
    ------
    ProtocolError
        If no map can be made of a step: its pitch does not fit the zone or the mask, or no grain passes the mask.

    Examples
    --------
    >>> from corneum.treatment import parse_protocol
    >>> protocol = parse_protocol('title = "One pass"\n[[step]]\nzone = "cheek"\ndevice = "diamond"\narea = "1 cm2"')
    >>> result = simulate(protocol, samples=20)
    >>> len(result.zones), result.zones[0].site
    (1, 'cheek')
    """
    book = book or load_evidence()
    draws = Draws(book, samples, seed, typical=typical)
    middle = Draws(book, central=True)
    tell = progress or (lambda what, done, total: None)
    total = len(protocol.steps) + len(protocol.sites)
    if any(not step.application.plan.stationary for step in protocol.steps):
        draws.record("abrasion.stroke.wander_mm", "abrasion.stroke.speed_spread_ratio")
    worked: list[Worked] = []
    for number, step in enumerate(protocol.steps):
        tell(f"{step.application.settings.device.title} on {step.site.name}", number, total)
        try:
            worked.append(work(step.application, draws, seed=seed + number, pitch_um=step.pitch_um, threads=threads))
        except (FootprintError, GridError, MaskError) as error:
            raise ProtocolError([f"step {number + 1} ({step.site.name}): {error}"]) from error
    zones = []
    for number, site in enumerate(protocol.sites):
        tell(f"recovery of {site}", len(protocol.steps) + number, total)
        of_site = [(step, done) for step, done in zip(protocol.steps, worked, strict=True) if step.site.name == site]
        zones.append(_zone(protocol, site, of_site, draws, middle, seed))
    tell("done", total, total)
    return Result(protocol, tuple(zones), draws, protocol_notes(protocol, book))


def _zone(
    protocol: Protocol, site: str, steps: list[tuple[Step, Worked]], draws: Draws, middle: Draws, seed: int
) -> ZoneResult:
    skin = _skin_of(protocol, site, draws)
    every_worked = tuple(done for _, done in steps)
    sessions, pieces, after_first, after_last = _course(protocol, every_worked, skin, draws)
    worked = every_worked[-1]
    return ZoneResult(
        site=site,
        steps=tuple(step for step, _ in steps),
        skin=skin,
        sessions=tuple(sessions),
        curves=pieces,
        worked=every_worked,
        depth_map=depth_map(worked, _skin_of(protocol, site, middle), middle, seed=seed),
        barrier_back_d={
            law: within_reach(barrier_back_d(after_last, law, _SURE), sessions) for law in ("exponential", "reciprocal")
        },
        redness_gone_h=within_reach(redness_gone_h(after_first, _SURE), sessions[:1]),
        actives_half_h=within_reach(actives_wait_h(after_last, _HALF), sessions),
        actives_wait_h=within_reach(actives_wait_h(after_last, _SURE), sessions),
        readings=tuple(found for step, done in steps for found in reading_variants(step, done, skin, draws)),
        notes=(*removal_notes(sessions, every_worked, skin, pieces), *limit_notes(sessions, protocol.irritated)),
    )


def _skin_of(protocol: Protocol, site: str, draws: Draws) -> Skin:
    state = State(irritated=protocol.irritated)
    return sample_skin(protocol.person, site, draws, air=protocol.air, state=state)


def _course(
    protocol: Protocol, every_worked: Sequence[Worked], skin: Skin, draws: Draws
) -> tuple[list[SessionRemoval], Curves, RecoveryState, RecoveryState]:
    state = _before(protocol, every_worked, skin, draws)
    days = protocol.session_days
    ends = [*days[1:], days[-1] + protocol.follow_up_d]
    every_hour = time_grid(days, protocol.follow_up_d)
    sessions: list[SessionRemoval] = []
    pieces: list[Curves] = [curves(state, np.zeros(1))]
    first: RecoveryState | None = None
    for day, end in zip(days, ends, strict=True):
        state, session = _session(every_worked, skin, draws, state, day)
        first = first or state
        sessions.append(session)
        last = end == ends[-1]
        inside = (every_hour >= day * 24) & ((every_hour <= end * 24) if last else (every_hour < end * 24))
        pieces.append(curves(state, every_hour[inside] - day * 24))
        if not last:
            state = advance(state, end - day)
    assert first is not None
    return sessions, joined(pieces, [0.0, *(day * 24 for day in days)]), first, state


def _before(protocol: Protocol, every_worked: Sequence[Worked], skin: Skin, draws: Draws) -> RecoveryState:
    state = at_rest(skin, draws)
    if protocol.stripped_share > 0:
        state = thinned(state, (1 - protocol.stripped_share) * skin.corneum_um)
    if protocol.rest_d is not None:
        state, _ = _session(every_worked, skin, draws, state, -protocol.rest_d)
        state = advance(state, protocol.rest_d)
    return state


def _session(
    every_worked: Sequence[Worked], skin: Skin, draws: Draws, state: RecoveryState, day: float
) -> tuple[RecoveryState, SessionRemoval]:
    removals: list[Removal] = []
    for worked in every_worked:
        removal = work_over(worked, skin, draws, state)
        state = injure(state, insult_of(worked, removal, skin, draws))
        removals.append(removal)
    return state, SessionRemoval(day, tuple(removals))
