"""How many examples the property tests draw, and which: a profile of hypothesis says.

Tests that walk through all pages, fields or statements follow it too: see `sample`.

    few    the same few each time, for whoever waits: bin/test
    many   the same many each time, before a change lands: .ci/run
    new    other ones each time, for as long as one likes: bin/soak

Another than `few` is asked for with `--hypothesis-profile`.
"""

from collections.abc import Iterable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

FOUND = Path(__file__).resolve().parent.parent / "var" / "soak"  # what bin/soak found, to try first

FEW, MANY = 10, 100

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
