"""The most similar of many names, without a comparison with each of them. Pure."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from heapq import nsmallest

FEW = 300  # names of which each is compared
LIKELY = 40  # of more: those that share most of their letters with what is asked for
LETTERS = 3  # in a row
LONGEST = 200  # letters: what is longer is like none of many


class SimilarNames:
    """Names among which the most similar one is asked for, often."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)

    def nearest(self, name: str, cutoff: float) -> str | None:
        """The most similar name, if it is similar enough. cutoff: of 1, as difflib measures it."""
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
        # By their places where they share as many: a counter has them in another order each time.
        likeliest = nsmallest(LIKELY, shared.items(), key=lambda each: (-each[1], each[0]))
        return [self.names[place] for place, _ in likeliest]

    @cached_property
    def _having(self) -> dict[str, array[int]]:
        """Letters in a row → the places of the names that have them."""
        found: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for place, name in enumerate(self.names):
            for piece in _pieces(name):
                found[piece].append(place)
        return dict(found)


def _pieces(name: str) -> set[str]:
    """Its letters, three in a row at a time, with its beginning and its end."""
    text = f"^{name}$"
    return {text[at : at + LETTERS] for at in range(len(text) - LETTERS + 1)}
