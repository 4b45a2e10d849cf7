"""The words of a title as they were typed, for sentences about it."""

from collections.abc import Iterable, Sequence

from careers.published.titles.concepts import Reading, Token
from careers.published.words import listed


def as_typed(title: Reading, tokens: Sequence[Token]) -> str:
    """The words of these tokens as typed, in quotation marks: one pair for words in a row."""
    return listed_once(f"“{title.text[start:end]}”" for start, end in pieces_of(title, tokens))


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
    return between or bool(set("()[]|") & set(title.text[end:start]))


def verb_for(quoted: str, one: str, many: str) -> str:
    """The form of a verb behind what as_typed() says."""
    return many if "” and “" in quoted else one


def listed_once(pieces: Iterable[str]) -> str:
    """Each once: “a”; “a” and “b”; “a”, “b” and “c”. Nothing for no pieces."""
    return listed([*dict.fromkeys(pieces)] or [""], "and")
