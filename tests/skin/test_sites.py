import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.evidence import load_evidence
from corneum.skin import SITES, UnknownSiteError, find_site

REGION_ROWS = ("corneum_um", "layer_um", "living_um", "papillary_um", "tewl_g_m2_h")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("thigh", "thigh_hip"),
        ("Hip", "thigh_hip"),
        ("volar forearm", "forearm"),
        ("back", "upper_back"),
        ("Upper-Back", "upper_back"),
        ("  hand ", "hand"),
        ("Around the eye", "periorbital"),
    ],
)
def test_an_alias_finds_its_site(written: str, meant: str) -> None:
    assert find_site(written) is SITES[meant]


@given(st.sampled_from(sorted(SITES)), st.sampled_from([str.upper, str.title, lambda name: name.replace("_", "-")]))
def test_case_and_hyphens_do_not_matter(name: str, spell) -> None:
    assert find_site(spell(name)) is SITES[name]


def test_no_word_means_two_sites() -> None:
    words = [
        word for site in SITES.values() for word in {site.name.replace("_", " "), site.title.lower(), *site.aliases}
    ]
    assert len(words) == len(set(words))


def test_an_unknown_site_is_refused_with_the_nearest_and_the_list() -> None:
    with pytest.raises(
        UnknownSiteError, match=r"unknown site 'foreheed'\. Did you mean forehead\?.*perioral"
    ) as refusal:
        find_site("foreheed")
    assert isinstance(refusal.value, ValueError)


def test_the_sites_of_a_clinic_are_there() -> None:
    clinic = "forehead temple periorbital nose cheek perioral chin neck chest upper_back abdomen thigh_hip forearm hand"
    assert set(clinic.split()) <= set(SITES)


def test_every_quantity_of_every_site_has_a_row_of_its_own_or_of_its_region() -> None:
    numbers = load_evidence().numbers
    missing = [
        f"{site.name}.{quantity}"
        for site in SITES.values()
        for quantity in REGION_ROWS
        if f"skin.{site.name}.{quantity}" not in numbers and f"skin.{site.region}.{quantity}" not in numbers
    ]
    assert missing == []


def test_no_row_stands_for_a_site_that_does_not_exist() -> None:
    known = {*SITES, *(site.region for site in SITES.values())}
    rooms = {key.split(".")[1] for key in load_evidence().keys_under("skin") if key.rsplit(".", 1)[1] in REGION_ROWS}
    assert rooms - {"living"} <= known
