"""Outlines of face and body, and where the sites lie on them: simple curves, drawn for this project."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    """A site on a view.

    Parameters
    ----------
    site
        Name in `corneum.skin.SITES`.
    paths
        Path data; later regions lie on earlier ones.
    anchor
        Where a mark stands.
    """

    site: str
    paths: tuple[str, ...]
    anchor: tuple[float, float]

    def box(self, half: str = "") -> tuple[float, float, float, float]:
        """Return left, top, right and bottom around the region, or around one half of it.

        Parameters
        ----------
        half
            ``left`` or ``right`` as it is seen; a region of one piece has no halves.
        """
        path = self.paths[-1 if half == "right" else 0] if half else " ".join(self.paths)
        values = [float(value) for value in re.findall(r"-?\d+(?:\.\d+)?", path)]
        return min(values[::2]), min(values[1::2]), max(values[::2]), max(values[1::2])


@dataclass(frozen=True)
class View:
    """One view of a person, seen from the viewer's side.

    Parameters
    ----------
    name, title
        For code and for people.
    width, height
        Of its box.
    outline
        Path data of the skin; regions are cut off at it.
    behind, lines
        What is drawn behind (hair) and over it (features).
    regions
        From back to front.
    """

    name: str
    title: str
    width: float
    height: float
    outline: str
    behind: tuple[str, ...]
    lines: tuple[str, ...]
    regions: tuple[Region, ...]


def mirrored(path: str, axis: float) -> str:
    """Return absolute path data of M, L, C, Q and Z commands, mirrored at the vertical line x = ``axis``.

    Examples
    --------
    >>> mirrored("M10 5L20 8Z", 50)
    'M90 5L80 8Z'
    """
    pieces = []
    for command, body in re.findall(r"([MLCQZ])([^MLCQZ]*)", path):
        values = [float(value) for value in re.findall(r"-?\d+(?:\.\d+)?", body)]
        turned = [2 * axis - value if number % 2 == 0 else value for number, value in enumerate(values)]
        pieces.append(command + " ".join(f"{value:g}" for value in turned))
    return "".join(pieces)


def _both(path: str, axis: float) -> tuple[str, str]:
    return path, mirrored(path, axis)


_FACE_AXIS, _BODY_AXIS = 90.0, 80.0

_HEAD = (
    "M90 20C128 20 149 48 149 88C149 96 150 98 152 97C157 95 159 103 157 113C155 124 150 127 146 122"
    "C143 150 130 172 117 184L117 204C119 212 136 217 152 222L28 222C44 217 61 212 63 204L63 184"
    "C50 172 37 150 34 122C30 127 25 124 23 113C21 103 23 95 28 97C30 98 31 96 31 88C31 48 52 20 90 20Z"
)
_FACE = View(
    "face",
    "Face",
    180,
    222,
    _HEAD,
    ("M90 4C140 4 163 38 160 84C159 96 157 100 153 104L27 104C23 100 21 96 20 84C17 38 40 4 90 4Z",),
    (
        # brows, eyes, nose, mouth, jaw and collar: left halves are mirrored
        *_both("M50 86C57 80 68 80 77 85", _FACE_AXIS),
        *_both("M52 98C57 92 70 92 76 99C70 103 58 103 52 98Z", _FACE_AXIS),
        *_both("M82 128C79 133 81 139 86 139", _FACE_AXIS),
        "M85 141C88 143 92 143 95 141",
        "M72 158C79 154 85 153 90 155C95 153 101 154 108 158C101 160 96 159 90 159C84 159 79 160 72 158Z",
        "M75 159C82 168 98 168 105 159",
        "M63 184C72 193 80 197 90 197C100 197 108 193 117 184",
    ),
    (
        Region("neck", ("M20 180L160 180L160 224L20 224Z",), (90, 210)),
        Region("cheek", _both("M20 100L90 92L90 190C76 198 66 192 60 184L36 150Z", _FACE_AXIS), (49, 138)),
        Region("forehead", ("M40 18L140 18L136 76C120 72 104 78 90 82C76 78 60 72 44 76Z",), (90, 58)),
        Region("temple", _both("M20 60L46 46C50 60 48 72 44 84L44 100L20 104Z", _FACE_AXIS), (38, 84)),
        Region("chin", ("M63 178C72 171 108 171 117 178C112 192 101 200 90 200C79 200 68 192 63 178Z",), (90, 186)),
        Region(
            "perioral",
            ("M65 159C66 150 76 146 90 146C104 146 114 150 115 159C114 170 104 175 90 175C76 175 66 170 65 159Z",),
            (90, 170),
        ),
        Region(
            "periorbital",
            _both("M45 97C46 86 56 80 66 81C76 82 81 90 80 98C79 107 70 112 61 111C51 110 45 105 45 97Z", _FACE_AXIS),
            (55, 108),
        ),
        Region(
            "nose",
            (
                "M90 82C95 82 97 90 98 104C99 118 106 126 107 135C107 143 98 146 90 146"
                "C82 146 73 143 73 135C74 126 81 118 82 104C83 90 85 82 90 82Z",
            ),
            (90, 122),
        ),
    ),
)

_PROFILE = View(
    "profile",
    "Face, side",
    170,
    222,
    "M96 18C118 18 136 26 141 46C143 56 142 66 144 78C146 84 147 88 146 92C150 102 158 114 160 121"
    "C161 126 154 127 149 128"
    "C149 132 151 134 150 138C153 142 154 145 151 148C152 151 153 153 151 156C149 160 149 163 151 168"
    "C152 177 145 184 134 184"
    "C120 184 110 180 106 176C103 188 104 200 112 222L46 222C52 204 53 188 48 170C30 150 22 124 24 94"
    "C26 48 56 18 96 18Z",
    (
        "M98 5C126 5 144 20 143 48C132 40 122 44 112 58C106 74 104 90 96 102C90 98 82 102 82 114"
        "C80 130 66 140 62 158"
        "C58 170 52 172 46 168C24 148 12 122 15 88C18 38 52 5 98 5Z",
    ),
    (
        "M127 84C132 80 138 80 143 83",
        "M128 96C132 92 137 92 141 94C140 99 133 101 128 98",
        "M148 128C144 129 142 126 143 122",
        "M151 148C146 148 140 149 136 151",
        "M94 96C100 90 106 96 104 106C103 116 96 124 91 122C87 120 86 102 94 96Z",
        "M95 101C99 99 101 105 99 110",
        "M106 176C100 168 95 154 93 138",
    ),
    (
        Region("neck", ("M40 150L92 138C95 154 100 170 106 178L124 224L40 224Z",), (80, 196)),
        Region("cheek", ("M92 88L150 92L146 190L104 182C98 166 92 146 90 124Z",), (116, 134)),
        Region("forehead", ("M112 18L150 18L150 82C140 76 132 74 124 76C120 66 120 52 116 46Z",), (131, 56)),
        Region("temple", ("M94 50L118 44C120 58 121 66 124 76L122 94L90 96Z",), (110, 78)),
        Region("chin", ("M122 188C124 178 132 170 156 166L156 188Z",), (140, 176)),
        Region("perioral", ("M131 152C131 142 140 135 158 136L158 166C142 170 132 164 131 152Z",), (141, 158)),
        Region("periorbital", ("M120 95C120 86 130 80 150 82L150 104C138 110 121 108 120 95Z",), (129, 103)),
        Region(
            "nose", ("M143 80L166 110L164 132L146 136C140 132 137 126 139 120C143 110 142 100 141 94Z",), (150, 118)
        ),
    ),
)

_SKULL = "M80 6C91 6 97 14 97 25C97 35 92 43 87 46"
_FIGURE = (
    "M80 6C91 6 97 14 97 25C97 35 92 43 87 46L87 54C89 58 96 60 104 62C114 64 119 71 120 82"
    "C121 96 124 108 126 122"
    "C128 138 133 156 136 172C138 180 140 188 139 196C138 202 134 206 130 205C126 203 126 196 126 190"
    "C125 184 124 178 122 172"
    "C117 158 113 144 111 130C109 120 107 112 106 104C105 116 103 126 103 136C103 148 108 158 110 172"
    "C112 192 110 216 106 238"
    "C105 246 105 252 106 260C108 278 106 298 102 318C101 326 101 332 102 338C106 342 108 345 106 347"
    "L90 347C88 344 88 340 89 334"
    "C89 316 88 298 87 280C86 268 86 256 86 246C85 226 83 206 80 188"
)
_BODY_OUTLINE = _FIGURE + (
    "C77 206 75 226 74 246C74 256 74 268 73 280C72 298 71 316 71 334C72 340 72 344 70 347L54 347"
    "C52 345 54 342 58 338"
    "C59 332 59 326 58 318C54 298 52 278 54 260C55 252 55 246 54 238C50 216 48 192 50 172C52 158 57 148 57 136"
    "C57 126 55 116 54 104C53 112 51 120 49 130C47 144 43 158 38 172C36 178 35 184 34 190C34 196 34 203 30 205"
    "C26 206 22 202 21 196C20 188 22 180 24 172C27 156 32 138 34 122C36 108 39 96 40 82C41 71 46 64 56 62"
    "C64 60 71 58 73 54"
    "L73 46C68 43 63 35 63 25C63 14 69 6 80 6Z"
)
_LIMBS = (
    Region("lower_leg", _both("M44 256L78 256L78 336L44 336Z", _BODY_AXIS), (66, 292)),
    Region("upper_arm", _both("M30 78L57 78L54 126L28 126Z", _BODY_AXIS), (45, 106)),
    Region("forearm", _both("M18 122L54 130L46 182L16 176Z", _BODY_AXIS), (37, 152)),
    Region("hand", _both("M12 174L42 180L40 212L12 212Z", _BODY_AXIS), (29, 191)),
)
_FRONT = View(
    "front",
    "Body, front",
    160,
    352,
    _BODY_OUTLINE,
    ("M80 2C94 2 101 12 100 26L60 26C59 12 66 2 80 2Z",),
    (
        *_both("M63 104C69 108 75 107 79 103", _BODY_AXIS),
        "M80 150L80 152",
        *_both("M60 262C64 266 69 266 72 262", _BODY_AXIS),
    ),
    (
        Region("neck", ("M66 44L94 44L94 60L66 60Z",), (80, 52)),
        Region("thigh_hip", _both("M44 166L80 176L80 258L44 258Z", _BODY_AXIS), (64, 212)),
        *_LIMBS,
        Region("abdomen", ("M50 108L110 108L112 168C100 178 90 184 80 188C70 184 60 178 48 168Z",), (80, 136)),
        Region("chest", ("M54 60C64 56 96 56 106 60L108 110C96 114 88 110 80 110C72 110 64 114 52 110Z",), (80, 84)),
        Region("shoulder", _both("M36 60L58 58C60 66 59 76 57 84L36 84Z", _BODY_AXIS), (48, 73)),
    ),
)
_BACK = View(
    "back",
    "Body, back",
    160,
    352,
    _BODY_OUTLINE,
    ("M80 2C95 2 102 12 101 28C100 38 94 46 88 48L72 48C66 46 60 38 59 28C58 12 65 2 80 2Z",),
    (
        "M80 62L80 158",
        *_both("M66 78C64 86 66 94 72 98", _BODY_AXIS),
        *_both("M60 260C64 257 69 257 72 260", _BODY_AXIS),
    ),
    (
        Region("neck", ("M66 44L94 44L94 60L66 60Z",), (80, 52)),
        Region("thigh_hip", _both("M44 182L80 190L80 258L44 258Z", _BODY_AXIS), (64, 224)),
        *_LIMBS,
        Region("buttock", ("M46 158L114 158L114 190C104 198 88 198 80 190C72 198 56 198 46 190Z",), (80, 178)),
        Region("upper_back", ("M54 60C64 56 96 56 106 60L107 120L53 120Z",), (80, 88)),
        Region("shoulder", _both("M36 60L58 58C60 66 59 76 57 84L36 84Z", _BODY_AXIS), (48, 73)),
    ),
)
VIEWS: Mapping[str, View] = {view.name: view for view in (_FACE, _PROFILE, _FRONT, _BACK)}
