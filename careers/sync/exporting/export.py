"""Bring live edits back into the catalog's files, changing only the lines that have to change.

Before anything is written, a copy of the folder with the new files in it is read, by the reader of
every apply, and compared with the database.
"""

import errno
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import ValidationError as ShapeError

from careers.sync.comparing.plan import Plan
from careers.sync.documents import Document
from careers.sync.entries import Entry, Key
from careers.sync.exporting.target import Target, TargetDocument
from careers.sync.exporting.unwritable import Blocked, Unwritable, UnwritableThings
from careers.sync.exporting.yaml_edit import edit_yaml, new_yaml
from careers.sync.fields import shared_fields
from careers.sync.kinds import KINDS, Kind, Reference, is_ordered
from careers.sync.problems import CatalogError
from careers.sync.progress import Watch
from careers.sync.reading.digest import folder_digest
from careers.sync.reading.files import read_text
from careers.sync.reading.reader import (
    read_files,
    read_files_with_digest,
    split_front_matter,
)
from careers.sync.reading.yaml_tree import Text, parse_yaml
from careers.sync.wording.reasons import Reason
from careers.sync.writing.apply import UnresolvedConflicts
from careers.sync.writing.record import note_export
from careers.sync.writing.sides import Sides
from paths.models import FileContent

_FENCE = "---\n"
_NOT_IN_ORDER = "With the live edits the files would not be in order."
_NOT_AS_LIVE = "It would not read back as it is live."
_MEANWHILE = "the files changed meanwhile: export again"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One file that is to change. before, after: its name, None where there is no such file."""

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


@dataclass(frozen=True, slots=True)
class Export:
    """The result of an export. left: why some live edits are in none of the files."""

    rewrites: list[Rewrite]
    left: tuple[Reason, ...]


def make_noted_export(
    folder: Path, sides: Sides, watch: Watch = iter, *, digest: str | None = None
) -> Export:
    """make_export() for callers that pass its texts on, as files or as a patch.

    The live state is marked as exported: files that have these values later aren't edits. Arguments
    and errors as for make_export().
    """
    export = make_export(folder, sides, watch, digest=digest)
    if export.rewrites:
        note_export(sides.version)
    return export


def make_export(
    folder: Path, sides: Sides, watch: Watch = iter, *, digest: str | None = None
) -> Export:
    """The files that have to change so that they have every live edit that a file can hold, and the
    edits that none can; nothing is written.

    sides: with what the folder's files say. digest: of these files, to refuse the result if
    somebody saves one meanwhile; may be left out if nobody can. Raises UnresolvedConflicts if files
    and database were both changed, and Unwritable if edits that no file can hold can't be separated
    from the rest, or if a file was saved since. watch: shows progress.
    """
    plan = sides.plan()
    if plan.conflicts:
        raise UnresolvedConflicts(plan)
    with _as_read(folder, digest):
        return _made(folder, sides, plan, watch)


@contextmanager
def _as_read(folder: Path, digest: str | None) -> Iterator[None]:
    """Raise Unwritable if the files have changed since they were read: what an author saved since
    would be overwritten, or be taken for an edit that can't be written."""
    try:
        yield
    except Exception:
        _refuse_changed(folder, digest)
        raise
    _refuse_changed(folder, digest)


def _refuse_changed(folder: Path, digest: str | None) -> None:
    if digest is not None and _digest_of(folder) != digest:
        raise Unwritable(Reason(_MEANWHILE)) from None


def _digest_of(folder: Path) -> str:
    """The digest of the files now; empty if they aren't a valid catalog at the moment."""
    try:
        return folder_digest(folder) or read_files_with_digest(folder)[1]
    except CatalogError:
        return ""


def _made(folder: Path, sides: Sides, plan: Plan, watch: Watch) -> Export:
    files = _Files(folder)
    paths = (entry for entry in sides.files.values() if entry.kind == "paths")
    listed = {path.key: files.document(path.file)["lessons"] for path in paths}
    target = Target(sides, plan, listed)
    blocked = Blocked(target)
    blocked.refuse_one_file_for_two()
    blocked.leave_bad_values()
    while True:
        try:
            found = list(_Writer(files, target).rewrites(watch))
            if found:
                _check(folder, found, sides, target, blocked)
        except UnwritableThings as error:
            blocked.leave_things(error)
            continue
        found.sort(key=lambda each: each.after or each.before or "")
        return Export(found, tuple(blocked.reasons))


# -- New texts -----------------------------------------------------------------------------


class _Files:
    """The files as they are on disk. A name is relative to the folder."""

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
        """A file's YAML with every value as text; for a lesson, its front matter."""
        text = self.text(name)
        plain = parse_yaml(split_front_matter(text)[0] if name.endswith(".md") else text).plain()
        return dict(plain)


