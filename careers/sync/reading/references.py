"""Check what documents say of each other, and replace the names of things by their keys.

Every name must exist, none may be claimed twice, and every lesson must be in its path's list.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import ValidationError

from careers.models import ALREADY_A_STEP, FormerRoleSlug, not_of_the_path
from careers.sync.entries import Entry, address_of
from careers.sync.fields import SharedFields, shared_fields
from careers.sync.kinds import KINDS, Reference, is_ordered, one_spelling
from careers.sync.problems import Place, Problem, did_you_mean
from careers.sync.reading.yaml_tree import Node
from paths.models import ADDRESS_TAKEN, Status


class _Source(Protocol):
    entry: Entry
    node: Node


@dataclass(slots=True)
class KnownNames:
    """All names that documents may use, and the places that claim a name for themselves.

    known: kind → the keys of its things; None if a file can't be read, so that any key may exist.
    lessons: “<path>/<slug>” → number; empty if the file can't be read.
    spellings: of all terms, as one_spelling() gives them. retired: the numbers of retired lessons.
    renamed: a path's former slug → its slug.
    listed: path → the slugs of the lesson files in its folder.
    claims: kind, field and value → the places that have it, for values that must be unique.
    """

    known: dict[str, Collection[str] | None]
    lessons: dict[str, str]
    spellings: set[str]
    retired: set[str]
    renamed: dict[str, str]
    listed: dict[str, list[str]]
    claims: dict[tuple[str, str, str], list[Place]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @classmethod
    def of(
        cls, found: Mapping[str, list[str]], sources: Iterable[_Source], unread: set[str]
    ) -> "KnownNames":
        """Collect all names, as far as file names give them also of files that can't be read: so an
        unreadable file causes no other problem."""
        entries = [source.entry for source in sources]
        lessons = [entry for entry in entries if entry.kind == "lessons"]
        listed: dict[str, list[str]] = {}
        for file in found["lessons"]:
            given = _given("lessons", file)
            listed.setdefault(given["path"], []).append(given["slug"])
        known = {kind: _known(kind, found[kind], entries) for kind in KINDS}
        known["paths"] |= listed.keys()
        if len(known["lessons"]) < len(found["lessons"]):
            unread = unread | {"lessons"}
        return cls(
            {kind: None if kind in unread else names for kind, names in known.items()},
            {f"{path}/{slug}": "" for path, slugs in listed.items() for slug in slugs}
            | {address_of(each.values): each.key for each in lessons},
            {
                one_spelling(spelling)
                for each in entries
                if each.kind == "terms"
                for spelling in (each.key, each.values["title"], *each.values.get("also", ()))
            },
            {each.key for each in lessons if each.values["status"] == Status.RETIRED},
            {old: each.key for each in entries if each.kind == "paths" for old in each.formerly},
            listed,
        )

    def of_reference(self, reference: Reference) -> Collection[str] | None:
        """The names that a reference may use; None if any may be right."""
        match reference.written:
            case "address":
                return self.lessons
            case "spelling":
                return None if self.known["terms"] is None else self.spellings
        return self.known[reference.kind]

    def numbers_of(self, path: str) -> set[int] | None:
        """The numbers of a path's lessons; None if a file can't be read."""
        found = [self.lessons[f"{path}/{slug}"] for slug in self.listed.get(path, ())]
        if path not in (self.known["paths"] or ()) or not all(found):
            return None
        return set(map(int, found))

    def problems(self) -> Iterator[Problem]:
        """A problem for every document that claims a name after another one."""
        for (kind, name, _), places in self.claims.items():
            # The file that has an address now comes before those that had it formerly.
            first, *others = sorted(places, key=lambda place: bool(place.line))
            where = f"it is first used in {first.file}"
            where += f", line {first.line}" if first.line else ""
            if name == "address" and self._swap(kind, first.file, others):
                where += "; two that swap their addresses leave `formerly` out"
            words = ADDRESS_TAKEN if name == "address" else unique_fields(kind)[name]
            for place in others:
                yield Problem(f"duplicate-{name}", words, place, where)

    def _swap(self, kind: str, file: str, others: Iterable[Place]) -> bool:
        """Whether a file and another one formerly had each other's present address."""
        rivals = {place.file for place in others if place.line}
        return any(
            {place.file for place in places if not place.line} & rivals
            and file in {place.file for place in places if place.line}
            for (of, name, _), places in self.claims.items()
            if (of, name) == (kind, "address")
        )


