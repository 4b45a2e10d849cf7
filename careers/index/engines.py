"""Asks the database's own full-text search: one question, either engine."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from careers.index import postgresql, sqlite
from careers.published.fulltext.question import Sought
from careers.published.fulltext.ranking import Candidate

ENGINES = {"sqlite": sqlite.find, "postgresql": postgresql.find}


MOST_COUNTED = 300  # a larger number tells nobody more, and costs a look at each


class Found(NamedTuple):
    """What has what was sought. total: how many things, more than MOST_COUNTED if it is one more.

    candidates: the likeliest of them, in no order.
    """

    total: int
    candidates: list[Candidate]


def find(sought: Sequence[Sought], most: int, *, every: bool = True) -> Found:
    """The things that have all that is sought, or any of it. One query.

    most: those that an engine finds likeliest by their names or by what they say of themselves, and
    as many by all of their text.
    """
    rows = ENGINES[connection.vendor](sought, most, MOST_COUNTED + 1, every=every)
    return Found(rows[0][0] if rows else 0, [Candidate(*row[1:]) for row in rows])
