"""Draw the page that a clinic pins on the wall: how to photograph, in nine panels."""

import argparse
import math
from pathlib import Path
from xml.sax.saxutils import escape

from corneum.evidence import load_evidence

ROOT = Path(__file__).parents[1]
USUAL = ROOT / "docs" / "_static" / "how-to-photograph.svg"
WIDE, HIGH = 840, 1188
PANEL, GAP, TOP = 256, 12, 96
DRAWN = 164
INK, LIGHT, GOOD, BAD, PALE = "#24313a", "#f6c744", "#2f7d5b", "#b3412f", "#9fb1bb"
SKINS = [("#f0c9a8", "#cf9f7b"), ("#d9a981", "#b9835c"), ("#a86f46", "#84522f"), ("#6b4429", "#4d2f1b")]


def limit(key):
    return load_evidence().number(f"imaging.{key}").value


def text(x, y, words, size=12.5, weight="normal", anchor="start", color=INK):
    style = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="{color}"'
    return f'<text x="{x:g}" y="{y:g}" {style}>{escape(words)}</text>'


def line(x1, y1, x2, y2, color=INK, width=2.0, dash=""):
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{color}" stroke-width="{width:g}"{dashed}/>'


def box(x, y, wide, high, fill="none", color=INK, width=1.5, round_=2):
    place = f'x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="{round_:g}"'
    return f'<rect {place} fill="{fill}" stroke="{color}" stroke-width="{width:g}"/>'


def oval(x, y, across, along, fill="none", color=INK, width=1.5):
    place = f'cx="{x:g}" cy="{y:g}" rx="{across:g}" ry="{along:g}"'
    return f'<ellipse {place} fill="{fill}" stroke="{color}" stroke-width="{width:g}"/>'


def path(words, fill="none", color=INK, width=1.5):
    return f'<path d="{words}" fill="{fill}" stroke="{color}" stroke-width="{width:g}" stroke-linejoin="round"/>'


def moved(parts, x, y, scale=1.0, turn=0.0):
    return f'<g transform="translate({x:g} {y:g}) rotate({turn:g}) scale({scale:g})">{"".join(parts)}</g>'


def face(tone=1):
    """A face from the front, about 70 wide and 92 high around 0, 0."""
    skin, shade = SKINS[tone]
    return [
        path("M -46 70 Q -44 48 -14 46 L 14 46 Q 44 48 46 70 Z", "#e7edf0"),
        path("M -12 34 L -12 50 Q 0 58 12 50 L 12 34 Z", shade, shade, 0.5),
        oval(-34, 2, 5, 9, skin),
        oval(34, 2, 5, 9, skin),
        path("M -33 -8 Q -34 -46 0 -46 Q 34 -46 33 -8 Q 33 26 14 40 Q 0 48 -14 40 Q -33 26 -33 -8 Z", skin),
        path("M -34 -6 Q -38 -54 0 -54 Q 38 -54 34 -6 Q 30 -32 18 -34 L -18 -34 Q -30 -32 -34 -6 Z", "#4a3a33"),
        *(oval(x, -4, 6, 3.2, "#ffffff", INK, 1) for x in (-14, 14)),
        *(oval(x, -4, 2.4, 2.4, INK) for x in (-14, 14)),
        *(path(f"M {x - 8} -13 Q {x} -17 {x + 8} -13", width=2) for x in (-14, 14)),
        path("M 0 -2 Q 5 10 4 13 Q 0 16 -4 13", color=shade),
        path("M -10 25 Q 0 28 10 25", color="#8c4a41", width=2.5),
    ]


def head_above():
    """A head from above that looks down the page: nose at the bottom."""
    return [
        oval(0, 0, 17, 21, "#4a3a33"),
        path("M -5 19 L 0 30 L 5 19 Z", SKINS[1][0]),
        oval(-18, 2, 3, 5, SKINS[1][0]),
        oval(18, 2, 3, 5, SKINS[1][0]),
    ]


def camera():
    return [box(-17, -10, 34, 22, "#ffffff"), oval(0, 1, 7.5, 7.5, "#cfe1ea"), box(-10, -14, 10, 5, "#ffffff")]


def lamp():
    """A lamp that shines down the page."""
    return [
        path("M -16 0 L 16 0 L 9 -14 L -9 -14 Z", LIGHT),
        *(line(x, 5, 1.3 * x, 15, LIGHT, 2.5) for x in (-12, 0, 12)),
    ]


def mark(good, x, y):
    if good:
        return path(f"M {x - 9} {y} L {x - 2} {y + 8} L {x + 11} {y - 9}", color=GOOD, width=4)
    return line(x - 8, y - 8, x + 8, y + 8, BAD, 4) + line(x - 8, y + 8, x + 8, y - 8, BAD, 4)


