"""A conflict as an editor is asked about it: its values, and which of them can be chosen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One of a conflict's values. words: the value in words. place: its file and line, if any.

    take: the value of its radio button. take_words: that button's label. Both are empty if it
    can't be chosen.
    """

    heading: str
    words: str
    place: str = ""
    take: str = ""
    take_words: str = ""


@dataclass(frozen=True, slots=True)
class ConflictToResolve:
    """A conflict that waits for a choice. label: the field's. radio: the radio buttons' name."""

    label: str
    radio: str
    options: tuple[Option, ...]
