"""YAML as a tree of texts with their places: every scalar stays the text that the file has.

A document's schema types the texts later, so that `no` stays "no" and `1.10` stays "1.10".
The tree is built here, from the YAML library's stream of events. Anchors, aliases, tags, merge
keys, duplicate keys, deep nesting and second documents are refused at their first event, before
they can take much memory or stack.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

import yaml

from careers.sync.problems import Place, Refused
from paths import lint
from paths.text.characters import UNPRINTABLE, not_allowed
from paths.text.newlines import unix_newlines

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = {"", "~", "null", "Null", "NULL"}
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")  # line ends for YAML, but not for editors

type Stretch = tuple[int, int]  # start and end offset in a text


@dataclass(slots=True)
class Node:
    """A value with its place: text or None, a list of nodes, or a dict of nodes by key.

    path: from the document to it, as in “steps[2].path”. Places are worked out when asked for,
    since a catalog has a great many nodes.
    """

    text: "Text"
    stretch: Stretch
    value: "str | list[Node] | dict[str, Node] | None"
    keys: dict[str, Stretch] = field(default_factory=dict)
    path: str = ""

    @property
    def place(self) -> Place:
        return replace(self.text.place(*self.stretch), key=self.path)

    def plain(self) -> Any:
        """The same value as texts, lists and dicts."""
        match self.value:
            case list(items):
                return [item.plain() for item in items]
            case dict(entries):
                return {key: item.plain() for key, item in entries.items()}
        return self.value

    def at(self, *steps: str | int) -> "Node":
        """The node at a path of keys and indexes, or the nearest one above it that exists."""
        node = self
        for step in steps:
            inner: Node | None = None
            match node.value, step:
                case (dict(entries), str(key)):
                    inner = entries.get(key)
                case (list(items), int(index)) if index < len(items):
                    inner = items[index]
            if inner is None:
                return node
            node = inner
        return node

    def key_place(self, key: str) -> Place:
        """Where a mapping's key stands, or the mapping itself if it has no such key."""
        if key not in self.keys:
            return self.place
        return replace(self.text.place(*self.keys[key]), key=_beneath(self.path, key))

    def key_lines(self) -> dict[str, int]:
        """A mapping's keys, each with its line in the file."""
        return {key: self.text.line(start) for key, (start, _) in self.keys.items()}


class Text:
    """A file's text, for finding places in it. first_line: the file's line where the text
    begins."""

    def __init__(self, file: str, text: str, first_line: int = 1) -> None:
        self.file = file
        self.text = text
        self.first_line = first_line
        self.lines = text.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def line(self, offset: int) -> int:
        """The line of the file on which a character stands, from 1."""
        return self._line(offset) + self.first_line

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, min(offset, len(self.text))) - 1

    def place(self, start: int, end: int | None = None) -> Place:
        """The place between two offsets, cut off at the end of its first line."""
        line = self._line(start)
        column = start - self._starts[line]
        rest = len(self.lines[line]) - column
        length = rest if end is None else min(end - start, rest)
        return Place(
            self.file, line + self.first_line, column + 1, max(1, length), self.lines[line]
        )

    def place_of_line(self, line: int) -> Place:
        """The place of a whole line of the text, counted from 1."""
        return self.place(self.offset_of_line(line))

    def offset_of_line(self, line: int) -> int:
        """Where a line of the text, counted from 1, begins."""
        return self._starts[min(line, len(self.lines)) - 1]

    def place_that_shows(self, offset: int) -> Place:
        """The place of a character or, if its line is blank, of the last text before that line."""
        place = self.place(offset, offset + 1)
        if place.text.strip():
            return place
        return self.place(max(0, len(self.text[:offset].rstrip()) - 1))


def decode_text(data: bytes, file: str) -> Text:
    """The text of a file's bytes, with every line ending as a line feed.

    Raises Refused: too large, not UTF-8, a byte order mark, a NUL or another control character, or
    a conflict marker of git.
    """
    if len(data) > MAX_BYTES:
        limit = f"a catalog file has at most {MAX_BYTES:,} bytes"
        raise Refused("too-large", limit, Place(file), "split it")
    if data.startswith(b"\xef\xbb\xbf"):
        raise Refused(
            "byte-order-mark",
            "the file begins with a byte order mark",
            Place(file, 1, 1),
            "save it as UTF-8 without a BOM",
        )
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        shown = data[start:].split(b"\n", 1)[0].decode("latin-1")
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8", "replace")) + 1
        raise Refused(
            "not-utf-8",
            f"the byte {data[error.start]:#04x} is not UTF-8",
            Place(file, line, column, 1, shown),
            "save the file as UTF-8",
        ) from None
    text = Text(file, unix_newlines(decoded))
    if bad := UNPRINTABLE.search(text.text):
        raise _unprintable(bad.group(), text.place(bad.start(), bad.end()))
    if marker := lint.CONFLICT_MARKER.search(text.text):
        raise Refused(
            "conflict-marker",
            lint.UNFINISHED_MERGE,
            text.place(marker.start(), marker.end()),
            lint.FINISH_MERGE,
        )
    return text


def parse_yaml(text: Text) -> Node:
    """The one YAML document of a text. Raises Refused with the first problem."""
    return _Builder(text).document()


