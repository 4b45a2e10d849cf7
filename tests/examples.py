"""How many examples the property tests draw, and which: a profile of hypothesis says.

Tests that walk through all pages, fields or statements follow it too: see `sample`.

    few    the same few each time, for whoever waits: bin/test
    many   the same many each time, before a change lands: .ci/run
    new    other ones each time, for as long as one likes: bin/soak

Another than `few` is asked for with `--hypothesis-profile`. Of a test that is marked `few(n)`, one
of n parameters is tried where all tests run with few examples, and all of them where fewer tests
do: whoever asks for a file has a reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

FOUND = Path(__file__).resolve().parent.parent / "var" / "soak"  # what bin/soak found, to try first

FEW, MANY = 10, 30
WHOLE = 1_000  # tests; of no part of the project are there as many

COMMON = settings(
    # A machine that others use as well is no stopwatch.
    deadline=None,
    # One fixture serves all examples of a test: whoever writes to it clears up behind each.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    stateful_step_count=20,
    print_blob=True,
)


def register_profiles() -> None:
    """Make the profiles known, and draw few unless another is asked for."""
    fixed = settings(COMMON, derandomize=True, database=None)
    settings.register_profile("few", fixed, max_examples=FEW)
    settings.register_profile("many", fixed, max_examples=MANY)
    found = DirectoryBasedExampleDatabase(FOUND)
    settings.register_profile("new", COMMON, max_examples=500, database=found)
    settings.load_profile("few")


def sample[T](items: Iterable[T], every: int) -> list[T]:
    """All of them where many examples are asked for, and else the first and each so many more."""
    return list(items)[:: 1 if is_thorough() else every]


def is_thorough() -> bool:
    """Whether a test that walks through all there is may take its time."""
    return settings().max_examples >= MANY


def one_in(many: int, **more: object) -> settings:
    """For a test whose examples take their time: one for so many that others draw."""
    return settings(max_examples=max(1, settings().max_examples // many), **more)


def is_brief(tests: Sequence[pytest.Item]) -> bool:
    """Whether somebody waits for all there is: then not everything is tried in every way."""
    return len(tests) > WHOLE and not is_thorough()


def left_out(tests: Sequence[pytest.Item]) -> set[pytest.Item]:
    """What of the parameters of tests that are marked `few` isn't tried: the same each time."""
    if not is_brief(tests):
        return set()
    marked: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for test in tests:
        if test.get_closest_marker("few"):
            marked[test.nodeid.partition("[")[0]].append(test)
    left: set[pytest.Item] = set()
    for name, ways in marked.items():
        (of,) = ways[0].get_closest_marker("few").args
        # By chance, so that of two parameters each value of either has its turn.
        left |= {*ways} - {*Random(name).sample(ways, -(-len(ways) // of))}  # noqa: S311
    return left
