"""The one table of the kinds of things in the catalog. All code that differs by kind asks it.

To add a kind, write its document, its model and a row here. A field that both the document and the
model have is read, compared, written and exported without being named again: see `fields`.

Pure: models and documents stand here by name, and `fields` finds the classes.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Reference:
    """That a field names other things. kind: theirs.

    written: how a file names them: by “key”; a lesson also by “address”, which is <path>/<lesson>,
    or, in the list of its own path, by “file”, which is <lesson>; a term by any “spelling”, which
    stays as it was written. Of all others entries have the keys.
    within: for lessons that have to be of one path, the key of the same item that names that path.
    apart_from: another reference of the same thing, which may not name what this one names.
    """

    kind: str
    written: str = "key"
    within: str = ""
    apart_from: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing.

    name: as entries, revisions and commands say it, “roles”. noun: for one of them, “role”.
    model: the label of its Django model. document: the class in `careers.sync.documents` of a file.
    file: the file of one thing; a word in braces is a field that the file's name gives. Without
    any, that one file lists all things of the kind, under the kind's name and in the site's order.
    beside: the folder of the files that stand beside a thing and are no documents. The field
    `files` has their names and digests. Empty for a kind without such files.
    key: the field that tells its things apart for good.
    example: a file to begin with. Empty for a kind of which a catalog needs none.
    has_page: whether each thing has an address of its own, and keeps those that it had.
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
        """The fields that a file gives without a key: by its name, its text, its order, or by the
        files beside it."""
        if self.is_listed:
            return ("position",)
        named = tuple(re.findall(r"{(\w+)}", self.file))
        return named + ("body",) * self.is_markdown + ("files",) * bool(self.beside)

    @property
    def is_markdown(self) -> bool:
        """Whether a file has front matter and a text below it, which is the field `body`."""
        return self.file.endswith(".md")

    def fields_in(self, name: str) -> dict[str, str] | None:
        """The fields that a file's name gives, or None if it is no file of this kind."""
        found = _pattern(self.file).fullmatch(name)
        return found.groupdict() if found else None

    def beside_in(self, name: str) -> dict[str, str] | None:
        """The fields that the name of a file beside a thing gives, and its own `name`; or None."""
        found = _pattern(f"{self.beside}/{{name}}").fullmatch(name) if self.beside else None
        return found.groupdict() if found else None

    def beside_of(self, values: Mapping[str, Any], name: str) -> str:
        """The file of this name beside a thing with these values."""
        return f"{self.beside.format_map(values)}/{name}"

    def file_of(self, values: Mapping[str, Any]) -> str:
        """The file of a thing with these values."""
        return self.file.format_map(values)


@cache
def _pattern(file: str) -> re.Pattern[str]:
    parts = re.split(r"{(\w+)}", file)
    names = (f"(?P<{part}>[^/]+)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
    return re.compile("".join(names))


# In the order in which they are written: what others name comes first.
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

    by: the fields that an item is known by; none where the items are texts or numbers.
    apart_by: what tells apart several items that are known by the same; “source.title” is the title
    of its source.
    twice: the words for two items that nothing tells apart; none where something else refuses them.
    rewritable: whether those fields are the item's own words, so that an item with other words in
    its place is the same item, rewritten. Where they name another thing, it is another item.
    together: fields of an item that are taken from one side, all or none.
    total: a field whose sum over the merged list has to be the sum of one of the sides.
    ordered: whether the order says something. Where it doesn't, items are sorted.
    empty_is_all: whether an empty list stands for everything: it isn't merged item by item.
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
        """What an item is known by. Several may be known by the same."""
        return tuple(one_spelling(item.get(n)) for n in self.by) if self.by else one_spelling(item)

    def id(self, item: Any) -> Any:
        """What tells an item apart from all others of its list."""
        if not self.apart_by:
            return self.name(item)
        return *self.name(item), *(one_spelling(_at(item, place)) for place in self.apart_by)

    def name_in(self, id_: Any) -> Any:
        """The name of the item that has this id."""
        return id_[: len(self.by)] if self.by else id_

    def are_told_apart(self, items: Sequence[Any]) -> bool:
        return not self.doubled(items)

    def doubled(self, items: Sequence[Any]) -> dict[int, int]:
        """The index of each item that nothing tells apart from an earlier one, and of that one."""
        first: dict[Any, int] = {}
        places = {place: first.setdefault(self.id(item), place) for place, item in enumerate(items)}
        return {place: earlier for place, earlier in places.items() if place != earlier}

    def label(self, id_: Any, among: Collection[Any] = ()) -> str:
        """What an item is called in the name of a field: “rag” in “steps[rag].why”. Where others
        have its name, all that tells it apart. among: the ids of the items."""
        name = self.name_in(id_)
        is_alone = not any(each != id_ and self.name_in(each) == name for each in among)
        called = name if is_alone else id_
        return ", ".join(str(part) for part in called if part) if self.by else str(called)


def one_spelling(name: Any) -> Any:
    """A name as Unicode composes it: “é” may be written as one character or as two, and a name that
    is written in both ways is one name. Anything but a text stays as it is."""
    return unicodedata.normalize("NFC", name) if isinstance(name, str) else name


def _at(item: Any, place: str) -> Any:
    """What stands in an item at a path of keys; None where it doesn't have them."""
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
_SAME_TEXT = "This list says the same twice."

# By the field's name, which means the same in every kind.
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
        by=("activity",), twice="An activity has one share.", rewritable=True, total="share"
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
    """Whether the order of a list says something. name: the field's."""
    return LISTS[name].ordered if name in LISTS else True
