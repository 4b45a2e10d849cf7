"""All words of the search index: which are related, and which are spelled alike.

Pure. Words are folded, as `titles.concepts.fold` does.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import takewhile

_PLAIN_ENDINGS = ("s", "es", "ed", "er", "ers", "ing", "ings", "ion", "ions", "or", "ors", "e", "y")
_LONG_ENDINGS = ("ies", "ation", "ations", "ate", "ates", "ated", "ating", "ative")
_ENDINGS = sorted((*_PLAIN_ENDINGS, *_LONG_ENDINGS), key=len, reverse=True)
SHORTEST_STEM = 4  # letters: with shorter stems, “rate” and “rating” would be related to “rats”
MOST_ALIKE = 8  # related words that are searched for with one
SHORTEST_PART = 4  # letters of a word within a word: shorter parts are found in nearly every word
SIMILAR = 0.8  # difflib's ratio, from 0 to 1: how similar a word must be to be read as another
LEAST_KNOWN = 2  # things: a word that fewer have may just be a name in somebody's code
NEAR = 0.65  # difflib's ratio: how similar words must be for their letters to be compared
MOST_COMPARED = 24  # words whose letters are compared
TWO_SLIPS = 6  # letters: shorter words may have one slip, lest “nurse” be read as “use”


def stem(word: str) -> str:
    """The stem that related English words share: “tokeniz” of “tokenizer” and “tokenization”."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    doubled = len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "ls"
    return word[:-1] if doubled else word


def _slips(one: str, other: str) -> int:
    """The edit distance: letters missing, added, wrong, or swapped with the next one."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, a in enumerate(one, 1):
        now = [row]
        for column, b in enumerate(other, 1):
            least = min(last[column] + 1, now[-1] + 1, last[column - 1] + (a != b))
            if row > 1 and column > 1 and (a, one[row - 2]) == (other[column - 2], b):
                least = min(least, before[column - 2] + 1)
            now.append(least)
        before, last = last, now
    return last[-1]


class Vocabulary:
    """All words of the index. things: word → how many things have it."""

    def __init__(self, things: Mapping[str, int]) -> None:
        self.things = things
        self._sorted = sorted(things)
        self._by_look: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._sorted:
            self._by_look[word[0], len(word)].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self.things

    def __len__(self) -> int:
        return len(self._sorted)

    def beginning_with(self, letters: str) -> Iterator[str]:
        """The words that begin with some letters, in alphabetical order."""
        first = bisect_left(self._sorted, letters)
        rest = (self._sorted[place] for place in range(first, len(self._sorted)))
        return takewhile(lambda word: word.startswith(letters), rest)

    def family(self, word: str) -> list[str]:
        """Other words with the same stem, the commonest first."""
        root = stem(word)
        alike = [each for each in self.beginning_with(root) if stem(each) == root and each != word]
        return sorted(alike, key=self._commonest_first)[:MOST_ALIKE]

    def around(self, word: str) -> set[str]:
        """Words that it may be one slip away from: the same first letter, a length within one.

        Also the first word that begins with it, if any. A word with a digit is a name or a number,
        never misspelled: it gets itself alone.
        """
        if not word.isalpha():
            return {word}
        near = {
            each
            for length in range(len(word) - 1, len(word) + 2)
            for each in self._by_look.get((word[0], length), ())
        }
        near.update(next(([each] for each in self.beginning_with(word)), ()))
        return near

    def meant(self, word: str) -> str:
        """The word that a badly misspelled one most likely stands for, or ""."""
        lengths = range(len(word) - 2, len(word) + 3)
        near = [each for length in lengths for each in self._by_look.get((word[0], length), ())]
        return next(iter(get_close_matches(word, near, 1, SIMILAR)), "")

    def nearest(self, word: str, most: int, others: Iterable[str] = ()) -> list[str]:
        """Words to offer instead of one that finds nothing, the nearest first.

        others: more words to choose from, which the index may not have.
        """
        lengths = range(max(3, len(word) - 2), len(word) + 3)
        near = [
            each
            for (first, length), words in self._by_look.items()
            if length in lengths and first in word[:2]
            for each in words
            if self.things[each] >= LEAST_KNOWN and each.isalpha()
        ]
        alike = get_close_matches(word, {*near, *others}, MOST_COMPARED, NEAR)
        slips = {each: _slips(word, each) for each in alike}
        near = [each for each in alike if slips[each] <= 1 + (len(word) >= TWO_SLIPS)]
        return sorted(near, key=slips.__getitem__)[:most]

    def parts(self, word: str) -> tuple[str, ...]:
        """The two words that one is made of, as “fine” and “tuning” of “finetuning”; else ()."""
        ways = (
            (word[:place], word[place:])
            for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        )
        rarer = ((min(self.things.get(each, 0) for each in way), way) for way in ways)
        return max((each for each in rarer if each[0] >= LEAST_KNOWN), default=(0, ()))[1]

    def _commonest_first(self, word: str) -> tuple[int, str]:
        return -self.things[word], word
