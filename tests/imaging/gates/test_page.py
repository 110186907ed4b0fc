"""The page for the wall is what the tool draws, and the handbook's limits are those of the rows."""

from pathlib import Path
from xml.etree import ElementTree

import draw_how_to_photograph as tool

from corneum.imaging.gates.limits import limit

ROOT = Path(__file__).parents[3]


def test_the_drawing_is_fresh():
    assert tool.USUAL.read_text(encoding="utf-8") == tool.drawing()


def test_it_is_well_formed_and_has_nine_panels():
    ElementTree.fromstring(tool.drawing())
    assert len(tool.panels()) == 9


def test_the_handbook_prints_the_limits():
    page = (ROOT / "docs" / "photographs.md").read_text(encoding="utf-8")
    for words in (
        f"under {1 / limit('fine_pixel_mm'):.0f} px/mm | under {1 / limit('coarse_pixel_mm'):.1f} px/mm",
        f"over {limit('edge_number'):.0f} px | over {limit('blur_mm'):.0f} mm",
        f"over {limit('motion_number')} px",
        f"over {100 * limit('cut_share'):.0f} % | over {100 * limit('cut_most_share'):.0f} %",
        f"over {100 * limit('step_share')} % of its light",
        f"over {100 * limit('dark_share'):.0f} % | over {100 * limit('dark_most_share'):.0f} %",
        f"over {100 * limit('noise_share'):.0f} % | over {100 * limit('noise_most_share'):.0f} %",
        f"under {limit('near_cm'):.0f} cm | under {limit('nearest_cm'):.0f} cm",
        f"over {limit('turn_deg'):.0f}° (front, and tilt), {limit('far_turn_deg'):.0f}°",
        f"over {limit('turn_most_deg'):.0f}°, {limit('far_turn_most_deg'):.0f}°",
        f"over {limit('side_light_deg'):.0f}° off",
        f"over {100 * limit('shine_share'):.0f} % |",
        f"at most {limit('imaging.light.change_most_deg'):.0f}°",
        f"at most {limit('distance_most_fold')} times",
        f"at most {limit('pair_turn_most_deg'):.0f}°",
        f"{limit('expression_most_share'):.2f} eye distances",
    ):
        assert words in page, words
