"""From a person, a site, the air and today's state to sampled skin."""

from corneum.evidence import Draws
from corneum.skin.anatomy import sample_anatomy
from corneum.skin.person import Air, Person, State
from corneum.skin.properties import Skin
from corneum.skin.renewal import corneocyte_area, resting_tewl, transit, transit_age_ratio
from corneum.skin.sites import Site, find_site
from corneum.skin.toughness import sample_toughness

UNKNOWN_AIR = Air()
UNTREATED = State()


def sample_skin(
    person: Person, site: Site | str, draws: Draws, *, air: Air = UNKNOWN_AIR, state: State = UNTREATED
) -> Skin:
    """Return the sampled properties of one site of a person's skin.

    Phototype and tone change nothing here: no source gives an effect of pigment on abrasion.

    Parameters
    ----------
    person
        Whose skin.
    site
        A site, or the name of one.
    draws
        Samples of the evidence rows; every array of the result has shape (draws.n,).
    air
        The room's air; what it leaves open is sampled.
    state
        The skin's state today. What is stripped is gone from the top, so that adhesion starts deeper.

    Raises
    ------
    UnknownSiteError
        If no site has this name.

    References
    ----------
    All keys under ``skin``; see `corneum.skin.anatomy`, `corneum.skin.toughness` and `corneum.skin.renewal`.

    Examples
    --------
    >>> from corneum.evidence import load_evidence
    >>> skin = sample_skin(Person(age_y=35), "forearm", Draws(load_evidence(), central=True))
    >>> round(float(skin.corneum_um[0]), 1), round(float(skin.transit_d[0]), 1)
    (17.9, 19.8)
    """
    place = find_site(site) if isinstance(site, str) else site
    anatomy = sample_anatomy(person, place, draws)
    toughness = sample_toughness(draws, air, state)
    age_ratio = transit_age_ratio(person, draws)
    left_share = 1 - state.stripped_share
    return Skin(
        site=place,
        person=person,
        air=air,
        state=state,
        temperature_degc=toughness.temperature_degc,
        humidity_share=toughness.humidity_share,
        layers=anatomy.layers * left_share,
        layer_um=anatomy.corneum_um / anatomy.layers,
        corneum_um=anatomy.corneum_um * left_share,
        intact_layers=anatomy.layers,
        intact_corneum_um=anatomy.corneum_um,
        living_um=anatomy.living_um,
        living_layer_um=draws["skin.living.layer_um"],
        papillary_um=anatomy.papillary_um,
        adhesion_j_m2=toughness.adhesion_j_m2,
        adhesion_gradient_ratio=toughness.adhesion_gradient_ratio,
        living_j_m2=toughness.living_j_m2,
        dermis_j_m2=toughness.dermis_j_m2,
        furrow_share=draws["skin.furrow.share"],
        furrow_reach_share=draws["skin.furrow.reach_share"],
        furrow_depth_um=draws["skin.furrow.depth_um"],
        furrow_spacing_um=draws["skin.furrow.spacing_um"],
        tewl_g_m2_h=resting_tewl(person, place, draws, state),
        transit_d=transit(anatomy.layers, age_ratio, draws),
        transit_age_ratio=age_ratio,
        corneocyte_um2=corneocyte_area(person, draws),
    )
