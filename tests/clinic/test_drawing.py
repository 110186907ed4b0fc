"""Places on the drawings of face and body can be hit by a finger."""

import re
from importlib.resources import files

import pytest
from django.urls import reverse

from corneum.reports.figures.regions import VIEWS

TARGET = 44.0
REM = 16.0
FACES = ("face", "profile")


def styles(app):
    return (files("corneum.clinic") / app / "static" / app / f"{app}.css").read_text()


def widths():
    """Return how wide a face and a body are drawn at the least where fingers are used, in pixels."""
    rule = re.search(r"@media \(pointer: coarse\).*", styles("intake"))[0]
    body, face = (float(one) for one in re.findall(r"flex: 1 1 ([\d.]+)rem;", rule))
    return face * REM, body * REM


def test_every_place_is_as_large_as_a_finger_needs():
    face, body = widths()
    reach = float(re.search(r"\.reach \{[^}]*stroke-width: ([\d.]+);", styles("intake"))[1])
    small = {}
    for view in VIEWS.values():
        scale = (face if view.name in FACES else body) / view.width
        for region in view.regions:
            for half in ("left", "right") if len(region.paths) > 1 else ("",):
                left, top, right, bottom = region.box(half)
                side = (min(right - left, bottom - top) + reach) * scale
                if side < TARGET:
                    small[view.name, region.site] = side
    assert not small


@pytest.mark.parametrize("name", ["intake:client", "marks:client"])
def test_what_reaches_beyond_an_outline_is_for_fingers_alone(name, browse, client_record):
    page = browse("practitioner").get(reverse(name, args=[client_record.pk])).content.decode()
    reaches = re.findall(r'<g class="reaches" aria-hidden="true">(.*?)</g>', page)
    assert len(reaches) == page.count("<svg viewBox") and len(reaches) >= 3
    links = [link for some in reaches for link in re.findall(r"<a [^>]*>", some)]
    assert links and all('tabindex="-1"' in link for link in links)
