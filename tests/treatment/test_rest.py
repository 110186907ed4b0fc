"""Untreated skin stays at rest, treated skin returns to it: through the whole simulation."""

from dataclasses import replace

import numpy as np
import pytest

from corneum.treatment import curve_arrays, simulate
from tests.treatment.builders import protocol

SERIES = {"sessions": 4, "interval": '"7 d"', "follow_up": '"60 d"'}


def untreated(device):
    """Return a protocol whose handpiece does nothing: no passes, which no file may ask for."""
    asked = protocol({"device": f'"{device}"'}, course=SERIES)
    step = asked.steps[0]
    plan = replace(step.application.plan, passes=0)
    return replace(asked, steps=(replace(step, application=replace(step.application, plan=plan)),))


def check_rest(zone):
    for name, values in curve_arrays(zone.curves).items():
        assert np.all(values == values[:, :1]), name
    assert not zone.curves.living_lost_um.any()
    for name in ("blood_flow_ratio", "permeability_ratio", "hydration_ratio", "sebum_ratio", "mitosis_ratio"):
        assert np.all(getattr(zone.curves, name) == 1), name
    np.testing.assert_array_equal(zone.curves.corneum_um[:, 0], zone.skin.corneum_um)
    for values in (zone.curves.tewl_exponential_g_m2_h, zone.curves.tewl_reciprocal_g_m2_h):
        np.testing.assert_array_equal(values[:, 0], zone.skin.tewl_g_m2_h)
    assert not zone.curves.dermal_probability.any()
    for session in zone.sessions:
        assert not session.depth_um.any() and not session.corneum_share.any()
    assert not zone.depth_map.depth_um.any()
    assert set(zone.barrier_back_d.values()) == {0.0}
    assert zone.redness_gone_h == 0


def test_vacuum_alone_leaves_skin_at_rest():
    check_rest(simulate(protocol({"device": '"vacuum"'}, course=SERIES), samples=20).zones[0])


@pytest.mark.parametrize("device", ["crystal-venturi", "crystal-pressure", "diamond", "pad", "tape"])
def test_no_passes_leave_skin_at_rest(device):
    check_rest(simulate(untreated(device), samples=20).zones[0])


@pytest.mark.parametrize(
    "step",
    [
        {"passes": 4, "settings": '{ vacuum = "40 kPa", flow = "30 g/min" }'},
        {"device": '"diamond"', "passes": 4, "settings": '{ grit = "125 um" }'},
        {"device": '"tape"', "settings": '{ count = "40 strips" }'},
        {"device": '"pad"', "passes": 20},
        {"hold": '"10 s"'},
    ],
    ids=["crystal", "diamond", "tape", "pad", "held"],
)
@pytest.mark.parametrize("skin", [{}, {"age": 75, "stripped": 0.3}])
def test_treated_skin_returns_to_rest(step, skin):
    course = {"sessions": 3, "interval": '"7 d"', "follow_up": '"700 d"'}
    zone = simulate(protocol(step, course=course, skin=skin), samples=20).zones[0]
    assert np.all(zone.sessions[0].depth_um > 0), "there must be something to return from"
    last = {name: values[:, -1] for name, values in curve_arrays(zone.curves).items()}
    np.testing.assert_allclose(last["corneum_um"], zone.skin.corneum_um, rtol=1e-3)
    for law in ("exponential", "reciprocal"):
        np.testing.assert_allclose(last[f"tewl_{law}_g_m2_h"], zone.skin.tewl_g_m2_h, rtol=5e-3)
    for name in ("blood_flow_ratio", "permeability_ratio", "hydration_ratio", "sebum_ratio", "mitosis_ratio"):
        np.testing.assert_allclose(last[name], 1, rtol=1e-3, err_msg=name)
    assert not last["living_lost_um"].any()


def test_recovery_only_goes_forward_after_the_last_session():
    strong = {"passes": 4, "settings": '{ vacuum = "40 kPa", flow = "30 g/min" }'}
    zone = simulate(protocol(strong, course={"follow_up": '"60 d"'}), samples=20).zones[0]
    after = zone.curves.corneum_um[:, 1:]
    assert np.all(np.diff(after, axis=1) >= -1e-9)
    assert np.all(np.diff(zone.curves.blood_flow_ratio[:, 1:], axis=1) <= 1e-9)
    assert np.all(np.diff(zone.curves.permeability_ratio[:, 1:], axis=1) <= 1e-9)
