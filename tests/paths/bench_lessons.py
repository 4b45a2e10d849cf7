"""How long the code of each lesson takes, the longest first.

    bin/bench lessons [--most 20]

Prints the seconds of processor time for all blocks, the solution and its check, imports included,
here and on a common processor. A short sum, timed before and after, tells how much slower this one
is. A lesson may take five seconds of a common processor.
"""

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

MAY_TAKE = 5  # seconds of a common processor
YARDSTICK = 0.2  # seconds that it takes for the sum in slowness()

# ruff: noqa: PLC0415  what needs settings is imported once they are set


def slowness() -> float:
    """How many times as long as a common processor this one takes at present."""
    began = time.process_time()
    sum(number * number for number in range(3_000_000))
    return (time.process_time() - began) / YARDSTICK


def measure() -> list[tuple[float, str]]:
    """The seconds of each lesson with its number and name, the slowest first."""
    from django.conf import settings

    from tests.paths.lessons import run, written

    found = []
    for lesson in written(settings.CATALOG_DIR):
        ways = {"solution": lesson.as_cells(lesson.solution + lesson.practice("check"))}
        done = run(lesson.as_cells(lesson.blocks), ways, lesson.beside)
        if "seconds" not in done:  # it was killed
            sys.exit(f"error: lesson {lesson.number}: {done['blocks']['shown']}")
        found.append((done["seconds"], f"{lesson.number} {lesson.name}"))
    return sorted(found, reverse=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--most", type=int, default=20, help="of how many lessons to tell")
    wanted = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
    import django

    django.setup()
    before = slowness()
    found = measure()
    slow = (before + slowness()) / 2
    print(f"{len(found)} lessons in {sum(seconds for seconds, _ in found):.0f} s; this processor")
    print(
        f"takes {slow:.1f} times as long as a common one. A lesson may take {MAY_TAKE} s of that.\n"
    )
    print("   here  common  lesson")
    for seconds, name in found[: wanted.most]:
        print(f"{seconds:7.1f} {seconds / slow:7.1f}  {name}")


if __name__ == "__main__":
    main()
