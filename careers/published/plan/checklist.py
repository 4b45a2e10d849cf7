"""What can be ticked of a lesson's practice. Pure.

A tick is kept as a mark of the words that were ticked: a task that is written anew is to be ticked
anew, and one that only moved is ticked still.
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
    """A task of a practice. words: of it, cut where they are many."""

    mark: int
    words: str
    is_ticked: bool


def mark_of(task: str) -> int:
    """What stands for a task among a plan's ticks. Only its letters and digits count."""
    return zlib.crc32("".join(re.findall(r"\w", task.casefold())).encode()) & MOST_MARK


def checklist(tasks: Iterable[str], ticked: Collection[int]) -> Iterator[Task]:
    """Tasks, each once, with whether it is ticked.

    Those that one mark would stand for, as “a < b” and “a > b”, are each marked by all of their
    text: whichever comes first, and whichever is taken out, no other has its tick.
    """
    marks = {task: mark_of(task) for task in tasks}
    many = Counter(marks.values())
    taken = {mark for mark, times in many.items() if times == 1}
    for task, mark in marks.items():
        own = mark if many[mark] == 1 else _mark_of_all(task, taken)
        taken.add(own)
        yield Task(own, _short(task), own in ticked)


def _mark_of_all(task: str, taken: Collection[int]) -> int:
    """A mark that no other task has, of every character."""
    mark = zlib.crc32(task.encode(errors="replace")) & MOST_MARK
    while mark in taken:
        mark = (mark + 1) & MOST_MARK
    return mark


def _short(task: str) -> str:
    if len(task) <= LONGEST:
        return task
    start = task[:LONGEST]
    return f"{start.rpartition(' ')[0].rstrip(',;: ') or start}…"
