"""Fixtures for tests of the index."""

import pytest

from careers import index, snapshot
from careers.index import Answer
from careers.models import IndexedThing, IndexedWord
from paths.models import Status, Term


def titles_of(answer: Answer) -> list[str]:
    """Return the titles of the results, in order."""
    return [result.place.title for result in answer.results]


@pytest.fixture
def find(db):
    """A function that searches, and returns the titles of the results in order."""
    return lambda text: titles_of(index.search(text, snapshot.current()))


@pytest.fixture
def term(db):
    """A function that makes a published term, not indexed yet."""

    def make(slug: str, **fields) -> Term:
        given = {"slug": slug, "title": slug, "meaning": "What it is.", "status": Status.PUBLISHED}
        return Term.objects.create(**given | fields)

    return make


@pytest.fixture
def indexed(db):
    """A function that returns all that the index holds, without primary keys."""

    def read() -> tuple[set, dict]:
        things = IndexedThing.objects.values_list(
            "kind", "row", "names", "about", "text", "shown", "made_by"
        )
        return set(things), dict(IndexedWord.objects.values_list("word", "things"))

    return read
