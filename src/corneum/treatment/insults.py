"""Where abrasion and recovery meet: a removal as the recovering skin sees it."""

import numpy as np

from corneum.abrasion import CLASSES, Removal, Worked, remove
from corneum.evidence import Draws
from corneum.recovery import Baseline, Insult, RecoveryState, rest
from corneum.skin import Skin


def at_rest(skin: Skin, draws: Draws) -> RecoveryState:
    """Return the sampled skin before any session."""
    baseline = Baseline(skin.corneum_um, skin.living_um, skin.tewl_g_m2_h, skin.transit_age_ratio, skin.person.age_y)
    return rest(baseline, draws, CLASSES)


def insult_of(worked: Worked, removal: Removal, skin: Skin, draws: Draws) -> Insult:
    """Return what an application did, as the recovering skin sees it.

    Parameters
    ----------
    worked
        The application and the energy that it brought.
    removal
        What it removed.
    skin
        The sampled skin with its whole stratum corneum.
    draws
        The same samples.
    """
    settings, plan = worked.application.settings, worked.application.plan
    kind = settings.device.kind
    return Insult(
        removed_um=removal.classes_um(),
        removed_share=np.minimum(removal.corneum_removed_um / skin.corneum_um, 1.0),
        work_ratio=removal.work_ratio,
        kind=kind,
        grit_um=float(np.median(settings.value("grit_um", draws))) if kind == "diamond" else None,
        stationary=plan.stationary and worked.application.mask is None,
    )


def work_over(worked: Worked, skin: Skin, draws: Draws, state: RecoveryState) -> Removal:
    """Return what an application removes from skin that may not have recovered.

    Parameters
    ----------
    worked
        The application and the energy that it brings.
    skin
        The sampled skin with its whole stratum corneum.
    draws
        The same samples.
    state
        The skin today. Its mean thickness counts, of stratum corneum and of living epidermis, not its pattern.
    """
    full = skin.corneum_um[:, None]
    corneum = np.minimum(state.missing_um, full).mean(axis=1)
    living = np.maximum(state.missing_um - full, 0.0).mean(axis=1)
    return remove(worked, skin, draws, corneum_um=skin.corneum_um - corneum, living_um=skin.living_um - living)
