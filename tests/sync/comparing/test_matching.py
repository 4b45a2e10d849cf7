"""Pairing the items of a changed list with those of the list before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.sync.comparing.difference import find_difference
from careers.sync.comparing.matching import item_name, pair_by_place
from careers.sync.comparing.report import difference_line
from careers.sync.kinds import LISTS
from tests.work import steps

WORDS = st.sampled_from(["a", "b", "c", "é", "é", "", None, 1, True, 1.0])
SOURCE = st.none() | st.fixed_dictionaries({}, optional={"title": WORDS, "url": WORDS})
BANDS = st.fixed_dictionaries(
    {"region": WORDS}, optional={"measures": WORDS, "low": WORDS, "source": SOURCE, "all": SOURCE}
)
LINES = st.fixed_dictionaries({"title": WORDS, "url": WORDS}, optional={"note": st.lists(WORDS)})
LESSONS = st.fixed_dictionaries({"number": WORDS, "slug": WORDS}, optional={"minutes": WORDS})
FIELDS = {
    "salary_bands": BANDS,
    "sources": LINES,
    "titles": LINES,
    "lessons": WORDS | LESSONS,
    "daily_work": WORDS,
    "unknown": WORDS | LINES | st.lists(WORDS, max_size=2),
}


def known_by(field: str, item: object) -> object:
    return LISTS[field].id(item) if field in LISTS and isinstance(item, dict) else None


def alike(item: object, other: object) -> int:
    if not (isinstance(item, dict) and isinstance(other, dict)):
        return 0
    return sum(item[key] == other[key] for key in item.keys() & other.keys())


def compared_one_by_one(field: str, old: list, new: list) -> list[int | None]:
    """The right pairs, found the slow way: compare each item with each, one test after another."""
    pairs: list[int | None] = [None] * len(new)
    tests = (
        lambda place, was: new[place] == old[was],
        lambda place, was: known_by(field, new[place]) == known_by(field, old[was]) is not None,
        lambda place, was: item_name(field, new[place]) == item_name(field, old[was]) != "",
        lambda place, was: (pairs[place - 1] if place else -1) == was - 1,
    )
    for test in tests:
        for place in range(len(new)):
            if pairs[place] is None:
                free = [was for was in range(len(old)) if was not in pairs and test(place, was)]
                best = max(free, key=lambda was: alike(new[place], old[was]), default=None)
                pairs[place] = best
    return pairs


@pytest.mark.parametrize("field", FIELDS)
@given(data=st.data())
def test_items_are_paired_as_if_each_were_compared_with_each(field, data):
    old, new = (data.draw(st.lists(FIELDS[field], max_size=7)) for _ in range(2))
    assert pair_by_place(field, old, new) == compared_one_by_one(field, old, new)


def lessons(many: int) -> tuple[list, list]:
    """An outline, and the same with its last lesson in front and every second one renamed."""
    old = [f"lesson-{number}" for number in range(many)]
    new = [name + "-b" * (place % 2) for place, name in enumerate(old)]
    return old, [*new[-1:], *new[:-1]]


def bands(many: int) -> tuple[list, list]:
    """Salary bands of many regions, and the same with other figures."""
    old = [{"region": f"R{number}", "low": 1, "high": number} for number in range(many)]
    return old, [{**band, "low": 2} for band in old]


def same_texts(many: int) -> tuple[list, list]:
    return ["Write it down."] * many, ["Write it down."] * many


@pytest.mark.parametrize("compare", [pair_by_place, find_difference, difference_line])
@pytest.mark.parametrize(
    ("field", "lists"),
    [("lessons", lessons), ("salary_bands", bands), ("daily_work", same_texts)],
)
def test_the_work_grows_as_the_lists_do(compare, field, lists):
    few, many = (steps(lambda size=size: compare(field, *lists(size))) for size in (50, 400))
    assert many < 8 * few * 1.5
