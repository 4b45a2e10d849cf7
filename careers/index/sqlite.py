"""SQLite's FTS5."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from careers.published.fulltext.question import Form, Sought

# FTS5 gives a word that more than half of all things have no weight, in whatever column it is. So
# there is a query for each of names, about, and all columns. They rank row ids without the texts,
# which SQLite would otherwise carry through the sort.
FOUND = """
    SELECT * FROM (
        SELECT rowid FROM careers_indexedthing_fts
        WHERE careers_indexedthing_fts MATCH %(query{place})s
            AND rank MATCH 'bm25(10.0, 4.0, 1.0)'
        ORDER BY rank LIMIT %(most)s
    )
"""
SQL = f"""
    SELECT
        (
            SELECT count(*) FROM (
                SELECT rowid FROM careers_indexedthing_fts
                WHERE careers_indexedthing_fts MATCH %(query2)s LIMIT %(counted)s
            )
        ),
        kind, row, names, about, text, shown
    FROM careers_indexedthing
    WHERE id IN ({" UNION ".join(FOUND.format(place=place) for place in range(3))})
"""  # noqa: S608  no user input in it
PLACES = ("names : ", "about : ", "")


def find(sought: Sequence[Sought], most: int, counted: int, *, every: bool) -> list[Any]:
    """See engines.find(). Each row has the total, then the fields of a Candidate."""
    query = match(sought, every=every)
    queries = {f"query{at}": f"{place}({query})" for at, place in enumerate(PLACES)}
    with connection.cursor() as cursor:
        cursor.execute(SQL, {**queries, "most": most, "counted": counted})
        rows: list[Any] = cursor.fetchall()
    return rows


def match(sought: Sequence[Sought], *, every: bool) -> str:
    """A query in FTS5's syntax. Folded words have no quotes or other special characters."""
    each = (f"({' OR '.join(map(_form, one.forms))})" for one in sought)
    return (" AND " if every else " OR ").join(each)


def _form(form: Form) -> str:
    return f'"{" ".join(form.words)}"{" *" * form.begun}'
