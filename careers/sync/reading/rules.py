"""Check documents by the models' own validators: by the admin's rules, in the same words."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ForeignKey, Model

from careers.sync.entries import Values
from careers.sync.kinds import LISTS
from careers.sync.problems import Place, Problem
from careers.sync.reading.yaml_tree import Node, Text
from careers.sync.rows import rows_of_entry


def rule_problems(kind: str, values: Values, node: Node, body: Text | None = None) -> list[Problem]:
    """A problem for everything that the models' validators find in a document's values.

    body: the text below the front matter, to place what is wrong in one of its lines.
    """
    problems = []
    for steps, shared, row in rows_of_entry(kind, values):
        for field, error in model_errors(row):
            place = _place(node.at(*steps), field, shared.columns.get(field, (field,)))
            for one in error.error_list:
                line = (one.params or {}).get("line")
                there = body.place_of_line(line) if body and line else place
                problems.append(Problem(_code(one), one.messages[0], there))
    return [*problems, *_doubled_items(values, node)]


def _doubled_items(values: Values, node: Node) -> Iterator[Problem]:
    """A problem for each item that nothing tells apart from an earlier one of its list."""
    for name, items in values.items():
        if name not in LISTS or not LISTS[name].twice:
            continue
        for place, earlier in LISTS[name].doubled(items).items():
            first = f"the first is on line {node.at(name, earlier).place.line}"
            yield Problem("double", LISTS[name].twice, node.at(name, place).place, first)


def model_errors(row: Model) -> Iterator[tuple[str, ValidationError]]:
    """The errors of an unsaved row's validators and clean(), by field, without any query."""
    failed: dict[str, ValidationError] = {}
    checks: tuple[Callable[[], None], ...] = (
        partial(row.clean_fields, exclude=_pointers(type(row))),
        row.clean,
    )
    for check in checks:
        try:
            check()
        except ValidationError as error:
            found = getattr(error, "error_dict", None) or {NON_FIELD_ERRORS: error.error_list}
            for field, errors in found.items():
                failed.setdefault(field, ValidationError(errors))
    yield from failed.items()


@cache
def _pointers(model: type[Model]) -> set[str]:
    """A model's foreign keys. They aren't checked here: what they name may be only in the files."""
    return {field.name for field in model._meta.fields if isinstance(field, ForeignKey)}


def _place(node: Node, field: str, keys: Iterable[str]) -> Place:
    """Where a field's value is. keys: the path at which the document has it."""
    if field == NON_FIELD_ERRORS:
        return node.place
    found = node.at(*keys)
    if found is not node:
        return found.place
    # The value is the file's name, or the text below the front matter: the whole file is the place.
    return Place(node.text.file) if field in {"slug", "body"} else node.place


def _code(error: ValidationError) -> str:
    return (error.code or "rule").replace("_", "-")
