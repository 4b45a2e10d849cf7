"""How many examples the property tests draw, and which, by hypothesis profile.

Tests that walk through all pages, fields or statements follow the profile too: see `sample`.

    few    a few examples, the same each time, while somebody waits: bin/test
    many   more examples, the same each time, before a change lands: .ci/run
    new    new examples each time, for as long as you like: bin/soak

The default is `few`; `--hypothesis-profile` chooses another. A test marked `few(n)` runs with one
in n of its parameters when the whole suite runs with the profile `few`. It runs with all of them
when fewer tests are selected: whoever asks for a single file has a reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

FOUND = Path(__file__).resolve().parent.parent / "var" / "soak"  # bin/soak's failures, tried first

FEW, MANY = 10, 30
WHOLE = 1_000  # more tests than this are the whole suite: no part of it has as many

COMMON = settings(
    # On a shared machine, how long an example takes says little.
    deadline=None,
    # All examples of a test share its fixtures: a test that changes one cleans up after each.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    stateful_step_count=20,
    print_blob=True,
)


def register_profiles() -> None:
    """Register the profiles, and load `few`, the default."""
    fixed = settings(COMMON, derandomize=True, database=None)
    settings.register_profile("few", fixed, max_examples=FEW)
    settings.register_profile("many", fixed, max_examples=MANY)
    found = DirectoryBasedExampleDatabase(FOUND)
    settings.register_profile("new", COMMON, max_examples=500, database=found)
    settings.load_profile("few")


def sample[T](items: Iterable[T], every: int) -> list[T]:
    """Return all items if the profile draws many examples, otherwise one in `every`."""
    return list(items)[:: 1 if is_thorough() else every]


def is_thorough() -> bool:
    """Return whether a test that walks through everything may do so."""
    return settings().max_examples >= MANY


def one_in(many: int, **more: object) -> settings:
    """Settings for a test whose examples are slow: one for every `many` that others draw."""
    return settings(max_examples=max(1, settings().max_examples // many), **more)


def is_brief(tests: Sequence[pytest.Item]) -> bool:
    """Return whether the whole suite runs while somebody waits, and so tries fewer parameters."""
    return len(tests) > WHOLE and not is_thorough()


def left_out(tests: Sequence[pytest.Item]) -> set[pytest.Item]:
    """Return the parametrized tests that `few` leaves out of this run, the same ones each time."""
    if not is_brief(tests):
        return set()
    marked: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for test in tests:
        if test.get_closest_marker("few"):
            marked[test.nodeid.partition("[")[0]].append(test)
    left: set[pytest.Item] = set()
    for name, ways in marked.items():
        (of,) = ways[0].get_closest_marker("few").args
        # At random: with two parameters, a fixed step could leave out some values altogether.
        left |= {*ways} - {*Random(name).sample(ways, -(-len(ways) // of))}  # noqa: S311
    return left
