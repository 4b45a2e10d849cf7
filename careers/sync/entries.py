"""The catalog as entries: one per thing, with plain JSON values, from a file or from a row."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from careers.sync.kinds import KINDS, is_ordered

type Values = Mapping[str, Any]
type Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the catalog.

    key: identifies the thing within its kind: a lesson's number, which never changes, or a slug.
    values: its fields as plain JSON; from a file, only those that the file gives.
    formerly: its earlier slugs; for a lesson "<path>/<slug>".
    lines: field → its line in the file, from 1. Fields given by the file's name have none.
    left_out: fields that the file doesn't give → the value that they have in a new thing.
    contents: digest → bytes, of the files beside it; empty unless they were just read.
    """

    kind: str
    key: str
    values: Values
    formerly: frozenset[str] = field(default=frozenset())
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    left_out: Values = field(default_factory=dict, compare=False)
    contents: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def said(self) -> Values:
        """The value of every field, including those left out."""
        return {**self.left_out, **self.values}

    @property
    def id(self) -> Key:
        """Kind and key."""
        return self.kind, self.key


def address_of(values: Values) -> str:
    """A thing's address within its kind: “ml-engineer”, or “rag/chunking” for a lesson."""
    slug: str = values["slug"]
    return f"{values['path']}/{slug}" if "path" in values else slug


def referenced_keys(kind: str, values: Values) -> Iterator[Key]:
    """The keys of all things that these values refer to, except terms named by a spelling."""
    for place, reference in KINDS[kind].references.items():
        if reference.written == "spelling":
            continue
        top, _, inner = place.partition(".")
        for item in _listed(values.get(top)):
            for name in _listed(item.get(inner) if inner else item):
                yield reference.kind, str(name)


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def rename_paths(kind: str, name: str, value: Any, names: Mapping[str, str]) -> Any:
    """A field's value with the paths in it renamed. names: old name → new name."""
    for place, reference in KINDS[kind].references.items():
        top, _, inner = place.partition(".")
        if top == name and reference.kind == "paths":
            value = _renamed(value, inner, lambda slug: names.get(slug, slug))
            if isinstance(value, list) and not is_ordered(name):
                value = sorted(value)
    return value


def _renamed(value: Any, inner: str, rename: Callable[[str], str]) -> Any:
    """Rename a name, or each name in a list. inner: the key under which an item has the name."""
    match value:
        case list():
            return [_renamed(item, inner, rename) for item in value]
        case dict() if inner in value:
            return {**value, inner: _renamed(value[inner], "", rename)}
        case str():
            return rename(value)
    return value
