"""The pictures of a lesson's text, as the page shows them: each from its file, light and dark."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# As paths.markdown writes it, and nh3 passes it on.
_IMAGE = re.compile(r'<img src="([^"]+)" alt="([^"]*)">')

DARK = ".dark.svg"
WIDE = 480  # CSS pixels: a wider picture scrolls on a narrow screen, or nobody could read it
DIGITS = 12  # of a file's digest, in its address


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that can be shown. width, height: in CSS pixels."""

    digest: str
    width: int
    height: int


def placed(html: str, pictures: Mapping[str, Picture], base: str = "") -> str:
    """The text with its pictures in place. Of one that has no file its words are left.

    pictures: by the names of their files. base: the address of the page that has them, for any
    other page. Where `name.dark.svg` stands beside `name.svg`, the page has both, and its style
    shows the one that fits: a <source> would follow the system, and not the choice of a visitor.
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
