"""Change some values of a YAML mapping and leave every other character of its text as it is.

The text has been read before: it has no anchors, aliases or tags, and is nested a few levels deep.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from careers.sync.comparing.matching import pair_by_place
from careers.sync.entries import Values
from careers.sync.exporting.scalars import LONG, block, one_line

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_COMMENT_BELOW = re.compile(r"(?:[ \t]*\n)*( *)#")
_FLOW = {"time_split"}  # lists whose items stand on one line each, in braces
INDENT = 2  # spaces


def new_yaml(values: Values) -> str:
    """The text of a new YAML file with these values."""
    return "".join(_entry(key, value, 0, INDENT) for key, value in values.items())


def edit_yaml(text: str, old: Values, new: Values) -> str:
    """The text with new values. old: what it says now, as its schema types it.

    A key in neither isn't touched. A key that `new` lacks is removed; one that `old` lacks is put
    behind the key that precedes it in `new`.
    """
    if old == new:
        return text
    root = yaml.compose(text, Loader=_Loader)
    if not isinstance(root, yaml.MappingNode):
        raise TypeError("the text isn't a mapping")
    return _applied(text, _Rewriter(text, root).mapping(root, old, new, flow=root.flow_style))


@dataclass(frozen=True, slots=True)
class _Replacement:
    """A stretch of the text, by its offsets, and what is to replace it."""

    start: int
    end: int
    text: str


def _applied(
    text: str, replacements: Iterable[_Replacement], start: int = 0, end: int | None = None
) -> str:
    """A stretch of the text with the replacements in it made."""
    pieces, place = [], start
    for replacement in sorted(replacements, key=lambda each: (each.start, each.end)):
        pieces += [text[place : replacement.start], replacement.text]
        place = replacement.end
    return "".join([*pieces, text[place:end]])


# -- New lines -----------------------------------------------------------------------------


def _entry(key: str, value: Any, column: int, step: int) -> str:
    """A key and its value, with a line end. step: how far a list is indented from its key."""
    return f"{' ' * column}{key}:{_value(key, value, column, step)}\n"


def _value(key: str, value: Any, column: int, step: int) -> str:
    """What follows a key's colon."""
    match value:
        case dict():
            return "\n" + _lines(value, column + INDENT, step).rstrip("\n")
        case [int(), *_]:  # numbers read best in a row
            return f" {_in_flow(value)}"
        case [_, *_]:
            items = (_item(item, column + step, step, flow=key in _FLOW) for item in value)
            return "\n" + "".join(items).rstrip("\n")
        case []:
            return " []"
        case str() if "\n" in value or len(value) > LONG:
            style = "|" if "\n" in value else ">"
            return f" {block(value, column + INDENT, style) or one_line(value)}"
    return f" {one_line(value)}"


def _lines(values: Values, column: int, step: int) -> str:
    return "".join(_entry(key, value, column, step) for key, value in values.items())


def _item(value: Any, column: int, step: int, *, flow: bool) -> str:
    """An item of a list, with its dash and a line end."""
    pad = " " * column
    if isinstance(value, dict) and not flow:
        return f"{pad}- {_lines(value, column + INDENT, step).lstrip(' ')}"
    return f"{pad}- {_in_flow(value) if isinstance(value, dict) else one_line(value)}\n"


def _in_flow(value: Any) -> str:
    match value:
        case dict():
            return f"{{{', '.join(f'{key}: {_in_flow(each)}' for key, each in value.items())}}}"
        case list():
            return f"[{', '.join(map(_in_flow, value))}]"
    return one_line(value, flow=True)


# -- Changed lines -------------------------------------------------------------------------


