"""How much there is to learn, on plain values. Pure: no Django, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass

MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Lessons of some paths and their minutes, reading and practice together.

    Planned counts the whole outline, drafts included; published is the part that can be read.
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
        """Whether all that is planned can be read."""
        return self.lessons_published == self.lessons_planned


def tenths(minutes: int) -> int:
    """Minutes in tenths of an hour, which is the finest that an estimate of practice deserves.

    The half is rounded up, as people do: 15 minutes are 3. Anything is never shown as nothing: 1
    minute is 1.
    """
    return (minutes * 10 + MINUTES_AN_HOUR // 2) // MINUTES_AN_HOUR or bool(minutes)


def apportioned(whole: int, parts: Sequence[int]) -> list[int]:
    """Parts in tenths of an hour that add up to a whole as it is shown. whole: in tenths.

    parts: their minutes. What rounding down leaves goes to those that lost most by it, one each.
    Where there are more parts than tenths, each that is anything has one, and they don't add up.
    """
    shown = [max(part * 10 // MINUTES_AN_HOUR, bool(part)) for part in parts]
    lost = [part * 10 - at * MINUTES_AN_HOUR for part, at in zip(parts, shown, strict=True)]
    in_order = sorted(range(len(parts)), key=lambda at: (-lost[at], -parts[at]))
    missing = whole - sum(shown)
    for at in in_order[: max(missing, 0)]:
        shown[at] += 1
    for at in in_order[::-1][: max(-missing, 0)]:
        shown[at] -= shown[at] > 1
    return shown


def tenths_text(number: int) -> str:
    """Tenths of an hour as hours: 90 is "9", 9 is "0.9", 0 is "0"."""
    whole, tenth = divmod(number, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def hours_text(minutes: int) -> str:
    """Minutes as hours with at most one decimal: 540 is "9", 53 is "0.9", 0 is "0"."""
    return tenths_text(tenths(minutes))
