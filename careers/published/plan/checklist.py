"""What can be ticked of a lesson's practice. Pure.

A tick is kept as a mark of the words that were ticked: a task that is written anew is to be ticked
anew, and one that only moved is ticked still.
"""

import re
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from careers.published.plan.text import MOST_MARK

LONGEST = 100  # characters of a task that are shown
CHECK = "The check passes"


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a practice. words: of it, cut where they are many."""

    mark: int
    words: str
    is_ticked: bool


def mark_of(task: str) -> int:
    """What stands for a task among a plan's ticks. Only its letters and digits count."""
    return zlib.crc32("".join(re.findall(r"\w", task.casefold())).encode()) & MOST_MARK


def checklist(tasks: Iterable[str], ticked: Collection[int]) -> Iterator[Task]:
    """Tasks, each once, with whether it is ticked."""
    for mark, task in {mark_of(task): task for task in tasks}.items():
        yield Task(mark, _short(task), mark in ticked)


def _short(task: str) -> str:
    if len(task) <= LONGEST:
        return task
    return f"{task[:LONGEST].rpartition(' ')[0].rstrip(',;:')}…"
