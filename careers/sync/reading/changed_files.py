"""Read only the documents that changed since the last apply: a few among a hundred thousand.

The base has what all other documents say. A changed document is checked against the base, provided
that it keeps everything that other documents are checked against: then they are still in order.
All files have to be read if it doesn't, if a file came or went, if the file of a listed kind
changed, or if anything is wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.db import DatabaseError

from careers.models import AppliedFile, Apply, CatalogEntry
from careers.sync.entries import Entry, Key, address_of
from careers.sync.kinds import KINDS, one_spelling
from careers.sync.reading.digest import KnownFile, digest_of_all, look_at_files
from careers.sync.reading.reader import read_some_documents
from careers.sync.reading.references import KnownNames, resolve_references, unique_fields
from careers.sync.rows import base_entry
from paths import prices
from paths.models import Status
from paths.text import memo

MOST_CHANGED = 100  # documents; if more have changed, all are read


@dataclass(frozen=True, slots=True)
class BaseKey:
    """A thing of the base. pk: of its CatalogEntry. gone: whether no file has it anymore."""

    pk: int
    kind: str
    key: str
    file: str
    gone: bool

    @property
    def id(self) -> Key:
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class ChangedFiles:
    """What changed in the files of a folder since the last apply.

    entries: of the documents that changed. base: all things of the base, by their keys.
    files, applied: all files, now and at the last apply. digest: of all files now.
    """

    entries: list[Entry]
    base: Mapping[Key, BaseKey]
    files: Mapping[str, KnownFile]
    applied: Mapping[str, KnownFile]
    digest: str


def read_changed_files(folder: Path) -> ChangedFiles | None:
    """What changed in a folder; None where that can't be known without reading all of it."""
    try:
        applied = applied_files()
        last = Apply.objects.values_list("digest", flat=True).first()
    except DatabaseError:
        return None
    if not applied or _digest(applied) != last:
        return None  # other code read them, or an apply that didn't note each file
    now = look_at_files(folder, applied)
    if now.keys() != applied.keys():
        return None
    changed = [name for name, file in now.items() if file.digest != applied[name].digest]
    documents = _documents(changed)
    if documents is None:
        return None
    base = {each.id: each for each in _base_keys()}
    entries = _entries(folder, documents, base, now)
    return None if entries is None else ChangedFiles(entries, base, now, applied, _digest(now))


def applied_files() -> dict[str, KnownFile]:
    """Every file of the last apply, by its name."""
    rows = AppliedFile.objects.values_list("name", "digest", "stamp")
    return {name: KnownFile(digest, stamp) for name, digest, stamp in rows.iterator(2_000)}


def _digest(files: Mapping[str, KnownFile]) -> str:
    return digest_of_all({name: file.digest for name, file in files.items()})


def _documents(changed: Iterable[str]) -> dict[str, set[str]] | None:
    """The documents that changed files belong to, by kind. None if there are too many, or if the
    file of a listed kind changed."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in changed:
        for kind, each in KINDS.items():
            if each.beside_in(name) is not None:
                found[kind].add(f"{PurePosixPath(name).parent}.md")
            elif each.fields_in(name) is not None:
                if each.is_listed:
                    return None
                found[kind].add(name)
    return found if sum(map(len, found.values())) <= MOST_CHANGED else None


def _base_keys() -> Iterable[BaseKey]:
    rows = CatalogEntry.objects.values_list("pk", "kind", "key", "file", "gone")
    return (BaseKey(*row) for row in rows.iterator(2_000))


def _entries(
    folder: Path,
    documents: Mapping[str, set[str]],
    base: Mapping[Key, BaseKey],
    now: Mapping[str, KnownFile],
) -> list[Entry] | None:
    """The entries of documents that changed; None if reading these alone isn't enough."""
    if not documents:
        return []
    wanted = set().union(*documents.values())
    of_file = {each.file: each for each in base.values() if each.file in wanted and not each.gone}
    if of_file.keys() != wanted:
        return None
    known = _base_entries(each.pk for each in of_file.values())
    # Loading the findings of a hundred thousand texts takes longer than making a few anew.
    with memo.set_aside():
        read = read_some_documents(folder, documents, _beside(wanted, now))
    if read.problems or any(now[name].digest != it for name, it in read.digests.items()):
        return None
    names, entries = _known_names(base, of_file.values()), []
    for source in read.sources:
        entry, problems = resolve_references(source.entry, source.node, names)
        was = known.get(entry.id)
        if problems or was is None or not _is_the_same_to_others(entry, was):
            return None
        entries.append(entry)
    return entries


def _base_entries(keys: Iterable[int]) -> dict[Key, Entry]:
    rows = CatalogEntry.objects.filter(pk__in=list(keys))
    return {entry.id: entry for entry in map(base_entry, rows)}


def _beside(documents: set[str], now: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    folders = {document.removesuffix(".md"): document for document in documents}
    for name in now:
        if document := folders.get(name.rpartition("/")[0]):
            found[document].append(name)
    return found


def _is_the_same_to_others(entry: Entry, was: Entry) -> bool:
    """Whether everything that other documents are checked against is unchanged. False for a lesson
    with prices: these are checked against the price list only when all files are read."""
    prices_beside = any(each["name"] == prices.FILE for each in entry.values.get("files", ()))
    return (
        not prices_beside
        and entry.file == was.file
        and entry.formerly == was.formerly
        and address_of(entry.values) == address_of(was.values)
        and _is_retired(entry) == _is_retired(was)
        and all(entry.values[name] == was.values.get(name) for name in unique_fields(entry.kind))
    )


def _is_retired(entry: Entry) -> bool:
    return bool(entry.values["status"] == Status.RETIRED)


def _known_names(base: Mapping[Key, BaseKey], changed: Iterable[BaseKey]) -> KnownNames:
    """The names that documents may use, from the base. changed: the only things whose documents
    changed."""
    known: dict[str, set[str]] = {kind: set() for kind in KINDS}
    lessons: dict[str, str] = {}
    listed: dict[str, list[str]] = defaultdict(list)
    for each in base.values():
        if each.gone:
            continue
        known[each.kind].add(each.key)
        if each.kind == "lessons":
            given = KINDS["lessons"].fields_in(each.file) or {}
            lessons[f"{given['path']}/{given['slug']}"] = each.key
            listed[given["path"]].append(given["slug"])
    outlined = {f"{each.key}/{slug}" for each in changed if each.kind == "paths"
                for slug in listed[each.key]}  # fmt: skip
    of_paths = _base_entries(base["lessons", lessons[address]].pk for address in outlined)
    return KnownNames(
        known=dict(known),
        lessons=lessons,
        spellings=_spellings(base),
        retired={entry.key for entry in of_paths.values() if _is_retired(entry)},
        renamed={},  # a former address below a renamed path differs or dangles: all are read
        listed=dict(listed),
    )


def _spellings(base: Mapping[Key, BaseKey]) -> set[str]:
    terms = _base_entries(
        each.pk for each in base.values() if each.kind == "terms" and not each.gone
    )
    return {
        one_spelling(spelling)
        for each in terms.values()
        for spelling in (each.key, each.values["title"], *each.values.get("also", ()))
    }