def _known(kind: str, files: Iterable[str], entries: Iterable[Entry]) -> set[str]:
    """The keys of a kind's things. Files that can't be read count if their names give the key."""
    key = KINDS[kind].key
    by_name = [_given(kind, file)[key] for file in files] if key in KINDS[kind].given else []
    return {*by_name, *(entry.key for entry in entries if entry.kind == kind)}


def _given(kind: str, file: str) -> dict[str, str]:
    """The fields that a file's name gives."""
    return KINDS[kind].fields_in(file) or {}


@cache
def unique_fields(kind: str) -> dict[str, str]:
    """The document's keys whose value must be unique, each with the message for a second one."""
    keys = shared_fields(kind).document.model_fields
    alone = {names[0]: words for names, words in shared_fields(kind).unique() if len(names) == 1}
    return {name: words for name, words in alone.items() if name in keys}


def resolve_references(entry: Entry, node: Node, names: KnownNames) -> tuple[Entry, list[Problem]]:
    """The entry with names replaced by keys (a lesson's is its number), and what is wrong. Adds the
    entry's claims to the names."""
    for name in unique_fields(entry.kind):
        claim = entry.kind, name, str(entry.values[name])
        names.claims[claim].append(node.at(name).place)
    values, problems = dict(entry.values), list[Problem]()
    for place, reference in KINDS[entry.kind].references.items():
        if reference.written == "file":
            values[place] = _outline(entry, names)
        elif isinstance(values.get(place), list):
            values[place] = _keys(place, values[place], reference, names)
        problems += _reference_problems(entry, node, place, reference, names)
    for name, part in shared_fields(entry.kind).parts.items():
        problems += _twice_in(name, part, node)
    formerly, wrong = _addresses(entry, node, names)
    return replace(entry, values=values, formerly=formerly), [*problems, *wrong]


def _reference_problems(
    entry: Entry, node: Node, place: str, reference: Reference, names: KnownNames
) -> Iterator[Problem]:
    """What is wrong with the names that a document gives for one reference."""
    if reference.written == "file":
        yield from _outline_problems(entry, node, names)
        return
    if reference.within:
        yield from _outside(entry, node, place, reference, names)
        return
    known = names.of_reference(reference)
    for said in _nodes(node, *place.split(".")):
        yield from _dangling(said, known, KINDS[reference.kind].noun)
    if reference.apart_from:
        yield from _named_there_too(node, place, reference.apart_from)


def _keys(field: str, said: list[str], reference: Reference, names: KnownNames) -> list[Any]:
    """The keys of the things that a list names."""
    keys: list[Any] = said
    if reference.written == "address":
        keys = [int(names.lessons.get(name) or 0) for name in said]
    return keys if is_ordered(field) else sorted(set(keys))


def _outside(
    entry: Entry, node: Node, place: str, reference: Reference, names: KnownNames
) -> Iterator[Problem]:
    """A problem for each lesson that isn't in the path named by the same item."""
    top, _, inner = place.partition(".")
    for index, item in enumerate(entry.values.get(top, ())):
        path = item[reference.within]
        own = names.numbers_of(path)
        if own is None:
            continue
        hint = f"{path} has {min(own)} to {max(own)}" if own else f"{path} has no lesson"
        for said in _items(node.at(top, index, inner)):
            number = int(str(said.value))
            if number not in own:
                yield Problem("foreign-lesson", not_of_the_path(number), said.place, hint)


def _named_there_too(node: Node, place: str, other: str) -> Iterator[Problem]:
    """A problem for each name in a list that another reference of the thing has as well."""
    taken = {str(each.value).strip() for each in _nodes(node, *other.split("."))}
    for item in _items(node.at(place)):
        if str(item.value).strip() in taken:
            yield Problem("further-step", ALREADY_A_STEP, item.place, "remove one of the two")


def _items(node: Node) -> list[Node]:
    return node.value if isinstance(node.value, list) else []


