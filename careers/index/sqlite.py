"""SQLite's FTS5."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from careers.published.fulltext.question import Form, Sought

# To FTS5 a word that more than half of all things have tells nothing, wherever it stands: so what
# has it in its names, or says it of itself, is asked for apart. And what is found is put in order
# without its texts, or SQLite would carry all of them along.
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
"""  # noqa: S608  nothing of it is anybody's
PLACES = ("names : ", "about : ", "")


def find(sought: Sequence[Sought], most: int, counted: int, *, every: bool) -> list[Any]:
    """Rows of how many there are, and the fields of a Candidate: see engines.find()."""
    query = match(sought, every=every)
    queries = {f"query{at}": f"{place}({query})" for at, place in enumerate(PLACES)}
    with connection.cursor() as cursor:
        cursor.execute(SQL, {**queries, "most": most, "counted": counted})
        rows: list[Any] = cursor.fetchall()
    return rows


def match(sought: Sequence[Sought], *, every: bool) -> str:
    """A query in FTS5's language. Folded words have no quotes, nor anything else that it reads."""
    each = (f"({' OR '.join(map(_form, one.forms))})" for one in sought)
    return (" AND " if every else " OR ").join(each)


def _form(form: Form) -> str:
    return f'"{" ".join(form.words)}"{" *" * form.begun}'
