"""What differs between two values, to be read by people: texts by words, lists by items. Pure.

words("a red fox", "a blue fox") is “a ” the same, “red ” gone, “blue ” new, “fox” the same.
"""

import difflib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from careers.sync.comparing.matching import name, pair_same_items
from careers.sync.kinds import is_ordered

WORD = re.compile(r"(\S*)(\s*)")
LINE = re.compile(r"([^\n]*\n?)()")
# More than this is not weighed: what lies between the first and the last change counts as changed.
PAIRS = 100_000  # of equal pieces: one word written a thousand times gives more
PRODUCT = 10_000_000  # of both numbers of pieces: a third of a second where every other one differs
ISLAND = 3  # letters that stay between two changes and are no help to a reader
AROUND = 120  # characters that are shown on either side of a change


class Mark(StrEnum):
    """What became of a piece of a text, or of an item of a list."""

    SAME = "same"
    FOLDED = "folded"  # the same, and too long to be shown
    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text."""

    mark: Mark
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Item:
    """What became of an item. fields: how it differs; said: all that it says, if it came or went.

    Of an item that moved, places are the one it had and the one it has, from 1.
    """

    mark: Mark
    name: str
    said: tuple[tuple[str, Any], ...] = ()
    fields: tuple[tuple[str, "Difference"], ...] = ()
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two values: as pieces of a text or items of a list, if they are such, or as they are."""

    old: Any
    new: Any
    pieces: tuple[Piece, ...] = ()
    items: tuple[Item, ...] = ()


def difference(field: str, old: Any, new: Any) -> Difference:
    """What became of a field. Its name says how the items of a list are told apart."""
    if all(isinstance(side, list) for side in (old, new)):
        return Difference(old, new, items=tuple(_items(field, old, new)))
    texts = all(side is None or isinstance(side, str) for side in (old, new))
    if texts and any(len((side or "").split()) > 1 for side in (old, new)):
        return Difference(old, new, pieces=tuple(folded(words(old or "", new or ""))))
    return Difference(old, new)


# -- Texts ---------------------------------------------------------------------------------


def words(old: str, new: str) -> list[Piece]:
    """The runs of two texts. Same and gone ones make the old text, same and new ones the new."""
    return list(_joined(_lines(old, new)))


