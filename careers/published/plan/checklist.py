"""The checklist of a lesson's practice. Pure.

A tick is kept as a hash of the task's words. So a task that is reworded loses its tick, and one
that only moves keeps it.
"""

import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from careers.published.plan.text import MOST_MARK

LONGEST = 100  # characters of a task that are shown
CHECK = "The check passes"


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a practice. mark: its hash. words: its text, shortened if it is long."""

    mark: int
    words: str
    is_ticked: bool


def mark_of(task: str) -> int:
    """The hash that stands for a task among a plan's ticks. Only its letters and digits count."""
    return zlib.crc32("".join(re.findall(r"\w", task.casefold())).encode()) & MOST_MARK


def checklist(tasks: Iterable[str], ticked: Collection[int]) -> Iterator[Task]:
    """Yield the tasks, each once, with whether it is ticked.

    Tasks with the same hash, such as “a < b” and “a > b”, get hashes of their whole text instead,
    all of them: so none takes another's tick when tasks are moved or removed.
    """
    marks = {task: mark_of(task) for task in tasks}
    many = Counter(marks.values())
    taken = {mark for mark, times in many.items() if times == 1}
    for task, mark in marks.items():
        own = mark if many[mark] == 1 else _mark_of_all(task, taken)
        taken.add(own)
        yield Task(own, _short(task), own in ticked)


def _mark_of_all(task: str, taken: Collection[int]) -> int:
    """A hash of every character of a task. taken: hashes of other tasks, which it must not have."""
    mark = zlib.crc32(task.encode(errors="replace")) & MOST_MARK
    while mark in taken:
        mark = (mark + 1) & MOST_MARK
    return mark


def _short(task: str) -> str:
    if len(task) <= LONGEST:
        return task
    start = task[:LONGEST]
    return f"{start.rpartition(' ')[0].rstrip(',;: ') or start}…"
