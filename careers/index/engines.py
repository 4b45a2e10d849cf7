"""Asks the database's own full-text search: one question, either engine."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from careers.index import postgresql, sqlite
from careers.published.fulltext.question import Sought
from careers.published.fulltext.ranking import Candidate

ENGINES = {"sqlite": sqlite.find, "postgresql": postgresql.find}


class Found(NamedTuple):
    """What has what was sought. total: how many things; candidates: the likeliest of them."""

    total: int
    candidates: list[Candidate]


def find(sought: Sequence[Sought], most: int, *, every: bool = True) -> Found:
    """The things that have all that is sought, or any of it. One query."""
    rows = ENGINES[connection.vendor](sought, most, every=every)
    return Found(rows[0][0] if rows else 0, [Candidate(*row[1:]) for row in rows])
