"""How two values differ, for people to read: texts word by word, lists item by item. Pure.

word_pieces("a red fox", "a blue fox") is “a ” the same, “red ” gone, “blue ” new, “fox” the same.
"""

import difflib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from careers.sync.comparing.matching import item_name, item_names, pair_items
from careers.sync.comparing.spelling import told_apart
from careers.sync.kinds import is_ordered

WORD = re.compile(r"(\S*)(\s*)")
LINE = re.compile(r"([^\n]*\n?)()")
# Beyond these limits, texts are not aligned: all between the first and last change is “changed”.
MOST_PAIRS = 100_000  # pairs of equal words; a word repeated a thousand times has more
MOST_PRODUCT = 10_000_000  # the product of both numbers of words; takes about a third of a second
ISLAND = 3  # up to this many unchanged characters between two changes are shown as changed too
AROUND = 120  # unchanged characters that are shown on either side of a change


class Mark(StrEnum):
    """What became of a piece of a text, or of an item of a list."""

    SAME = "same"
    FOLDED = "folded"  # the same, and left out because it is long
    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and what became of it."""

    mark: Mark
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """What became of an item of a list.

    said: everything in it, if it is new or gone. fields: what differs, if it changed. places: the
    old and the new one, counted from 1, if it moved.
    """

    mark: Mark
    name: str
    said: tuple[tuple[str, Any], ...] = ()
    fields: tuple[tuple[str, "Difference"], ...] = ()
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two values and how they differ: texts of several words by pieces, lists by items."""

    old: Any
    new: Any
    pieces: tuple[Piece, ...] = ()
    items: tuple[ItemDifference, ...] = ()


def find_difference(field: str, old: Any, new: Any) -> Difference:
    """How a field's two values differ. field: its name, by which LISTS has the rule for a list."""
    if all(isinstance(side, list) for side in (old, new)):
        return Difference(old, new, items=tuple(_items(field, old, new)))
    texts = all(side is None or isinstance(side, str) for side in (old, new))
    if texts and any(len((side or "").split()) > 1 for side in (old, new)):
        pieces = fold_unchanged(word_pieces(old or "", new or ""))
        return Difference(old, new, pieces=tuple(_told_apart(list(pieces))))
    old, new = told_apart(old, new)
    return Difference(old, new)


# -- Texts ---------------------------------------------------------------------------------


def word_pieces(old: str, new: str) -> list[Piece]:
    """Both texts in one run of pieces: those that are same or gone make up the old text, those that
    are same or new make up the new one."""
    return list(_joined(_line_pieces(old, new)))


def _told_apart(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces. If a gone piece looks the same as the new one next to it, what tells them apart
    is made visible in both."""
    for place, piece in enumerate(pieces):
        other = (
            pieces[place + 1 : place + 2]
            if piece.mark is Mark.GONE
            else pieces[max(0, place - 1) : place]
        )
        if {piece.mark, *(each.mark for each in other)} != {Mark.GONE, Mark.NEW}:
            yield piece
            continue
        text, _ = told_apart(piece.text, other[0].text)
        yield replace(piece, text=text)


def fold_unchanged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with long unchanged stretches away from any change marked as folded."""
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


def _line_pieces(old: str, new: str) -> Iterator[Piece]:
    """Align lines first and words within changed lines, so that no word is aligned with one that
    stands pages away."""
    for mark, gone, came in _runs(LINE.findall(old), LINE.findall(new)):
        if mark is Mark.CHANGED and gone and came:
            yield from _changed_line_pieces(
                "".join(map("".join, gone)), "".join(map("".join, came))
            )
        else:
            yield from _pieces(mark, gone, came)


def _changed_line_pieces(old: str, new: str) -> Iterator[Piece]:
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
    for same, i, j, k, m in _aligned(one[head : ends[0]], other[head : ends[1]]):
        mark = Mark.SAME if same else Mark.CHANGED
        yield mark, old[head + i : head + j], new[head + k : head + m]
    yield Mark.SAME, old[ends[0] :], new[ends[1] :]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the two sequences' common prefix."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _aligned(one: list[str], other: list[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Stretches of the two texts that belong together: whether they are equal, and where they start
    and end in each. A single stretch that differs, if the texts are too long to align."""
    there = Counter(other)
    pairs = sum(count * there[token] for token, count in Counter(one).items())
    if pairs > MOST_PAIRS or len(one) * len(other) > MOST_PRODUCT:
        yield False, 0, len(one), 0, len(other)
        return
    for tag, *places in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        i, j, k, m = places
        yield tag == "equal", i, j, k, m


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighboring pieces joined, gone before new. A short unchanged piece between two changes, an
    island, becomes part of both."""
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


def _items(field: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[ItemDifference]:
    """Items that are gone, then those that are new, changed or moved, in the new order."""
    pairs = pair_items(field, old, new)
    kept, names = set(pairs), item_names(field, old)
    for place, item in enumerate(old):
        if place not in kept:
            yield _whole(Mark.GONE, field, item)
    moved = _moved([was for was in pairs if was is not None]) if is_ordered(field) else set()
    for place, (was, item) in enumerate(zip(pairs, new, strict=True)):
        if was is None:
            yield _whole(Mark.NEW, field, item)
            continue
        if old[was] != item:
            fields = tuple(_fields(field, old[was], item))
            yield ItemDifference(Mark.CHANGED, names[was], fields=fields)
        if was in moved:
            yield ItemDifference(Mark.MOVED, _called(field, item), places=(was + 1, place + 1))


def _whole(mark: Mark, field: str, item: Any) -> ItemDifference:
    """A new or gone item, with what it says besides its name."""
    known = _called(field, item)
    if not isinstance(item, dict):
        return ItemDifference(mark, known)
    left_out: tuple[Any, ...] = (None, "", [], *_names(known))
    said = ((key, value) for key, value in _flat(item) if value not in left_out)
    return ItemDifference(mark, known, said=tuple(said))


def _names(known: str) -> tuple[str, ...]:
    return (known, *known.split(", "))


def _called(field: str, item: Any) -> str:
    return item_name(field, item) if isinstance(item, dict) else str(item)


def _fields(field: str, old: Any, new: Any) -> Iterator[tuple[str, Difference]]:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        yield "", find_difference(field, old, new)
        return
    was, now = dict(_flat(old)), dict(_flat(new))
    for key in {**was, **now}:
        if was.get(key) != now.get(key):
            yield key, find_difference(key, was.get(key), now.get(key))


def _flat(item: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """Each key with its value. A mapping within it is flattened: “source title”."""
    for key, value in item.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{within}{key} ")
        else:
            yield f"{within}{key}", value


def _moved(places: Sequence[int]) -> set[int]:
    """The fewest of these places whose removal leaves the others in rising order."""
    ends: list[int] = []
    lengths = []  # of the longest rising run that ends at each place, minus one
    for place in places:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        lengths.append(length)
    staying, next_length = set(), len(ends) - 1
    for place, length in zip(reversed(places), reversed(lengths), strict=True):
        if length == next_length:
            staying.add(place)
            next_length -= 1
    return set(places) - staying
