"""Parameters are read strictly; those that can't be read are ignored, and named."""

import ast
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from careers.published.query import LONGEST_SHOWN, MOST_REFUSED, MOST_VALUES, Ignored, Reader, shown

LETTERS = {letter: letter.upper() for letter in "abcdefgh"}


def reader(query: str) -> Reader:
    return Reader(QueryDict(query))


@pytest.mark.parametrize(
    ("typed", "number"), [("7", 7), ("60", 60), ("%207%20", 7), ("", None), ("1&n=2", 2)]
)
def test_whole_numbers_are_read_in_their_range(typed, number):
    asked = reader(f"n={typed}")
    assert (asked.whole("n", 60, "hours a week"), asked.ignored) == (number, [])


@pytest.mark.parametrize("typed", ["0", "61", "-1", "1.5", "x", "²", "٣", "9" * 5000])
def test_any_other_number_is_left_out_and_named(typed):
    asked = reader(f"n={typed}")
    assert asked.whole("n", 60, "hours a week") is None
    (left_out,) = asked.ignored
    assert left_out.why == "It must be a whole number of hours a week, from 1 to 60."


@pytest.mark.parametrize("unseen", ["%E2%80%8B", "%C2%AD", "%EF%BB%BF", "%00", "%0A", "%20"])
def test_what_nobody_sees_at_the_end_of_a_pasted_link_belongs_to_no_name(unseen):
    """Chats and mail programs put such characters behind an address."""
    asked = reader(f"r=a{unseen}&r=b{unseen}&r=a&one=c{unseen}")
    assert asked.texts("r") == ["a", "b", "a"]
    assert asked.some_of("r", LETTERS, "letter", 3) == ["A", "B"]
    assert asked.one_of("one", LETTERS, "letter") == "C"
    assert asked.ignored == []


def test_links_keep_the_values_of_a_parameter_that_count_however_many_follow():
    """Of some parameters the first values count, and of others the last one."""
    asked = reader("&".join(f"r={letter}" for letter in "abcdefghijkl"))
    again = Reader(QueryDict(urlencode(asked.parameters, doseq=True)))
    assert again.some_of("r", LETTERS, "role", 3) == asked.some_of("r", LETTERS, "role", 3)
    assert again.text("r") == asked.text("r") == "l"
    assert len(again.texts("r")) == MOST_VALUES


def test_what_is_left_out_is_shown_as_far_as_it_can_be():
    assert shown("\0\n") == "?"
    assert shown("x" * 100) == "x" * LONGEST_SHOWN + "…"


def test_one_of_several_is_read_by_its_key():
    asked = reader("a=b&x=y&e=")
    assert [asked.one_of(name, LETTERS, "letter") for name in "axe"] == ["B", None, None]
    assert asked.ignored == [Ignored("x", "y", "There is no letter with this name.")]


@pytest.mark.parametrize("unseen", ["%E2%80%8B", "%E2%80%8E", "%C2%AD", "%EF%BB%BF", "%07"])
def test_characters_that_nobody_sees_make_no_other_value(unseen):
    asked = reader(f"a={unseen}b{unseen}&n={unseen}7{unseen}")
    assert (asked.one_of("a", LETTERS, "letter"), asked.whole("n", 60, "hours")) == ("B", 7)
    assert asked.ignored == []


def test_a_list_has_every_value_that_says_something_in_the_order_of_the_address():
    asked = reader("r=b&r=+&q=z&r=%00&r=+a+&r=b")
    assert asked.texts("r") == ["b", "a", "b"]
    assert (asked.texts("s"), asked.text("r"), asked.text("s")) == ([], "b", "")


def test_several_of_many_are_read_by_their_keys_each_once_as_far_as_there_is_room():
    asked = reader("r=b&r=zzz&r=b&r=a&r=c&r=d")
    assert asked.some_of("r", LETTERS, "letter", most=3) == ["B", "A", "C"]
    assert asked.ignored == [
        Ignored("r", "zzz", "There is no letter with this name."),
        Ignored("r", "d", "No more than 3 letters fit."),
    ]


@given(st.lists(st.text(min_size=1), max_size=20), st.integers(0, 4))
def test_a_list_of_anything_never_brings_too_much(values, most):
    asked = QueryDict(mutable=True)
    asked.setlist("r", values)
    asked = Reader(asked)
    assert len(asked.some_of("r", LETTERS, "letter", most)) <= most
    assert len(asked.ignored) <= MOST_REFUSED


def test_addresses_are_read_by_readers_alone():
    """Except in the admin, where Django's own lists read parameters."""
    for path in sorted(settings.BASE_DIR.glob("careers/**/*.py")):
        if "admin" in path.parts:
            continue
        calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
        read = {
            id(argument)
            for call in calls
            if isinstance(call.func, ast.Name) and call.func.id == "Reader"
            for argument in call.args
        }
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"GET", "getlist"}:
                is_read = isinstance(node.ctx, ast.Load)
                assert not is_read or id(node) in read, f"{path}:{node.lineno}"


def tree(path: Path, parsed={}) -> ast.Module:  # noqa: B006
    return parsed.setdefault(path, ast.parse(path.read_text(encoding="utf-8")))