def lighting():
    around = [(45, 62), (-45, 62)]
    lamps = []
    for degrees, far in around:
        x, y = 128 + far * math.sin(math.radians(degrees)) * 1.35, 44 + far * 1.3
        lamps.append(moved(lamp(), x, y, 0.9, 180 - degrees * 0.9))
    arc = path("M 128 44 L 83 122 M 128 44 L 173 122", color=PALE, width=1.2)
    return [
        arc,
        moved(head_above(), 128, 40),
        *lamps,
        moved(camera(), 128, 136),
        text(128, 104, "45°     45°", 11, anchor="middle"),
    ]


def background():
    busy = [line(150 + 16 * i, 22, 142 + 22 * i, 126, PALE, 5) for i in range(5)]
    plain = box(22, 20, 98, 112, "#d6dde0", PALE)
    rim = box(136, 20, 98, 112, "none", PALE)
    return [
        plain,
        *busy,
        rim,
        moved(face(3), 71, 78, 0.78),
        moved(face(3), 185, 78, 0.78),
        mark(True, 71, 150),
        mark(False, 185, 150),
    ]


def field_of_view():
    full = [box(28, 14, 92, 122, "#eef3f5"), moved(face(0), 74, 72, 0.92)]
    far = [box(146, 14, 92, 122, "#eef3f5"), moved(face(0), 192, 92, 0.42)]
    return [*full, *far, mark(True, 74, 152), mark(False, 192, 152)]


def orientation():
    parts = []
    for i, (degrees, name) in enumerate([(-90, "90°"), (-45, "45°"), (0, "front"), (45, "45°"), (90, "90°")]):
        parts += [moved(head_above(), 32 + 48 * i, 50, 0.82, degrees), text(32 + 48 * i, 94, name, 11, anchor="middle")]
    level = [line(70, 126, 186, 126, GOOD, 1.5, "5 3"), moved(face(2), 128, 130, 0.5)]
    return [*parts, text(14, 16, "the person from above, camera below", 10.5, color="#6b7a83"), *level]


def focus():
    corners = (
        "M -30 -18 L -30 -30 L -18 -30 M 18 -30 L 30 -30 L 30 -18 M 30 18 L 30 30 L 18 30 M -18 30 L -30 30 L -30 18"
    )
    legs = [line(0, 12, x, 62, INK, 3) for x in (-20, 0, 20)]
    return [
        moved([*face(3), path(corners, color=GOOD, width=3)], 82, 78, 1.05),
        moved([*legs, *camera()], 200, 74, 1.1),
    ]


def resolution():
    cells = [line(140 + 12 * i, 20, 140 + 12 * i, 116, PALE, 0.8) for i in range(9)]
    cells += [line(140, 20 + 12 * i, 236, 20 + 12 * i, PALE, 0.8) for i in range(9)]
    skin = [
        box(140, 20, 96, 96, SKINS[1][0], INK),
        oval(178, 62, 17, 14, "#8a5a3c", "none"),
        oval(215, 96, 4, 4, SKINS[1][1], "none"),
    ]
    rule = [
        line(140, 126, 236, 126),
        line(140, 121, 140, 131),
        line(236, 121, 236, 131),
        text(188, 142, "1 mm", 11, anchor="middle"),
    ]
    loupe = [
        oval(74, 66, 0, 0),
        moved(face(1), 70, 80, 0.9),
        box(78, 84, 9, 9, "none", GOOD, 2),
        line(87, 84, 140, 20, GOOD, 1),
        line(87, 93, 140, 116, GOOD, 1),
    ]
    return [*skin, *cells, *rule, *loupe]


def scale():
    ruler = [box(168, 34, 22, 92, "#ffffff")]
    ruler += [line(168, 40 + 8 * i, 168 + (12 if i % 5 == 0 else 7), 40 + 8 * i, INK, 1.2) for i in range(11)]
    return [
        moved(face(2), 92, 70, 1.05),
        *ruler,
        text(179, 142, "beside the cheek,", 10.5, anchor="middle"),
        text(179, 155, "at its distance", 10.5, anchor="middle"),
    ]


