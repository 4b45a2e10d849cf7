"""The number and position to suggest for a new lesson: a free one, and the last of its path."""

from collections import Counter

from django.db.models import Max

from paths.models import LearningPath, Lesson

HUNDRED = 100


def next_number(path: LearningPath) -> int:
    """The next free number in a path's hundred; if it has none, or a full one, in an unused one.

    A path's hundred is that of most of its lessons, since lessons moved into it keep their numbers.
    """
    own = list(path.lessons.values_list("number", flat=True))
    taken = set(Lesson.objects.values_list("number", flat=True))
    if own:
        many = Counter(number // HUNDRED for number in own)
        hundred = min(many, key=lambda each: (-many[each], each))
        last = max(number for number in own if number // HUNDRED == hundred)
        free = (n for n in range(last + 1, (hundred + 1) * HUNDRED) if n not in taken)
        if number := next(free, None):
            return number
    hundreds = {number // HUNDRED for number in taken}
    return (max(hundreds, default=0) + 1) * HUNDRED + 1


def next_position(path: LearningPath) -> int:
    last = path.lessons.aggregate(last=Max("position"))["last"]
    return 1 if last is None else last + 1
