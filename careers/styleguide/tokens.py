"""The custom properties of the stylesheet, read from its text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from careers.styleguide.contrast import Contrast, contrast

TOKEN = re.compile(r"^ *--([a-z0-9-]+): ([^;]+);", re.MULTILINE)
LINE_COLOR = re.compile(r'\[data-line="([a-z]+)"\] \{ --line: (.+); \}')
GROUNDS = ("paper", "sheet")
NO_TEXT = {*GROUNDS, "tint", "rule"}


@dataclass(frozen=True, slots=True)
class Token:
    """A custom property of the stylesheet. contrasts: those of a text color, on its backgrounds."""

    name: str
    value: str
    contrasts: tuple[Contrast, ...] = ()

    @property
    def kind(self) -> str:
        if self.value.startswith("light-dark("):
            return "color"
        if self.name.startswith("size-"):
            return "size"
        return "font" if "," in self.value else "length"


def tokens(css: str) -> list[Token]:
    """The custom properties of the stylesheet's first :root, in order."""
    start = css.index(":root {")
    found = TOKEN.findall(css[start : css.index("}", start)])
    values = {name: " ".join(value.split()) for name, value in found}
    return [Token(name, value, _contrasts(name, values)) for name, value in values.items()]


def _contrasts(name: str, values: Mapping[str, str]) -> tuple[Contrast, ...]:
    if name in NO_TEXT or not values[name].startswith("light-dark("):
        return ()
    grounds = (name.removeprefix("on-"),) if name.startswith("on-") else GROUNDS
    return tuple(contrast(values[name], ground, values[ground]) for ground in grounds)


def line_colors(css: str) -> list[Token]:
    """The colors of lines, with the contrast of a roundel's code, which is in the color `paper`."""
    paper = next(token.value for token in tokens(css) if token.name == "paper")
    return [
        Token(name, value, (contrast(paper, name, value),))
        for name, value in LINE_COLOR.findall(css)
    ]
