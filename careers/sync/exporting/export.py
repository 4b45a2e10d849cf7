"""Live edits back into the catalog's files: only the lines that change.

What is written is read before: by the same reader, from a copy, and compared with the database.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from pydantic import ValidationError as ShapeError

from careers.sync.documents import Document
from careers.sync.entries import Entry
from careers.sync.exporting.scalars import why_unwritable
from careers.sync.exporting.target import Target, TargetDocument
from careers.sync.exporting.yaml_edit import edit_yaml, new_yaml
from careers.sync.fields import shared_fields
from careers.sync.kinds import KINDS, Kind, Reference, is_ordered
from careers.sync.problems import CatalogError
from careers.sync.progress import Watch
from careers.sync.reading.files import read_text
from careers.sync.reading.reader import read_files, split_front_matter
from careers.sync.reading.yaml_tree import Text, parse_yaml
from careers.sync.writing.apply import UnresolvedConflicts
from careers.sync.writing.sides import Sides
from paths.models import FileContent, validate_slug

_FENCE = "---\n"
_NOT_IN_ORDER = "With the live edits in them the files would not be in order."
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


class Unwritable(Exception):
    """Some live edits can't be written into files. reasons: a line for each."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One file that changes. before, after: its name; None where there is none."""

    before: str | None
    after: str | None
    old: bytes
    new: bytes

    @property
    def name(self) -> str:
        if self.action == "move":
            return f"{self.before} → {self.after}"
        return self.after or self.before or ""

    @property
    def action(self) -> str:
        if self.before is None:
            return "new"
        if self.after is None:
            return "remove"
        return "change" if self.before == self.after else "move"


def make_rewrites(folder: Path, standing: Sides, watch: Watch = iter) -> list[Rewrite]:
    """The files that have to change so that they have every live edit; nothing is written.

    standing: its files' side is what the folder says. Raises Conflict where files and database
    were both changed, and Unwritable where a file can't hold what is live. watch: shows how far
    the things are.
    """
    plan = standing.plan()
    if plan.conflicts:
        raise UnresolvedConflicts(plan)
    files = _Files(folder)
    paths = (entry for entry in standing.files.values() if entry.kind == "paths")
    listed = {path.key: files.document(path.file)["lessons"] for path in paths}
    wanted = Target(standing, plan, listed)
    _refuse_unwritable(wanted.things)
    rewrites = sorted(
        _Writer(files, wanted).rewrites(watch), key=lambda each: each.after or each.before or ""
    )
    if rewrites:
        _check(folder, rewrites, standing, wanted)
    return rewrites


# -- What can't be written -----------------------------------------------------------------


def _refuse_unwritable(things: list[TargetDocument]) -> None:
    if reasons := [reason for thing in things for reason in _reasons(thing)]:
        raise Unwritable(*reasons)


def _reasons(thing: TargetDocument) -> Iterator[str]:
    """Why a thing's new values can't stand in a file."""
    for name in sorted(thing.changed):
        found = {why_unwritable(text) for text in _texts(thing.values[name])} - {""}
        if name == "body" and "\r" in thing.values[name]:
            found.add("it holds a carriage return")
        if name in {"slug", "path"}:
            with suppress(ValidationError):
                validate_slug(thing.values[name])
                continue
            found.add("it is no address")
        for why in sorted(found):
            yield f"{'/'.join(thing.id)}: {name} can't stand in a file: {why}"


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _texts(item)
        case dict():
            yield from _texts(list(value.values()))


# -- New texts -----------------------------------------------------------------------------


class _Files:
    """The files as they are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts: dict[str, Text] = {}

    def has(self, name: str) -> bool:
        return (self.folder / name).exists()

    def raw(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def text(self, name: str) -> Text:
        if name not in self.texts:
            self.texts[name] = read_text(self.folder, name)
        return self.texts[name]

    def document(self, name: str) -> dict[str, Any]:
        """A file's keys with their texts; of a lesson those of its front matter."""
        text = self.text(name)
        plain = parse_yaml(split_front_matter(text)[0] if name.endswith(".md") else text).plain()
        return dict(plain)


