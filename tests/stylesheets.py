"""The site's and the editors' stylesheets, read into rules and declarations."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tinycss2
from django.conf import settings
from tinycss2.ast import Node

ROOT = Path(settings.BASE_DIR)
SHEETS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("static/css", "static/admin_site")
    for path in (ROOT / folder).glob("*.css")
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A property and its value. within: the enclosing rules, outermost first."""

    sheet: str
    line: int
    within: tuple[str, ...]
    name: str
    value: tuple[Node, ...]

    @property
    def place(self) -> str:
        return f"{self.sheet}:{self.line}"

    @property
    def text(self) -> str:
        return " ".join(tinycss2.serialize(self.value).split())

    @property
    def lengths(self) -> list[str]:
        """The lengths in rem, as written, including those inside functions."""
        return [
            f"{node.representation}{node.unit}"
            for node in nodes(self.value)
            if node.type == "dimension" and node.unit == "rem"
        ]


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector, or an at-rule with its prelude. within: the enclosing rules, outermost first."""

    sheet: str
    line: int
    within: tuple[str, ...]
    prelude: str

    @property
    def place(self) -> str:
        return f"{self.sheet}:{self.line}"


def text_of(sheet: str) -> str:
    return (ROOT / sheet).read_text(encoding="utf-8")


def nodes(value: tuple[Node, ...] | list[Node]) -> Iterator[Node]:
    """Yield all parts of a value, including those inside functions and brackets."""
    for node in value:
        yield node
        yield from nodes(getattr(node, "arguments", None) or getattr(node, "content", None) or [])


def declarations(sheet: str) -> list[Declaration]:
    """Return a sheet's declarations, in order. Raises AssertionError where it isn't valid CSS."""
    return [each for each in _contents(sheet) if isinstance(each, Declaration)]


def rules(sheet: str) -> list[Rule]:
    """Return a sheet's rules, nested ones included, in order."""
    return [each for each in _contents(sheet) if isinstance(each, Rule)]


@cache
def _contents(sheet: str) -> list[Declaration | Rule]:
    found = tinycss2.parse_stylesheet(text_of(sheet), skip_comments=True, skip_whitespace=True)
    return list(_walk(sheet, found, ()))


def _walk(sheet: str, found: list[Node], within: tuple[str, ...]) -> Iterator[Declaration | Rule]:
    for node in found:
        assert node.type != "error", f"{sheet}:{node.source_line}: {node.message}"
        if node.type == "declaration":
            yield Declaration(sheet, node.source_line, within, node.name, tuple(node.value))
            continue
        prelude = " ".join(tinycss2.serialize(node.prelude).split())
        name = f"@{node.at_keyword} {prelude}".strip() if node.type == "at-rule" else prelude
        yield Rule(sheet, node.source_line, within, name)
        if node.content is not None:
            inner = tinycss2.parse_blocks_contents(
                node.content, skip_comments=True, skip_whitespace=True
            )
            yield from _walk(sheet, inner, (*within, name))
