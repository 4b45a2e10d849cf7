"""Texts that differ and look alike: “é” as one character and as two, unusual or doubled spaces,
characters that nobody sees. Pure.
"""

import re
import unicodedata

UNSEEN = {"Cc", "Cf", "Mn"}  # categories: control, format, and combining marks
DOUBLED = re.compile(r"^ +| {2,}| +$", re.MULTILINE)


def told_apart[T](*values: T) -> tuple[T | str, ...]:
    """The values. If two are texts that differ but look alike, what tells texts apart is made
    visible in all of them: “e\\u0301”, “␣␣”."""
    texts = {value for value in values if isinstance(value, str)}
    if len({_seen(text) for text in texts}) == len(texts):
        return values
    return tuple(_visible(value) if isinstance(value, str) else value for value in values)


def _seen(text: str) -> str:
    """What a reader sees of a text."""
    whole = unicodedata.normalize("NFKC", text)
    shown = (each for each in whole if each.isspace() or unicodedata.category(each) not in UNSEEN)
    return " ".join("".join(shown).split())


def _visible(text: str) -> str:
    marked = "".join(_escape(each) for each in text)
    return DOUBLED.sub(lambda spaces: "␣" * len(spaces[0]), marked)


def _escape(character: str) -> str:
    is_plain = character in {" ", "\n"} or (
        unicodedata.category(character) not in UNSEEN
        and unicodedata.normalize("NFKC", character) == character
    )
    return character if is_plain else character.encode("unicode_escape").decode()