def _unprintable(char: str, place: Place) -> Refused:
    if char == "\0":
        return Refused("nul", "there is a NUL character here", place, "remove it")
    return Refused("control-character", not_allowed(char), place, "remove it")


class _Builder:
    def __init__(self, text: Text) -> None:
        self.text = text

    def document(self) -> Node:
        self._check_indentation()
        events = self._events()
        root: Node | None = None
        for event in events:
            match event:
                case yaml.DocumentStartEvent() if root is not None:
                    raise self._refused(
                        "several-documents",
                        "a file holds one document, and a second begins here",
                        event,
                        "put it into a file of its own",
                    )
                case yaml.NodeEvent():
                    root = self._node(event, events, 1)
        if root is None or root.value is None:
            raise Refused("empty-file", "the file is empty", Place(self.text.file))
        return root

    def _check_indentation(self) -> None:
        if tab := _TAB_INDENT.search(self.text.text):
            place = self.text.place(tab.end() - 1, tab.end())
            raise Refused("tab", "a line is indented with a tab", place, "use spaces")

    def _events(self) -> Iterator[Any]:
        try:
            yield from yaml.parse(self.text.text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            at = mark.index if mark else 0
            if found := self._break_before(at):
                raise found from None
            place = self.text.place_that_shows(at)
            if "cannot start any token" in (error.problem or "") and self.text.text[at] == "\t":
                raise Refused(
                    "tab", "there is a tab before a value", place, "use a space"
                ) from None
            raise Refused("yaml", _yaml_words(error), place, _yaml_hint(error)) from None

    def _break_before(self, error: int) -> Refused | None:
        """The problem to report if YAML fails at `error` because it ended a line where no editor
        does; otherwise None."""
        breaks = [found.start() for found in _OTHER_BREAKS.finditer(self.text.text, 0, error)]
        if not breaks or _stops_at(_OTHER_BREAKS.sub(" ", self.text.text), error):
            return None
        char = self.text.text[breaks[-1]]
        message = f"for YAML a line ends here, at the character U+{ord(char):04X}"
        place = self.text.place(breaks[-1], breaks[-1] + 1)
        return Refused("yaml", message, place, "put a space in its place")

    def _refused(self, code: str, message: str, event: Any, hint: str = "") -> Refused:
        return Refused(code, message, self._place(event), hint)

    def _place(self, event: Any) -> Place:
        return self.text.place(*_stretch(event))

    def _node(self, event: Any, events: Iterator[Any], depth: int, path: str = "") -> Node:
        self._refuse_forbidden(event)
        match event:
            case yaml.ScalarEvent():
                # decode_text() has refused such characters; only escapes can bring them back.
                if event.style == '"' and (bad := UNPRINTABLE.search(event.value)):
                    raise _unprintable(bad.group(), self._place(event))
                bare = event.style in (None, "") and event.value in _NULLS
                return Node(self.text, _stretch(event), None if bare else event.value, path=path)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent() if depth > MAX_DEPTH:
                message = f"this is nested deeper than {MAX_DEPTH} levels"
                raise Refused("too-deep", message, self._place(event))
            case yaml.SequenceStartEvent():
                items = list(self._items(events, depth, path))
                return Node(self.text, _stretch(event), items, path=path)
        return self._mapping(event, events, depth, path)

    def _refuse_forbidden(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._refused(
                "alias", f"the alias `*{event.anchor}` is not allowed", event, "write the value out"
            )
        if event.anchor:
            raise self._refused(
                "anchor",
                f"the anchor `&{event.anchor}` is not allowed",
                event,
                "write the value out",
            )
        if event.tag:
            raise self._refused("tag", f"the tag `{event.tag}` is not allowed", event, "remove it")

    def _items(self, events: Iterator[Any], depth: int, path: str) -> Iterator[Node]:
        for place, event in enumerate(events):
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, events, depth + 1, f"{path}[{place}]")

    def _mapping(self, start: Any, events: Iterator[Any], depth: int, path: str) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Stretch] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event)
            if key in entries:
                raise self._refused(
                    "duplicate-key",
                    f"`{key}` is given twice",
                    event,
                    f"it is first given on line {self.text.line(keys[key][0])}",
                )
            keys[key] = _stretch(event)
            entries[key] = self._node(next(events), events, depth + 1, _beneath(path, key))
        return Node(self.text, _stretch(start), entries, keys, path)

    def _key(self, event: Any) -> str:
        self._refuse_forbidden(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refused("key", "a key is a word", event)
        if event.value == "<<" and event.style in (None, ""):
            raise self._refused(
                "merge-key", "the merge key `<<` is not allowed", event, "write the keys out"
            )
        return str(event.value)


def _beneath(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _stretch(event: Any) -> Stretch:
    # Offsets, not lines: YAML takes some characters for line breaks that editors don't.
    return event.start_mark.index, event.end_mark.index


def _stops_at(text: str, place: int) -> bool:
    """Whether YAML fails to parse a text exactly at a place."""
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if event.start_mark and event.start_mark.index > place:
                return False
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return bool(mark and mark.index == place)
    return False


def _yaml_words(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "this is not YAML"
    return f"{problem} ({error.context})" if error.context else problem


def _yaml_hint(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return "put a text that holds `: ` into quotes"
    if "cannot start any token" in problem:
        return "put the text into quotes"
    return ""
