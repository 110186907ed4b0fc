"""Draw the two photographs of marks in examples/marks: nobody's skin."""

from pathlib import Path

import cv2

from tests.lesions.skins import Spot, Zoom, piece

FOLDER = Path(__file__).parents[1] / "examples" / "marks"
MAY = (Spot(8, 8), Spot(30, 9, 4.0), Spot(20, 21, 3.5, 0.8), Spot(35, 25, 2.5, 0.5), Spot(12, 24, 2.8, 0.55))
NOVEMBER = (Spot(8, 8, 4.2), *MAY[1:], Spot(25, 5, 2.6, 0.7))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, spots, zoom in (("may", MAY, None), ("november", NOVEMBER, Zoom(1.05, (-10.0, -6.0)))):
        pixels = piece(spots, zoom=zoom)
        cv2.imwrite(str(FOLDER / f"{name}.jpg"), pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])


if __name__ == "__main__":
    main()
