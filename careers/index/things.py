"""Turn published rows into rows of the index."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet

from careers.models import IndexedThing, Role
from careers.published.titles.concepts import fold
from paths.models import LearningPath, Lesson, Term
from paths.text.sentences import sentences, split_sentences

# Raise this when the same row would give another IndexedThing: the next `migrate` rebuilds all.
VERSION = 2
LONGEST_TEXT = 200_000  # letters that are indexed; PostgreSQL takes at most a mebibyte


class Said(NamedTuple):
    """What a row says, in names and sentences as they are shown.

    about: what it says of itself. text: all else.
    """

    names: Iterable[str]
    about: Iterable[str]
    text: Iterable[str] = ()


class Kind(NamedTuple):
    """A kind of things that can be found. rows: queries the published ones. said: of one row."""

    rows: Callable[[], QuerySet[Any]]
    said: Callable[[Any], Said]


def _role(role: Role) -> Said:
    scope = split_sentences(" ".join(role.honest_scope.split()))
    not_for = (f"Not for you if {each}" for each in role.not_for_you_if)
    then = [f"Then: {role.after_paths}"] if role.after_paths else []
    missing = split_sentences(role.not_taught)
    return Said(
        [role.title, *role.aliases],
        [role.summary, *role.daily_work],
        [*scope, *not_for, *then, *missing],
    )


def _path(path: LearningPath) -> Said:
    return Said([path.title], [path.summary], split_sentences(" ".join(path.description.split())))


def _lesson(lesson: Lesson) -> Said:
    return Said([lesson.title], [lesson.summary, *lesson.objectives], sentences(lesson.body_html))


def _term(term: Term) -> Said:
    return Said([term.title, *term.also], [term.meaning])


KINDS = {
    "roles": Kind(Role.objects.published, _role),
    "paths": Kind(LearningPath.objects.published, _path),
    "lessons": Kind(lambda: Lesson.objects.published().select_related("path"), _lesson),
    "terms": Kind(Term.objects.published, _term),
}


def indexed_things(kind: str, keys: Collection[int]) -> Iterator[IndexedThing]:
    """Rows of the index, unsaved, for those of some things that the public may see."""
    rows, said = KINDS[kind]
    for row in rows().filter(pk__in=keys):
        if getattr(row, "has_address", True):
            yield _indexed(kind, row.pk, said(row))


def _indexed(kind: str, row: int, said: Said) -> IndexedThing:
    about, text = list(_lines(said.about)), list(_lines(said.text))
    return IndexedThing(
        kind=kind,
        row=row,
        names="\n".join(folded for folded, _ in _lines(said.names)),
        about="\n".join(folded for folded, _ in about),
        text="\n".join(folded for folded, _ in text),
        shown="\n".join(shown for _, shown in about + text),
        made_by=VERSION,
    )


def _lines(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(folded, as shown) for each text that has a word, up to LONGEST_TEXT letters in all."""
    room = LONGEST_TEXT
    for text in texts:
        folded = fold(text)
        room -= len(folded)
        if room < 0:
            return
        if folded:
            yield folded, " ".join(text.split())
