"""Reads what the address of a page asks for, strictly.

Pure. Nothing in an address can break a page: what can't be read is left out, and the page names it.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from careers.published.catalog import Things
from careers.published.lookup.similar import SimilarNames

# Of all parameters that pages read.
NAMES = {
    *("q", "from", "path", "hours", "band", "pace", "sort", "page", "r", "role", "title"),
    *("a1", "a2", "a3", "a4", "a5"),  # answers to this-or-that questions
    *("plan", "keep"),
}
LONGEST_VALUE = 200  # characters: of a job ad's title
LONGEST_PLAN = 3_800
MOST_VALUES = 10  # of one parameter
LONGEST_SHOWN = 40  # characters of a value that can't be read
SIMILAR = 0.75  # of 1, as difflib measures it; a less similar name would be a bad guess
MOST_REFUSED = 5  # values of one parameter that a page names


class Parameters(Protocol):
    """The parameters of an address, as Django's QueryDict has them."""

    def lists(self) -> Iterable[tuple[str, list[str]]]:
        """Each name with all its values, in the order of the address."""
        ...


@dataclass(frozen=True, slots=True)
class Ignored:
    """A parameter that can't be read. value: cut where it is long; why: what could be read."""

    name: str
    value: str
    why: str


def shown(value: str) -> str:
    """A value that can be shown: without unprintable characters, and cut visibly if it is long."""
    text = "".join(filter(str.isprintable, value)).strip() or "?"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def find[T](known: Mapping[str, T], key: str) -> T | None:
    """What a key names, or what had it as its slug before: an address that was sent stays good."""
    if key in known:
        return known[key]
    return known.former.get(key) if isinstance(known, Things) else None


def _longest(name: str) -> int:
    return LONGEST_PLAN if name == "plan" else LONGEST_VALUE


def _no_such(kind: str, key: str, known: Iterable[str]) -> str:
    names = known.similar if isinstance(known, Things) else SimilarNames(known)
    nearest = names.nearest(key[:LONGEST_SHOWN], SIMILAR)
    meant = f" The nearest is “{nearest}”." if nearest else ""
    return f"There is no {kind} of this name.{meant}"


class Reader:
    """Reads the parameters of one address, and keeps a list of those that it can't read.

    In whatever order an address names them, they mean the same, and make the same page.

    White space around a value says nothing, and neither does an empty value: that parameter wasn't
    given. Where one value is asked for and several are given, the last one counts.
    """

    def __init__(self, parameters: Parameters) -> None:
        self._values = dict(sorted(parameters.lists()))
        self.ignored: list[Ignored] = []

    @property
    def parameters(self) -> dict[str, list[str]]:
        """What was given, unread, to write an address that differs in some.

        Without what no page reads: a long address of it would be written into a hundred links.
        """
        return {
            name: [value for value in values if len(value) <= _longest(name)][-MOST_VALUES:]
            for name, values in self._values.items()
            if name in NAMES
        }

    def is_given(self, name: str) -> bool:
        """Whether a form had this field, if only an empty one."""
        return name in self._values

    def is_left_empty(self, name: str) -> bool:
        """Whether a form had a field of this name into which nothing was put."""
        return not all(map(str.strip, self._values.get(name, ())))

    def text(self, name: str) -> str:
        """One text, or an empty one."""
        values = self._values.get(name)
        return values[-1].strip() if values else ""

    def texts(self, name: str) -> list[str]:
        """Every text that was given, as often as it was given, in that order."""
        values = (value.replace("\0", "").strip() for value in self._values.get(name, ()))
        return [value for value in values if value]

    def words(self, name: str) -> str:
        """What a visitor typed in words: one space between them, and no unprintable characters.

        Characters without a width, such as soft hyphens, divide nothing.
        """
        seen = (char for char in self.text(name) if unicodedata.category(char) != "Cf")
        typed = (char if char.isprintable() else " " for char in seen)
        return " ".join("".join(typed).split())

    def whole(self, name: str, most: int, unit: str) -> int | None:
        """A whole number from 1 to `most`. unit: what it counts, for the refusal."""
        asked = self.text(name)
        if not asked:
            return None
        if asked.isascii() and asked.isdigit() and 1 <= int(asked[:12]) <= most:
            return int(asked[:12])
        self.refuse(name, f"It must be a whole number of {unit}, from 1 to {most:,}.")
        return None

    def one_of[T](self, name: str, known: Mapping[str, T], kind: str) -> T | None:
        """What one key names, or named once. kind: of what is known, for the refusal."""
        asked = self.text(name)
        found = find(known, asked) if asked else None
        if asked and not found:
            self.refuse(name, _no_such(kind, asked, known))
        return found

    def some_of[T](self, name: str, known: Mapping[str, T], kind: str, most: int) -> list[T]:
        """What several keys name, each once, in the order of the address: the first `most`."""
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
        """Say that a page doesn't use a parameter, and why."""
        self.ignored.append(Ignored(name, shown(self.text(name)), why))
