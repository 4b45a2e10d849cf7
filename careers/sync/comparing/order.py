"""The order of a list's things, on each side. Pure.

In a file a thing's position is its place, one behind another. In the database it is any number, and
there are things that no file has. So what is compared is the order, never the number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from careers.sync.entries import Entry, Key
from careers.sync.kinds import LISTED


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The things of a list as the site orders them: among equals as the database gave them."""
    return sorted(entries, key=_place)


def _place(entry: Entry) -> int:
    place: int = entry.values["position"]
    return place


def in_file_places(side: Mapping[Key, Entry], files: Mapping[Key, Entry]) -> dict[Key, Entry]:
    """The things of lists that a side shares with the files, in the places that those give.

    Where both have the same order, each thing has the same place.
    """
    placed = {}
    for kind in LISTED:
        shared = [key for key in side if key in files and key[0] == kind]
        places = sorted(_place(files[key]) for key in shared)
        for place, entry in zip(places, in_order(side[key] for key in shared), strict=True):
            placed[entry.id] = replace(entry, values={**entry.values, "position": place})
    return placed


def filled_in[T](order: Sequence[T], whole: Sequence[T]) -> list[T]:
    """The first sequence with what else the second has, behind what it stands behind there."""
    filled, place = list(order), 0
    for item in whole:
        if item not in filled:
            filled.insert(place, item)
        place = filled.index(item) + 1
    return filled
