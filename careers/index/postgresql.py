"""PostgreSQL's full text search."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from careers.published.fulltext.question import Form, Sought

# To rank a text, all of its words are read: where a common word is sought, not of all texts that
# have it, but of as many as are counted. Names, and what things say of themselves, are all ranked.
# (Django's expressions have no place for such bounds within one query.)
# The weights are those of text (D), nothing (C), about (B) and names (A); 1 divides by the length.
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
    """Rows of how many there are, and the fields of a Candidate: see engines.find()."""
    with connection.cursor() as cursor:
        query = tsquery(sought, every=every)
        cursor.execute(SQL, {"query": query, "most": most, "counted": counted})
        rows: list[Any] = cursor.fetchall()
    return rows


def tsquery(sought: Sequence[Sought], *, every: bool) -> str:
    """A query in PostgreSQL's language. Folded words have no quotes, nor anything that it reads."""
    each = (f"({' | '.join(map(_form, one.forms))})" for one in sought)
    return (" & " if every else " | ").join(each)


def _form(form: Form) -> str:
    return f"'{' '.join(form.words)}'{':*' * form.begun}"
