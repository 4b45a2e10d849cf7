"""Which characters a text may contain, and which are visible."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

# Control characters and lone surrogates, which YAML forbids; and those that reverse the direction
# of the text that follows, so that it reads as something else.
UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}
# Letters, marks and signs that are drawn as nothing: fillers, variation selectors, empty Braille.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
WORDS_BEFORE = 30  # characters that show where something is

NOTHING_SEEN = "None of its characters can be seen."


def texts_in(value: Any) -> Iterator[str]:
    """All texts in a JSON value, nested ones too; keys aren't among them."""
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from texts_in(item)
        case dict():
            yield from texts_in(list(value.values()))


def is_seen(text: str) -> bool:
    """Whether any character of a text is visible."""
    return any(
        unicodedata.category(char) not in _UNSEEN_CATEGORIES for char in _UNSEEN.sub("", text)
    )


def not_allowed(char: str) -> str:
    """The message about a character that no text may contain."""
    return f"the character U+{ord(char):04X} is not allowed"


def problem(text: str) -> str:
    """A sentence about what is wrong with a text's characters, and where; "" if nothing is."""
    if bad := UNPRINTABLE.search(text):
        before = text[: bad.start()]
        behind = before.rsplit("\n", 1)[-1].rstrip()[-WORDS_BEFORE:]
        line = f"line {before.count('\n') + 1}" if "\n" in text else ""
        where = " ".join(filter(None, [line, f"behind “{behind}”" if behind else ""]))
        return f"T{not_allowed(bad.group())[1:]}: remove it from {where or 'the beginning'}."
    return NOTHING_SEEN if text and not is_seen(text) else ""
