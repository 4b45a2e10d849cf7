"""Results kept from one run to the next are those that would be found without them."""

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paths import files, lint, markdown
from paths.text import memo
from paths.text.memo import kept_in, memoized

TEXT = "See [this](/no/page/).\n\n![](picture.svg)\n\n```\ncode\n"
asked: list[str] = []


@memoized
def lengths(text: str) -> list[tuple[int, str]]:
    asked.append(text)
    return [(len(line), line) for line in text.split("\n")]


@memoized
def is_short(text: str) -> bool:
    asked.append(text)
    return len(text) < 3


@pytest.fixture(autouse=True)
def _nothing_asked():
    asked.clear()


@pytest.fixture
def kept(tmp_path):
    """A file of results, found by code with the digest “now”."""
    with kept_in(tmp_path / "found.json", "now"):
        lengths("ab\nc")
        is_short("ab\nc")
    asked.clear()
    return tmp_path / "found.json"


def test_what_was_found_is_not_looked_for_again(kept):
    with kept_in(kept, "now"):
        assert (lengths("ab\nc"), is_short("ab\nc")) == ([(2, "ab"), (1, "c")], False)
    assert asked == []


def test_another_text_is_looked_at(kept):
    with kept_in(kept, "now"):
        assert lengths("ab\nd") == [(2, "ab"), (1, "d")]
    assert asked == ["ab\nd"]


def test_other_code_looks_again(kept):
    with kept_in(kept, "later"):
        lengths("ab\nc")
    assert asked == ["ab\nc"]


def test_outside_nothing_is_kept(kept):
    lengths("ab\nc")
    assert asked == ["ab\nc"]


def test_what_is_found_before_an_error_is_kept(tmp_path):
    def fail() -> None:
        with kept_in(tmp_path / "found.json", "now"):
            lengths("ab")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    with kept_in(tmp_path / "found.json", "now"):
        lengths("ab")
    assert asked == ["ab"]


@given(st.data())
def test_a_damaged_file_is_not_believed(kept, data):
    whole = kept.read_bytes()
    where = data.draw(st.integers(0, len(whole) - 1))
    with_ = data.draw(st.binary(max_size=3))
    behind = data.draw(st.integers(where, len(whole)))
    kept.write_bytes(whole[:where] + with_ + whole[behind:])
    try:
        with kept_in(kept, "now"):
            assert (lengths("ab\nc"), is_short("ab\nc")) == ([(2, "ab"), (1, "c")], False)
    finally:
        kept.write_bytes(whole)


@pytest.mark.parametrize("kind", ["a folder", "below a file", "below what isn't there"])
def test_where_nothing_can_be_written_nothing_is_kept(tmp_path, kind):
    file = tmp_path / "found.json"
    if kind == "a folder":
        file.mkdir()
    elif kind == "below a file":
        file.write_text("")
        file = file / "found.json"
    else:
        file = tmp_path / "one" / "two" / "found.json"
    with kept_in(file, "now"):
        assert is_short("a")
    assert not [*tmp_path.glob(".found*")]


def test_a_full_disk_leaves_what_was_kept(kept, monkeypatch):
    before = kept.read_bytes()

    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, kept_in(kept, "now"):
        patch.setattr(Path, "replace", no_room)
        assert is_short("other") is False
    assert kept.read_bytes() == before
    assert [*kept.parent.iterdir()] == [kept]


def test_a_folder_is_made_for_it(tmp_path):
    with kept_in(tmp_path / "var" / "found.json", "now"):
        is_short("a")
    with kept_in(tmp_path / "var" / "found.json", "now"):
        is_short("a")
    assert asked == ["a"]


def test_it_does_not_grow_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(memo, "FEWEST", 3)
    for first in range(20):
        with kept_in(tmp_path / "found.json", "now"):
            is_short(f"{first}")
            is_short(f"{first + 1}")
    asked.clear()
    with kept_in(tmp_path / "found.json", "now"):
        is_short("0")
        is_short("20")
    assert asked == ["0"]


def test_what_is_known_of_a_text_is_of_the_same_types_when_it_is_recalled(tmp_path):
    questions = (lint.linted.__wrapped__, markdown.images, markdown.reading_minutes)
    found = [repr(each(TEXT)) for each in questions]
    for _ in range(2):
        with kept_in(tmp_path / "found.json", "now"):
            assert [repr(each(TEXT)) for each in questions] == found
            assert markdown.shows_something(TEXT)
            assert files.problems("a.svg", b"<svg>") == [*files.problems("a.svg", b"<svg>")]
            assert isinstance(files.problems("a.svg", b"<svg>")[0], tuple)
