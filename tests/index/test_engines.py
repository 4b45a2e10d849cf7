"""Each database ranks first what would be first if every thing were compared, without an index."""

from functools import cache

import pytest

from careers import index, snapshot
from careers.index.answers import MOST_CANDIDATES, _vocabulary
from careers.index.engines import MOST_COUNTED
from careers.models import IndexedThing
from careers.published.fulltext.question import Form, read_question
from careers.published.fulltext.ranking import Candidate, Ranking
from tests.index.queries import QUERIES

FIRST = 3


def everything() -> list[Candidate]:
    fields = ("kind", "row", "names", "about", "text", "shown")
    return [Candidate(*row) for row in IndexedThing.objects.values_list(*fields)]


@cache
def texts_of(thing: Candidate) -> list[str]:
    """Return the texts of a thing, with one space around each word."""
    return [f" {' '.join(text.split())} " for text in (thing.names, thing.about, thing.text)]


def has(thing: Candidate, form: Form) -> bool:
    """Return whether a thing has a form's words in a row, without using an index."""
    sought = f" {' '.join(form.words)}" + ("" if form.begun else " ")
    return any(sought in text for text in texts_of(thing))


@pytest.mark.usefixtures("real_catalog")
def test_the_first_three_answers_of_fifty_searches_are_the_same_on_every_database():
    assert len(set(QUERIES)) == 50
    catalog = snapshot.current()
    things = everything()
    wrong = []
    for query in QUERIES:
        question = read_question(query, _vocabulary(catalog))
        assert question.sought, query
        fits = [
            thing
            for thing in things
            if all(any(has(thing, form) for form in each.forms) for each in question.sought)
        ]
        found = index.find(question.sought, MOST_CANDIDATES)
        ranking = Ranking(question.sought, len(things))
        first = ranking.best(found.candidates, FIRST)
        counted = min(len(fits), MOST_COUNTED + 1)
        if found.total != counted or first != ranking.best(fits, FIRST):
            wrong.append((query, found.total, len(fits)))
    assert not wrong
