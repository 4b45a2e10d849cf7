"""A study plan compared with the current catalog: what is done, what is next, what is left.

Pure. A lesson that a background lets a learner skip counts as done for what is left. What the plan
names but isn't public is ignored here, and stays in the plan.
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
    """A stop on a line. here: the learner's next lesson on the line, if it is at this stop.

    marks: each of its lessons with its state: "done", "known" from the learner's background,
    "here", or "" if it is still to do.
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
        """How many of its lessons the learner can skip, thanks to their background."""
        return sum(mark == "known" for _, mark in self.marks)

    @property
    def is_passed(self) -> bool:
        """Whether it has lessons and none is left, drafts included."""
        return bool(self.marks) and self.done + self.known == len(self.marks)


@dataclass(frozen=True, slots=True)
class LineProgress:
    """A role's line. done, known: how many lessons are; left: the work of the others."""

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
    """A lesson's place on a role's line. place: from 1 to `count`, the number of its lessons.

    before, after: the nearest published lessons on the line, done or not.
    """

    roadmap: Roadmap
    place: int
    count: int
    before: LessonRef | None
    after: LessonRef | None


@dataclass(frozen=True)
class Progress:
    """A study plan and the catalog that it is compared with."""

    plan: StudyPlan
    catalog: Catalog

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The plan's public roles, the current one first."""
        found = (find(self.catalog.roles, slug) for slug in self.plan.roles)
        return tuple(dict.fromkeys(role for role in found if role))

    @cached_property
    def missing_roles(self) -> tuple[str, ...]:
        """The slugs of the plan's roles that aren't public."""
        return tuple(slug for slug in self.plan.roles if not find(self.catalog.roles, slug))

    @property
    def role(self) -> Role | None:
        """The current role."""
        return self.roles[0] if self.roles else None

    @cached_property
    def background(self) -> Background | None:
        return find(self.catalog.backgrounds, self.plan.background)

    @cached_property
    def done(self) -> frozenset[int]:
        """The numbers of the lessons done, even of those that the catalog no longer has."""
        return frozenset(self.plan.done)

    @cached_property
    def passed(self) -> frozenset[int]:
        """The numbers of the lessons that are done or can be skipped."""
        return self.done | (self.background.knows if self.background else frozenset())

    @cached_property
    def lessons_done(self) -> tuple[LessonRef, ...]:
        """The lessons done that the catalog has, in teaching order."""
        return roads(self.catalog).lessons(self.done)

    @property
    def done_elsewhere(self) -> int:
        """How many lessons are done that the catalog doesn't have, or not yet."""
        return len(self.done) - len(self.lessons_done)

    @cached_property
    def lessons(self) -> tuple[LessonRef, ...]:
        """The lessons of all the plan's roles in order, each once."""
        found = {each.number: each for role in self.roles for each in role.roadmap.lessons}
        return tuple(found.values())

    @property
    def done_of_plan(self) -> int:
        """How many of `lessons` are done."""
        return sum(each.number in self.done for each in self.lessons)

    @cached_property
    def known(self) -> KnownLessons:
        """The lessons that the background lets the learner skip and that they haven't done."""
        knows = self.background.knows - self.done if self.background else frozenset()
        return KnownLessons(
            self.background, tuple(each for each in self.lessons if each.number in knows)
        )

    @cached_property
    def to_do(self) -> tuple[LessonRef, ...]:
        """The published lessons that are neither done nor skipped, in order."""
        return tuple(
            each for each in self.lessons if each.is_published and each.number not in self.passed
        )

    @property
    def has_begun(self) -> bool:
        """Whether any lesson of the plan's roles is done or skipped."""
        return any(each.number in self.passed for each in self.lessons)

    @property
    def next_lesson(self) -> LessonRef | None:
        return self.to_do[0] if self.to_do else None

    @cached_property
    def left(self) -> Work:
        """The work of the lessons neither done nor skipped, drafts included."""
        return total_work(each for each in self.lessons if each.number not in self.passed)

    @cached_property
    def whole(self) -> Work:
        """The work of all lessons of the plan's roles, and of all that are done, on any line."""
        return total_work((*self.lessons, *self.lessons_done))

    @cached_property
    def work_done(self) -> Work:
        """The work of the lessons done, on any line."""
        return total_work(self.lessons_done)

    def forecast(self, today: datetime.date) -> Forecast | None:
        """When the published lessons will be done at the plan's pace, counted from its start or
        today.

        If the plan's days hold less than its pace, they decide. None without a pace, or if the days
        are too short for any session.
        """
        a_week = minutes_held(self.plan)
        if not a_week:
            return None
        return forecast(self.left.minutes_published, a_week, self.plan.begins(today))

    @property
    def study_day(self) -> StudyDay | None:
        """A study day of the plan, or None without a pace."""
        return study_day(self.plan) if self.plan.pace else None

    @cached_property
    def lines(self) -> tuple[LineProgress, ...]:
        """The lines of the plan's roles, the current one first."""
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
        """The other roles for which most of the lessons done count, each with that work."""
        return roads(self.catalog).kept(self.lessons_done, self.roles, MOST_ELSEWHERE)

    def on_line(self, number: int) -> LinePosition | None:
        """A lesson's place on the first of the plan's lines that has it; or None."""
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
        """Number of each lesson done → the Monday of the week in which it was."""
        return {number: monday_of(week) for number, week in self.plan.done.items()}


def _readable(lessons: Iterable[LessonRef]) -> LessonRef | None:
    return next((each for each in lessons if each.is_published), None)