def folded(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with what stays the same shown near the changes only."""
    for place, piece in enumerate(pieces):
        head = AROUND if place else 0
        tail = AROUND if place < len(pieces) - 1 else 0
        if piece.mark is not Mark.SAME or len(piece.text) <= head + tail + AROUND:
            yield piece
            continue
        start = _end_of_word(piece.text, head) if head else 0
        end = max(start, _start_of_word(piece.text, len(piece.text) - tail))
        yield from (Piece(Mark.SAME, piece.text[:start]),) if start else ()
        yield Piece(Mark.FOLDED, piece.text[start:end])
        yield from (Piece(Mark.SAME, piece.text[end:]),) if end < len(piece.text) else ()


def _end_of_word(text: str, place: int) -> int:
    found = re.search(r"\s", text[place : place + AROUND])
    return place + found.start() if found else place


def _start_of_word(text: str, place: int) -> int:
    found = re.search(r"\s\S*\Z", text[max(0, place - AROUND) : place])
    return place - len(found[0]) + 1 if found else place


def _lines(old: str, new: str) -> Iterator[Piece]:
    """Line by line first: a word that was moved over pages was not moved."""
    for mark, gone, came in _runs(LINE.findall(old), LINE.findall(new)):
        if mark is Mark.CHANGED and gone and came:
            yield from _words("".join(map("".join, gone)), "".join(map("".join, came)))
        else:
            yield from _pieces(mark, gone, came)


def _words(old: str, new: str) -> Iterator[Piece]:
    for mark, gone, came in _runs(WORD.findall(old), WORD.findall(new)):
        yield from _pieces(mark, gone, came)


type _Token = tuple[str, str]  # what is compared, and the space behind it


def _pieces(mark: Mark, gone: Sequence[_Token], came: Sequence[_Token]) -> Iterator[Piece]:
    if mark is Mark.CHANGED:
        yield Piece(Mark.GONE, "".join(map("".join, gone)))
        yield Piece(Mark.NEW, "".join(map("".join, came)))
        return
    for (text, space), (_, other) in zip(gone, came, strict=True):
        if space == other:
            yield Piece(Mark.SAME, text + space)
        else:
            yield from (Piece(Mark.SAME, text), Piece(Mark.GONE, space), Piece(Mark.NEW, other))


def _runs(
    old: Sequence[_Token], new: Sequence[_Token]
) -> Iterator[tuple[Mark, Sequence[_Token], Sequence[_Token]]]:
    """Runs of tokens that are the same, or that were changed into others."""
    one, other = [text for text, _ in old], [text for text, _ in new]
    head = _shared(one, other)
    tail = _shared(one[head:][::-1], other[head:][::-1])
    ends = len(one) - tail, len(other) - tail
    yield Mark.SAME, old[:head], new[:head]
    for same, i, j, k, m in _weighed(one[head : ends[0]], other[head : ends[1]]):
        mark = Mark.SAME if same else Mark.CHANGED
        yield mark, old[head + i : head + j], new[head + k : head + m]
    yield Mark.SAME, old[ends[0] :], new[ends[1] :]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two sequences begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _weighed(one: list[str], other: list[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Which stretch of one is which of the other, unless there is too much to weigh."""
    there = Counter(other)
    pairs = sum(count * there[token] for token, count in Counter(one).items())
    if pairs > PAIRS or len(one) * len(other) > PRODUCT:
        yield False, 0, len(one), 0, len(other)
        return
    for tag, *places in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        i, j, k, m = places
        yield tag == "equal", i, j, k, m


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """One piece a run: what is gone before what came; islands belong to the changes around."""
    same = gone = new = ""
    for piece in pieces:
        if piece.mark is Mark.SAME:
            same += piece.text
            continue
        if same and (gone or new) and _is_island(same):
            gone, new = gone + same, new + same
        elif same:
            yield from _run(gone, new)
            yield Piece(Mark.SAME, same)
            gone = new = ""
        same = ""
        gone += piece.text if piece.mark is Mark.GONE else ""
        new += piece.text if piece.mark is Mark.NEW else ""
    yield from _run(gone, new)
    yield from (Piece(Mark.SAME, same),) if same else ()


def _is_island(text: str) -> bool:
    return len(text.strip()) <= ISLAND and "\n" not in text


def _run(gone: str, new: str) -> Iterator[Piece]:
    yield from (Piece(Mark.GONE, gone),) if gone else ()
    yield from (Piece(Mark.NEW, new),) if new else ()


# -- Lists ---------------------------------------------------------------------------------


def _items(field: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Item]:
    """What went, then what came or changed, in the order that the list has now."""
    pairs = pair_same_items(field, old, new)
    for place, item in enumerate(old):
        if place not in pairs:
            yield _whole(Mark.GONE, field, item)
    moved = _moved([was for was in pairs if was is not None]) if is_ordered(field) else set()
    for place, (was, item) in enumerate(zip(pairs, new, strict=True)):
        if was is None:
            yield _whole(Mark.NEW, field, item)
            continue
        if old[was] != item:
            known = name(field, old[was])
            yield Item(Mark.CHANGED, known, fields=tuple(_fields(field, old[was], item)))
        if was in moved:
            yield Item(Mark.MOVED, _called(field, item), places=(was + 1, place + 1))


def _whole(mark: Mark, field: str, item: Any) -> Item:
    known = _called(field, item)
    if not isinstance(item, dict):
        return Item(mark, known)
    said = ((key, value) for key, value in _flat(item) if value not in (None, "", *_names(known)))
    return Item(mark, known, said=tuple(said))


def _names(known: str) -> tuple[str, ...]:
    return (known, *known.split(", "))


def _called(field: str, item: Any) -> str:
    return name(field, item) if isinstance(item, dict) else str(item)


def _fields(field: str, old: Any, new: Any) -> Iterator[tuple[str, Difference]]:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        yield "", difference(field, old, new)
        return
    was, now = dict(_flat(old)), dict(_flat(new))
    for key in {**was, **now}:
        if was.get(key) != now.get(key):
            yield key, difference(key, was.get(key), now.get(key))


def _flat(item: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """Each key with its value; of a mapping within, each of its keys."""
    for key, value in item.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{within}{key} ")
        else:
            yield f"{within}{key}", value


def _moved(places: Sequence[int]) -> set[int]:
    """Which of some different places are out of order: as few as there can be."""
    ends: list[int] = []
    lengths = []  # of the longest run in order that ends with each
    for place in places:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        lengths.append(length)
    staying, wanted = set(), len(ends) - 1
    for place, length in zip(reversed(places), reversed(lengths), strict=True):
        if length == wanted:
            staying.add(place)
            wanted -= 1
    return set(places) - staying
