"""Read the query parameters of a page, strictly.

Pure. Nothing in an address can break a page: a value that can't be read is ignored, and the page
says so.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from careers.published.catalog import Things
from careers.published.lookup.similar import SimilarNames

# All parameters that any page reads.
NAMES = {
    *("q", "from", "path", "hours", "band", "pace", "sort", "page", "r", "role", "title"),
    *("a1", "a2", "a3", "a4", "a5"),  # answers to this-or-that questions
    *("plan", "keep"),
}
LONGEST_VALUE = 200  # characters, as many as a job ad's title may need
LONGEST_PLAN = 3_800
MOST_VALUES = 10  # of one parameter
LONGEST_SHOWN = 40  # characters that a page repeats of a value that it can't read
SIMILAR = 0.75  # difflib's ratio, from 0 to 1: a less similar name would be a bad guess
MOST_REFUSED = 5  # values of one parameter that a page says it ignores


class Parameters(Protocol):
    """Query parameters, as Django's QueryDict has them."""

    def lists(self) -> Iterable[tuple[str, list[str]]]:
        """Each name with all its values, in the order of the address."""
        ...


@dataclass(frozen=True, slots=True)
class Ignored:
    """A value that was ignored. value: shortened if it is long. why: what would be allowed."""

    name: str
    value: str
    why: str


def shown(value: str) -> str:
    """A value as a page may repeat it: without unprintable characters, and cut with “…” if long."""
    text = "".join(filter(str.isprintable, value)).strip() or "?"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def find[T](known: Mapping[str, T], key: str) -> T | None:
    """What has this key, or had it as its slug before, so that old links keep working; or None."""
    if key in known:
        return known[key]
    return known.former.get(key) if isinstance(known, Things) else None


def _longest(name: str) -> int:
    return LONGEST_PLAN if name == "plan" else LONGEST_VALUE


def _first_and_last(values: list[str]) -> list[str]:
    """At most MOST_VALUES: of some parameters the first values count, and of others the last."""
    return values if len(values) <= MOST_VALUES else [*values[: MOST_VALUES - 1], values[-1]]


def _no_such(kind: str, key: str, known: Iterable[str]) -> str:
    names = known.similar if isinstance(known, Things) else SimilarNames(known)
    nearest = names.nearest(key[:LONGEST_SHOWN], SIMILAR)
    meant = f" The nearest is “{nearest}”." if nearest else ""
    return f"There is no {kind} with this name.{meant}"


def _typed(value: str) -> str:
    seen = (char for char in value if unicodedata.category(char) != "Cf")
    typed = (char if char.isprintable() else " " for char in seen)
    return " ".join("".join(typed).split())


class Reader:
    """Reads the parameters of one address, and keeps a list of those that it ignores.

    The order of different parameters doesn't matter: it makes the same page.

    White space around a value is dropped, and an empty value counts as none. Where one value is
    asked for and several are given, the last one counts. Numbers and keys are read without the
    unprintable characters that a copied text may have: no page could show what is wrong with them.
    """

    def __init__(self, parameters: Parameters) -> None:
        self._values = dict(sorted(parameters.lists()))
        self.ignored: list[Ignored] = []

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The parameters as given, for an address that differs in some of them.

        Leaves out what no page reads, so that a long address isn't repeated in a hundred links.
        """
        return {
            name: _first_and_last([value for value in values if len(value) <= _longest(name)])
            for name, values in self._values.items()
            if name in NAMES
        }

    def is_given(self, name: str) -> bool:
        """Whether the parameter is there, even if empty."""
        return name in self._values

    def is_left_empty(self, name: str) -> bool:
        """Whether a form sent this field, and left it empty at least once."""
        return not all(map(str.strip, self._values.get(name, ())))

    def text(self, name: str) -> str:
        """The last value, or ""."""
        values = self._values.get(name)
        return values[-1].strip() if values else ""

    def texts(self, name: str) -> list[str]:
        """All values that aren't empty, as words() reads them, in order, duplicates included."""
        return [*filter(None, map(_typed, self._values.get(name, ())))]

    def words(self, name: str) -> str:
        """What a visitor typed: single spaces between words, and no unprintable characters.

        Characters without a width, such as soft hyphens, are dropped and don't divide words.
        """
        return _typed(self.text(name))

    def whole(self, name: str, most: int, unit: str) -> int | None:
        """A whole number from 1 to `most`, or None. unit: what it counts, for the message."""
        asked = self.words(name)
        if not asked:
            return None
        if asked.isascii() and asked.isdigit() and 1 <= int(asked[:12]) <= most:
            return int(asked[:12])
        self.refuse(name, f"It must be a whole number of {unit}, from 1 to {most:,}.")
        return None

    def one_of[T](self, name: str, known: Mapping[str, T], kind: str) -> T | None:
        """What the value names in `known`; or None. kind: what those are, for the message."""
        asked = self.words(name)
        found = find(known, asked) if asked else None
        if asked and not found:
            self.refuse(name, _no_such(kind, asked, known))
        return found

    def some_of[T](self, name: str, known: Mapping[str, T], kind: str, most: int) -> list[T]:
        """What the values name in `known`, each once, in the order given, at most `most`."""
        found: list[T] = []
        refused = []
        for key in dict.fromkeys(self.texts(name)):
            thing = find(known, key)
            if thing is None:
                refused.append((key, _no_such(kind, key, known)))
            elif thing not in found and len(found) == most:
                refused.append((key, f"No more than {most} {kind}s fit."))
            elif thing not in found:
                found.append(thing)
        self.ignored += [Ignored(name, shown(key), why) for key, why in refused[:MOST_REFUSED]]
        return found

    def refuse(self, name: str, why: str) -> None:
        """Add a parameter to those that are ignored, and say why."""
        self.ignored.append(Ignored(name, shown(self.text(name)), why))
