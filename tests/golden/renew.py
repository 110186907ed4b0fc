"""Write the golden numbers of the examples anew: ``.venv/bin/python tests/golden/renew.py``.

Run it only after a change that is meant to move results, look at the difference, and say in the change log what moved
and why.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from corneum.treatment import Result, ZoneResult, read_protocol, simulate

GOLDEN = Path(__file__).parent
EXAMPLES = [path for path in sorted((GOLDEN.parents[1] / "examples").glob("*.toml")) if "[[step]]" in path.read_text()]
SAMPLES, SEED = 40, 0


def simulated(example: Path) -> Result:
    """Return the result that the golden numbers of an example are taken from."""
    return simulate(read_protocol(example), samples=SAMPLES, seed=SEED)


def golden_numbers(result: Result) -> dict[str, dict[str, Any]]:
    """Return a dozen numbers of each zone that together move with every part of the model."""
    return {zone.site: {name: _rounded(value) for name, value in _numbers(zone).items()} for zone in result.zones}


def _numbers(zone: ZoneResult) -> dict[str, float]:
    first, last, curves = zone.sessions[0], zone.sessions[-1], zone.curves
    low, middle, high = np.quantile(first.depth_um, [0.025, 0.5, 0.975])
    return {
        "impacts": sum(done.impacts for done in zone.worked),
        "map_mean_um": zone.depth_map.depth_um.mean(dtype=np.float64),
        "depth_low_um": low,
        "depth_um": middle,
        "depth_high_um": high,
        "first_corneum_share": np.median(first.corneum_share),
        "last_corneum_share": np.median(last.corneum_share),
        "living_um": np.mean(first.living_um),
        "thinnest_corneum_um": np.median(curves.corneum_um.min(axis=1)),
        "highest_tewl_exponential_g_m2_h": np.median(curves.tewl_exponential_g_m2_h.max(axis=1)),
        "highest_tewl_reciprocal_g_m2_h": np.median(curves.tewl_reciprocal_g_m2_h.max(axis=1)),
        "highest_blood_flow_ratio": np.median(curves.blood_flow_ratio.max(axis=1)),
        "highest_permeability_ratio": np.median(curves.permeability_ratio.max(axis=1)),
        "epidermis_ratio_at_the_end": np.median(curves.epidermis_ratio[:, -1]),
        "dermal_probability": np.median(curves.dermal_probability),
        "barrier_back_d": zone.barrier_back_d["exponential"],
        "redness_gone_h": zone.redness_gone_h,
        "actives_wait_h": zone.actives_wait_h,
        "blister_index": max(np.median(done.blister_index) for done in zone.worked),
    }


def _rounded(value: float) -> float | str:
    return float(f"{value:.6g}") if math.isfinite(value) else "not given"


def main() -> None:
    """Write one file per example, and drop those whose example is gone."""
    for old in GOLDEN.glob("*.json"):
        old.unlink()
    for example in EXAMPLES:
        text = json.dumps(golden_numbers(simulated(example)), indent=2)
        (GOLDEN / f"{example.stem}.json").write_text(text + "\n", encoding="utf-8")
        print(example.stem)


if __name__ == "__main__":
    main()
