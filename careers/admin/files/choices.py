"""The choices that an editor sends: of which conflict, between which values, and for which side."""

from collections.abc import Iterator, Mapping

from careers.models import Side
from careers.sync import PlannedField, SideChoice, conflict_digest, report

TAKE = "take"  # begins the name of a choice


def radio(conflict: PlannedField) -> str:
    """The name of a conflict's radio buttons: a choice is one between exactly these values."""
    return f"{TAKE}:{report.label(conflict.id)}:{conflict.name}:{conflict_digest(conflict)}"


def choices_in(sent: Mapping[str, str]) -> Iterator[SideChoice]:
    for name, value in sent.items():
        kind, _, rest = name.partition(":")
        key, _, known = rest.partition(":")
        field, _, between = known.rpartition(":")
        if kind == TAKE and value in Side.values:
            yield SideChoice(key, field, Side(value), between)