def _nodes(node: Node, top: str, inner: str = "") -> list[Node]:
    """The nodes that name others: the one under a key, or one under a key of each item."""
    if not inner:
        return [node.at(top)]
    items = node.at(top).value
    count = len(items) if isinstance(items, list) else 0
    return [node.at(top, place, inner) for place in range(count)]


def _twice_in(name: str, part: SharedFields, node: Node) -> Iterator[Problem]:
    """A problem for each thing that a second item of a list names, if only one may."""
    for fields, words in part.unique():
        for pointer in part.pointers:
            if pointer in fields:
                yield from _twice(_nodes(node, name, pointer), f"duplicate-{pointer}", words)


def _outline(entry: Entry, names: KnownNames) -> list[int]:
    """The numbers of a path's lessons in their order, without retired ones."""
    numbers = [names.lessons.get(f"{entry.key}/{slug}") for slug in entry.values["lessons"]]
    return [int(each) for each in numbers if each and each not in names.retired]


def _addresses(entry: Entry, node: Node, names: KnownNames) -> tuple[frozenset[str], list[Problem]]:
    """An entry's former addresses, and their problems. Claims these and the present address."""
    if not KINDS[entry.kind].has_page:
        return entry.formerly, []
    address = address_of(entry.values)
    own = address.removesuffix(entry.values["slug"])
    names.claims[entry.kind, "address", address].append(Place(entry.file))
    listed = node.at("formerly").value
    items = listed if isinstance(listed, list) else []
    former, problems = set(), []
    for item in items:
        text = str(item.value).strip()
        path, slug = text.split("/", 1) if own and "/" in text else ("", text)
        path = names.renamed.get(path, path)
        wrong = list(_address_problems(item, slug))
        if path and not wrong:
            wrong = list(_dangling(replace(item, value=path), names.known["paths"], "path"))
        problems += wrong
        address = f"{path}/{slug}" if path else f"{own}{slug}"
        former.add(address)
        names.claims[entry.kind, "address", address].append(node.at("formerly").place)
    return frozenset(former), problems


def _address_problems(item: Node, slug: str) -> Iterator[Problem]:
    try:
        FormerRoleSlug(slug=slug).clean_fields(exclude={"role"})
    except ValidationError as error:
        for one in error.error_dict["slug"]:
            yield Problem((one.code or "slug").replace("_", "-"), one.messages[0], item.place)


def _dangling(node: Node, known: Iterable[str] | None, noun: str) -> Iterator[Problem]:
    """A problem for each name, alone or in a list, that isn't known. known: None if any may be."""
    match node.value:
        case str(name) if known is not None and one_spelling(name.strip()) not in known:
            message = f"there is no {noun} “{name}”"
            yield Problem(f"dangling-{noun}", message, node.place, did_you_mean(name, known))
        case list(items):
            for item in items:
                yield from _dangling(item, known, noun)


def _twice(nodes: Iterable[Node], code: str, message: str) -> Iterator[Problem]:
    """A problem for each name that an earlier node of the list has already."""
    first: dict[str, Node] = {}
    for node in nodes:
        name = str(node.value).strip()
        if name in first:
            line = first[name].place.line
            yield Problem(code, message, node.place, f"the first is on line {line}")
        first.setdefault(name, node)


def _outline_problems(entry: Entry, node: Node, names: KnownNames) -> Iterator[Problem]:
    """A problem for each lesson file that its path's list lacks, and for each name in the list that
    is doubled or has no file."""
    listed = entry.values["lessons"]
    files = names.listed.get(entry.key, [])
    for index, slug in enumerate(listed):
        item = node.at("lessons", index)
        if slug not in files:
            message = f"there is no lesson file {slug}.md in this folder"
            yield Problem("dangling-lesson", message, item.place, did_you_mean(slug, files))
        elif slug in listed[:index]:
            message = "A path can list a lesson only once."
            yield Problem("duplicate-lesson", message, item.place, "remove one")
    for slug in files:
        if slug not in listed:
            file = str(Path(entry.file).parent / f"{slug}.md")
            yield Problem(
                "unlisted-lesson",
                "this lesson isn't in its path's list",
                Place(file),
                f"add it to `lessons` in {entry.file}",
            )
