"""Lessons by the primary keys of their rows."""

import pytest

from careers.published.lookup.lesson_packs import NumbersOfRows

KEYS = {7: 101, 3: 1205, 2**40: 44, 9: 9}


@pytest.mark.parametrize("pk", [*KEYS, 0, 1, 4, 8, 10, 2**40 + 1])
def test_a_row_is_found_by_its_primary_key(pk):
    assert NumbersOfRows(KEYS.items()).get(pk) == KEYS.get(pk)


def test_without_rows_none_is_found():
    assert NumbersOfRows(()).get(1) is None
