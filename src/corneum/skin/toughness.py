"""How firmly the layers hold: adhesion of the corneocyte layers in today's air, fracture energy of the living ones."""

from dataclasses import dataclass

import numpy as np

from corneum.evidence import Draws
from corneum.skin.person import Air, State
from corneum.skin.properties import Samples


@dataclass(frozen=True, eq=False)
class Toughness:
    """Energies to part the layers, and the air they hold for; every array has shape (n,).

    Parameters
    ----------
    temperature_degc
        Air temperature [degC].
    humidity_share
        Relative humidity as a share.
    adhesion_j_m2
        Delamination energy of the interface at today's surface [J/m2].
    adhesion_gradient_ratio
        Delamination energy of the deepest interface over that of today's surface.
    living_j_m2
        Fracture energy per living cell layer [J/m2].
    dermis_j_m2
        Energy to remove 10 um of papillary dermis [J/m2].
    """

    temperature_degc: Samples
    humidity_share: Samples
    adhesion_j_m2: Samples
    adhesion_gradient_ratio: Samples
    living_j_m2: Samples
    dermis_j_m2: Samples


def sample_toughness(draws: Draws, air: Air, state: State) -> Toughness:
    """Return the sampled energies to part the layers in today's air.

    Parameters
    ----------
    draws
        Samples of the rows, n of each.
    air
        The room's air.
    state
        The share that is already stripped: what is left starts deeper in the gradient.

    References
    ----------
    Keys ``skin.adhesion.surface_j_m2``, ``skin.adhesion.gradient_ratio``, ``skin.living.fracture_j_m2``,
    ``skin.dermis.tougher_ratio``: Wu 2006, Meliga 2017.
    """
    temperature_degc = _stated_or_drawn(air.temperature_degc, "skin.air.temperature_degc", draws)
    humidity_share = _stated_or_drawn(air.humidity_share, "skin.air.humidity_share", draws)
    gradient = draws["skin.adhesion.gradient_ratio"]
    intact_j_m2 = draws["skin.adhesion.surface_j_m2"] * air_factor(draws, temperature_degc, humidity_share)
    living_j_m2 = draws["skin.living.fracture_j_m2"]
    return Toughness(
        temperature_degc=temperature_degc,
        humidity_share=humidity_share,
        adhesion_j_m2=np.asarray(intact_j_m2 * gradient**state.stripped_share),
        adhesion_gradient_ratio=np.asarray(gradient ** (1 - state.stripped_share)),
        living_j_m2=living_j_m2,
        dermis_j_m2=np.asarray(living_j_m2 * draws["skin.dermis.tougher_ratio"]),
    )


def air_factor(draws: Draws, temperature_degc: Samples, humidity_share: Samples) -> Samples:
    """Return adhesion in this air over adhesion in the assumed room air; it falls with warmth and humidity.

    Published is that the energy falls with both (M03) and stays within 1 to 8 J/m2 (M01); that it falls by equal
    ratios in equal steps is assumed. It is 1 at the values of the rows ``skin.air.*``.

    Parameters
    ----------
    draws
        Samples of the rows, n of each.
    temperature_degc
        Air temperature [degC], shape (n,).
    humidity_share
        Relative humidity as a share, shape (n,).

    References
    ----------
    Keys ``skin.adhesion.ten_degc_ratio``, ``skin.adhesion.humid_ratio``: Wu 2006, Wu MRS Proc 724.
    """
    warmer_degc = temperature_degc - draws.book.number("skin.air.temperature_degc").value
    damper_share = humidity_share - draws.book.number("skin.air.humidity_share").value
    warm = draws["skin.adhesion.ten_degc_ratio"] ** (warmer_degc / 10)
    return np.asarray(warm * draws["skin.adhesion.humid_ratio"] ** damper_share)


def _stated_or_drawn(stated: float | None, key: str, draws: Draws) -> Samples:
    return draws[key] if stated is None else np.full(draws.n, float(stated))