class _Writer:
    def __init__(self, files: _Files, wanted: Target) -> None:
        self.files = files
        self.wanted = wanted
        self.lessons = wanted.lesson_names()

    def rewrites(self, watch: Watch) -> Iterator[Rewrite]:
        listed = [kind for kind in KINDS.values() if kind.is_listed]
        alone = [name for name, kind in KINDS.items() if not kind.is_listed]
        for thing in watch(self.wanted.of(*alone)):
            before = thing.file.file if thing.file else None
            is_markdown = KINDS[thing.kind].is_markdown
            text = self._markdown(thing) if is_markdown else self._yaml(thing)
            yield from self._rewrite(before, thing.name, text)
            if KINDS[thing.kind].beside:
                yield from self._beside(thing)
        for kind in listed:
            if self.wanted.of(kind.name):
                before = kind.file if self.files.has(kind.file) else None
                yield from self._rewrite(before, kind.file, self._list(kind))

    def _rewrite(self, before: str | None, after: str, text: str) -> Iterator[Rewrite]:
        old = self.files.raw(before) if before else b""
        new = _with_line_ends(text, old)
        if before != after or old != new:
            yield Rewrite(before, after, old, new)

    def _beside(self, thing: TargetDocument) -> Iterator[Rewrite]:
        """The files that stand beside a thing: changed, moved with it, or gone."""
        kind = KINDS[thing.kind]
        said = {each["name"]: each["digest"] for each in _files(thing.file)}
        wanted = {each["name"]: each["digest"] for each in thing.values.get("files", ())}
        for name in sorted({*said, *wanted}):
            old = kind.beside_of(thing.file.values, name) if thing.file and name in said else None
            new = kind.beside_of(thing.values, name) if name in wanted else None
            if old != new or said.get(name) != wanted.get(name):
                before = self.files.raw(old) if old else b""
                yield Rewrite(old, new, before, _content(wanted[name]) if new else b"")

    def _yaml(self, thing: TargetDocument) -> str:
        if thing.file is None:
            return new_yaml(self._versions(thing, {})[1])
        name = thing.file.file
        return edit_yaml(
            self.files.text(name).text, *self._versions(thing, self.files.document(name))
        )

    def _markdown(self, thing: TargetDocument) -> str:
        body = thing.values["body"]
        if thing.file is None:
            new = new_yaml(self._versions(thing, {})[1])
            return _FENCE + new + _FENCE + (f"\n{body}\n" if body else "")
        text = self.files.text(thing.file.file)
        front, below = split_front_matter(text)
        versions = self._versions(thing, self.files.document(thing.file.file))
        rest = text.text[len(_FENCE + front.text) :]
        return _FENCE + edit_yaml(front.text, *versions) + _with_body(rest, below.text, body)

    def _list(self, kind: Kind) -> str:
        there = self.files.has(kind.file)
        said = self.files.document(kind.file)[kind.name] if there else ()
        items = {item[kind.key].strip(): item for item in said}
        versions = {
            thing.values[kind.key]: self._versions(thing, items.get(thing.values[kind.key], {}))
            for thing in self.wanted.in_list(kind.name)
        }
        old = [versions[key][0] for key in items]
        new = [version for _, version in versions.values()]
        if not there:
            return new_yaml({kind.name: new})
        return edit_yaml(self.files.text(kind.file).text, {kind.name: old}, {kind.name: new})

    def _versions(
        self, thing: TargetDocument, said: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """A thing's document as its file says it and as it is to be, typed by its schema.

        Values that a file leaves to the schema's default stay out of it.
        """
        kind = shared_fields(thing.kind).document
        updates = {n: v for n, v in self._updates(thing, said) if n in kind.model_fields}
        try:
            new = kind.model_validate({**said, **updates})
        except ShapeError as error:
            where = "/".join(thing.id)
            raise Unwritable(
                *(f"{where}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            ) from None
        if not said:
            return {}, _dumped(new, set())
        old = kind.model_validate(said)
        return _dumped(old, old.model_fields_set), _dumped(new, new.model_fields_set)

    def _updates(self, thing: TargetDocument, said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Keys with what a document is to say, where that may be something new."""
        for name in thing.changed:
            yield name, thing.values[name]
        for name, reference in KINDS[thing.kind].references.items():
            if reference.written == "file":
                yield name, self.wanted.outline(thing)
            elif name in thing.values and isinstance(thing.values[name], list):
                given = [text.strip() for text in said.get(name) or []]
                yield name, self._references(name, reference, thing.values[name], given)
        if thing.formerly or "formerly" in said:
            yield "formerly", self._formerly(thing, said.get("formerly") or [])

    def _references(
        self, field: str, reference: Reference, wanted: list[Any], given: list[str]
    ) -> list[str]:
        """A list of keys as a file names them. given: the names that it has now."""
        if reference.written == "address":
            keys = [self.wanted.numbers[name] for name in given]
            numbers = wanted if is_ordered(field) else _in_order(wanted, keys)
            return [self.lessons.get(number, str(number)) for number in numbers]
        return wanted if is_ordered(field) else _in_order(wanted, given)

    def _formerly(self, thing: TargetDocument, said: list[str]) -> list[str]:
        """The former addresses as a file names them: a lesson's own path goes without saying."""
        own = f"{thing.values['path']}/" if thing.kind == "lessons" else ""
        whole = {
            text: self.wanted.today(text) if "/" in text else f"{own}{text}"
            for text in map(str.strip, said)
        }
        kept = [text for text, address in whole.items() if address in thing.formerly]
        new = sorted(thing.formerly - set(whole.values()))
        return kept + [address.removeprefix(own) for address in new]


def _files(entry: Entry | None) -> list[dict[str, str]]:
    return list(entry.values.get("files", ())) if entry else []


def _content(digest: str) -> bytes:
    return bytes(FileContent.objects.get(digest=digest).data)


def _dumped(typed: Document, given: set[str]) -> dict[str, Any]:
    """A document's values; of those that are the default only what was given, at its top."""
    short, whole = typed.model_dump(exclude_defaults=True), typed.model_dump()
    return {
        name: short.get(name, whole[name])
        for name in type(typed).model_fields
        if name in short or name in given
    }


def _in_order[T](wanted: list[T], given: list[T]) -> list[T]:
    """A set of names, as sorted before, in the order in which a file gives them."""
    kept = [item for item in given if item in wanted]
    return kept + [item for item in wanted if item not in given]


def _with_body(rest: str, old: str, new: str) -> str:
    """What stands below a lesson's front matter, from the fence on, with another text."""
    if old == new:
        return rest
    if not (old and new):
        return f"{_FENCE}\n{new}\n" if new else _FENCE
    start = rest.index(old, len(_FENCE))
    return rest[:start] + new + rest[start + len(old) :]


def _with_line_ends(text: str, old: bytes) -> bytes:
    """The text with the line ends that its lines had before."""
    if b"\r" not in old:
        return text.encode()
    before = _LINE.findall(old.decode())
    after = _LINE.findall(text)
    usual = before[0][len(before[0].rstrip("\r\n")) :]
    plain = [line.rstrip("\r\n") for line in before]
    new = [line.rstrip("\n") for line in after]
    lines = [line.replace("\n", usual) for line in after]
    for was, now, size in SequenceMatcher(None, plain, new, autojunk=False).get_matching_blocks():
        lines[now : now + size] = before[was : was + size]
    return "".join(lines).encode()


# -- The proof -----------------------------------------------------------------------------


def _check(folder: Path, rewrites: list[Rewrite], standing: Sides, wanted: Target) -> None:
    """Read a copy of the folder with the new files in it, and find every live edit there."""
    with TemporaryDirectory() as name:
        copy = Path(name) / "catalog"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".*"))
        for rewrite in rewrites:
            if rewrite.before:
                (copy / rewrite.before).unlink()
        for rewrite in rewrites:
            if rewrite.after is None:
                continue
            target = copy / rewrite.after
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(rewrite.new)
        try:
            entries = read_files(copy)
        except CatalogError as error:
            raise Unwritable(
                f"{error}\n\nWith the live edits the files would not be in order."
            ) from None
    said = {entry.id: entry for entry in entries}
    plan = standing.with_files(entries).plan()
    reasons = {f"{'/'.join(each.id)}: {each.name}" for each in (*plan.drift, *plan.conflicts)}
    for thing in wanted.things:
        reasons |= set(_lost(thing, said.get(thing.id)))
    if reasons:
        raise Unwritable(*(f"{each} would not read back as it is live" for each in sorted(reasons)))


def _lost(thing: TargetDocument, entry: Entry | None) -> Iterator[str]:
    """What of a thing the new files would not say."""
    label = "/".join(thing.id)
    if entry is None:
        yield label
        return
    for name, value in entry.values.items():
        # A place in a list was compared with the others' places already.
        if value != thing.values[name] and not (name == "position" and KINDS[thing.kind].is_listed):
            yield f"{label}: {name}"
