"""WCAG contrast of colors written as oklch()."""

import math
import re
from dataclasses import dataclass

OKLCH = re.compile(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)")


@dataclass(frozen=True, slots=True)
class Contrast:
    """The contrast of text on a background in either color scheme, from 1 to 21.

    ground: the name of the background.
    """

    ground: str
    light: float
    dark: float


def contrast(text: str, ground: str, value: str) -> Contrast:
    """WCAG contrast of two light-dark() colors. text: the text's. value: the background's.

    ground: the name of the background.
    """
    pairs = zip(OKLCH.findall(text), OKLCH.findall(value), strict=True)
    both = [sorted(map(_luminance, pair)) for pair in pairs]
    light, dark = ((high + 0.05) / (low + 0.05) for low, high in both)
    return Contrast(ground, light, dark)


def _luminance(oklch: tuple[str, str, str]) -> float:
    """Relative luminance, from 0 to 1, by way of linear sRGB.

    The matrices are Björn Ottosson's: https://bottosson.github.io/posts/oklab/.
    """
    percent, chroma, hue = map(float, oklch)
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (percent / 100 + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (percent / 100 - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (percent / 100 - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(1, max(0, part)) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
