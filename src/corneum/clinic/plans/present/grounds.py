"""What each number of a plan rests on: one table, number -> rows of the evidence, and where its error comes from."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneum.clinic.ui.told import Told, cited, rows_of
from corneum.course import CourseCost, Plan, PlannedZone
from corneum.evidence import Book, load_evidence
from corneum.skin import SITES


@dataclass(frozen=True)
class Ground:
    """What one number rests on.

    Parameters
    ----------
    why
        Where its error comes from.
    keys
        Rows of the evidence; ``{site}`` stands for the body site or its region, ``{device}`` for the device, and
        ``{area}`` for the size of the zone.
    hangs
        Whether what the depth depends on stands first.
    """

    why: str | Promise
    keys: tuple[str, ...] = ()
    hangs: bool = False


_BAND = _(
    "Middle and band (95 %) of the sampled skins. They are drawn from the ranges of these rows; nothing was measured "
    "on this person, and the model is not validated on this person."
)
_TIMES = _(
    "The time after which half (50 %) and nearly all (95 %) of the sampled skins are there; drawn from the ranges of "
    "these rows, not validated on this person."
)
_LIMIT = _("A limit that the search keeps, not a measurement: the clinic's own where it set one, else this row.")
_SET = _(
    "Chosen by the search among what the device can be set to, within the limits. It has no band: how exactly it is "
    "kept depends on the gauge and its calibration."
)
_DEPTH = ("skin.{site}.corneum_um", "skin.adhesion.surface_j_m2", "abrasion.delamination_share")

GROUNDS: Mapping[str, Ground] = {
    "depth": Ground(_BAND, _DEPTH, hangs=True),
    "share": Ground(_BAND, _DEPTH, hangs=True),
    "beyond": Ground(
        _(
            "The share of sampled skins in which more of the area than tolerated goes beyond the stratum corneum. The "
            "upper bound is exact (one-sided 95 %) for so many samples, and the limit holds for it."
        ),
        ("course.limit.beyond_probability", "course.limit.tolerance_area_share", "skin.furrow.reach_share"),
        hangs=True,
    ),
    "redness": Ground(
        _TIMES,
        (
            "recovery.redness.half_time_h",
            "recovery.redness.deep_half_time_h",
            "recovery.redness.flow_rise_share",
            "recovery.redness.visible_ratio",
        ),
    ),
    "barrier": Ground(
        _(
            "Days until so many of the sampled skins are back as the limit asks, by the slower of two published laws "
            "of water loss; they are never averaged."
        ),
        (
            "recovery.barrier.back_share",
            "recovery.tewl.depth_per_um",
            "recovery.tewl.residual_share",
            "recovery.lipid.half_time_h",
            "recovery.corneum.regrowth_um_d",
        ),
    ),
    "actives": Ground(
        _TIMES,
        (
            "recovery.permeability.closed_ratio",
            "recovery.permeability.disorder_fold",
            "recovery.permeability.lag_ratio",
        ),
    ),
    "minutes": Ground(
        _("Strokes over the area of the zone at this speed and overlap. No error is given: the area is assumed."),
        ("abrasion.stroke.speed_mm_s", "abrasion.stroke.overlap_share", "course.area.{area}_cm2"),
    ),
    "wanted": Ground(_("A target that the search comes near to, not a measurement.")),
    "limit.beyond": Ground(_LIMIT, ("course.limit.beyond_probability",)),
    "limit.area": Ground(_LIMIT, ("course.limit.tolerance_area_share",)),
    "limit.barrier": Ground(_LIMIT, ("course.limit.barrier_probability",)),
    "limit.passes": Ground(_LIMIT, ("treatment.passes.cap", "treatment.passes.eyes")),
    "set.vacuum": Ground(
        _SET, ("devices.{device}.vacuum_kpa", "devices.{device}.vacuum_limit_kpa", "treatment.vacuum.ceiling")
    ),
    "set.passes": Ground(_SET, ("treatment.passes.default", "treatment.passes.cap")),
    "set.speed": Ground(
        _("As the clinic measured it; where nobody did, it is sampled from this row."), ("abrasion.stroke.speed_mm_s",)
    ),
    "set.flow": Ground(
        _("As the clinic read it; where nobody did, it is sampled from this row."), ("devices.{device}.flow_g_min",)
    ),
    "set.grit": Ground(_SET, ("devices.{device}.grit_um", "abrasion.grit.cutting_share", "treatment.diamond.default")),
    "cost.clinic": Ground(_("The clinic's own price of one session, times the sessions. It has no band.")),
    "cost.quoted": Ground(_("A fee as a source quotes it, in its currency; the ends are those of the source.")),
}


def told(name: str, said: str, title: str | Promise, *, plan: Plan, zone: PlannedZone) -> Told:
    """Return a number of a planned zone with what it rests on.

    Parameters
    ----------
    name
        Of `GROUNDS`.
    said, title
        The number as it is written, and what it is.
    plan, zone
        Where it stands; of what the depth depends on, only rows that the plan used are named.
    """
    ground = GROUNDS[name]
    used = set(plan.origin.rows_used)
    first = [one.key for one in zone.influences if one.key in used] if ground.hangs else []
    extra = (zone.wanted_key,) if name == "wanted" else ()
    keys = (*first[:3], *extra, *keys_of(name, zone.zone, zone.settings.device))
    return Told(title, said, ground.why, rows_of(keys), name)


def told_setting(name: str, said: str, title: str | Promise, *, zone: str, device: str) -> Told:
    """Return a planned setting with what it rests on."""
    ground = GROUNDS[f"set.{name}"]
    return Told(title, said, ground.why, rows_of(keys_of(f"set.{name}", zone, device)), name)


def told_cost(cost: CourseCost, said: str) -> Told:
    """Return the cost of a course with whose figure it is."""
    rows = (cited(cost.source),) if cost.source else ()
    return Told(_("Cost"), said, GROUNDS[f"cost.{cost.origin}"].why, rows, "cost")


def keys_of(name: str, site: str, device: str, book: Book | None = None) -> tuple[str, ...]:
    """Return the keys of the rows behind a number, for a body site and a device."""
    rows = book or load_evidence()
    return tuple(_filled(pattern, site, device, rows) for pattern in GROUNDS[name].keys)


def _filled(pattern: str, site: str, device: str, book: Book) -> str:
    """Return a key for a place: the site's own row, or that of its region where it has none."""
    region = SITES[site].region if site in SITES else site
    area = {"face": "face", "neck": "face", "eyelid": "eyelid"}.get(region, "body")
    found = [pattern.format(site=place, device=device.replace("-", "_"), area=area) for place in (site, region)]
    return next((key for key in found if key in book.numbers), found[-1])
