"""Find the most similar of many names without a comparison with each of them. Pure."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from heapq import nsmallest

FEW = 300  # names: so many are all compared
LIKELY = 40  # names that are compared where there are more: those that share the most trigrams
LETTERS = 3  # of a trigram
LONGEST = 200  # letters: a longer name is similar to none


class SimilarNames:
    """Names to be searched many times for the most similar one."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)

    def nearest(self, name: str, cutoff: float) -> str | None:
        """The most similar name, or None. cutoff: the least difflib ratio, from 0 to 1."""
        found = get_close_matches(name, self._likely(name), n=1, cutoff=cutoff)
        return found[0] if found else None

    def _likely(self, name: str) -> Iterable[str]:
        if len(self.names) <= FEW:
            return self.names
        if len(name) > LONGEST:
            return ()
        shared: Counter[int] = Counter()
        for piece in _pieces(name):
            shared.update(self._having.get(piece, ()))
        # Ties go by place, since a Counter's own order differs from run to run.
        likeliest = nsmallest(LIKELY, shared.items(), key=lambda each: (-each[1], each[0]))
        return [self.names[place] for place, _ in likeliest]

    @cached_property
    def _having(self) -> dict[str, array[int]]:
        """Trigram → the places of the names that have it."""
        found: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for place, name in enumerate(self.names):
            for piece in _pieces(name):
                found[piece].append(place)
        return dict(found)


def _pieces(name: str) -> set[str]:
    """The trigrams of a name; its beginning and its end count as letters."""
    text = f"^{name}$"
    return {text[at : at + LETTERS] for at in range(len(text) - LETTERS + 1)}
