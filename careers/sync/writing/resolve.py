"""Choose whose value settles a conflict. The next apply carries it out; nothing else is written."""

from collections.abc import Iterable

from careers.models import Choice, Side
from careers.sync.comparing.plan import Field, Plan
from careers.sync.comparing.report import label
from careers.sync.problems import did_you_mean
from careers.sync.writing.sides import Standing, digest


class NoConflict(Exception):
    """What was to be settled is no conflict. Its text says which there are."""


def resolve(standing: Standing, key: str, field: str, take: Side, by: str) -> list[Field]:
    """Choose a side of one conflict, or of all that a field has; returns which were settled.

    key: “roles/ml-engineer”. field: as a conflict names it, “title” or “steps[rag].why”; “steps”
    means all that clashes in it. A choice holds between the two values that it was made for. Raises
    NoConflict.
    """
    plan = standing.plan()
    found = find(plan, key, field)
    if found[0].id not in standing.files:
        found = [_of_its_document(plan, found[0])]
    for conflict in found:
        kind, name = conflict.id
        Choice.objects.update_or_create(
            kind=kind,
            key=name,
            field=conflict.name,
            defaults={"take": take, "digest": digest(conflict), "by": by},
        )
    return found


def find(plan: Plan, key: str, field: str) -> list[Field]:
    """The conflicts of a field. Raises NoConflict."""
    of_thing = [conflict for conflict in plan.conflicts if label(conflict.id) == key]
    if not of_thing:
        known = sorted({label(conflict.id) for conflict in plan.conflicts})
        raise NoConflict(_refusal(f"{key} has no conflict", key, known))
    found = [each for each in of_thing if each.name == field or _is_part(each.name, field)]
    if not found:
        names = [conflict.name for conflict in of_thing]
        raise NoConflict(_refusal(f"{key} has no conflict in `{field}`", field, names))
    return found


def _is_part(name: str, field: str) -> bool:
    """Whether “steps[rag].why” or “steps (order)” is of “steps”."""
    return name.startswith((f"{field}[", f"{field} ("))


def _refusal(words: str, word: str, known: Iterable[str]) -> str:
    names = list(known)
    if not names:
        return f"{words}: there is none at all."
    hint = did_you_mean(word, names)
    return f"{words}; there is one in {', '.join(names)}. {hint}".rstrip()


def _of_its_document(plan: Plan, conflict: Field) -> Field:
    """Where a document is gone, what becomes of its thing is chosen, not of a field."""
    of_thing = (each for each in plan.conflicts if each.id == conflict.id)
    return next(each for each in of_thing if each.name == "status")
