"""Keep equal values of many rows in memory only once."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model

_HASHABLE = (str, datetime.date, datetime.datetime)


class SharedValues:
    """Replaces values of rows by the first one that was equal.

    Thousands of roles say the same about where a figure is from, or what comes after their paths.
    In a catalog of ten thousand roles, a quarter of all memory would be such repetition.
    """

    def __init__(self) -> None:
        self._first: dict[Any, Any] = {}

    def rows[Row: Model](self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, with shared values, and with a tuple for each list of texts."""
        for row in rows:
            values = vars(row)
            for name, value in values.items():
                values[name] = self._shared(value)
            yield row

    def _shared(self, value: Any) -> Any:
        if type(value) in _HASHABLE:
            return self._first.setdefault(value, value)
        if type(value) is list:
            items = [self._shared(item) for item in value]
            if all(type(item) is str for item in items):
                listed = tuple(items)
                return self._first.setdefault(listed, listed)
            return items
        if type(value) is dict:
            return {name: self._shared(item) for name, item in value.items()}
        return value
