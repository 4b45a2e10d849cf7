"""The one table of the kinds of things in the catalog. Whatever differs by kind is looked up here.

To add a kind, write its document, its model and a row here. A field that both the document and the
model have is read, compared, written and exported without being named again: see `fields`.

Pure: models and documents are given by name, and `fields` finds the classes.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Reference:
    """How a field refers to other things. kind: theirs.

    written: how a file names them. By “key”; lessons also by “address”, which is <path>/<lesson>,
    or, in the list of their own path, by “file”, which is <lesson>; terms by any “spelling”.
    Entries hold keys instead; only a spelling stays as it was written.
    within: for lessons that must be of one path: the key in the same item that names this path.
    apart_from: another reference of the same thing. The two must not name the same thing.
    """

    kind: str
    written: str = "key"
    within: str = ""
    apart_from: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing.

    name: as in entries, revisions and commands, “roles”. noun: for one of them, “role”.
    model: the label of its Django model. document: the class in `careers.sync.documents` of a file.
    file: the file of one thing; a word in braces is a field that the file's name gives. Without
    braces, one file lists all things of the kind, under the kind's name and in the site's order.
    beside: the folder of the files beside a thing, such as a lesson's pictures. The field `files`
    has their names and digests. Empty for a kind without such files.
    key: the field that identifies a thing within its kind.
    example: a file name to show if a catalog lacks this kind. Empty if it may lack it.
    has_page: whether each thing has a page of its own, to which its former addresses redirect.
    references: the fields that name other things; “steps.path” is the path of a step.
    """

    name: str
    noun: str
    model: str
    document: str
    file: str
    beside: str = ""
    key: str = "slug"
    example: str = ""
    has_page: bool = False
    references: Mapping[str, Reference] = field(default_factory=dict)

    @property
    def is_listed(self) -> bool:
        """Whether all things of the kind stand in one file, in their order."""
        return "{" not in self.file

    @property
    def given(self) -> tuple[str, ...]:
        """The fields that a file gives without a key: by its name, its text, the order of its list,
        or the files beside it."""
        if self.is_listed:
            return ("position",)
        named = tuple(re.findall(r"{(\w+)}", self.file))
        return named + ("body",) * self.is_markdown + ("files",) * bool(self.beside)

    @property
    def is_markdown(self) -> bool:
        """Whether a file has front matter and a text below it, which is the field `body`."""
        return self.file.endswith(".md")

    def fields_in(self, name: str) -> dict[str, str] | None:
        """The fields that a file's name gives; None if it isn't a file of this kind."""
        found = _pattern(self.file).fullmatch(name)
        return found.groupdict() if found else None

    def beside_in(self, name: str) -> dict[str, str] | None:
        """The fields that the name of a file beside a thing gives, with its own `name`; or None."""
        found = _pattern(f"{self.beside}/{{name}}").fullmatch(name) if self.beside else None
        return found.groupdict() if found else None

    def beside_of(self, values: Mapping[str, Any], name: str) -> str:
        """The path of the file `name` beside a thing with these values."""
        return f"{self.beside.format_map(values)}/{name}"

    def file_of(self, values: Mapping[str, Any]) -> str:
        """The path of the file of a thing with these values."""
        return self.file.format_map(values)


@cache
def _pattern(file: str) -> re.Pattern[str]:
    parts = re.split(r"{(\w+)}", file)
    names = (f"(?P<{part}>[^/]+)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
    return re.compile("".join(names))


# In the order in which rows are written: what others refer to comes first.
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="signals",
            noun="signal",
            model="careers.HiringSignal",
            document="SignalsDocument",
            file="signals.yaml",
            example="signals.yaml",
        ),
        Kind(
            name="paths",
            noun="path",
            model="paths.LearningPath",
            document="PathDocument",
            file="paths/{slug}/path.yaml",
            example="paths/rag/path.yaml",
            has_page=True,
            references={"lessons": Reference("lessons", written="file")},
        ),
        Kind(
            name="lessons",
            noun="lesson",
            model="paths.Lesson",
            document="LessonDocument",
            file="paths/{path}/{slug}.md",
            beside="paths/{path}/{slug}",
            key="number",
            has_page=True,
            references={
                "path": Reference("paths"),
                "signals": Reference("signals"),
                "needs": Reference("terms", written="spelling"),
            },
        ),
        Kind(
            name="terms",
            noun="term",
            model="paths.Term",
            document="GlossaryDocument",
            file="glossary.yaml",
            references={"lesson": Reference("lessons")},
        ),
        Kind(
            name="prices",
            noun="price",
            model="paths.Price",
            document="PricesDocument",
            file="prices.yaml",
        ),
        Kind(
            name="backgrounds",
            noun="background",
            model="careers.Background",
            document="BackgroundsDocument",
            file="backgrounds.yaml",
            example="backgrounds.yaml",
            references={"knows": Reference("lessons", written="address")},
        ),
        Kind(
            name="roles",
            noun="role",
            model="careers.Role",
            document="RoleDocument",
            file="roles/{slug}.yaml",
            example="roles/ml-engineer.yaml",
            has_page=True,
            references={
                "steps.path": Reference("paths"),
                "steps.only": Reference("lessons", within="path"),
                "steps.focus": Reference("lessons", within="path"),
                "further": Reference("paths", apart_from="steps.path"),
                "pivots.background": Reference("backgrounds"),
            },
        ),
    )
}
ORDER = {name: place for place, name in enumerate(KINDS)}
LISTED = tuple(kind.name for kind in KINDS.values() if kind.is_listed)


