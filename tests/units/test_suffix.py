import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.units import UNITS, UnitError, check_name_fits_unit, unit_of_name

WITH_SUFFIX = [row for row in UNITS.values() if row.suffix]
words = st.from_regex(r"[a-z]{3,8}", fullmatch=True).filter(lambda word: unit_of_name(word) is None and word != "per")


@given(st.sampled_from(WITH_SUFFIX), words, words)
def test_every_suffix_promises_its_unit(row, room, word):
    assert unit_of_name(f"{room}.{word}_{row.suffix}") == row.symbol
    assert unit_of_name(row.suffix) == row.symbol


@given(st.sampled_from(WITH_SUFFIX), st.sampled_from(WITH_SUFFIX), words)
def test_a_name_fits_its_own_unit_and_no_other(row, other, word):
    name = f"{word}_{row.suffix}"
    check_name_fits_unit(name, row.symbol)
    if other is not row:
        with pytest.raises(UnitError, match="promises"):
            check_name_fits_unit(name, other.symbol)


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("recovery.corneum.regrowth_um_d", "um/d"),
        ("skin.transit_d", "d"),
        ("barrier.ceiling_g_m2_h", "g/m2/h"),
        ("barrier.slope_g_m2_h_y", "g/m2/h/y"),
        ("barrier.decay_per_um", "1/um"),
        ("air.viscosity_pa_s", "Pa s"),
        ("device.flow_g_s", "g/s"),
        ("device.vacuum_kpa", "kPa"),
        ("skin.turnover_h_layer", "h/layer"),
    ],
)
def test_the_longest_suffix_wins(name, symbol):
    assert unit_of_name(name) == symbol


@pytest.mark.parametrize(
    "ending",
    ["share", "ratio", "factor", "exponent", "fold", "probability", "coefficient", "number", "rank", "index"],
)
def test_plain_numbers_are_named_by_their_kind(ending):
    check_name_fits_unit(f"skin.furrow_{ending}", "1")
    with pytest.raises(UnitError, match="promises 1, but its unit is um"):
        check_name_fits_unit(f"skin.furrow_{ending}", "um")


def test_only_the_last_part_of_a_key_names_the_unit():
    assert unit_of_name("skin_um.thickness") is None
    assert unit_of_name("depth_um.share") == "1"


@pytest.mark.parametrize("name", ["skin.thickness", "umbrella", "depthum", "skin.um_thickness", ""])
def test_a_name_without_unit_is_refused(name):
    assert unit_of_name(name) is None
    with pytest.raises(UnitError, match="names no unit"):
        check_name_fits_unit(name, "um")


def test_a_share_is_no_percentage():
    with pytest.raises(UnitError, match="promises 1, but its unit is %"):
        check_name_fits_unit("skin.furrow_share", "%")


def test_an_unknown_unit_is_refused_before_the_name_is_looked_at():
    with pytest.raises(UnitError, match="unknown unit 'microns'"):
        check_name_fits_unit("skin.depth_um", "microns")
