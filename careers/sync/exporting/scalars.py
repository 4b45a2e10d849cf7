"""Write a value as YAML that reads back as the same value, in its former style if possible.

A text that other YAML readers would take for a number, a date or a truth value gets quotes, though
our own reader takes every value for text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

import yaml

from careers.sync.problems import Refused
from careers.sync.reading.yaml_tree import Text, parse_yaml
from paths.text.characters import UNPRINTABLE, is_seen

WIDTH = 108  # characters of a line of prose, without its indentation
SLACK = 1.1  # how much longer than the old block's longest line a line may be
LONG = 300  # characters; a longer text is prose, since no one-sentence field may be as long

# Texts that YAML 1.1 or 1.2 doesn't take for text, beyond those that PyYAML knows.
_SPECIAL = re.compile(
    r"[yYnN]|[-+]?\.?[0-9][0-9_.,:-]*(?:[eE][-+]?[0-9]+)?|[-+]?0(?:x[0-9a-fA-F_]+|[ob][0-7_]+)"
)
_JOINERS = "\u200c\u200d"  # invisible too, but some scripts and emoji need them
_HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_ESCAPES = {"\n": r"\n", "\t": r"\t", "\r": r"\r", '"': r"\"", "\\": r"\\"}


def why_unwritable(text: str) -> str:
    """Why no file can hold a text, or an empty text where one can."""
    if bad := UNPRINTABLE.search(text):
        return f"it holds the character U+{ord(bad.group()):04X}"
    if text != text.strip():
        return "it begins or ends with white space"
    return "nothing of it can be seen" if text and not is_seen(text) else ""


def one_line(value: Any, *, style: str | None = None, flow: bool = False) -> str:
    """A value on one line. style: that of the old value. flow: whether it is within [] or {}."""
    if value is None:
        return "null"
    text = str(value)
    is_text = not isinstance(value, (int, date))
    for each in [*([style] if style in _QUOTED else []), *_styles(text)]:
        written = _QUOTED[each](text) if each else text
        if each is None and is_text and _means_more(text):
            continue
        if _reads_back(written, text, flow=flow):
            return written
    return _double(text)


def block(text: str, indent: int, style: str, old: str = "") -> str | None:
    """A text as a block below its key, header first; None if that wouldn't read back.

    indent: spaces before each line. style: | keeps line breaks, > folds lines. old: the lines of
    the old block; a folded text is broken where the old one was, so that few lines change.
    """
    lines = text.split("\n")
    if any(_is_hidden(line) or line != line.rstrip() for line in lines):
        return None
    if style == ">":
        lines = list(_folded(text, old))
    pad = " " * indent
    written = "\n".join([f"{style}-", *(pad + line if line else "" for line in lines)])
    return written if _block_reads_back(written, text) else None


# -- One line ------------------------------------------------------------------------------


def _styles(text: str) -> Iterator[str | None]:
    """The quotes to try: none, single ones if double ones would need escapes, double ones."""
    if not _is_hidden(text):
        yield None
        if '"' in text or "\\" in text:
            yield "'"
    yield '"'


def _double(text: str) -> str:
    return f'"{"".join(map(_escaped, text))}"'


def _single(text: str) -> str:
    return _double(text) if _is_hidden(text) else "'" + text.replace("'", "''") + "'"


_QUOTED = {'"': _double, "'": _single}


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if not _is_hidden(char):
        return char
    number = ord(char)
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"


def _is_hidden(text: str) -> bool:
    """Whether a character can't be seen in an editor, or ends a line in YAML 1.1."""
    return any(unicodedata.category(c) in _HIDDEN and c not in _JOINERS for c in text)


def _means_more(text: str) -> bool:
    """Whether a YAML reader would take a text without quotes for something other than a text."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    known = resolvers.get(text[:1], []) + resolvers.get(None, [])
    return any(pattern.match(text) for _, pattern in known) or bool(_SPECIAL.fullmatch(text))


def _reads_back(written: str, text: str, *, flow: bool) -> bool:
    probe = f"- k: {written}\n- {written}\n"
    if flow:
        probe = f"- {{k: {written}}}\n- [{written}]\n"
    wanted = [{"k": text}, [text] if flow else text]
    return bool(_parsed(probe) == wanted)


def _parsed(probe: str) -> Any:
    try:
        return parse_yaml(Text("", probe)).plain()
    except Refused:
        return None


# -- Blocks --------------------------------------------------------------------------------


def _block_reads_back(written: str, text: str) -> bool:
    return bool(_parsed(f"k: {written}\nz: 1\n") == {"k": text, "z": "1"})


def _folded(text: str, old: str) -> Iterator[str]:
    """The lines of a folded block, in which a blank line stands for each line break of the text."""
    before = [line.split() for line in old.split("\n")]
    width = round(max([WIDTH / SLACK, *map(len, old.split("\n"))]) * SLACK)
    for number, paragraph in enumerate(text.split("\n")):
        if number:
            yield ""
        if paragraph:
            yield from _broken(paragraph, before, width)


def _broken(paragraph: str, before: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    words = paragraph.split(" ")
    # Only a single space is a place where a line may end.
    breakable = {place for place, pair in enumerate(pairwise(words), start=1) if all(pair)}
    kept = sorted(breakable & _kept_breaks(words, before))
    for start, end in pairwise([0, *kept, len(words)]):
        yield from _wrapped(words[start:end], width)


def _wrapped(words: Sequence[str], width: int) -> Iterator[str]:
    line = words[0]
    for last, word in pairwise(words):
        if last and word and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}"
    yield line


def _kept_breaks(words: Sequence[str], before: Iterable[Sequence[str]]) -> set[int]:
    """Indexes of words before which the old text broke, judged by the word before or after."""
    flat: list[str] = []
    ends = set()
    for line in before:
        flat += line
        ends.add(len(flat))
    same = SequenceMatcher(None, flat, words, autojunk=False).get_matching_blocks()
    places = {was + n: now + n for was, now, size in same for n in range(size)}
    begun = {places[end] for end in ends if end in places}
    return begun | {places[end - 1] + 1 for end in ends if end - 1 in places}
