"""How much there is to learn, on plain values. Pure: no Django, no clock."""

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


def hours_text(minutes: int) -> str:
    """Minutes as hours with at most one decimal: 540 is "9", 53 is "0.9", 0 is "0".

    A tenth is the finest that an estimate of practice deserves. Anything is never shown as
    nothing: 1 minute is "0.1".
    """
    tenths = round(minutes * 10 / MINUTES_AN_HOUR)
    if minutes and not tenths:
        tenths = 1
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)
