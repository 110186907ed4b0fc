from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from corneum.imaging.faces import find_face
from corneum.imaging.retakes import detailed_face

FACES = Path(__file__).parents[2] / "faces"
EXAMPLES = Path(__file__).parents[3] / "examples" / "faces"


def read(path):
    return np.asarray(Image.open(path).convert("RGB"))


@pytest.fixture(scope="session")
def portrait():
    """A drawn face of 1.5 MP: 5 px per mm."""
    return detailed_face(read(EXAMPLES / "f_african.jpg"), megapixels=1.5, seed=1)


@pytest.fixture(scope="session")
def real():
    """Pixels and landmarks of a real person, neutral or smiling."""
    kept = {}

    def one(number, folder="neutral"):
        if (number, folder) not in kept:
            name = f"{number}_{'03' if folder == 'neutral' else '08'}.jpg"
            pixels = read(FACES / folder / name)
            kept[number, folder] = pixels, find_face(pixels)
        return kept[number, folder]

    return one
