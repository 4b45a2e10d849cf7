"""Merge what an editor typed with what others saved meanwhile, and ask about conflicts."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from careers.admin.conflicts import ConflictToResolve, Option
from careers.admin.saving.others import Others
from careers.sync import FILE, LIVE, Conflict, Labels, Values, merge, told_apart

TAKE = "_take"  # prefix of a radio button's name
MINE, THEIRS = "mine", "theirs"
SIDES = {MINE: FILE, THEIRS: LIVE}  # what merge() calls them


@dataclass(frozen=True, slots=True)
class Merged:
    """replaced: field → merged value, where it isn't what was typed. conflicts: to ask about."""

    replaced: Values
    conflicts: tuple[ConflictToResolve, ...]


def merged(labels: Labels, mine: Values, others: Others, sent: Mapping[str, str]) -> Merged:
    """Merge a form's fields. labels: for the form's kind. mine: what was typed. sent: the
    submitted form, with the choices made.

    A field whose conflict is unresolved stays as typed.
    """
    replaced: dict[str, Any] = {}
    conflicts: list[ConflictToResolve] = []
    for name in (name for name in mine if name in others.before):  # in the order of the form
        sides = (others.before[name], mine[name], others.now[name])
        result = merge(name, *sides, partial(_chosen, sent, name))
        conflicts += (_asked(labels, name, each) for each in result.conflicts)
        if not result.conflicts and result.value != mine[name]:
            replaced[name] = result.value
    return Merged(replaced, tuple(conflicts))


def _asked(labels: Labels, name: str, conflict: Conflict) -> ConflictToResolve:
    part = f"{name}{conflict.where}"
    sides = (labels.value(part, side) for side in (conflict.base, conflict.live, conflict.file))
    options = _options(*told_apart(*sides))
    return ConflictToResolve(labels.part(part), _radio(name, conflict), tuple(options))


def _options(base: str, theirs: str, mine: str) -> Iterator[Option]:
    yield Option("When you opened it", base)
    yield Option("Saved since", theirs, take=THEIRS, take_words="Take theirs")
    yield Option("Yours", mine, take=MINE, take_words="Keep yours, as it stands below")


def _chosen(sent: Mapping[str, str], name: str, conflict: Conflict) -> str:
    return SIDES.get(sent.get(_radio(name, conflict), ""), "")


def _radio(name: str, conflict: Conflict) -> str:
    """The name of a conflict's radio buttons. A choice counts only against exactly what others
    saved when it was made, so the name has a digest of that."""
    theirs = hashlib.sha256(repr(conflict.live).encode()).hexdigest()[:16]
    return f"{TAKE}:{name}{conflict.where}:{theirs}"
