"""The choices in a submitted form: the conflict, the values it is between, and the side taken."""

from collections.abc import Iterator, Mapping

from careers.models import Side
from careers.sync import PlannedField, SideChoice, conflict_digest, report

TAKE = "take"  # prefix of a radio button's name


def radio(conflict: PlannedField) -> str:
    """The name of a conflict's radio buttons. It has a digest of the conflict's values, since a
    choice counts only between exactly these."""
    return f"{TAKE}:{report.label(conflict.id)}:{conflict.name}:{conflict_digest(conflict)}"


def choices_in(sent: Mapping[str, str]) -> Iterator[SideChoice]:
    """The choices among the fields of a form; other fields are ignored."""
    for name, value in sent.items():
        kind, _, rest = name.partition(":")
        key, _, known = rest.partition(":")
        field, _, between = known.rpartition(":")
        if kind == TAKE and value in Side.values:
            yield SideChoice(key, field, Side(value), between)
