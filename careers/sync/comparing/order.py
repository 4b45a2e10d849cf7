"""The order of things that stand in a list in one file. Pure.

In the file, a thing's position is its place: 1, 2, 3. In the database it is any number, and there
may be things that the file doesn't have. So orders are compared, never the numbers themselves.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from careers.sync.entries import Entry, Key
from careers.sync.kinds import LISTED


def by_position(entries: Iterable[Entry]) -> list[Entry]:
    """The entries as the site orders them. Those of equal position stay in the order given."""
    return sorted(entries, key=_position)


def _position(entry: Entry) -> int:
    position: int = entry.values["position"]
    return position


def with_file_positions(
    side: Mapping[Key, Entry], files: Mapping[Key, Entry], also: Mapping[Key, Entry] | None = None
) -> dict[Key, Entry]:
    """The listed entries that a side shares with the files, in the side's order. They get the
    positions that the files give, in this order: if it is also the files' order, each entry has the
    same position as in the files.

    also: another side. Entries that only it has count as standing where it has them, so that the
    positions of both sides can be compared.
    """
    placed = {}
    for kind in LISTED:
        order = insert_missing(_shared(kind, side, files), _shared(kind, also or {}, files))
        positions = sorted(_position(files[key]) for key in order)
        for position, key in zip(positions, order, strict=True):
            if key in side:
                placed[key] = replace(side[key], values={**side[key].values, "position": position})
    return placed


def _shared(kind: str, side: Mapping[Key, Entry], files: Mapping[Key, Entry]) -> list[Key]:
    """The things of a kind that a side shares with the files, in the side's order."""
    shared = (entry for key, entry in side.items() if key in files and key[0] == kind)
    return [entry.id for entry in by_position(shared)]


def insert_missing[T: Hashable](order: Sequence[T], whole: Sequence[T]) -> list[T]:
    """The first sequence, with what only the second has, each behind what it follows there."""
    filled = Chain(order)
    last: T | None = None
    for item in whole:
        if item not in filled:
            filled.insert(item, last)
        last = item
    return list(filled)


class Chain[T: Hashable]:
    """Distinct things in an order. Finding and inserting take constant time."""

    def __init__(self, order: Sequence[T]) -> None:
        self._next: dict[T | None, T | None] = dict(
            zip([None, *order], [*order, None], strict=True)
        )

    def __contains__(self, item: T) -> bool:
        return item in self._next

    def __iter__(self) -> Iterator[T]:
        item = self.after(None)
        while item is not None:
            yield item
            item = self.after(item)

    def after(self, item: T | None) -> T | None:
        """The thing behind another, or the first one for None; None behind the last."""
        return self._next[item]

    def insert(self, item: T, last: T | None) -> None:
        """Put a thing right behind `last`, or first if that is None."""
        self._next[item] = self._next[last]
        self._next[last] = item
