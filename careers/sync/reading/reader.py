"""Read the catalog's files into entries, or find all their problems. Needs no database."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from careers.sync.documents import Document
from careers.sync.entries import Entry
from careers.sync.fields import file_document
from careers.sync.kinds import KINDS, Kind
from careers.sync.problems import CatalogError, Problem, Refused
from careers.sync.reading.beside import Neighbors
from careers.sync.reading.digest import FilesDigest
from careers.sync.reading.files import BESIDE, list_files, read_bytes
from careers.sync.reading.prices import price_problems
from careers.sync.reading.references import KnownNames, resolve_references
from careers.sync.reading.rules import rule_problems
from careers.sync.reading.shape import to_document
from careers.sync.reading.yaml_tree import Node, Text, decode_text, parse_yaml
from paths.fields import tidy_markdown

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---(?:\n|\Z)", re.DOTALL)


@dataclass(slots=True)
class PlacedEntry:
    """An entry as a file gives it, with the node that knows the place of each value."""

    entry: Entry
    node: Node


@dataclass(slots=True)
class _Given:
    """What a file gives without a key: by its name, its text, the files beside it, or by an item's
    place in a list.

    values: of those fields. body: the text below the front matter. contents: digest → bytes, of the
    files beside it.
    """

    values: dict[str, Any]
    body: Text | None = None
    contents: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    folder: Path
    sources: list[PlacedEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # kinds whose list can't be read
    digest: FilesDigest = field(default_factory=FilesDigest)  # of the same bytes that are parsed
    beside: dict[str, list[str]] = field(default_factory=dict)  # document → files beside it

    def read(self) -> list[Entry]:
        try:
            found, self.problems = list_files(self.folder)
        except Refused as refused:
            raise CatalogError([refused.problem]) from None
        for name in found[BESIDE]:
            self.beside.setdefault(f"{Path(name).parent}.md", []).append(name)
        for kind in KINDS.values():
            for name in found[kind.name]:
                self._file(kind, name)
            if kind.is_listed and not found[kind.name]:
                self.unread.add(kind.name)
        entries = self._resolved(found)
        if "prices" not in self.unread or not found["prices"]:
            self.problems += price_problems(entries)
        if self.problems:
            raise CatalogError(self.problems)
        return entries

    def _resolved(self, found: dict[str, list[str]]) -> list[Entry]:
        """The entries, with names replaced by keys. Adds a problem for each unknown name.

        found: the catalog's files by kind.
        """
        names = KnownNames.of(found, self.sources, self.unread)
        entries = []
        for source in self.sources:
            entry, problems = resolve_references(source.entry, source.node, names)
            self.problems += problems
            entries.append(entry)
        self.problems += names.problems()
        return entries

    def _file(self, kind: Kind, name: str) -> None:
        """Read one file: add its entries, or its problems."""
        with _collecting(self.problems):
            text = self._text(name)
            given = _Given({**(kind.fields_in(name) or {})})
            if kind.is_markdown:
                text, given.body = split_front_matter(text)
                given.values["body"] = given.body.text
            if kind.beside:
                neighbors = self._neighbors(name, given.body)
                given.values["files"], given.contents = neighbors.listed, neighbors.contents
            node = parse_yaml(text)
            typed, problems = to_document(file_document(kind), node)
            self.problems += problems
            if typed and kind.is_listed:
                for place, item in enumerate(getattr(typed, kind.name)):
                    self._add(
                        kind, item, node.at(kind.name, place), _Given({"position": place + 1})
                    )
            elif typed:
                self._add(kind, typed, node, given)
            if typed:
                return
        if kind.is_listed:
            self.unread.add(kind.name)

    def _neighbors(self, name: str, body: Text | None) -> Neighbors:
        """Read the files beside a document. body: the text that may show pictures among them."""
        neighbors = Neighbors()
        for each in self.beside.get(name, ()):
            with _collecting(self.problems):
                data = read_bytes(self.folder, each)
                self.digest.add(each, data)
                self.problems += neighbors.add(each, data)
        if body:
            self.problems += neighbors.missing_from(body)
        return neighbors

    def _text(self, name: str) -> Text:
        data = read_bytes(self.folder, name)
        self.digest.add(name, data)
        return decode_text(data, name)

    def _add(self, kind: Kind, typed: Document, node: Node, given: _Given) -> None:
        whole = typed.model_dump(mode="json") | given.values
        said = typed.model_fields_set | given.values.keys()
        values = {name: whole[name] for name in whole if name in said and name != "formerly"}
        left_out = {name: whole[name] for name in whole if name not in {*said, "formerly"}}
        formerly = frozenset(whole.get("formerly", []))
        self.problems += rule_problems(kind.name, whole, node, given.body)
        key, file, lines = str(whole[kind.key]), node.text.file, node.key_lines()
        entry = Entry(kind.name, key, values, formerly, file, lines, left_out, given.contents)
        self.sources.append(PlacedEntry(entry, node))


@contextmanager
def _collecting(problems: list[Problem]) -> Iterator[None]:
    """End the block at the first Refused, and add its problem to the list."""
    try:
        yield
    except Refused as refused:
        problems.append(refused.problem)


def split_front_matter(text: Text) -> tuple[Text, Text]:
    """A lesson's front matter and the Markdown below it, each with its place in the file.

    Raises Refused where the text doesn't begin with front matter.
    """
    _refuse_spaced_fence(text)
    match = _FRONT_MATTER.match(text.text)
    if not match:
        place = text.place(0)
        hint = "begin with a line ---, end the front matter with another"
        raise Refused("front-matter", "a lesson begins with its front matter", place, hint)
    body = tidy_markdown(text.text[match.end() :])
    above = text.text[: text.text.index(body, match.end())] if body else text.text
    below = Text(text.file, body, first_line=above.count("\n") + 1)
    return Text(text.file, match[1], first_line=2), below


def _refuse_spaced_fence(text: Text) -> None:
    """Raise Refused if a line that opens or closes the front matter has white space at its end."""
    fences = [number for number, line in enumerate(text.lines) if line.rstrip() == "---"][:2]
    for number in fences if fences[:1] == [0] else ():
        line = text.lines[number]
        if line != "---":
            start = text.offset_of_line(number + 1) + len("---")
            place = text.place(start, start + len(line) - len("---"))
            raise Refused("fence", "there is white space after ---", place, "remove it")


def read_files(folder: Path) -> list[Entry]:
    """Every entry of a catalog folder. Raises CatalogError with all problems of all files."""
    return read_files_with_digest(folder)[0]


def read_files_with_digest(folder: Path) -> tuple[list[Entry], str]:
    """Every entry of a catalog folder, and the digest of the bytes that were parsed.

    Raises CatalogError with all problems of all files.
    """
    reader = _Reader(folder)
    return reader.read(), reader.digest.hexdigest()


@dataclass(frozen=True, slots=True)
class SomeDocuments:
    """Some of a catalog's documents, each read by itself: their names aren't replaced by keys yet.

    digests: of all files that were read, including those beside documents.
    """

    sources: list[PlacedEntry]
    problems: list[Problem]
    digests: Mapping[str, str]


def read_some_documents(
    folder: Path, documents: Mapping[str, Collection[str]], beside: Mapping[str, list[str]]
) -> SomeDocuments:
    """Read some files of a folder. documents: their names, by kind. beside: document → the names of
    all files beside it."""
    reader = _Reader(folder, beside=dict(beside))
    for kind, names in documents.items():
        for name in names:
            reader._file(KINDS[kind], name)  # noqa: SLF001  of this module
    return SomeDocuments(reader.sources, reader.problems, reader.digest.digests)
