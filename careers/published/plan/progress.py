"""What a study plan comes to in the catalog as it is now: what is done, what is next, what is left.

Pure. Lessons are done or not; that a background spares one is as good as done. What the plan names
and the public can't see counts for nothing here, and stays in the plan.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from careers.published.catalog import Background, Catalog, Role
from careers.published.lookup.roads import roads
from careers.published.plan.study_plan import StudyPlan, monday_of
from careers.published.plan.week_plan import StudyDay, minutes_held, study_day
from careers.published.query import find
from careers.published.roadmap import (
    Forecast,
    LessonRef,
    Roadmap,
    Stop,
    Work,
    forecast,
    total_work,
)
from careers.published.visitor import KnownLessons

MOST_ELSEWHERE = 3  # roles


@dataclass(frozen=True, slots=True)
class StopProgress:
    """A stop of a line. here: the lesson that one goes on with, if it is at this stop.

    marks: each of its lessons with what it is to the learner: "done", "known" to their background,
    "here", or "" for one that is still to do.
    """

    stop: Stop
    marks: tuple[tuple[LessonRef, str], ...]
    here: LessonRef | None

    @property
    def done(self) -> int:
        """How many of its lessons are done."""
        return sum(mark == "done" for _, mark in self.marks)

    @property
    def known(self) -> int:
        """How many are spared since the learner's background knows them."""
        return sum(mark == "known" for _, mark in self.marks)

    @property
    def is_passed(self) -> bool:
        """Whether nothing is left there, drafts included."""
        return bool(self.marks) and self.done + self.known == len(self.marks)


@dataclass(frozen=True, slots=True)
class LineProgress:
    """A role's line. done, known: how many of its lessons; left: the work of the others."""

    role: Role
    stops: tuple[StopProgress, ...]
    done: int
    known: int
    left: Work

    @property
    def count(self) -> int:
        """How many lessons it has, drafts included."""
        return len(self.role.roadmap.lessons)


@dataclass(frozen=True, slots=True)
class LinePosition:
    """Where a lesson stands on a role's line. place: from 1, among the `count` of all its lessons.

    before, after: what can be read before and after it on the line, whether it is done or not.
    """

    roadmap: Roadmap
    place: int
    count: int
    before: LessonRef | None
    after: LessonRef | None


