"""Where the addresses of links and pictures are in a Markdown text, according to its parser."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.link import link
from markdown_it.token import Token

_SPACE = re.compile(r"\s*")
_DEFINED = re.compile(r"\[(?:\\.|[^\]\\])*\]:\s*", re.DOTALL)
_ENTITY = re.compile(r"&(?=#?\w+;)")


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a text. first, behind: its span, from 0. target: the address as it was parsed.

    named: whether it is a reference to a definition elsewhere. The span is then that of the
    reference's `[label]`, and may be empty.
    """

    first: int
    behind: int
    target: str
    title: str = ""
    named: bool = False

    def whole(self, page: str) -> str:
        """The text to put in its place, with an absolute address. page: as below."""
        found = urljoin(page, self.target).replace("(", "%28").replace(")", "%29")
        found = _ENTITY.sub("&amp;", found)
        if not self.named:
            return found
        title = re.sub(r'(["\\])', r"\\\1", self.title)
        return f'({found} "{title}")' if title else f"({found})"


def with_whole_addresses(text: str, addresses: list[Address], page: str) -> str:
    """Make the addresses of links and pictures absolute. addresses: all of them, in order. page:
    the absolute address of the text.

    References get their address in place, since the text may be taken elsewhere without the
    definition.
    """
    pieces: list[str] = []
    at = 0
    for each in addresses:
        if each.named or urljoin(page, each.target) != each.target:
            pieces += (text[at : each.first], each.whole(page))
            at = each.behind
    return "".join([*pieces, text[at:]])


def place_addresses(parser: MarkdownIt) -> None:
    """Make a parser collect each Address, in order, in its environment as "addresses"."""
    parser.inline.ruler.at("link", _placed(link, mark=0))
    parser.inline.ruler.at("image", _placed(image, mark=1))
    parser.block.ruler.at("reference", _defined)
    parser.core.ruler.after("inline", _note_addresses.__name__, _note_addresses)


def _placed(
    rule: Callable[[StateInline, bool], bool], *, mark: int
) -> Callable[[StateInline, bool], bool]:
    """Wrap an inline rule, so that its token's meta has the place of the address.

    mark: the number of characters before the opening bracket.
    """

    def placed(state: StateInline, silent: bool) -> bool:
        start, at = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            made = (each for each in state.tokens[at:] if each.type in {"link_open", "image"})
            next(made).meta["place"] = _place(state, start, mark)
        return True

    return placed


def _place(state: StateInline, start: int, mark: int) -> tuple[int, int, bool]:
    """The span of the address just parsed, and whether it is a reference."""
    end, state.pos = state.pos, start
    first = state.md.helpers.parseLinkLabel(state, start + mark, not mark) + 1
    state.pos = end
    if end == first or state.src[first] != "(":
        return first, end, True
    space = _SPACE.match(state.src, first + 1)
    first = space.end() if space else first
    return first, state.md.helpers.parseLinkDestination(state.src, first, end).pos, False


def _defined(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """The rule for definitions of references, which also notes the address."""
    if not reference(state, first, last, silent):
        return False
    at = [  # the place of each character in the text
        place
        for line in range(first, state.line)
        for place in range(state.bMarks[line] + state.tShift[line], state.eMarks[line] + 1)
    ]
    words = "".join(state.src[place : place + 1] for place in at)
    name = _DEFINED.match(words)
    if name and not silent:
        found = state.md.helpers.parseLinkDestination(words, name.end(), len(words))
        target = state.md.normalizeLink(found.str)
        place = Address(at[name.end()], at[found.pos - 1] + 1, target)
        state.env.setdefault("addresses", []).append(place)
    return True


def _note_addresses(state: StateCore) -> None:
    noted = state.env.setdefault("addresses", [])
    notes = state.env.get("footnotes", {}).get("list", {})
    for token, at in places(state.tokens, state.src):
        noted += _addresses(token.children or [], token.content, at, notes)
    noted.sort(key=lambda each: each.first)


def places(tokens: list[Token], text: str) -> Iterator[tuple[Token, list[int]]]:
    """Each inline token of a text and, for each character of its content, its place in the text, or
    -1 if it isn't known."""
    starts = [0, *(end.end() for end in re.finditer("\n", text)), len(text) + 1]
    done: dict[int, int] = {}  # line → where its last cell ends, as cells share one
    for token in tokens:
        if token.type == "inline" and token.map:
            yield token, _places(token, text, starts, done)


def _places(token: Token, text: str, starts: list[int], done: dict[int, int]) -> list[int]:
    """For each character of a token's content, its place in the text, or -1."""
    at: list[int] = []
    for number, line in enumerate(token.content.split("\n"), start=(token.map or [0])[0]):
        begin, end = max(starts[number], done.get(number, 0)), starts[number + 1] - 1
        words = line.strip()
        typed = words if text.find(words, begin, end) >= 0 else words.replace("|", "\\|")
        first = text.find(typed, begin, end)
        is_there = first >= 0
        done[number] = first + len(typed) if is_there else begin
        more = [
            0 if typed is words else words[:place].count("|") for place in range(len(words) + 1)
        ]
        inside = [first + place + shift if is_there else -1 for place, shift in enumerate(more)]
        indent = len(line) - len(line.lstrip())
        at += [*[-1] * indent, *inside, *[-1] * (len(line) - indent - len(words))]
    return at


def _addresses(
    tokens: list[Token], words: str, at: list[int], notes: dict[int, dict[str, Any]]
) -> Iterator[Address]:
    """at: for each character of `words`, its place in the text, or -1. notes: footnotes by id."""
    done = 0
    for token in tokens:
        if "place" in token.meta:
            first, behind, named = token.meta["place"]
            target = str(token.attrGet("href") or token.attrGet("src") or "")
            if target and at[first] >= 0 and at[behind] >= 0:
                title = str(token.attrGet("title") or "")
                yield Address(at[first], at[behind], target, title, named)
        note = notes.get(token.meta.get("id", -1), {}) if token.type == "footnote_ref" else {}
        if "content" in note:  # inline, as in ^[this], with places of its own
            first = words.index(f"^[{note['content']}]", done) + 2
            done = first + len(note["content"])
            inside = [*at[first : done + 1]]
            yield from _addresses(note["tokens"], note["content"], inside, notes)
