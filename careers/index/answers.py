"""Answer a search: read the text, ask the index, and order the results, with a reason for each."""

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from careers.index.engines import MOST_COUNTED, Found, find
from careers.models import IndexedWord
from careers.published.catalog import Catalog, lesson_of_row, once
from careers.published.fulltext.question import Question, read_question
from careers.published.fulltext.ranking import Piece, Ranking
from careers.published.fulltext.vocabulary import Vocabulary
from careers.published.titles.concepts import fold

MOST_CANDIDATES = 40  # that the database finds likeliest; see engines.find()
MOST_RESULTS = 20
MOST_SUGGESTIONS = 4


type Key = tuple[str, int]  # a kind, and the primary key of a row


class Place(NamedTuple):
    """Where a result leads. kind: “Role”, “Path”, “Lesson” or “Term”. also: other names. within: a
    lesson's path, by title. code, line: a role's."""

    kind: str
    title: str
    url: str
    also: tuple[str, ...] = ()
    within: str = ""
    code: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A thing that was found. title, sentence: in pieces; those with words sought are marked.

    also: another name, if it has words sought that the other two lack.
    """

    place: Place
    title: list[Piece]
    sentence: list[Piece]
    also: list[Piece]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search finds. results: at most MOST_RESULTS of `total`, the most relevant first.

    is_partial: nothing has all words, and these have some. suggestions: other searches, if no
    typed word is known.
    """

    question: Question
    results: tuple[Result, ...] = ()
    total: int = 0
    is_partial: bool = False
    suggestions: tuple[str, ...] = ()

    @property
    def counted(self) -> str:
        """How many results there are, in words: "1 result"."""
        if self.total > MOST_COUNTED:
            return f"More than {MOST_COUNTED} results"
        if not self.total:
            return "Nothing found"
        return "1 result" if self.total == 1 else f"{self.total} results"


def search(text: str, catalog: Catalog, others: Collection[str] = ()) -> Answer:
    """Search a catalog for a text. Takes two queries at most, and one for each catalog version.

    others: words that lead somewhere though nothing has them. They aren't taken for misspelled,
    and are suggested too.
    """
    vocabulary = _vocabulary(catalog)
    question = read_question(text, vocabulary, others)
    if not question.sought:
        return Answer(question, suggestions=_suggestions(question, vocabulary, others))
    found = find(question.sought, MOST_CANDIDATES)
    is_partial = not found.total and len(question.sought) > 1
    if is_partial:
        found = find(question.sought, MOST_CANDIDATES, every=False)
    results = tuple(_results(found, question, catalog))
    return Answer(question, results, found.total if results else 0, is_partial)


@once
def _vocabulary(_catalog: Catalog) -> Vocabulary:
    """The words of the index, read once per process and catalog version."""
    return Vocabulary(dict(IndexedWord.objects.values_list("word", "things")))


def _suggestions(
    question: Question, vocabulary: Vocabulary, others: Collection[str]
) -> tuple[str, ...]:
    near = (
        word
        for unknown in question.unknown
        for word in vocabulary.nearest(unknown.split()[-1], MOST_SUGGESTIONS, others)
    )
    return tuple(dict.fromkeys(near))[:MOST_SUGGESTIONS]


def _results(found: Found, question: Question, catalog: Catalog) -> Iterator[Result]:
    """The best of what was found, leaving out what this version of the catalog doesn't have."""
    things = len(catalog.roles) + len(catalog.paths) + len(catalog.lessons)
    ranking = Ranking(question.sought, things + len(catalog.glossary.terms))
    by_row = {(each.kind, each.row): each for each in found.candidates}
    places = dict(_places(catalog, by_row.keys()))
    for each in ranking.best((by_row[key] for key in places), MOST_RESULTS):
        place = places[each.kind, each.row]
        title, sentence = ranking.marked(place.title), ranking.sentence(each)
        seen = _marked_words(title) | _marked_words(sentence)
        names = (name for name in map(ranking.marked, place.also) if _marked_words(name) - seen)
        also = max(names, key=lambda name: len(_marked_words(name)), default=[])
        yield Result(place, title, sentence, also)


def _marked_words(pieces: list[Piece]) -> set[str]:
    return {word for piece in pieces if piece.marked for word in fold(piece.text).split()}


def _places(catalog: Catalog, keys: Set[Key]) -> Iterator[tuple[Key, Place]]:
    """The things' keys and places, in catalog order; only those this version of the catalog has."""
    for kind, row in sorted(keys, key=lambda key: _place_in_catalog(catalog, *key)):
        if place := _PLACES[kind](catalog, row):
            yield (kind, row), place


def _place_in_catalog(catalog: Catalog, kind: str, row: int) -> tuple[int, ...]:
    """A key to sort by: where pages list a thing. It decides between equally relevant ones."""
    match kind:
        case "roles":
            role = catalog.roles.by_pk.get(row)
            return 0, catalog.roles.places[role.slug] if role else 0
        case "paths":
            path = catalog.paths.by_pk.get(row)
            return 1, catalog.paths.places[path.slug] if path else 0
        case "lessons":
            lesson = lesson_of_row(catalog, row)
            if not lesson:
                return (2,)
            place = catalog.paths[lesson.path].lessons.index(lesson.ref)
            return 2, catalog.paths.places[lesson.path], place
    return 3, (catalog.glossary.places or {}).get(row, 0)


def _of_role(catalog: Catalog, row: int) -> Place | None:
    role = catalog.roles.by_pk.get(row)
    if not role:
        return None
    return Place("Role", role.title, role.url, role.aliases, "", role.code, role.line)


def _of_path(catalog: Catalog, row: int) -> Place | None:
    path = catalog.paths.by_pk.get(row)
    return Place("Path", path.title, path.url) if path else None


def _of_lesson(catalog: Catalog, row: int) -> Place | None:
    lesson = lesson_of_row(catalog, row)
    if not lesson:
        return None
    within = catalog.paths[lesson.path].title
    return Place("Lesson", lesson.ref.title, lesson.ref.url, within=within)


def _of_term(catalog: Catalog, row: int) -> Place | None:
    place = (catalog.glossary.places or {}).get(row)
    if place is None:
        return None
    term = catalog.glossary.terms[place]
    address = catalog.glossary.address(reverse("glossary"), term.slug)
    return Place("Term", term.title, address, term.also)


_PLACES = {"roles": _of_role, "paths": _of_path, "lessons": _of_lesson, "terms": _of_term}