def color():
    hues = ("735244", "c29682", "627a9d", "576c43", "8580b1", "67bdaa")
    hues += ("d67e2c", "505ba6", "c15a63", "5e3c6c", "9dbc40", "e0a32e")
    grays = ("f3f3f2", "c8c8c8", "a0a0a0", "7a7a79", "555555", "343434")
    card = [box(148, 40, 92, 64, "#222222")]
    for i, tone in enumerate(f"#{code}" for code in hues + grays):
        card.append(box(152 + 14.5 * (i % 6), 45 + 19 * (i // 6), 12, 16, tone, tone, 0, 0))
    return [moved(face(0), 80, 74, 1.05), *card, text(194, 122, "same card, every visit", 10.5, anchor="middle")]


def storage():
    page = path("M 96 22 L 148 22 L 168 42 L 168 124 L 96 124 Z M 148 22 L 148 42 L 168 42", "#ffffff")
    crossed = [
        text(210, 70, "filter", 12, anchor="middle"),
        text(210, 94, "messenger", 12, anchor="middle"),
        text(210, 118, "crop", 12, anchor="middle"),
    ]
    lines = [line(184, y, 236, y, BAD, 2) for y in (66, 90, 114)]
    return [page, moved(face(3), 132, 84, 0.5), *crossed, *lines, mark(True, 60, 76)]


def panels():
    turn, near, far = limit("gates.turn_deg"), limit("gates.near_cm"), limit("gates.far_cm")
    fine = 1 / limit("gates.fine_pixel_mm")
    change, short = limit("light.change_most_deg"), 1 / limit("gates.exposure_s")
    return [
        (
            "1  Lighting",
            lighting,
            [
                "Two soft lamps at 45°, or one by the camera.",
                f"Same place each visit: beyond {change:.0f}° of",
                "change two photographs are not compared.",
            ],
        ),
        (
            "2  Background",
            background,
            [
                "Plain, gray, a step behind the person.",
                "Hair back, jewelry off, the same clothes",
                "or a gray cape: colors spill onto skin.",
            ],
        ),
        (
            "3  Field of view",
            field_of_view,
            [
                "Fill the frame with the face; never crop.",
                f"Camera at {far:.0f} cm (mark the floor), zoom in.",
                f"Nearer than {near:.0f} cm the nose grows.",
            ],
        ),
        (
            "4  Orientation",
            orientation,
            [
                "Front, both 45°, both 90°; chin up; close-ups.",
                f"Eyes level, within {turn:.0f}°. Face at rest,",
                "lips closed, eyes open, same as before.",
            ],
        ),
        (
            "5  Focus and depth",
            focus,
            [
                "Focus on the eye nearest to the camera.",
                f"Tripod and head rest; 1/{short:.0f} s or shorter;",
                "low ISO. Take three, keep the sharpest.",
            ],
        ),
        (
            "6  Resolution",
            resolution,
            [
                "12 to 50 MP, the camera's own file.",
                f"{fine:.0f} pixels per mm of skin show fine lines",
                "and pores; below it they are withheld.",
            ],
        ),
        (
            "7  Scale",
            scale,
            [
                "Printed target or ruler in the plane of the",
                "skin. Without it a mean eye distance is",
                "assumed, and lengths are uncertain.",
            ],
        ),
        (
            "8  Color calibration",
            color,
            [
                "Card beside the face in the same light, flat,",
                "free of gloss. Without it, redness and tone",
                "are not compared between visits.",
            ],
        ),
        (
            "9  Storage",
            storage,
            [
                "Original file, no filter, no beauty mode,",
                "no messenger. Note clean skin, time since",
                "cream, sun and the last session.",
            ],
        ),
    ]


def drawing():
    """Return the page as SVG."""
    parts = [
        text(24, 44, "How to photograph skin", 28, "bold"),
        text(
            24,
            70,
            "Clean, dry skin, no make-up. Same room, camera, lens and settings at every visit.",
            14,
        ),
    ]
    tall = (HIGH - TOP - 60 - 2 * GAP) / 3
    for i, (title, draw, words) in enumerate(panels()):
        x, y = 24 + (PANEL + GAP) * (i % 3), TOP + (tall + GAP) * (i // 3)
        parts += [box(x, y, PANEL, tall, "#ffffff", PALE, 1.2, 8), text(x + 12, y + 26, title, 16, "bold")]
        parts.append(moved(draw(), x, y + 52, 1.0))
        parts += [text(x + 12, y + tall - 68 + 22 * row, told, 12.4) for row, told in enumerate(words)]
    end = 'Never photograph the "after" straight after a session as the result: take it again at least 14 days later.'
    parts.append(text(24, HIGH - 24, end, 14, "bold"))
    fonts = 'font-family="Helvetica, Arial, sans-serif"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" {fonts}>'
    return "\n".join([head, f'<rect width="{WIDE}" height="{HIGH}" fill="#f7fafb"/>', *parts, "</svg>", ""])


def main():
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("file", type=Path, nargs="?", default=USUAL)
    wanted.parse_args().file.write_text(drawing(), encoding="utf-8")


if __name__ == "__main__":
    main()
