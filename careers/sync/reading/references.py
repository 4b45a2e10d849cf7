"""What documents say of each other: no dangling name, nothing twice, every lesson listed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import ValidationError

from careers.models import (
    SAME_BACKGROUND_TWICE,
    SAME_CODE,
    SAME_KEY,
    SAME_PATH_TWICE,
    FormerRoleSlug,
)
from careers.sync.entries import Entry
from careers.sync.problems import Place, Problem, did_you_mean
from careers.sync.reading.yaml_tree import Node
from paths.models import ADDRESS_TAKEN, SAME_NUMBER, Status


class _Source(Protocol):
    entry: Entry
    node: Node


@dataclass(slots=True)
class Names:
    """Every name that a document may use, and who uses which that only one may have.

    backgrounds, signals: None where their file can't be read, and any name may be right.
    """

    paths: set[str]
    backgrounds: set[str] | None
    signals: set[str] | None
    lessons: dict[str, str]  # "<path>/<slug>" → number, "" where the file can't be read
    retired: set[str]  # the numbers of retired lessons
    renamed: dict[str, str]  # a path's former slug → its slug
    listed: dict[str, list[str]]  # path → the slugs of the lesson files in its folder
    claims: dict[tuple[str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(
        cls, found: dict[str, list[str]], sources: Iterable[_Source], unread: set[str]
    ) -> "Names":
        """From the files that exist: one that can't be read gives no problem beyond its own."""
        by_kind: dict[str, set[str]] = defaultdict(set)
        numbers = {}
        retired = set()
        renamed: dict[str, str] = {}
        listed = defaultdict(list)
        for source in sources:
            entry = source.entry
            by_kind[entry.kind].add(entry.key)
            if entry.kind == "lessons":
                numbers[f"{entry.values['path']}/{entry.values['slug']}"] = entry.key
                if entry.values["status"] == Status.RETIRED:
                    retired.add(entry.key)
            elif entry.kind == "paths":
                renamed |= dict.fromkeys(entry.formerly, entry.key)
        for name in found["lessons"]:
            listed[Path(name).parent.name].append(Path(name).stem)
        lessons = {f"{path}/{slug}": "" for path, slugs in listed.items() for slug in slugs}
        paths = {Path(name).parent.name for name in found["paths"] + found["lessons"]}
        return cls(
            paths,
            None if "backgrounds" in unread else by_kind["backgrounds"],
            None if "signals" in unread else by_kind["signals"],
            lessons | numbers,
            retired,
            renamed,
            listed,
        )

    def problems(self) -> Iterator[Problem]:
        """One for every name that more than one document claims."""
        messages = {
            "number": SAME_NUMBER,
            "code": SAME_CODE,
            "slug": SAME_KEY,
            "address": ADDRESS_TAKEN,
        }
        for (kind, _), places in self.claims.items():
            # A file that stands at an address has the better claim than one that stood there.
            first, *others = sorted(places, key=lambda place: bool(place.line))
            where = f"it is first used in {first.file}"
            where += f", line {first.line}" if first.line else ""
            for place in others:
                yield Problem(f"duplicate-{kind}", messages[kind], place, where)


type _Resolved = tuple[dict[str, Any], list[Problem]]


def resolve(entry: Entry, node: Node, names: Names) -> tuple[Entry, list[Problem]]:
    """The entry with its references in their lasting form (lessons by number), and what dangles."""
    if entry.kind in {"backgrounds", "signals"}:
        names.claims["slug", f"{entry.kind}/{entry.key}"].append(node.at("slug").place)
    resolver = _RESOLVERS.get(entry.kind)
    values, problems = resolver(entry, node, names) if resolver else ({}, [])
    formerly, wrong = _addresses(entry, node, names)
    problems = problems + wrong
    return replace(entry, values={**entry.values, **values}, formerly=formerly), problems


def _role(entry: Entry, node: Node, names: Names) -> _Resolved:
    names.claims["code", entry.values["code"]].append(node.at("code").place)
    steps = [node.at("steps", n, "path") for n in range(len(entry.values.get("steps", [])))]
    pivots = [
        node.at("pivots", n, "background") for n in range(len(entry.values.get("pivots", [])))
    ]
    problems = [
        *(each for path in steps for each in _dangling(path, names.paths, "path")),
        *(each for one in pivots for each in _dangling(one, names.backgrounds, "background")),
        *_twice(steps, "duplicate-path", SAME_PATH_TWICE),
        *_twice(pivots, "duplicate-background", SAME_BACKGROUND_TWICE),
    ]
    return {}, problems


