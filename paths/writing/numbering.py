"""Where a new lesson stands: the number that nobody has, and the place behind its path's others."""

from django.db.models import Max

from paths.models import LearningPath, Lesson

HUNDRED = 100


def next_number(path: LearningPath) -> int:
    """The next free number in a path's hundred; in one that nobody uses, where that is full."""
    last = path.lessons.aggregate(last=Max("number"))["last"]
    taken = set(Lesson.objects.values_list("number", flat=True))
    if last is not None:
        end = last - last % HUNDRED + HUNDRED
        free = (number for number in range(last + 1, end) if number not in taken)
        if number := next(free, None):
            return number
    hundreds = {number // HUNDRED for number in taken}
    return (max(hundreds, default=0) + 1) * HUNDRED + 1


def next_position(path: LearningPath) -> int:
    last = path.lessons.aggregate(last=Max("position"))["last"]
    return 1 if last is None else last + 1