class _Writer:
    """Makes the new text of every file."""

    def __init__(self, files: _Files, target: Target) -> None:
        self.files = files
        self.target = target
        self.lessons = target.lesson_names()
        paths = target.of("paths")
        self.paths = target.paths.union(*(path.formerly for path in paths))

    def rewrites(self, watch: Watch) -> Iterator[Rewrite]:
        listed = [kind for kind in KINDS.values() if kind.is_listed]
        alone = [name for name, kind in KINDS.items() if not kind.is_listed]
        for thing in watch(self.target.of(*alone)):
            before = thing.file.file if thing.file else None
            is_markdown = KINDS[thing.kind].is_markdown
            text = self._markdown(thing) if is_markdown else self._yaml(thing)
            yield from self._rewrite(before, thing.name, text)
            if KINDS[thing.kind].beside:
                yield from self._beside(thing)
        for kind in listed:
            if self.target.of(kind.name):
                before = kind.file if self.files.has(kind.file) else None
                yield from self._rewrite(before, kind.file, self._list(kind))

    def _rewrite(self, before: str | None, after: str, text: str) -> Iterator[Rewrite]:
        old = self.files.raw(before) if before else b""
        new = _with_line_ends(text, old)
        if before != after or old != new:
            yield Rewrite(before, after, old, new)

    def _beside(self, thing: TargetDocument) -> Iterator[Rewrite]:
        """The files beside a thing that are new, changed, gone, or move with it."""
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
            for thing in self.target.in_list(kind.name)
        }
        old = [versions[key][0] for key in items]
        new = [version for _, version in versions.values()]
        if not there:
            return new_yaml({kind.name: new})
        return edit_yaml(self.files.text(kind.file).text, {kind.name: old}, {kind.name: new})

    def _versions(
        self, thing: TargetDocument, said: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """A thing's document as its file has it and as it is to be, typed by its schema.

        said: what the file has, as text. A key that the file leaves out stays out if its value is
        to be the schema's default.
        """
        kind = shared_fields(thing.kind).document
        updates = {n: v for n, v in self._updates(thing, said) if n in kind.model_fields}
        try:
            new = kind.model_validate({**said, **updates})
        except ShapeError as error:
            reasons = [Reason(e["msg"], thing.id, _part(e["loc"])) for e in error.errors()]
            raise UnwritableThings({thing.id: reasons}) from None
        if not said:
            return {}, _dumped(new, set())
        old = kind.model_validate(said)
        return _dumped(old, old.model_fields_set), _dumped(new, new.model_fields_set)

    def _updates(self, thing: TargetDocument, said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The keys whose value may have to change, with the value as a file writes it."""
        for name in thing.changed:
            yield name, thing.values[name]
        for name, reference in KINDS[thing.kind].references.items():
            if reference.written == "file":
                yield name, self.target.outline(thing)
            elif name in thing.values and isinstance(thing.values[name], list):
                given = [text.strip() for text in said.get(name) or []]
                yield name, self._references(name, reference, thing.values[name], given)
        if thing.formerly or "formerly" in said:
            yield "formerly", self._formerly(thing, said.get("formerly") or [])

    def _references(
        self, field: str, reference: Reference, wanted: list[Any], given: list[str]
    ) -> list[str]:
        """The names by which a file lists some things. wanted: their keys. given: the names that
        the file has now. They keep their order, unless order means something."""
        if reference.written == "address":
            keys = [self.target.numbers[name] for name in given]
            numbers = wanted if is_ordered(field) else _in_order(wanted, keys)
            return [self.lessons.get(number, str(number)) for number in numbers]
        return wanted if is_ordered(field) else _in_order(wanted, given)

    def _formerly(self, thing: TargetDocument, said: list[str]) -> list[str]:
        """The former addresses as a file writes them: a lesson's without the path that it is in."""
        own = f"{thing.values['path']}/" if thing.kind == "lessons" else ""
        whole = {
            text: self.target.today(text) if "/" in text else f"{own}{text}"
            for text in map(str.strip, said)
        }
        # An address below a name that no path will have in the files is written below the new name.
        kept = [
            text if self._is_known(text) else address.removeprefix(own)
            for text, address in whole.items()
            if address in thing.formerly
        ]
        new = sorted(thing.formerly - set(whole.values()))
        return kept + [address.removeprefix(own) for address in new]

    def _is_known(self, address: str) -> bool:
        """Whether the files will know the path that a former address names, if it names one."""
        path, slash, _ = address.partition("/")
        return not slash or path in self.paths


def _part(way: tuple[str | int, ...]) -> str:
    """The name of a part of a document, with items by their number: “sources[1].url”."""
    named = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in way)
    return "".join(named).removeprefix(".")


def _files(entry: Entry | None) -> list[dict[str, str]]:
    return list(entry.values.get("files", ())) if entry else []


def _content(digest: str) -> bytes:
    return bytes(FileContent.objects.get(digest=digest).data)


def _dumped(typed: Document, given: set[str]) -> dict[str, Any]:
    """A document's values, without those that are the schema's default. given: top-level keys that
    stay even then."""
    short, whole = typed.model_dump(exclude_defaults=True), typed.model_dump()
    return {
        name: short.get(name, whole[name])
        for name in type(typed).model_fields
        if name in short or name in given
    }


def _in_order[T](wanted: list[T], given: list[T]) -> list[T]:
    """Some names in the order in which a file has them, new ones last."""
    kept = [item for item in given if item in wanted]
    return kept + [item for item in wanted if item not in given]


def _with_body(rest: str, old: str, new: str) -> str:
    """A lesson from the closing fence of its front matter on, with a new text."""
    if old == new:
        return rest
    if not (old and new):
        return f"{_FENCE}\n{new}\n" if new else _FENCE
    start = rest.index(old, len(_FENCE))
    return rest[:start] + new + rest[start + len(old) :]


def _with_line_ends(text: str, old: bytes) -> bytes:
    """The text in bytes, each line with the line end that it had in the old bytes."""
    if b"\r" not in old:
        return text.encode()
    before = _LINE.findall(old.decode())
    after = _LINE.findall(text)
    usual = before[0][len(before[0].rstrip("\r\n")) :]
    plain = [line.rstrip("\r\n") for line in before]
    new = [line.rstrip("\n") for line in after]
    lines = [line.replace("\n", usual) for line in after]
    for was, now, size in SequenceMatcher(None, plain, new, autojunk=False).get_matching_blocks():
        for n in range(size):
            # The last line of either may lack a line end, and be elsewhere in the other.
            if after[now + n] != new[now + n] and before[was + n] != plain[was + n]:
                lines[now + n] = before[was + n]
    return "".join(lines).encode()


# -- The proof -----------------------------------------------------------------------------


def _check(
    folder: Path, rewrites: list[Rewrite], sides: Sides, target: Target, blocked: Blocked
) -> None:
    """Raise UnwritableThings for things that have a problem in the new files, or lack an edit that
    isn't blocked."""
    try:
        entries = _read_with(folder, rewrites)
    except CatalogError as error:
        raise _out_of_order(error, target) from None
    said = {entry.id: entry for entry in entries}
    plan = sides.exported(entries).plan()
    lacking: dict[Key, set[str]] = defaultdict(set)
    for each in (*plan.drift, *plan.conflicts):
        if not blocked.has(each.id, each.top):
            lacking[each.id].add(each.name)
    for thing in target.things:
        for lost in _lost(thing, said.get(thing.id)):
            lacking[thing.id].add(lost)
    if lacking:
        raise UnwritableThings(
            {
                key: [Reason(_NOT_AS_LIVE, key, part) for part in sorted(lost)]
                for key, lost in sorted(lacking.items())
            }
        )


def _read_with(folder: Path, rewrites: list[Rewrite]) -> list[Entry]:
    """What a copy of the folder says that has the new files. Raises CatalogError, and OSError if
    there is no room for a copy."""
    with TemporaryDirectory() as name:
        copy = Path(name) / "catalog"
        try:
            shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".*"))
        except shutil.Error as errors:  # it collects errors, and keeps only their messages
            _, _, why = errors.args[0][0]
            words = f"the temporary folder {name} can't hold a copy of the catalog ({why})"
            raise OSError(errno.ENOSPC, words) from None
        for rewrite in rewrites:
            if rewrite.before:
                (copy / rewrite.before).unlink()
        for rewrite in rewrites:
            if rewrite.after is None:
                continue
            path = copy / rewrite.after
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(rewrite.new)
        return read_files(copy)


def _out_of_order(error: CatalogError, target: Target) -> Exception:
    """The error to raise. It names the things at fault, if each has a file to itself."""
    alone = {t.name: t.id for t in target.things if not KINDS[t.kind].is_listed}
    reasons: dict[Key, list[Reason]] = defaultdict(list)
    for problem in error.problems:
        if problem.place.file not in alone:
            return Unwritable(Reason(_NOT_IN_ORDER, printed=f"{error}\n\n{_NOT_IN_ORDER}"))
        thing, printed = alone[problem.place.file], f"{problem}\n\n{_NOT_IN_ORDER}"
        reasons[thing].append(Reason(problem.message, thing, printed=printed))
    return UnwritableThings(reasons)


def _lost(thing: TargetDocument, entry: Entry | None) -> Iterator[str]:
    """The fields whose live value the new files would lack; an empty text if they lack the thing.
    entry: what they say of it."""
    if entry is None:
        yield ""
        return
    for name, value in entry.values.items():
        # Each side numbers the things of a list in its own way; the plan has compared the order.
        if value != thing.values[name] and not (name == "position" and KINDS[thing.kind].is_listed):
            yield name
