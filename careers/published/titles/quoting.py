"""The words of a title as they were typed, for sentences about it."""

import re
from collections.abc import Iterable, Sequence

from careers.published.titles.concepts import Reading, Token
from careers.published.words import listed

BLANK = re.compile(" {2,}")  # where words of the title were left out: it has single spaces


def as_typed(title: Reading, tokens: Sequence[Token]) -> str:
    """The words of these tokens as typed, in quotation marks: one pair for words in a row."""
    pieces = (title.text[start:end] for start, end in pieces_of(title, tokens))
    return listed_once(f"“{words}”" for piece in pieces for words in BLANK.split(piece))


def pieces_of(title: Reading, tokens: Iterable[Token]) -> list[tuple[int, int]]:
    """The spans of some tokens; neighbors are one span."""
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
    """The form of a verb behind what as_typed() says."""
    return many if "” and “" in quoted else one


def listed_once(pieces: Iterable[str]) -> str:
    """Each once: “a”; “a” and “b”; “a”, “b” and “c”. Nothing for no pieces."""
    return listed([*dict.fromkeys(pieces)] or [""], "and")
