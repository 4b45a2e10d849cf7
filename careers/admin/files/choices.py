"""The choices that an editor sends: of which conflict, between which values, and for which side."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from careers.models import Side
from careers.sync.comparing.plan import Field
from careers.sync.comparing.report import label
from careers.sync.writing.resolve import NoConflict, resolve
from careers.sync.writing.sides import Standing, digest

TAKE = "take"  # begins the name of a choice


class SentChoice(NamedTuple):
    """A choice. key: of the thing, “roles/ml-engineer”. between: the digest of both values."""

    key: str
    field: str
    between: str
    side: Side


def radio(conflict: Field) -> str:
    """The name of a conflict's radio buttons: a choice is one between exactly these values."""
    return f"{TAKE}:{label(conflict.id)}:{conflict.name}:{digest(conflict)}"


def choices_in(sent: Mapping[str, str]) -> Iterator[SentChoice]:
    for name, value in sent.items():
        kind, _, rest = name.partition(":")
        key, _, known = rest.partition(":")
        field, _, between = known.rpartition(":")
        if kind == TAKE and value in Side.values:
            yield SentChoice(key, field, between, Side(value))


def resolve_all(now: Standing, choices: Iterable[SentChoice], by: str) -> None:
    """Keep the choices. Raises NoConflict where one is about other values than there are now."""
    between = {(label(each.id), each.name): digest(each) for each in now.plan().conflicts}
    for choice in choices:
        if between.get((choice.key, choice.field), choice.between) != choice.between:
            raise NoConflict(f"{choice.key}: `{choice.field}` was changed meanwhile.")
        resolve(now, choice.key, choice.field, choice.side, by)