@dataclass(frozen=True)
class Progress:
    """A study plan, held against the catalog."""

    plan: StudyPlan
    catalog: Catalog

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Those of its roles that the public can see, the one in hand first."""
        found = (find(self.catalog.roles, slug) for slug in self.plan.roles)
        return tuple(dict.fromkeys(role for role in found if role))

    @cached_property
    def missing_roles(self) -> tuple[str, ...]:
        """The slugs of the others."""
        return tuple(slug for slug in self.plan.roles if not find(self.catalog.roles, slug))

    @property
    def role(self) -> Role | None:
        """The one in hand."""
        return self.roles[0] if self.roles else None

    @cached_property
    def background(self) -> Background | None:
        return find(self.catalog.backgrounds, self.plan.background)

    @cached_property
    def done(self) -> frozenset[int]:
        """The numbers of the lessons that are done, also of those that are gone."""
        return frozenset(self.plan.done)

    @cached_property
    def passed(self) -> frozenset[int]:
        """The numbers of the lessons that needn't be done any more."""
        return self.done | (self.background.knows if self.background else frozenset())

    @cached_property
    def lessons_done(self) -> tuple[LessonRef, ...]:
        """The lessons of the present outline that are done, in teaching order."""
        return roads(self.catalog).lessons(self.done)

    @property
    def done_elsewhere(self) -> int:
        """How many lessons are done that the outline no longer has, or hasn't yet."""
        return len(self.done) - len(self.lessons_done)

    @cached_property
    def lessons(self) -> tuple[LessonRef, ...]:
        """The lessons of all its roles in order. What roles share is there once."""
        found = {each.number: each for role in self.roles for each in role.roadmap.lessons}
        return tuple(found.values())

    @property
    def done_of_plan(self) -> int:
        """How many of these are done."""
        return sum(each.number in self.done for each in self.lessons)

    @cached_property
    def known(self) -> KnownLessons:
        """Lessons of its roles that the background spares, and that aren't done anyway."""
        knows = self.background.knows - self.done if self.background else frozenset()
        return KnownLessons(
            self.background, tuple(each for each in self.lessons if each.number in knows)
        )

    @cached_property
    def to_do(self) -> tuple[LessonRef, ...]:
        """What can be read and isn't passed, in order."""
        return tuple(
            each for each in self.lessons if each.is_published and each.number not in self.passed
        )

    @property
    def next_lesson(self) -> LessonRef | None:
        return self.to_do[0] if self.to_do else None

    @cached_property
    def left(self) -> Work:
        """The work that is left, drafts included."""
        return total_work(each for each in self.lessons if each.number not in self.passed)

    @cached_property
    def whole(self) -> Work:
        """The work of all lessons of its roles, and of what is done elsewhere."""
        return total_work((*self.lessons, *self.lessons_done))

    @cached_property
    def work_done(self) -> Work:
        """The work of the lessons that are done, on whichever line."""
        return total_work(self.lessons_done)

    def forecast(self, today: datetime.date) -> Forecast | None:
        """When what can be read is done at the plan's pace, from its start or today.

        Where its days hold less than that, it is reckoned by what they hold. Nothing, where they
        hold no session at all.
        """
        a_week = minutes_held(self.plan)
        if not a_week:
            return None
        return forecast(self.left.minutes_published, a_week, self.plan.begins(today))

    @property
    def study_day(self) -> StudyDay | None:
        """What a day of the plan has room for, if it has a pace."""
        return study_day(self.plan) if self.plan.pace else None

    @cached_property
    def lines(self) -> tuple[LineProgress, ...]:
        """Its roles' lines, the one in hand first."""
        return tuple(self._line(role) for role in self.roles)

    def _line(self, role: Role) -> LineProgress:
        return LineProgress(
            role,
            tuple(self._stops(role.roadmap)),
            done=len(role.roadmap.numbers & self.done),
            known=len(role.roadmap.numbers & self.passed - self.done),
            left=role.roadmap.work_left(self.passed),
        )

    def _stops(self, roadmap: Roadmap) -> Iterator[StopProgress]:
        here = roadmap.first_beyond(self.passed)
        for stop in roadmap.stops:
            at = here if here in stop.lessons else None
            marks = tuple((each, self._mark(each, at)) for each in stop.lessons)
            yield StopProgress(stop, marks, at)
            if at:
                here = None  # a lesson of two stops is learned at the first

    def _mark(self, lesson: LessonRef, here: LessonRef | None) -> str:
        if lesson.number in self.done:
            return "done"
        if lesson.number in self.passed:
            return "known"
        return "here" if lesson == here else ""

    @cached_property
    def counts_for(self) -> list[tuple[Roadmap, Work]]:
        """The roles outside of the plan for which most of what is done counts, each with that."""
        return roads(self.catalog).kept(self.lessons_done, self.roles, MOST_ELSEWHERE)

    def on_line(self, number: int) -> LinePosition | None:
        """Where a lesson stands on the first of the plan's lines that has it."""
        for role in self.roles:
            lessons = role.roadmap.lessons
            places = [at for at, each in enumerate(lessons) if each.number == number]
            if places:
                return LinePosition(
                    role.roadmap,
                    places[0] + 1,
                    len(lessons),
                    before=_readable(reversed(lessons[: places[0]])),
                    after=_readable(lessons[places[0] + 1 :]),
                )
        return None

    def done_since(self) -> dict[int, datetime.date]:
        """Number of a lesson → the first day of the week in which it was done."""
        return {number: monday_of(week) for number, week in self.plan.done.items()}


def _readable(lessons: Iterable[LessonRef]) -> LessonRef | None:
    return next((each for each in lessons if each.is_published), None)
