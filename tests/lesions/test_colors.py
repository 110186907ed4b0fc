"""Colors named against the own skin."""

import numpy as np
import pytest

from corneum.lesions.colors import colors_of

SKINS = {"light": (75.0, 10.0, 16.0), "dark": (32.0, 9.0, 12.0)}


def named(skin, mark):
    lab = np.tile(np.array(skin, np.float32), (40, 40, 1))
    mask = np.zeros((40, 40), bool)
    mask[10:30, 10:30] = True
    lab[mask] = mark
    return colors_of(lab, mask, ~mask)


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ((60, 13, 22), "light brown"),
        ((38, 13, 18), "dark brown"),
        ((9, 1, 2), "black"),
        ((84, 4, 8), "white"),
        ((68, 26, 18), "red"),
        ((50, 4, -2), "blue-grey"),
    ],
)
def test_each_color_on_light_skin(mark, name):
    assert named(SKINS["light"], mark).present == (name,)


@pytest.mark.parametrize("skin", SKINS.values(), ids=SKINS)
def test_skin_itself_has_no_color_of_a_mark(skin):
    found = named(skin, skin)
    assert found.present == ()
    assert found.distance_de == 0


def test_dark_skin_is_not_called_brown_and_a_darker_mark_is():
    assert named(SKINS["dark"], (26, 9, 11)).present == ("light brown",)
    assert named(SKINS["dark"], (16, 7, 8)).present == ("dark brown",)


def test_a_few_pixels_are_no_color():
    lab = np.tile(np.array(SKINS["light"], np.float32), (40, 40, 1))
    mask = np.ones((40, 40), bool)
    mask[:, 20:] = False
    lab[mask] = (60, 13, 22)
    lab[0, :10] = (9, 1, 2)
    assert colors_of(lab, mask, ~mask).present == ("light brown",)
