"""The colors of lines can be told apart, whatever a reader's color vision."""

import math
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings

from careers.models import LineColor
from careers.pages.picture import COLORS
from careers.styleguide.contrast import OKLCH
from careers.styleguide.tokens import LINE_COLOR

type Color = tuple[float, ...]  # linear sRGB

CSS = (Path(settings.BASE_DIR) / "static/css/site.css").read_text(encoding="utf-8")
# Linear sRGB → what is seen without one kind of cone. From Machado, Oliveira and Fernandes (2009),
# "A Physiologically-based Model for Simulation of Color Vision Deficiency".
VISIONS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no long waves": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no middle waves": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no short waves": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# In Oklab, where about 0.02 is the smallest difference that is noticed side by side.
LEAST = 0.04


def times(matrix, color: Color) -> Color:
    return tuple(sum(a * b for a, b in zip(row, color, strict=True)) for row in matrix)


def painted(percent: str, chroma: str, hue: str) -> Color:
    """The color that a screen shows for an oklch()."""
    angle = math.radians(float(hue))
    lab = float(percent) / 100, float(chroma) * math.cos(angle), float(chroma) * math.sin(angle)
    from_lab = (
        (1, 0.3963377774, 0.2158037573),
        (1, -0.1055613458, -0.0638541728),
        (1, -0.0894841775, -1.2914855480),
    )
    to_rgb = (
        (4.0767416621, -3.3077115913, 0.2309699292),
        (-1.2684380046, 2.6097574011, -0.3413193965),
        (-0.0041960863, -0.7034186147, 1.7076147010),
    )
    return within(times(to_rgb, tuple(each**3 for each in times(from_lab, lab))))


def within(color: Color) -> Color:
    return tuple(min(1.0, max(0.0, part)) for part in color)


def oklab(color: Color) -> Color:
    from_rgb = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    to_lab = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return times(to_lab, tuple(math.cbrt(each) for each in times(from_rgb, within(color))))


def line_colors(scheme: int) -> dict[str, Color]:
    """The color of each line. scheme: 0 for light, 1 for dark."""
    return {name: painted(*OKLCH.findall(value)[scheme]) for name, value in LINE_COLOR.findall(CSS)}


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_no_two_lines_look_the_same(scheme, vision):
    seen = {
        name: oklab(times(VISIONS[vision], color)) for name, color in line_colors(scheme).items()
    }
    assert seen.keys() == set(LineColor.values)
    near = [pair for pair in combinations(seen, 2) if math.dist(*map(seen.get, pair)) < LEAST]
    assert not near


def test_a_picture_has_the_colors_of_the_page():
    for name, color in line_colors(0).items():
        shown = [int(COLORS[name][at : at + 2], 16) for at in (1, 3, 5)]
        encoded = [
            255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)
            for part in color
        ]
        assert shown == pytest.approx(encoded, abs=1), name
