"""Choose whose value a conflict gets. The next apply carries it out; nothing else is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from careers.models import Choice, Side
from careers.sync.comparing.plan import Plan, PlannedField
from careers.sync.comparing.report import label
from careers.sync.problems import did_you_mean
from careers.sync.wording.reasons import Reason
from careers.sync.writing.sides import Sides, conflict_digest

_NOT_ONE = "There is no conflict anymore."


class NoConflict(Exception):
    """A choice is about something that isn't in conflict. The text names the conflicts."""

    def __init__(self, words: str, reason: Reason) -> None:
        super().__init__(words)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SideChoice:
    """Whose value a conflict is to get.

    key: “roles/ml-engineer”. field: as a conflict names it, “title” or “steps[rag].why”; “steps”
    means every conflict in that list. between: the digest of the two values that somebody saw and
    chose between, if it is known.
    """

    key: str
    field: str
    take: Side
    between: str = ""


def choose_sides(sides: Sides, choices: Iterable[SideChoice], by: str) -> list[PlannedField]:
    """Store some choices, and return the conflicts that they decide.

    A choice holds as long as both values stay as they are. Raises NoConflict.
    """
    plan = sides.plan()
    chosen = []
    for choice in choices:
        found = find_conflicts(plan, choice.key, choice.field)
        if choice.between not in {"", *map(conflict_digest, found)}:
            reason = Reason("It was changed meanwhile.", found[0].id, choice.field)
            raise NoConflict(str(reason), reason)
        if found[0].id not in sides.files:
            found = [_of_whole_document(plan, found[0])]
        for conflict in found:
            kind, key = conflict.id
            Choice.objects.update_or_create(
                kind=kind,
                key=key,
                field=conflict.name,
                defaults={"take": choice.take, "digest": conflict_digest(conflict), "by": by},
            )
        chosen += found
    return chosen


def find_conflicts(plan: Plan, key: str, field: str) -> list[PlannedField]:
    """The conflicts in a field, or the one of this name. Raises NoConflict if there is none."""
    of_thing = [conflict for conflict in plan.conflicts if label(conflict.id) == key]
    if not of_thing:
        known = sorted({label(conflict.id) for conflict in plan.conflicts})
        raise NoConflict(_refusal(f"{key} has no conflict", key, known), Reason(_NOT_ONE))
    found = [each for each in of_thing if field in {each.name, each.top}]
    if not found:
        names = [conflict.name for conflict in of_thing]
        reason = Reason(_NOT_ONE, of_thing[0].id, field)
        raise NoConflict(_refusal(f"{key} has no conflict in `{field}`", field, names), reason)
    return found


def _refusal(words: str, word: str, known: Iterable[str]) -> str:
    names = list(known)
    if not names:
        return f"{words}: there is none at all."
    hint = did_you_mean(word, names)
    return f"{words}; there is one in {', '.join(names)}. {hint}".rstrip()


def _of_whole_document(plan: Plan, conflict: PlannedField) -> PlannedField:
    """The conflict that decides whether a thing whose document is gone is retired."""
    of_thing = (each for each in plan.conflicts if each.id == conflict.id)
    return next(each for each in of_thing if each.name == "status")
