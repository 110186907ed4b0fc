"""Skins and sessions for the tests of this room."""

import numpy as np
from hypothesis import strategies as st

from corneum.evidence import Draws, load_evidence
from corneum.recovery import KINDS, Baseline, Insult, rest

K = 6
CURVE_NAMES = (
    "tewl_exponential_g_m2_h",
    "tewl_reciprocal_g_m2_h",
    "corneum_um",
    "living_lost_um",
    "hydration_ratio",
    "sebum_ratio",
    "blood_flow_ratio",
    "mitosis_ratio",
    "epidermis_ratio",
    "procollagen1_fold",
    "procollagen3_fold",
    "hsp47_fold",
    "permeability_ratio",
)


def baseline(n=5, corneum_um=12.0, living_um=60.0, tewl_g_m2_h=12.0, age_ratio=1.0, age_y=40.0):
    return Baseline(
        np.full(n, corneum_um), np.full(n, living_um), np.full(n, tewl_g_m2_h), np.full(n, age_ratio), age_y
    )


def resting(n=5, k=K, seed=1, central=False, fixed=None, **skin):
    draws = Draws(load_evidence(), n=n, seed=seed, central=central, fixed=fixed)
    return rest(baseline(n, **skin), draws, k)


def even(state, depth_um, kind="crystal", work=1.0, grit_um=None, stationary=False):
    """Return a session that takes the same depth everywhere, counted against the resting stratum corneum."""
    depth = np.broadcast_to(np.asarray(depth_um, dtype=float), (state.n,))
    share = np.minimum(depth / state.baseline.corneum_um, 1.0)
    return Insult(
        np.repeat(depth[:, None], state.k, axis=1),
        share,
        np.full(state.n, work),
        kind,
        grit_um,
        stationary,
    )


def uneven(state, depths_um, work=1.0, kind="crystal"):
    """Return a session that takes these depths, one per area class, from every sample."""
    removed = np.tile(np.sort(np.asarray(depths_um, dtype=float)), (state.n, 1))
    share = np.minimum(removed, state.baseline.corneum_um[:, None]).mean(axis=1) / state.baseline.corneum_um
    grit_um = 125.0 if kind == "diamond" else None
    return Insult(removed, np.minimum(share, 1.0), np.full(state.n, work), kind, grit_um)


seeds = st.integers(0, 2**32)
depths = st.lists(st.floats(0, 100), min_size=K, max_size=K)
kinds = st.sampled_from(KINDS)
skins = st.fixed_dictionaries(
    {
        "seed": seeds,
        "corneum_um": st.floats(5, 60),
        "living_um": st.floats(25, 150),
        "tewl_g_m2_h": st.floats(2, 45),
        "age_ratio": st.floats(1, 2),
        "age_y": st.floats(5, 100),
    }
)
