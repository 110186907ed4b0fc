"""Write the reference colors of the 24-patch ColorChecker from colour-science, the project's oracle for color.

Run ``.venv/bin/python tools/make_card_table.py``.
"""

from pathlib import Path

import colour
import numpy as np

TABLE = Path(__file__).parents[1] / "src" / "corneum" / "imaging" / "card" / "tables" / "colorchecker24.toml"
EDITIONS = {
    "after_2014": "ColorChecker24 - After November 2014",
    "before_2014": "ColorChecker24 - Before November 2014",
}
HEAD = """# Written by tools/make_card_table.py from colour-science {version}: do not edit.
# CIE Lab, white D50, 2 degree observer, as the maker of the card publishes them for each edition; row by row from the
# brown patch, the white patch begins the last row. A card in use is up to a few units away from them: the makers give
# a tolerance, and colors fade.

source = "imaging_colorchecker"
rows = 4
columns = 6
"""


def text() -> str:
    """Return the table."""
    parts = [HEAD.format(version=colour.__version__)]
    for edition, name in EDITIONS.items():
        chart = colour.CCS_COLOURCHECKERS[name]
        parts.append(f'\n[{edition}]\ntitle = "{name}"\npatches = [\n')
        for patch, values in chart.data.items():
            lab = colour.XYZ_to_Lab(colour.xyY_to_XYZ(np.asarray(values)), chart.illuminant)
            parts.append(f'    {{ name = "{patch}", lab = [{", ".join(f"{x:.2f}" for x in lab)}] }},\n')
        parts.append("]\n")
    return "".join(parts)


if __name__ == "__main__":
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text(text(), encoding="utf-8")
    print(TABLE)
