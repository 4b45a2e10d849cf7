"""The catalog's files as entries, or every problem that they have. Needs no database."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from careers.sync.entries import Entry
from careers.sync.problems import CatalogError, Problem, Refused
from careers.sync.reading import documents
from careers.sync.reading.digest import Digest
from careers.sync.reading.files import SINGLE_FILES, layout, read_bytes
from careers.sync.reading.references import Names, resolve
from careers.sync.reading.rules import problems_of_meaning
from careers.sync.reading.shape import document
from careers.sync.reading.yaml_tree import Node, Text, decode, parse

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---(?:\n|\Z)", re.DOTALL)


@dataclass(slots=True)
class Source:
    """An entry as a file gives it, and where each of its values stands."""

    entry: Entry
    node: Node


@dataclass(slots=True)
class _Reader:
    folder: Path
    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # lists that can't be held against anybody
    digest: Digest = field(default_factory=Digest)  # of the very bytes that are read

    def read(self) -> list[Entry]:
        try:
            found, self.problems = layout(self.folder)
        except Refused as refused:
            raise CatalogError([refused.problem]) from None
        if self.folder.is_dir():
            self._lists()
            for name in found["roles"]:
                self._role(name)
            for name in found["paths"]:
                self._path(name)
            for name in found["lessons"]:
                self._lesson(name)
        names = Names.of(found, self.sources, self.unread)
        entries = []
        for source in self.sources:
            entry, problems = resolve(source.entry, source.node, names)
            self.problems += problems
            entries.append(entry)
        self.problems += names.problems()
        if self.problems:
            raise CatalogError(self.problems)
        return entries

    # Each of these adds sources, or problems.

    def _lists(self) -> None:
        kinds: tuple[Any, ...] = (documents.BackgroundsDocument, documents.SignalsDocument)
        for name, kind in zip(SINGLE_FILES, kinds, strict=True):
            key = name.removesuffix(".yaml")
            node = self._parse(name)
            typed = node and self._shape(kind, node)
            if not node or not typed:
                self.unread.add(key)
                continue
            for index, item in enumerate(getattr(typed, key)):
                self._add(key, item.slug, item, node.at(key, index), {"position": index + 1})

    def _role(self, name: str) -> None:
        node = self._parse(name)
        typed = node and self._shape(documents.RoleDocument, node)
        if node and typed:
            slug = Path(name).stem
            self._add("roles", slug, typed, node, {"slug": slug})

    def _path(self, name: str) -> None:
        node = self._parse(name)
        typed = node and self._shape(documents.PathDocument, node)
        if node and typed:
            slug = Path(name).parent.name
            self._add("paths", slug, typed, node, {"slug": slug})

    def _lesson(self, name: str) -> None:
        with _Collecting(self.problems):
            front, body = front_matter(self._text(name))
            node = parse(front)
            typed = self._shape(documents.LessonDocument, node)
            if typed:
                path = Path(name)
                own = {"slug": path.stem, "path": path.parent.name, "body": body}
                self._add("lessons", str(typed.number), typed, node, own)

    def _parse(self, name: str) -> Node | None:
        with _Collecting(self.problems):
            return parse(self._text(name))
        return None

    def _text(self, name: str) -> Text:
        data = read_bytes(self.folder, name)
        self.digest.add(name, data)
        return decode(data, name)

    def _shape[D: documents.Document](self, kind: type[D], node: Node) -> D | None:
        typed, problems = document(kind, node)
        self.problems += problems
        return typed

    def _add(
        self, kind: str, key: str, typed: documents.Document, node: Node, own: dict[str, Any]
    ) -> None:
        """own: the values that a file's name or an item's place gives, not the document."""
        whole = typed.model_dump(mode="json") | own
        said = typed.model_fields_set | own.keys()
        given = {name: whole[name] for name in whole if name in said and name != "formerly"}
        formerly = frozenset(whole.get("formerly", []))
        self.problems += problems_of_meaning(kind, whole, node)
        entry = Entry(kind, key, given, formerly, node.text.file, node.key_lines())
        self.sources.append(Source(entry, node))


class _Collecting:
    """Collect the problem that a block is refused for."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if isinstance(error, Refused):
            self.problems.append(error.problem)
            return True
        return False


def front_matter(text: Text) -> tuple[Text, str]:
    """A lesson's front matter, at its place in the file, and the Markdown below it."""
    match = _FRONT_MATTER.match(text.text)
    if not match:
        place = text.place(0)
        hint = "begin with a line ---, end the front matter with another"
        raise Refused("front-matter", "a lesson begins with its front matter", place, hint)
    return Text(text.file, match[1], first_line=2), text.text[match.end() :].strip()


def read(folder: Path) -> list[Entry]:
    """Every entry of a catalog folder. Raises CatalogError with all problems of all files."""
    return read_with_digest(folder)[0]


def read_with_digest(folder: Path) -> tuple[list[Entry], str]:
    """Every entry of a catalog folder, and the digest of the bytes that say so."""
    reader = _Reader(folder)
    return reader.read(), reader.digest.hexdigest()
