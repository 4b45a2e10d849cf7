"""Hold what a writer would merge to the models' rules, which each side alone may keep.

A file may publish a lesson whose objectives an editor has just taken out: each is right by itself.
Together they would be a page that breaks a rule, and that no form and no export takes. So it is if
an undo brings something back beside what was added since.
"""

from collections.abc import Iterable, Iterator

from django.core.exceptions import NON_FIELD_ERRORS

from careers.models import ALREADY_A_STEP
from careers.sync.comparing.matching import item_name
from careers.sync.comparing.merge import field_of
from careers.sync.comparing.plan import Action, Change, Plan
from careers.sync.comparing.report import label
from careers.sync.entries import Key, Values, rename_paths
from careers.sync.kinds import KINDS, LISTS
from careers.sync.problems import Place, Problem
from careers.sync.reading.rules import model_errors
from careers.sync.rows import rows_of_entry
from careers.sync.writing.sides import Sides

MERGED = "merged"


def merge_problems(sides: Sides, plan: Plan) -> Iterator[Problem]:
    """A problem for each rule that a thing would break if it got something of both sides."""
    renamed = {live[1]: file[1] for file, live in sides.renamed_paths().items()}
    kept: dict[Key, list[str]] = {}
    for field in plan.drift:
        kept.setdefault(field.id, []).append(field.top)
    for change in plan.changes:
        if change.action is not Action.CHANGE or change.live is None or change.id not in kept:
            continue  # it becomes what its file says, and that was checked
        kind, live = change.entry.kind, sides.rows[change.live][0]
        said = {name: rename_paths(kind, name, each, renamed) for name, each in live.said.items()}
        merged = said | {field.name: field.value for field in change.fields}
        before = set(broken_rules(kind, said))
        for part, words in broken_rules(kind, merged):
            if (part, words) not in before:
                yield _problem(change, field_of(part).partition(".")[0], words, kept[change.id])


def broken_rules(kind: str, values: Values) -> Iterator[tuple[str, str]]:
    """The rules that a thing with these values breaks: the part that each is about, such as
    “steps[rag].why”, or an empty text for the whole thing, and what the rule says."""
    for steps, shared, row in rows_of_entry(kind, values):
        for column, error in model_errors(row):
            keys = shared.columns.get(column, (column,))
            part = _part(values, steps, () if column == NON_FIELD_ERRORS else keys)
            yield from ((part, words) for words in error.messages)
    for name, items in values.items():
        if name in LISTS and LISTS[name].twice and not LISTS[name].are_told_apart(items):
            yield name, LISTS[name].twice
    for name, reference in KINDS[kind].references.items():
        if reference.apart_from and _names(values, name) & _names(values, reference.apart_from):
            yield name, ALREADY_A_STEP


def _part(values: Values, steps: tuple[str | int, ...], keys: Iterable[str]) -> str:
    """The name of a field, or of an item's field. steps: the path to the item, as from
    rows_of_entry(); empty for the thing itself."""
    if not steps:
        return ".".join(keys)
    name, place = str(steps[0]), int(steps[1])
    items = values[name]
    return ".".join([f"{name}[{item_name(name, items[place], items)}]", *keys])


def _names(values: Values, place: str) -> set[str]:
    """The names that a list has, or that its items have under a key: “steps.path”."""
    top, _, inner = place.partition(".")
    return {item[inner] if inner else item for item in values.get(top, ())}


def _problem(change: Change, name: str, words: str, kept: list[str]) -> Problem:
    # Whatever else of the file the rule is about, nothing says which: then the whole file is meant.
    is_changed = any(field.name == name for field in change.fields)
    line = change.entry.lines.get(name, 0) if is_changed else 0
    edited = ", ".join(f"`{each}`" for each in ([name] if name in kept else kept))
    hint = f"with the live edit of {edited} of {label(change.entry.id)}: change one of the two"
    return Problem(MERGED, words, Place(change.entry.file, line, int(bool(line))), hint)
