"""The headings of a text: shifted to fit below the page's own, and with unique ids."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

TOP = 2  # the level of a text's highest headings, unless a page says otherwise
LOWEST = 6

# The ids that pages with texts use themselves. No heading gets one of them, nor a footnote's.
PAGE_IDS = frozenset(
    {"about", "contents", "counts", "lessons", "main", "needs", "objectives", "on-line"}
    | {"onward", "place", "set-up", "skip", "step", "undo"},
)
_NOTE_ID = re.compile(r"fn(ref)?\d+")


# As paths.markdown writes a heading of the highest level, and nh3 leaves it.
_HIGHEST = re.compile(rf'<h{TOP} id="([^"]+)">(.*?)</h{TOP}>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text. title: without markup."""

    id: str
    title: str


def contents(html: str) -> list[Heading]:
    """The headings of the highest level. html: a text as paths.markdown renders it."""
    return [Heading(name, unescape(_TAG.sub("", inner))) for name, inner in _HIGHEST.findall(html)]


def place_headings(state: StateCore) -> None:
    """Shift headings to their levels, give them ids, and point links within the text to these.

    state.env may have `top`, the level of the highest, and `prefix`, which begins each id. A prefix
    with a colon keeps the ids of two texts on a page apart.
    """
    _fit_under(state.tokens, state.env.get("top", TOP))
    names = _named(state.tokens, state.env.get("prefix", ""))
    for link in _links(state.tokens):
        target = unquote(str(link.attrGet("href")).removeprefix("#"))
        name = names.get(target) or names.get(target.lower())
        if name:
            link.attrSet("href", f"#{name}")


def _fit_under(tokens: list[Token], top: int) -> None:
    """Shift all headings so that the highest gets level `top`; none goes below LOWEST."""
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    shift = top - min((int(token.tag[1]) for token in headings), default=top)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) + shift, LOWEST)}"


def _named(tokens: list[Token], prefix: str) -> dict[str, str]:
    """Give each heading an id. Returns names that links may use → id."""
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
    """The name of a heading in links: its words in lower case, with hyphens."""
    shown = (c.content for c in inline.children or () if c.type in {"text", "code_inline"})
    return re.sub(r"[^\w\- ]", "", "".join(shown).lower().replace(" ", "-")) or "section"


def _unique(name: str, taken: set[str], tried: dict[str, int]) -> str:
    """A name that isn't taken yet. tried: name → the last suffix that was tried."""
    number = tried.get(name, 0)
    found = f"{name}-{number}" if number else name
    while found in taken or _NOTE_ID.fullmatch(found):
        number += 1
        found = f"{name}-{number}"
    tried[name] = number
    return found


def _links(tokens: list[Token]) -> Iterator[Token]:
    """The links within the text."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open" and str(child.attrGet("href")).startswith("#"):
                yield child
