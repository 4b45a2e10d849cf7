"""What a learner plans and has done. Pure.

It names things as addresses and files do: roles and backgrounds by slugs, lessons by numbers. What
it names needn't be in the catalog: nothing is dropped for being unknown, draft or retired.
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from paths.hours import MINUTES_AN_HOUR

FIRST_MONDAY = datetime.date(2026, 1, 5)  # of week 0
LAST_START = datetime.date(2099, 12, 31)
MOST_NUMBER = 999_999  # of a lesson
MOST_WEEKS = 9_999
EVERY_DAY = range(1, 8)  # Monday is 1, as in ISO 8601


def week_of(day: datetime.date) -> int:
    """The week that a day is in, from 0. A day before the first week is in that one."""
    return min(max((day - FIRST_MONDAY).days // 7, 0), MOST_WEEKS)


def monday_of(week: int) -> datetime.date:
    """The day on which a week begins."""
    return FIRST_MONDAY + datetime.timedelta(weeks=week)


@dataclass(frozen=True)
class StudyPlan:
    """A learner's plan.

    roles: slugs, the one in hand first. background: a slug, or nothing. pace: hours a week. days:
    of the week, Monday is 1; at: when they begin to learn on these. done: number of a lesson → the
    week in which it was finished last. ticks: number of a lesson → what of its practice is ticked,
    as `checklist` marks it. unread: parts of its text that a newer site wrote, kept as they are.
    """

    roles: tuple[str, ...] = ()
    background: str = ""
    pace: int | None = None
    days: frozenset[int] = frozenset()
    at: datetime.time | None = None
    start: datetime.date | None = None
    done: Mapping[int, int] = field(default_factory=dict)
    ticks: Mapping[int, frozenset[int]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    @property
    def minutes_a_week(self) -> int:
        """Minutes of its pace, or 0."""
        return (self.pace or 0) * MINUTES_AN_HOUR

    def begins(self, today: datetime.date) -> datetime.date:
        """The day from which its weeks are counted: of its start, unless that is past."""
        return max(today, self.start or today)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost without it."""
        return self == StudyPlan()

    def with_role(self, slug: str) -> "StudyPlan":
        """With a role in hand. The others stay, behind it."""
        return replace(self, roles=(slug, *(each for each in self.roles if each != slug)))

    def without_roles(self, slugs: Collection[str]) -> "StudyPlan":
        """What was learned toward the roles stays done."""
        return replace(self, roles=tuple(each for each in self.roles if each not in slugs))

    def with_done(self, number: int, day: datetime.date) -> "StudyPlan":
        """With a lesson finished on a day."""
        return replace(self, done={**self.done, number: week_of(day)})

    def without_done(self, number: int) -> "StudyPlan":
        """With a lesson to do again. The ticks of its practice stay."""
        return replace(self, done={n: week for n, week in self.done.items() if n != number})

    def with_ticks(self, number: int, marks: Collection[int]) -> "StudyPlan":
        """With exactly these marks of a lesson's practice ticked."""
        others = {n: ticked for n, ticked in self.ticks.items() if n != number}
        return replace(self, ticks=others | ({number: frozenset(marks)} if marks else {}))


def merge_plans(mine: StudyPlan, other: StudyPlan) -> StudyPlan:
    """Both plans in one: every role, every lesson done and every tick of either.

    A lesson that both have done was finished in the later week. Where there is room for one value
    only, such as the pace, mine stays.
    """
    done = {
        number: max(plan.done[number] for plan in (mine, other) if number in plan.done)
        for number in {*mine.done, *other.done}
    }
    ticks = {
        number: mine.ticks.get(number, frozenset()) | other.ticks.get(number, frozenset())
        for number in {*mine.ticks, *other.ticks}
    }
    return StudyPlan(
        roles=tuple(dict.fromkeys((*mine.roles, *other.roles))),
        background=mine.background or other.background,
        pace=mine.pace or other.pace,
        days=mine.days or other.days,
        at=mine.at if mine.at is not None else other.at,
        start=mine.start or other.start,
        done=done,
        ticks=ticks,
        unread=tuple(dict.fromkeys((*mine.unread, *other.unread))),
    )


def has_all_of(mine: StudyPlan, other: StudyPlan) -> bool:
    """Whether a merge with the other would add nothing, and leave none of its values out."""
    both = merge_plans(other, mine)  # where both say something, the other's is in it
    return {*other.roles} <= {*mine.roles} and replace(both, roles=mine.roles) == mine
