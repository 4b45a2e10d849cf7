"""Texts that look alike are shown with their difference made visible."""

import pytest

from careers.sync.comparing.difference import Mark, find_difference
from careers.sync.comparing.spelling import told_apart


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("Café", "Cafe\u0301", ("Café", "Cafe\\u0301")),
        ("5\u00a0%", "5 %", ("5\\xa0%", "5 %")),
        ("a b", "a  b", ("a b", "a␣␣b")),
        ("a", "a ", ("a", "a␣")),
        ("co\u00adop", "coop", ("co\\xadop", "coop")),
        ("a\u200bb", "ab", ("a\\u200bb", "ab")),
        ("ﬁt", "fit", ("\\ufb01t", "fit")),
        ("a\rb", "a b", ("a\\rb", "a b")),
    ],
)
def test_what_looks_alike_is_made_to_look_different(one, other, shown):
    assert told_apart(one, other) == shown
    assert told_apart(other, one) == shown[::-1]


@pytest.mark.parametrize(
    "values", [("a", "b"), ("é", "é"), (1, 2), (None, "a"), ("a  b", "c\u00a0d")]
)
def test_what_looks_different_or_is_the_same_stays_as_it_is(values):
    assert told_apart(*values) == values


def test_three_sides_are_told_apart_together():
    assert told_apart("é", "e\u0301", "other") == ("é", "e\\u0301", "other")


def test_a_difference_that_nobody_sees_is_shown_within_a_text():
    pieces = find_difference("summary", "Costs 5\u00a0% of it.", "Costs 5 % of it.").pieces
    gone, new = (
        "".join(each.text for each in pieces if each.mark is mark) for mark in (Mark.GONE, Mark.NEW)
    )
    assert "\\xa0" in gone
    assert "\u00a0" not in new + gone
    assert new.strip() or "␣" in new


def test_a_difference_that_nobody_sees_is_shown_within_a_list():
    (item,) = find_difference("aliases", ["Cafe\u0301"], ["Café"]).items
    ((_, shown),) = item.fields
    assert (shown.old, shown.new) == ("Cafe\\u0301", "Café")
