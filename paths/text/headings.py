"""The headings of a text, at levels that fit under a page's own, with ids of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

TOP = 2  # the level of a text's highest headings, where a page doesn't say another
LOWEST = 6

# The ids that pages with texts have themselves. No heading gets one of them, nor one of a note.
PAGE_IDS = frozenset(
    {"about", "contents", "counts", "lessons", "main", "needs", "objectives", "on-line"}
    | {"onward", "place", "set-up", "skip", "step", "undo"},
)
_NOTE_ID = re.compile(r"fn(ref)?\d+")


# As paths.markdown writes a highest heading, and nh3 passes it on.
_HIGHEST = re.compile(rf'<h{TOP} id="([^"]+)">(.*?)</h{TOP}>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text. title: without what is set apart in it."""

    id: str
    title: str


def contents(html: str) -> list[Heading]:
    """The highest headings of a text, as paths.markdown renders it."""
    return [Heading(name, unescape(_TAG.sub("", inner))) for name, inner in _HIGHEST.findall(html)]


def place_headings(state: StateCore) -> None:
    """Move headings to their levels, name them, and lead links within the page to their names.

    state.env may say `top`, the level of the highest, and `prefix`, which begins each id: one with
    a colon, and no two texts of a page have an id in common.
    """
    _fit_under(state.tokens, state.env.get("top", TOP))
    names = _named(state.tokens, state.env.get("prefix", ""))
    for link in _links(state.tokens):
        target = unquote(str(link.attrGet("href")).removeprefix("#"))
        name = names.get(target) or names.get(target.lower())
        if name:
            link.attrSet("href", f"#{name}")


def _fit_under(tokens: list[Token], top: int) -> None:
    """The highest level of a text becomes the one that a page leaves it; none is lost below."""
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    shift = top - min((int(token.tag[1]) for token in headings), default=top)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) + shift, LOWEST)}"


def _named(tokens: list[Token], prefix: str) -> dict[str, str]:
    """Give each heading an id. Returns what writers may call a heading → its id."""
    names: dict[str, str] = {}
    taken = {*PAGE_IDS}
    tried: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        called = _slug(inline)
        name = _unique(called, taken, tried)
        taken.add(name)
        opening.attrSet("id", prefix + name)
        names.setdefault(called, prefix + name)
        names.setdefault(name, prefix + name)
    return names


def _slug(inline: Token) -> str:
    """What a heading is called in links: its words in small letters, with hyphens."""
    shown = (c.content for c in inline.children or () if c.type in {"text", "code_inline"})
    return re.sub(r"[^\w\- ]", "", "".join(shown).lower().replace(" ", "-")) or "section"


def _unique(name: str, taken: set[str], tried: dict[str, int]) -> str:
    """A name that none has yet. tried: name → the last number behind it that was tried."""
    number = tried.get(name, 0)
    found = f"{name}-{number}" if number else name
    while found in taken or _NOTE_ID.fullmatch(found):
        number += 1
        found = f"{name}-{number}"
    tried[name] = number
    return found


def _links(tokens: list[Token]) -> Iterator[Token]:
    """The links that stay on the page."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open" and str(child.attrGet("href")).startswith("#"):
                yield child
