"""Which drawings may be beside a lesson: SVG that runs nothing and loads nothing.

Drawings aren't sanitized: they are accepted as they are, or refused.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
WIDEST = 720  # CSS pixels: the width of a lesson's text

# Elements that draw. None of them scripts, links, embeds, animates or filters.
DRAWING = {
    *("svg", "g", "defs", "symbol", "use", "title", "desc", "style"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("text", "tspan", "textPath"),
    *("marker", "pattern", "mask", "clipPath", "linearGradient", "radialGradient", "stop"),
}

# A document type may define entities, and these may expand exponentially.
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(r"""\A\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
_OTHER_ADDRESS = re.compile(
    r"""url\(\s*(?!["']?#)|image-set\(|\bsrc\(|@import|@namespace|javascript:""", re.IGNORECASE
)
# If a drawing has none of these anywhere, its attributes need no closer look. The first two are
# escapes, which may spell the others.
_SIGNS = ("&#", "\\", "url(", "image-set(", "src(", "@import", "@namespace", "javascript:")

type Problems = Iterator[tuple[int, str]]


def problems(data: bytes) -> list[tuple[int, str]]:
    """What is wrong with a drawing: (line, message) pairs, lines from 1. If none, it is safe."""
    return list(_problems(data))


def _problems(data: bytes) -> Problems:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        yield data.count(b"\n", 0, error.start) + 1, "it isn't UTF-8"
        return
    encoding = _ENCODING.match(text)
    if encoding and encoding[1].lower() not in {"utf-8", "utf8"}:
        yield 1, f"its encoding is UTF-8, not {encoding[1]}"
        return
    doctype = _DOCTYPE.search(text)
    if doctype:
        yield text.count("\n", 0, doctype.start()) + 1, "it has a document type; remove it"
        return
    try:
        root = _parsed(data)
    except etree.XMLSyntaxError as error:
        yield max(1, error.lineno or 1), f"it isn't XML: {error.msg}"
        return
    yield from _of_root(root)
    plain = text.casefold().replace("url(#", "")
    may_load = any(sign in plain for sign in _SIGNS)
    around = (*root.itersiblings(preceding=True), *root.itersiblings())
    for node in (*root.iter(), *around):
        yield from _of_node(node, may_load=may_load)


def _parsed(data: bytes) -> Any:
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    return etree.fromstring(data, parser)


def _of_root(root: Any) -> Problems:
    line = root.sourceline or 1
    if root.tag != f"{{{SVG}}}svg":
        yield line, f'it begins with <svg xmlns="{SVG}" …>'
        return
    if _box(root) is None:
        yield line, 'it says how large it is, as in viewBox="0 0 680 300"'
    for name in ("width", "height"):
        value = root.get(name, "")
        if value and not _is_small(value):
            said = f"its {name} is above 0 and at most {WIDEST}, without a unit, or left out"
            yield line, f"{said}: not {value}"
    width = root.get("width", "")
    if (not width or _is_small(width)) and 0 in _shown(root):
        yield (
            line,
            "nobody could see it: by its viewBox and width a side of it is 0 pixels",
        )


def _is_small(value: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", value)) and 0 < float(value) <= WIDEST


def _of_node(node: Any, *, may_load: bool) -> Problems:
    """may_load: whether attributes need to be checked by _of_style()."""
    tag = node.tag
    if tag is etree.Comment:
        return
    if not isinstance(tag, str):
        yield node.sourceline or 1, "it has a processing instruction; remove it"
        return
    name, draws = _element(tag)
    if not draws:
        yield node.sourceline or 1, f"<{name}> may not be in a drawing"
        return
    said = [_of_attribute(key, value, may_load=may_load) for key, value in node.items()]
    if name == "style":
        said.insert(0, _of_style("".join(node.itertext())))
    yield from ((node.sourceline or 1, wrong) for wrong in said if wrong)


@lru_cache(maxsize=256)  # drawings share a few tags
def _element(tag: str) -> tuple[str, bool]:
    """The local name of an element, and whether a drawing may have it."""
    name = etree.QName(tag)
    return name.localname, name.namespace == SVG and name.localname in DRAWING


def _of_attribute(key: str, value: str, *, may_load: bool) -> str:
    """What is wrong with an attribute, or ""."""
    name, may_be_there = _attribute(key)
    if not may_be_there:
        return f"the attribute {name} may not be in a drawing"
    if name.lower() == "href" and not value.startswith("#"):
        return f"href names a part of the drawing itself, as in #arrow, not {value[:60]}"
    return _of_style(value) if may_load else ""


@lru_cache(maxsize=256)
def _attribute(key: str) -> tuple[str, bool]:
    """The local name of an attribute, and whether a drawing may have it."""
    name = etree.QName(key)
    local = name.localname.lower()
    runs_or_loads = local.startswith("on") or local == "src"
    return name.localname, name.namespace in {None, XLINK, XML} and not runs_or_loads


def _of_style(value: str) -> str:
    """What is wrong with a style sheet or the value of an attribute, or ""."""
    other = _OTHER_ADDRESS.search(value)
    if other:
        return f"a drawing loads nothing from elsewhere: {other[0]}"
    # An escape could spell any of the above.
    return "write what you mean without a backslash" if "\\" in value else ""


def _box(root: Any) -> tuple[float, float] | None:
    """The width and height of the viewBox, or None if it can't be read."""
    numbers = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    try:
        _, _, width, height = map(float, numbers)
    except ValueError:
        return None
    return (width, height) if 0.01 <= width < 1e4 and 0.01 <= height < 1e4 else None


def size(data: bytes) -> tuple[int, int]:
    """The width and height at which a drawing is shown, in CSS pixels. It must have no problems."""
    return _shown(_parsed(data))


def _shown(root: Any) -> tuple[int, int]:
    width, height = _box(root) or (WIDEST, WIDEST)
    shown = min(float(root.get("width") or width), WIDEST)
    return round(shown), round(shown * height / width)
