"""Applications and skins for the tests of this room; small zones and coarse cells, so that they are fast."""

from corneum.abrasion import Application, StrokePlan
from corneum.devices import configure
from corneum.evidence import Draws, load_evidence
from corneum.skin import Person, sample_skin
from corneum.units import parse_quantity

BOOK = load_evidence()
PATCH = StrokePlan(12, 12, passes=2)
STANDING = StrokePlan(8, 8, speed_mm_s=0, dwell_s=3)


def central(**fixed):
    return Draws(BOOK, central=True, fixed=fixed)


def samples(n=6, seed=1):
    return Draws(BOOK, n=n, seed=seed)


def settings(device="crystal-venturi", material="alumina", **given):
    """Return settings written as text: ``settings("diamond", grit="125 um")``."""
    return configure(device, {name: parse_quantity(text) for name, text in given.items()}, BOOK, material=material)


def application(device="crystal-venturi", plan=PATCH, mask=None, material="alumina", **given):
    return Application(settings(device, material, **given), plan, mask)


def skin_of(draws, site="cheek", age_y=40):
    return sample_skin(Person(age_y), site, draws)
