"""Differences as readers are shown them."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.sync.comparing.difference import (
    AROUND,
    Difference,
    ItemDifference,
    Mark,
    find_difference,
    fold_unchanged,
    word_pieces,
)
from tests.sync.nasty import NASTY

SAME, GONE, NEW, FOLDED = Mark.SAME, Mark.GONE, Mark.NEW, Mark.FOLDED
TEXT = st.text(st.sampled_from("ab \n\t.é"), max_size=40) | st.text(max_size=20)


def pieces(old: str, new: str) -> list[tuple[Mark, str]]:
    return [(piece.mark, piece.text) for piece in word_pieces(old, new)]


def items(field: str, old: list, new: list) -> list[tuple]:
    return [(item.mark.value, item.name) for item in find_difference(field, old, new).items]


# -- Texts ---------------------------------------------------------------------------------


@given(TEXT, TEXT)
def test_the_pieces_make_both_texts(old, new):
    found = word_pieces(old, new)
    assert "".join(piece.text for piece in found if piece.mark is not NEW) == old
    assert "".join(piece.text for piece in found if piece.mark is not GONE) == new


@given(TEXT, TEXT)
def test_no_piece_is_empty_and_no_two_of_a_kind_stand_together(old, new):
    marks = [piece.mark for piece in word_pieces(old, new)]
    assert all(piece.text for piece in word_pieces(old, new))
    assert all(one != other for one, other in itertools.pairwise(marks))


@given(st.lists(st.sampled_from(["one", "two", "three\n"]), min_size=300, max_size=400), TEXT)
def test_folding_loses_nothing(texts, new):
    old = " ".join(texts)
    found = list(fold_unchanged(word_pieces(old, f"{old[:200]}{new}{old[200:]}")))
    assert "".join(piece.text for piece in found if piece.mark is not NEW) == old
    assert all(len(piece.text) <= 3 * AROUND for piece in found if piece.mark is SAME)


def test_nasty_texts_are_whole():
    for text in NASTY:
        assert "".join(piece.text for piece in word_pieces(text, f"x {text}") if piece.mark is SAME)


def test_one_word_changes_and_its_neighbors_stay():
    assert pieces("a red fox jumped", "a blue fox jumped") == [
        (SAME, "a "),
        (GONE, "red "),
        (NEW, "blue "),
        (SAME, "fox jumped"),
    ]


def test_what_is_added_at_the_end_leaves_the_last_word_alone():
    assert pieces("a red fox", "a red fox jumps") == [(SAME, "a red fox"), (NEW, " jumps")]


def test_a_short_word_between_two_changes_is_read_with_them():
    assert pieces("walks to work", "runs to school") == [
        (GONE, "walks to work"),
        (NEW, "runs to school"),
    ]


def test_a_line_that_comes_in_is_no_change_of_the_next():
    assert pieces("one\ntwo\n", "one\nand more\ntwo\n") == [
        (SAME, "one\n"),
        (NEW, "and more\n"),
        (SAME, "two\n"),
    ]


def test_a_long_text_shows_the_neighborhood_of_its_change():
    text = "word " * 1000
    found = find_difference("body", f"{text}old {text}", f"{text}new {text}").pieces
    assert [piece.mark for piece in found] == [FOLDED, SAME, GONE, NEW, SAME, FOLDED]
    assert found[0].words + found[-1].words > 1900


def test_a_text_of_one_word_a_hundred_thousand_times_takes_no_time():
    began = time.process_time()
    word_pieces("x y " * 100_000 + "a", "y x " * 100_000 + "b")
    assert time.process_time() - began < 5


@pytest.mark.parametrize("between", [" ", "\n"])
def test_a_long_text_in_which_every_other_word_differs_takes_no_time(between):
    old = between.join(f"w{number}" for number in range(50_000))
    new = between.join(f"{'wx'[number % 2]}{number}" for number in range(50_000))
    began = time.process_time()
    word_pieces(old, new)
    assert time.process_time() - began < 5


def test_a_text_that_was_none_is_new():
    assert [piece.mark for piece in find_difference("note", None, "Two words").pieces] == [NEW]
    assert [piece.mark for piece in find_difference("note", "Two words", "").pieces] == [GONE]


def test_a_single_word_is_a_value():
    assert find_difference("slug", "builder", "maker") == Difference("builder", "maker")


# -- Lists ---------------------------------------------------------------------------------


def test_items_that_come_and_go_are_named():
    assert items("aliases", ["A", "B", "C"], ["B", "C", "D"]) == [("gone", "A"), ("new", "D")]


def test_a_line_that_was_rewritten_is_read_by_its_words():
    (item,) = find_difference("daily_work", ["Builds a thing"], ["Builds no thing"]).items
    ((_, words_),) = item.fields
    assert [(piece.mark, piece.text) for piece in words_.pieces] == [
        (SAME, "Builds "),
        (GONE, "a "),
        (NEW, "no "),
        (SAME, "thing"),
    ]


def test_what_is_named_for_another_thing_comes_and_goes():
    assert items("lessons", [301, 302], [303, 302]) == [("gone", "301"), ("new", "303")]


def test_a_step_that_comes_says_all_that_it_has():
    step = {"path": "rag", "why": "It asks for it.", "emphasis": "", "only": []}
    (item,) = find_difference("steps", [], [step]).items
    assert item == ItemDifference(NEW, "rag", said=(("why", "It asks for it."),))


def test_an_item_is_found_by_its_name_and_compared_key_by_key():
    old = {"region": "EU", "measures": "ads", "low": 1, "source": {"title": "A", "url": "x"}}
    new = {**old, "low": 2, "source": {"title": "B", "url": "x"}}
    (item,) = find_difference("salary_bands", [old], [new]).items
    assert (item.mark, item.name) == (Mark.CHANGED, "EU, ads")
    assert item.fields == (("low", Difference(1, 2)), ("source title", Difference("A", "B")))


def test_what_moved_is_as_little_as_there_can_be():
    assert find_difference("lessons", [1, 2, 3, 4], [4, 1, 2, 3]).items == (
        ItemDifference(Mark.MOVED, "4", places=(4, 1)),
    )


def test_where_the_order_says_nothing_nothing_moves():
    assert not find_difference("knows", [1, 2], [2, 1]).items


@given(st.permutations(range(6)))
def test_what_stays_is_in_order(order):
    moved = {int(item.name) for item in find_difference("lessons", list(range(6)), order).items}
    staying = [number for number in order if number not in moved]
    assert staying == sorted(staying)


@given(
    st.lists(st.integers(0, 5), unique=True, max_size=6),
    st.lists(st.integers(0, 5), unique=True, max_size=6),
)
def test_two_lists_that_differ_never_look_alike(old, new):
    assert bool(find_difference("lessons", old, new).items) == (old != new)