class _Rewriter:
    """Finds the replacements that a text needs. Offsets are those of the whole text."""

    def __init__(self, text: str, root: yaml.MappingNode) -> None:
        self.text = text
        self.step = self._step(root)

    def _step(self, root: yaml.MappingNode) -> int:
        """How far the text indents lists from their keys."""
        for key, value in root.value:
            if isinstance(value, yaml.SequenceNode) and not value.flow_style:
                return int(value.start_mark.column - key.start_mark.column)
        return INDENT

    def mapping(self, node: Any, old: Values, new: Values, *, flow: bool) -> Iterator[_Replacement]:
        pairs = {key.value: (key, value) for key, value in node.value}
        before = ""
        for key, value in new.items():
            if key not in pairs:
                yield self._inserted(node, pairs[before or next(iter(pairs))], key, value, flow)
                continue
            before = key
            if key not in old or old[key] != value:
                yield from self._replaced(*pairs[key], old.get(key), value, flow=flow)
        for key in old:
            if key not in new and key in pairs:
                yield self._removed(*pairs[key], flow=flow)

    def _inserted(self, node: Any, before: Any, key: str, value: Any, flow: bool) -> _Replacement:
        """A new key behind another one."""
        end = self._end(before[1])
        if flow:
            return _Replacement(end, end, f", {key}: {_in_flow(value)}")
        column = node.value[0][0].start_mark.column
        return self._new_lines(end, _entry(key, value, column, self.step), column)

    def _new_lines(self, after: int, lines: str, column: int) -> _Replacement:
        """New lines below the line of a place, and below its comments: those that follow and are
        indented farther than its key. column: the key's."""
        end = self._line_end(after)
        while (comment := _COMMENT_BELOW.match(self.text, end)) and len(comment[1]) > column:
            end = self._line_end(comment.end())
        if end and self.text[end - 1] != "\n":
            return _Replacement(end, end, "\n" + lines.removesuffix("\n"))
        return _Replacement(end, end, lines)

    def _removed(self, key: Any, value: Any, *, flow: bool) -> _Replacement:
        start = self._line_start(key.start_mark.index)
        end = self._end(value)
        if flow or self.text[start : key.start_mark.index].strip():
            # Other keys are on its line, so it stays, with a null, which says the same as no key.
            return self._scalar(value, None, flow=flow)
        return _Replacement(start, self._line_end(end), "")

    def _replaced(
        self, key: Any, node: Any, old: Any, new: Any, *, flow: bool
    ) -> Iterator[_Replacement]:
        """The replacements that give a key a new value. key: None for an item of a list."""
        match node, new:
            case yaml.MappingNode(value=[_, *_]), dict():
                yield from self.mapping(node, old or {}, new, flow=node.flow_style)
            case yaml.SequenceNode(value=[_, *_], flow_style=False), [_, *_]:
                yield self._items(str(key.value), node, old, new)
            case yaml.SequenceNode(value=[_, *_], flow_style=False), []:
                yield from self._emptied(key, node)
            case yaml.SequenceNode(value=[_, *_]), [_, *_]:
                yield self._flow_items(key.value, node, old, new, is_within=flow)
            case _, (list() | dict()) if new and not flow:
                yield from self._opened(key, node, new)
            case _, list() | dict():
                yield _Replacement(*self._span(node), self._spaced(node, _in_flow(new)))
            case _:
                yield self._scalar(node, new, flow=flow, key=key)

    # Scalars

    def _scalar(self, node: Any, new: Any, *, flow: bool, key: Any = None) -> _Replacement:
        start, end = self._span(node)
        style = getattr(node, "style", None)
        column = key.start_mark.column if key else self._column(start)
        header, _, content = self.text[start:end].partition("\n")
        comment = _COMMENT.search(header) if style in {"|", ">"} else None
        indent = max(column + INDENT, self._comment_below(end) + 1)
        written = None if flow else self._as_block(node, new, indent, content)
        if written is None:
            line = self._spaced(node, one_line(new, style=style, flow=flow))
            return _Replacement(start, end, f"{line}  {comment.group()}" if comment else line)
        if rest := self.text[end : self._line_end(end)].rstrip("\n").rstrip():
            comment, end = _COMMENT.search(rest), end + len(rest)
        first, _, lines = written.partition("\n")
        tail = f"  {comment.group()}" if comment else ""
        return _Replacement(start, end, self._spaced(node, f"{first}{tail}\n{lines}"))

    def _comment_below(self, place: int) -> int:
        """How far the comment is indented that follows the line of a place; -1 if none follows.

        A block that is indented no farther would take it for a line of its own.
        """
        comment = _COMMENT_BELOW.match(self.text, self._line_end(place))
        return len(comment[1]) if comment else -1

    def _as_block(self, node: Any, new: Any, indent: int, content: str) -> str | None:
        """A text as a block, if it was one or needs to be one; None if it goes on one line.

        indent: of a block where there was none.
        """
        if not isinstance(new, str) or not new:
            return None
        style = getattr(node, "style", None)
        was_block = style in {"|", ">"}
        is_prose = "\n" in new or (not style and (content or len(new) > LONG))
        if not (was_block or is_prose):
            return None
        old = ""
        if was_block and content.strip():
            lines = content.split("\n")
            indent = min(len(line) - len(line.lstrip(" ")) for line in lines if line.strip())
            old = "\n".join(line[indent:] for line in lines)
        wanted = str(style) if was_block else "|" if "\n" in new else ">"
        other = "|" if wanted == ">" else ">"
        return block(new, indent, wanted, old) or block(new, indent, other, old)

    def _spaced(self, node: Any, written: str) -> str:
        """Add a space in front if it comes right behind a colon or dash, as after an empty
        value."""
        start = node.start_mark.index
        return f" {written}" if start and self.text[start - 1] in ":-" else written

    # Lists

    def _items(self, field: str, node: Any, old: Sequence[Any], new: Sequence[Any]) -> _Replacement:
        """The list with its new items. Those that stay keep their lines and the comments above."""
        chunks = list(self._chunks(node))
        column = self._column(node.start_mark.index)
        flow = all(isinstance(item, yaml.MappingNode) and item.flow_style for item in node.value)
        pairs = pair_by_place(field, old, new)
        kept = set(pairs)
        orphans = {n: above for n, (above, _, _) in enumerate(chunks) if "#" in above}
        pieces = []
        for value, was in zip(new, pairs, strict=True):
            if was is None:
                pieces.append(_item(value, column, self.step, flow=flow))
                continue
            # Comments above an item that is gone stay in their place.
            left = [n for n in orphans if n < was and n not in kept]
            pieces += [orphans.pop(n) for n in left]
            above, start, end = chunks[was]
            replacements = self._replaced(None, node.value[was], old[was], value, flow=False)
            lines = _applied(self.text, replacements if old[was] != value else (), start, end)
            pieces.append(above + lines.removesuffix("\n") + "\n")
            orphans.pop(was, None)
        pieces += [above for n, above in orphans.items() if n not in kept]
        start, end = chunks[0][1], chunks[-1][2]
        written = "".join(pieces)
        return _Replacement(start, end, written if self.text[end - 1] == "\n" else written[:-1])

    def _chunks(self, node: Any) -> Iterator[tuple[str, int, int]]:
        """For each item, the lines between it and the one before, and where its own begin and
        end."""
        last = self._line_start(node.start_mark.index)
        for item in node.value:
            start = last
            while not self.text[start : self._line_end(start)].lstrip(" ").startswith("-"):
                start = self._line_end(start)
            end = self._line_end(self._end(item))
            yield self.text[last:start], start, end
            last = end

    def _emptied(self, key: Any, node: Any) -> Iterator[_Replacement]:
        colon = self._colon(key)
        yield _Replacement(colon, colon, " []")
        for _, start, end in self._chunks(node):
            yield _Replacement(start, end, "")

    def _flow_items(
        self, field: str, node: Any, old: Sequence[Any], new: Sequence[Any], *, is_within: bool
    ) -> _Replacement:
        """A list in brackets, on one line. Comments that were in it follow it.

        is_within: whether it is in other brackets, whose end a comment behind it would hide.
        """
        texts = []
        for value, was in zip(new, pair_by_place(field, old, new), strict=True):
            if was is None:
                texts.append(_in_flow(value))
                continue
            start, end = self._span(node.value[was])
            replacements = self._replaced(None, node.value[was], old[was], value, flow=True)
            texts.append(_applied(self.text, replacements if old[was] != value else (), start, end))
        comments = [found.group() for found in map(_COMMENT.search, self._gaps(node)) if found]
        items, said = ", ".join(texts), "  ".join(comments)
        if comments and is_within:
            pad = " " * (self._column(node.start_mark.index) + INDENT)
            return _Replacement(*self._span(node), f"[{items}  {said}\n{pad}]")
        return _Replacement(*self._span(node), f"[{items}]  {said}".rstrip())

    def _gaps(self, node: Any) -> Iterator[str]:
        """The text between the items of a list in brackets, line by line."""
        place = node.start_mark.index + 1
        for item in node.value:
            yield from self.text[place : item.start_mark.index].split("\n")
            place = self._end(item)
        yield from self.text[place : node.end_mark.index].split("\n")

    def _opened(self, key: Any, node: Any, new: Any) -> Iterator[_Replacement]:
        """A list or mapping below a key that had nothing, or one value, behind its colon."""
        colon = self._colon(key)
        start, end = self._span(node)
        if start < end:
            yield _Replacement(colon, end, "")
        lines = _value(str(key.value), new, key.start_mark.column, self.step)
        yield self._new_lines(end, lines.removeprefix("\n") + "\n", key.start_mark.column)

    # Places

    def _span(self, node: Any) -> tuple[int, int]:
        return int(node.start_mark.index), self._end(node)

    def _end(self, node: Any) -> int:
        """Where a node's own text ends, before comments and blank lines."""
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        match node:
            case yaml.ScalarNode(style="|" | ">"):
                return start + len(self.text[start:end].rstrip())
            case yaml.SequenceNode(flow_style=False, value=[*_, last]):
                return self._end(last)
            case yaml.MappingNode(flow_style=False, value=[*_, (_, last)]):
                return self._end(last)
        return end

    def _colon(self, key: Any) -> int:
        """The place behind a key's colon."""
        return self.text.index(":", key.end_mark.index) + 1

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _line_end(self, place: int) -> int:
        """The place right behind the line of a place, line end included."""
        found = self.text.find("\n", place)
        return len(self.text) if found < 0 else found + 1

    def _column(self, place: int) -> int:
        """How far the line of a place is indented."""
        line = self.text[self._line_start(place) : place + 1]
        return len(line) - len(line.lstrip(" "))
