"""A conflict as a page asks about it: the values that it is between, and a choice for some."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One of a conflict's values. words: the value in words. place: the file and line it is from.

    take: what choosing it sends, with the words for that; both empty where it can't be chosen.
    """

    heading: str
    words: str
    place: str = ""
    take: str = ""
    take_words: str = ""


@dataclass(frozen=True, slots=True)
class ConflictToResolve:
    """A conflict that waits for a choice. label: its field. radio: its radio buttons' name."""

    label: str
    radio: str
    options: tuple[Option, ...]
