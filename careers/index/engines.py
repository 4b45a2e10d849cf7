"""Ask the database's own full-text search, in the same way on either engine."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from careers.index import postgresql, sqlite
from careers.published.fulltext.question import Sought
from careers.published.fulltext.ranking import Candidate

ENGINES = {"sqlite": sqlite.find, "postgresql": postgresql.find}


MOST_COUNTED = 300  # counting goes no further: it reads every row, and nobody needs to know


class Found(NamedTuple):
    """What was found. total: how many things; MOST_COUNTED + 1 stands for any larger number.

    candidates: the likeliest of them, in no order.
    """

    total: int
    candidates: list[Candidate]


def find(sought: Sequence[Sought], most: int, *, every: bool = True) -> Found:
    """Find the things that have everything sought or, if not `every`, any of it. One query.

    most: how many candidates to take from each of the engine's rankings: by names or by what
    things say of themselves, and by all of their text.
    """
    rows = ENGINES[connection.vendor](sought, most, MOST_COUNTED + 1, every=every)
    return Found(rows[0][0] if rows else 0, [Candidate(*row[1:]) for row in rows])
