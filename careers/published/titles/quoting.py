"""Quote the words of a title as they were typed, for sentences about it."""

import re
from collections.abc import Iterable, Sequence

from careers.published.titles.concepts import Reading, Token
from careers.published.words import listed

BLANK = re.compile(" {2,}")  # marks words left out: elsewhere a title has single spaces


def as_typed(title: Reading, tokens: Sequence[Token]) -> str:
    """Quote the tokens as typed: “a b” and “c”. Adjacent words are quoted together."""
    pieces = (title.text[start:end] for start, end in pieces_of(title, tokens))
    return listed_once(f"“{words}”" for piece in pieces for words in BLANK.split(piece))


def pieces_of(title: Reading, tokens: Iterable[Token]) -> list[tuple[int, int]]:
    """The spans of some tokens, with adjacent ones joined."""
    pieces: list[tuple[int, int]] = []
    for token in tokens:
        if pieces and not _apart(title, pieces[-1][1], token.start):
            pieces[-1] = (pieces[-1][0], token.end)
        else:
            pieces.append((token.start, token.end))
    return pieces


def _apart(title: Reading, end: int, start: int) -> bool:
    spans = [*title.aside, *((token.start, token.end) for token in title.tokens)]
    between = any(end <= span[0] < start for span in spans)
    gap = title.text[end:start]
    return between or bool(set("()[]|") & set(gap) or BLANK.search(gap))


def verb_for(quoted: str, one: str, many: str) -> str:
    """The form of a verb after what as_typed() returned: `one` for a single quotation."""
    return many if "” and “" in quoted else one


def listed_once(pieces: Iterable[str]) -> str:
    """List pieces without duplicates: “a”; “a” and “b”; “a”, “b” and “c”. "" if there are none."""
    return listed([*dict.fromkeys(pieces)] or [""], "and")
