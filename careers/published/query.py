"""What the address of a page asks for, read strictly.

Pure. Nothing in an address can break a page: what can't be read is named, and left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SHOWN = 40  # characters of a value that can't be read


@dataclass(frozen=True, slots=True)
class Ignored:
    """A parameter that can't be read. value: as far as it can be shown; why: what is right."""

    name: str
    value: str
    why: str


def ignored(name: str, value: str, why: str) -> Ignored:
    """Say that a parameter isn't used. Cuts a long value visibly."""
    shown = "".join(filter(str.isprintable, value)).strip() or "?"
    return Ignored(name, shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…", why)


class Reader:
    """Reads parameters and keeps those that it can't read. An empty one was not asked for."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self._parameters = parameters
        self.ignored: list[Ignored] = []

    def text(self, name: str) -> str:
        return self._parameters.get(name, "").strip()

    def words(self, name: str) -> str:
        """What a visitor wrote in words of their own, one space between them.

        Characters that no page can show are spaces.
        """
        shown = (char if char.isprintable() else " " for char in self.text(name))
        return " ".join("".join(shown).split())

    def refuse(self, name: str, why: str) -> None:
        self.ignored.append(ignored(name, self.text(name), why))

    def whole(self, name: str, most: int, unit: str) -> int | None:
        """A whole number from 1 to `most`."""
        asked = self.text(name)
        if not asked:
            return None
        if asked.isascii() and asked.isdigit() and 1 <= int(asked[:12]) <= most:
            return int(asked[:12])
        self.refuse(name, f"It is a whole number of {unit}, from 1 to {most:,}.")
        return None

    def one_of[Thing](self, name: str, things: Mapping[str, Thing], kind: str) -> Thing | None:
        """One of some things by its key."""
        asked = self.text(name)
        if asked and asked not in things:
            self.refuse(name, f"There is no {kind} of this name.")
        return things.get(asked)
