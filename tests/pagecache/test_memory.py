"""The cache's memory holds answers in a bounded number of bytes."""

from functools import cache

from careers.pagecache.answers import OVERHEAD, Answer
from careers.pagecache.keys import read_key
from careers.pagecache.memory import LONGEST_SPELLING, MOST_SPELLINGS, Memory

BODY = b"x" * 8_000
SIZE = len(BODY) + OVERHEAD


@cache
def key(number: int):
    return read_key(
        {
            "REQUEST_METHOD": "GET",
            "HTTP_HOST": "localhost",
            "PATH_INFO": "/",
            "QUERY_STRING": f"q={number}",
        }
    )


def an_answer(body: bytes = BODY) -> Answer:
    return Answer("200 OK", [], body, '"a"', None, is_shared=True)


def test_it_never_holds_more_than_it_may():
    memory = Memory(30 * SIZE)
    for number in range(1_000):
        memory.keep(key(number), an_answer())
        assert memory.bytes <= memory.most_bytes
        assert memory.bytes == sum(SIZE for n in range(number + 1) if memory.find(key(n)))
    assert memory.bytes >= 0.5 * memory.most_bytes


def test_what_is_asked_for_again_outlasts_any_number_of_addresses_asked_for_once():
    memory = Memory(30 * SIZE)
    memory.keep(key(0), an_answer())
    for number in range(1, 1_000):
        memory.find(key(0)).uses += 1
        memory.keep(key(number), an_answer())
    assert memory.find(key(0))


def test_what_was_wanted_once_and_is_wanted_no_more_goes_in_the_end():
    memory = Memory(30 * SIZE)
    memory.keep(key(0), an_answer())
    memory.find(key(0)).uses = 1_000
    for number in range(1, 3_000):
        memory.keep(key(number), an_answer())
        if recent := memory.find(key(number)):
            recent.uses += 3
    assert memory.find(key(0)) is None


def test_one_that_is_kept_anew_counts_once():
    memory = Memory(30 * SIZE)
    for _ in range(5):
        memory.keep(key(0), an_answer())
    assert memory.bytes == SIZE


def test_one_large_answer_pushes_out_nothing():
    memory = Memory(30 * SIZE)
    memory.keep(key(0), an_answer())
    memory.keep(key(1), an_answer(b"x" * 4 * SIZE))
    assert memory.find(key(0))
    assert memory.find(key(1)) is None


def test_spellings_of_requests_are_bounded_too():
    memory = Memory(30 * SIZE)
    memory.keep(key(0), an_answer())
    for number in range(3 * MOST_SPELLINGS):
        memory.remember((str(number), None), memory.find(key(0)))
        assert len(memory.ready) <= MOST_SPELLINGS
    memory.remember(("x" * LONGEST_SPELLING, "x"), memory.find(key(0)))
    assert not any(len(spelling[0]) >= LONGEST_SPELLING for spelling in memory.ready)


def test_a_spelling_leads_to_nothing_that_has_gone():
    memory = Memory(30 * SIZE)
    memory.keep(key(0), an_answer())
    memory.remember(("a",), memory.find(key(0)))
    for number in range(1, 100):
        newer = an_answer()
        newer.uses = number
        memory.keep(key(number), newer)
    assert memory.find(key(0)) is None
    assert not memory.ready
