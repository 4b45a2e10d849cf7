"""PostgreSQL's full text search."""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import (
    Lexeme,
    SearchQuery,
    SearchRank,
    SearchVectorField,
)
from django.db.models import Count, F, Value, Window
from django.db.models.expressions import RawSQL

from careers.models import IndexedThing
from careers.published.fulltext.question import Form, Sought

WEIGHTS = [0.1, 0.2, 0.4, 1.0]  # of D to A: text is D, about is B, names are A
BY_LENGTH = 1  # a long text has a word more often


def find(sought: Sequence[Sought], most: int, *, every: bool) -> list[tuple[Any, ...]]:
    """Rows of how many there are in all, and the fields of a Candidate; the likeliest first."""
    query = SearchQuery(lexemes(sought, every=every), config="simple")
    # No field: SQLite has no such column.
    vector = RawSQL('"careers_indexedthing"."vector"', (), SearchVectorField())
    found = IndexedThing.objects.alias(vector=vector).filter(vector=query)
    ranked = found.annotate(
        total=Window(Count("*")),
        relevance=SearchRank(F("vector"), query, weights=WEIGHTS, normalization=Value(BY_LENGTH)),
    ).order_by("-relevance", "pk")
    fields = ("total", "kind", "row", "names", "about", "text", "shown")
    return list(ranked.values_list(*fields)[:most])


def lexemes(sought: Sequence[Sought], *, every: bool) -> Any:
    """A query as Django combines it."""
    return reduce(and_ if every else or_, (reduce(or_, map(_form, one.forms)) for one in sought))


def _form(form: Form) -> Lexeme:
    return Lexeme(" ".join(form.words), prefix=form.begun)
