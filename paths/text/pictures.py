"""The pictures in a lesson's text, as its page shows them: light and dark."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# As paths.markdown writes a picture, and nh3 leaves it.
_IMAGE = re.compile(r'<img src="([^"]+)" alt="([^"]*)">')

DARK = ".dark.svg"
WIDE = 480  # CSS pixels: a wider picture scrolls on a narrow screen, to stay readable
DIGITS = 12  # of a file's digest, for its address


@dataclass(frozen=True, slots=True)
class Picture:
    """The file of a picture. width, height: in CSS pixels."""

    digest: str
    width: int
    height: int


def placed(html: str, pictures: Mapping[str, Picture], base: str = "") -> str:
    """Put pictures in place. One without a file is replaced by its alternative text.

    pictures: by file name. base: the address of the lesson's page, if the text is shown on another.
    If there is a `name.dark.svg` beside `name.svg`, the page gets both, and its style sheet shows
    one: a <source> would follow the system's setting instead of the visitor's choice.
    """

    def place(found: re.Match[str]) -> str:
        name, alt = found.groups()
        dark = name.removesuffix(".svg") + DARK
        if name not in pictures:
            return alt
        if dark not in pictures:
            return _image(base, name, pictures[name], alt)
        return _image(base, name, pictures[name], alt, "in-light") + _image(
            base, dark, pictures[dark], alt, "in-dark"
        )

    return _IMAGE.sub(place, html)


def _image(base: str, name: str, picture: Picture, alt: str, shown: str = "") -> str:
    classes = " ".join(filter(None, [shown, "wide" if picture.width > WIDE else ""]))
    return (
        f'<img src="{base}{name}?v={picture.digest[:DIGITS]}" alt="{alt}"'
        f' width="{picture.width}" height="{picture.height}" loading="lazy"'
        + (f' class="{classes}">' if classes else ">")
    )
