"""Calls of a page never make Python map a new piece of its stack, however deep they are."""

import platform
import resource
import sys
from collections.abc import Callable

import pytest

from careers.stack import with_room

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.python_implementation() != "CPython",
    reason="pages of memory that were mapped are counted as Linux does",
)
CALLS = 400


def mapped() -> int:
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt


def small(value: int) -> int:
    return value + 1


def faults_of_a_loop() -> int:
    """Return how many memory pages are mapped (minor faults) during a loop of calls."""
    before = mapped()
    for value in range(CALLS):
        small(value)
    return mapped() - before


def beneath(frames: int, call: Callable[[], int]) -> int:
    return beneath(frames - 1, call) if frames else call()


def test_a_loop_has_a_piece_mapped_at_each_call_at_some_depth_unless_there_is_room():
    depths = range(400)
    assert max(beneath(depth, faults_of_a_loop) for depth in depths) >= CALLS, "or mend the test"
    roomy = with_room(faults_of_a_loop)
    assert max(beneath(depth, roomy) for depth in depths) < CALLS / 4


def test_what_is_called_gets_and_gives_what_it_would_without():
    assert with_room(sorted)([3, 1, 2], reverse=True) == [3, 2, 1]
    with pytest.raises(ValueError, match="invalid literal"):
        with_room(int)("x")
