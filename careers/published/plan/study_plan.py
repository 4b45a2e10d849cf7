"""What a learner plans and has done. Pure.

A plan names things as addresses and files do: roles and backgrounds by slug, lessons by number. It
keeps what is unknown, draft or retired: the catalog isn't consulted.
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from paths.hours import MINUTES_AN_HOUR

FIRST_MONDAY = datetime.date(2026, 1, 5)  # of week 0
LAST_START = datetime.date(2099, 12, 31)
MOST_NUMBER = 999_999  # the highest number of a lesson
MOST_WEEKS = 9_999
EVERY_DAY = range(1, 8)  # Monday is 1, as in ISO 8601


def week_of(day: datetime.date) -> int:
    """The number of a day's week, from 0 to MOST_WEEKS; 0 for all days before FIRST_MONDAY."""
    return min(max((day - FIRST_MONDAY).days // 7, 0), MOST_WEEKS)


def monday_of(week: int) -> datetime.date:
    """The Monday of a week."""
    return FIRST_MONDAY + datetime.timedelta(weeks=week)


@dataclass(frozen=True)
class StudyPlan:
    """A learner's plan.

    roles: slugs, the current one first. background: a slug, or "". pace: hours a week. days: of the
    week, 1 for Monday. at: when learning begins on these days. done: number of a lesson → the week
    in which it was last finished. ticks: number of a lesson → the marks of its ticked tasks, see
    `checklist`. unread: parts of its text that a newer version of the site wrote, kept as they are.
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
        """The pace in minutes; 0 if there is none."""
        return (self.pace or 0) * MINUTES_AN_HOUR

    def begins(self, today: datetime.date) -> datetime.date:
        """The day that its weeks are counted from: its start, or today if that is later."""
        return max(today, self.start or today)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost without it."""
        return self == StudyPlan()

    def with_role(self, slug: str) -> "StudyPlan":
        """Make a role the current one. The others follow in their order."""
        return replace(self, roles=(slug, *(each for each in self.roles if each != slug)))

    def without_roles(self, slugs: Collection[str]) -> "StudyPlan":
        """Remove roles. Lessons that were done for them stay done."""
        return replace(self, roles=tuple(each for each in self.roles if each not in slugs))

    def with_done(self, number: int, day: datetime.date) -> "StudyPlan":
        """Mark a lesson as finished on a day."""
        return replace(self, done={**self.done, number: week_of(day)})

    def without_done(self, number: int) -> "StudyPlan":
        """Mark a lesson as not done. The ticks of its practice stay."""
        return replace(self, done={n: week for n, week in self.done.items() if n != number})

    def with_ticks(self, number: int, marks: Collection[int]) -> "StudyPlan":
        """Replace the ticks of a lesson's practice."""
        others = {n: ticked for n, ticked in self.ticks.items() if n != number}
        return replace(self, ticks=others | ({number: frozenset(marks)} if marks else {}))


def merge_plans(mine: StudyPlan, other: StudyPlan) -> StudyPlan:
    """Join two plans: all roles, all lessons done and all ticks of both.

    A lesson that both have done keeps the later week. Where there can be only one value, such as
    the pace, mine wins.
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
    """Whether mine already has everything of the other plan, with the same values.

    The order of roles and of unread parts doesn't matter.
    """
    both = merge_plans(other, mine)  # here the other's values win, so that a difference shows
    is_named = {*other.roles} <= {*mine.roles} and {*other.unread} <= {*mine.unread}
    return is_named and replace(both, roles=mine.roles, unread=mine.unread) == mine
