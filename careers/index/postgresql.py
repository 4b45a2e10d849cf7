"""PostgreSQL's full text search."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from careers.published.fulltext.question import Form, Sought

# Ranking a text reads all of its words. So if many texts match, only as many are ranked as are
# counted; names, and what things say of themselves (`head`), are all ranked.
# (Django's expressions have no place for such limits within one query.)
# The weights are for text (D), nothing (C), about (B) and names (A). The last argument, 1, divides
# by a measure of the length.
SQL = """
    WITH matching AS MATERIALIZED (
        SELECT id, vector FROM careers_indexedthing
        WHERE vector @@ to_tsquery('simple', %(query)s) LIMIT %(counted)s
    )
    SELECT (SELECT count(*) FROM matching), kind, "row", names, about, "text", shown
    FROM careers_indexedthing
    WHERE id IN (
        (
            SELECT id FROM careers_indexedthing WHERE head @@ to_tsquery('simple', %(query)s)
            ORDER BY ts_rank('{0.1,0,0.4,1}', head, to_tsquery('simple', %(query)s), 1) DESC, id
            LIMIT %(most)s
        )
        UNION
        (
            SELECT id FROM matching
            ORDER BY ts_rank('{0.1,0,0.4,1}', vector, to_tsquery('simple', %(query)s), 1) DESC, id
            LIMIT %(most)s
        )
    )
"""


def find(sought: Sequence[Sought], most: int, counted: int, *, every: bool) -> list[Any]:
    """See engines.find(). Each row has the total, then the fields of a Candidate."""
    with connection.cursor() as cursor:
        query = tsquery(sought, every=every)
        cursor.execute(SQL, {"query": query, "most": most, "counted": counted})
        rows: list[Any] = cursor.fetchall()
    return rows


def tsquery(sought: Sequence[Sought], *, every: bool) -> str:
    """A query in PostgreSQL's syntax. Folded words have no quotes or other special characters."""
    each = (f"({' | '.join(map(_form, one.forms))})" for one in sought)
    return (" & " if every else " | ").join(each)


def _form(form: Form) -> str:
    return f"'{' '.join(form.words)}'{':*' * form.begun}"