def _path(entry: Entry, node: Node, names: Names) -> _Resolved:
    numbers = [names.lessons.get(f"{entry.key}/{slug}") for slug in entry.values["lessons"]]
    standing = [int(each) for each in numbers if each and each not in names.retired]
    return {"lessons": standing}, list(_outline(entry, node, names))


def _lesson(entry: Entry, node: Node, names: Names) -> _Resolved:
    names.claims["number", entry.key].append(node.at("number").place)
    problems = list(_dangling(node.at("signals"), names.signals, "signal"))
    given = entry.values.get("signals")
    return ({} if given is None else {"signals": sorted(set(given))}), problems


def _background(entry: Entry, node: Node, names: Names) -> _Resolved:
    problems = list(_dangling(node.at("knows"), names.lessons, "lesson"))
    given = entry.values.get("knows")
    if given is None:
        return {}, problems
    return {"knows": sorted({int(names.lessons.get(name) or 0) for name in given})}, problems


_RESOLVERS: dict[str, Callable[[Entry, Node, Names], _Resolved]] = {
    "roles": _role,
    "paths": _path,
    "lessons": _lesson,
    "backgrounds": _background,
}


def _addresses(entry: Entry, node: Node, names: Names) -> tuple[frozenset[str], list[Problem]]:
    """An entry's former addresses, with a claim on each and on the present one."""
    if entry.kind not in {"roles", "paths", "lessons"}:
        return entry.formerly, []
    own = f"{entry.values['path']}/" if entry.kind == "lessons" else ""
    names.claims["address", f"{entry.kind}:{own}{entry.values['slug']}"].append(Place(entry.file))
    listed = node.at("formerly").value
    items = listed if isinstance(listed, list) else []
    former, problems = set(), []
    for item in items:
        text = str(item.value).strip()
        path, slug = text.split("/", 1) if own and "/" in text else ("", text)
        path = names.renamed.get(path, path)
        wrong = list(_address_problems(item, slug))
        if path and not wrong:
            wrong = list(_dangling(replace(item, value=path), names.paths, "path"))
        problems += wrong
        address = f"{path}/{slug}" if path else f"{own}{slug}"
        former.add(address)
        names.claims["address", f"{entry.kind}:{address}"].append(node.at("formerly").place)
    return frozenset(former), problems


def _address_problems(item: Node, slug: str) -> Iterator[Problem]:
    try:
        FormerRoleSlug(slug=slug).clean_fields(exclude={"role"})
    except ValidationError as error:
        for one in error.error_dict["slug"]:
            yield Problem((one.code or "slug").replace("_", "-"), one.messages[0], item.place)


def _dangling(node: Node, known: Iterable[str] | None, noun: str) -> Iterator[Problem]:
    """A problem for a name, or for each of a list of names, that names nothing."""
    match node.value:
        case str(name) if known is not None and name.strip() not in known:
            message = f"there is no {noun} “{name}”"
            yield Problem(f"dangling-{noun}", message, node.place, did_you_mean(name, known))
        case list(items):
            for item in items:
                yield from _dangling(item, known, noun)


def _twice(nodes: Iterable[Node], code: str, message: str) -> Iterator[Problem]:
    """A problem for each name that an earlier node of the list gives already."""
    first: dict[str, Node] = {}
    for node in nodes:
        name = str(node.value).strip()
        if name in first:
            line = first[name].place.line
            yield Problem(code, message, node.place, f"the first is on line {line}")
        first.setdefault(name, node)


def _outline(entry: Entry, node: Node, names: Names) -> Iterator[Problem]:
    """Every lesson file of the folder stands in the path's list once, and nothing else does."""
    listed = entry.values["lessons"]
    files = names.listed.get(entry.key, [])
    for index, slug in enumerate(listed):
        item = node.at("lessons", index)
        if slug not in files:
            message = f"there is no lesson file {slug}.md in this folder"
            yield Problem("dangling-lesson", message, item.place, did_you_mean(slug, files))
        elif slug in listed[:index]:
            message = "A path lists a lesson once."
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