# -- Lists ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListRule:
    """How the items of a list are told apart, and what a merge of two lists has to keep.

    by: the fields that make up an item's name; empty if the items are texts or numbers.
    apart_by: what tells apart items of the same name; “source.title” is the title of its source.
    twice: the message for two items that nothing tells apart; empty if another check refuses them.
    rewritable: whether the fields in `by` are the item's own words: then other words in the same
    place are the same item, rewritten. If they name another thing, it is another item.
    together: fields of an item that a merge takes from the same side, all or none.
    total: a field whose sum over the merged list must be the sum of one of the sides.
    ordered: whether the order means something. If not, items are sorted.
    empty_is_all: whether an empty list means everything. Such a list isn't merged item by item.
    """

    by: tuple[str, ...] = ()
    apart_by: tuple[str, ...] = ()
    twice: str = ""
    rewritable: bool = False
    together: tuple[str, ...] = ()
    total: str = ""
    ordered: bool = True
    empty_is_all: bool = False

    def name(self, item: Any) -> Any:
        """An item's name. Several items may have the same one."""
        return tuple(one_spelling(item.get(n)) for n in self.by) if self.by else one_spelling(item)

    def id(self, item: Any) -> Any:
        """What identifies an item in its list."""
        if not self.apart_by:
            return self.name(item)
        return *self.name(item), *(one_spelling(_at(item, place)) for place in self.apart_by)

    def name_in(self, id_: Any) -> Any:
        """The name of the item that has this id."""
        return id_[: len(self.by)] if self.by else id_

    def are_told_apart(self, items: Sequence[Any]) -> bool:
        return not self.doubled(items)

    def doubled(self, items: Sequence[Any]) -> dict[int, int]:
        """Index of each item that has the id of an earlier one → index of the earlier one."""
        first: dict[Any, int] = {}
        places = {place: first.setdefault(self.id(item), place) for place, item in enumerate(items)}
        return {place: earlier for place, earlier in places.items() if place != earlier}

    def label(self, id_: Any, among: Collection[Any] = ()) -> str:
        """An item's label in the name of a field: “rag” in “steps[rag].why”. All parts of its id,
        if others have the same name. among: the ids of the list's items."""
        name = self.name_in(id_)
        is_alone = not any(each != id_ and self.name_in(each) == name for each in among)
        called = name if is_alone else id_
        return ", ".join(str(part) for part in called if part) if self.by else str(called)


def one_spelling(name: Any) -> Any:
    """A name normalized to NFC, because “é” may be written as one character or as two. Anything but
    a text stays as it is."""
    return unicodedata.normalize("NFC", name) if isinstance(name, str) else name


def _at(item: Any, place: str) -> Any:
    """The value at a path of keys within an item; None if it has no such keys."""
    for key in place.split("."):
        item = item.get(key) if isinstance(item, Mapping) else None
    return item


# The figures of a salary band and the evidence for them. Half of them from one survey and half from
# another would be nobody's figures.
_EVIDENCE = (
    *("currency", "low", "high", "middle", "middle_is", "ends"),
    *("basis", "sample", "method", "for_title", "period", "source", "collected"),
)
_TEXTS = (
    *("aliases", "also", "daily_work", "fit_questions", "not_for_you_if", "objectives"),
    "skip_if",
)
_SAME_TEXT = "This list has the same item twice."

# By the field's name: fields of one name have one rule in every kind.
LISTS: Mapping[str, ListRule] = {
    "steps": ListRule(by=("path",)),
    "pivots": ListRule(by=("background",)),
    "salary_bands": ListRule(
        by=("region", "measures", "experience"),
        apart_by=("source.title", "for_title", "period"),
        twice="Two salary bands of one region, from one source, of one period: say in “measures”, "
        "“experience” or “for the title” what tells them apart.",
        rewritable=True,
        together=_EVIDENCE,
    ),
    "sources": ListRule(by=("url",), twice="This list has an address twice.", rewritable=True),
    "learn": ListRule(by=("url",), twice="This list has an address twice.", rewritable=True),
    "time_split": ListRule(
        by=("activity",),
        twice="An activity can have only one share.",
        rewritable=True,
        total="share",
    ),
    "titles": ListRule(by=("title",), twice="This list has a title twice.", rewritable=True),
    "lessons": ListRule(),
    "knows": ListRule(ordered=False),
    "further": ListRule(ordered=False),
    "signals": ListRule(ordered=False),
    "only": ListRule(ordered=False, empty_is_all=True),
    "focus": ListRule(ordered=False),
    "needs": ListRule(twice=_SAME_TEXT),
    "files": ListRule(by=("name",)),
    **dict.fromkeys(_TEXTS, ListRule(twice=_SAME_TEXT, rewritable=True)),
}


def is_ordered(name: str) -> bool:
    """Whether the order of a list means something. name: the field's."""
    return LISTS[name].ordered if name in LISTS else True
