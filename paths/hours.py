"""Hours of learning, on plain values. Pure: no Django, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass

MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Lessons of some paths, and their minutes, reading and practice together.

    Planned means the whole outline, drafts included; published, the part that can be read.
    """

    lessons_planned: int = 0
    lessons_published: int = 0
    minutes_planned: int = 0
    minutes_published: int = 0

    def __add__(self, other: "Hours") -> "Hours":
        return Hours(
            self.lessons_planned + other.lessons_planned,
            self.lessons_published + other.lessons_published,
            self.minutes_planned + other.minutes_planned,
            self.minutes_published + other.minutes_published,
        )

    @property
    def is_whole(self) -> bool:
        """Whether everything planned is published."""
        return self.lessons_published == self.lessons_planned


def tenths(minutes: int) -> int:
    """Minutes in tenths of an hour: an estimate of practice is no more precise.

    Rounds half up: 15 minutes are 3. Anything above 0 is at least 1.
    """
    return (minutes * 10 + MINUTES_AN_HOUR // 2) // MINUTES_AN_HOUR or bool(minutes)


def apportioned(whole: int, parts: Sequence[int]) -> list[int]:
    """Round parts to tenths of an hour so that they add up to the whole. whole: in tenths.

    parts: in minutes. They are rounded down, and the tenths still missing go to those that lost
    most, one each. No part above 0 becomes 0: what that takes, others give, those that lost least
    first. So if there are more parts than tenths, the sum is too high.
    """
    shown = [max(part * 10 // MINUTES_AN_HOUR, int(part > 0)) for part in parts]
    lost = [part * 10 - at * MINUTES_AN_HOUR for part, at in zip(parts, shown, strict=True)]
    in_order = sorted(range(len(parts)), key=lambda at: (-lost[at], -parts[at]))
    missing = whole - sum(shown)
    for at in in_order[: max(missing, 0)]:
        shown[at] += 1
    while sum(shown) > whole and (able := [at for at in in_order[::-1] if shown[at] > 1]):
        giving = min(able, key=lambda at: lost[at])
        shown[giving] -= 1
        lost[giving] += MINUTES_AN_HOUR
    return shown


def tenths_text(number: int) -> str:
    """Tenths of an hour as hours: 90 is "9", 9 is "0.9", 0 is "0"."""
    whole, tenth = divmod(number, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def hours_text(minutes: int) -> str:
    """Minutes as hours with at most one decimal: 540 is "9", 53 is "0.9", 0 is "0"."""
    return tenths_text(tenths(minutes))
