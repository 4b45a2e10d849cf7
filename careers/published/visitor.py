"""Where a visitor comes from, how much time they have, and their effort for a role. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from careers.published.catalog import Background, Catalog, Pivot, Role
from careers.published.plan.study_plan import StudyPlan
from careers.published.plan.week_plan import minutes_held
from careers.published.query import Reader
from careers.published.roadmap import Forecast, LessonRef, Work, forecast, total_work
from paths.hours import MINUTES_AN_HOUR

MOST_HOURS_A_WEEK = 60
PARAMETERS = ("from", "pace")  # in an address, about a visitor


@dataclass(frozen=True, slots=True)
class Visitor:
    """What an address and a study plan say about a visitor. The address takes precedence.

    background: where they come from; is_as_planned: whether the plan says so. pace: hours a week,
    from the address; plan_pace: from the plan. plan_minutes: the minutes a week that the plan's
    days hold. today: the day that a forecast begins, or None without a pace. done: the numbers of
    the lessons that the plan says are done.
    """

    background: Background | None = None
    pace: int | None = None
    today: datetime.date | None = None
    done: frozenset[int] = frozenset()
    plan_pace: int | None = None
    plan_minutes: int = 0
    is_as_planned: bool = False

    def with_plan(
        self,
        plan: StudyPlan,
        done: frozenset[int],
        background: Background | None,
        today: datetime.date,
    ) -> "Visitor":
        """Add a study plan. done: numbers of lessons; background: the plan's, if it is public."""
        minutes = minutes_held(plan)
        return replace(
            self,
            background=self.background or background,
            is_as_planned=bool(background and not self.background),
            today=plan.begins(today) if self.pace or minutes else None,
            done=done,
            plan_pace=plan.pace,
            plan_minutes=minutes,
        )

    @property
    def minutes_a_week(self) -> int:
        """The minutes a week that a forecast assumes; 0 without a pace."""
        return self.pace * MINUTES_AN_HOUR if self.pace else self.plan_minutes

    @property
    def said(self) -> Background | None:
        """The background that the address gives, or None."""
        return None if self.is_as_planned else self.background

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query parameters that carry this over to another page."""
        said = []
        if self.said:
            said.append(("from", self.said.slug))
        if self.pace:
            said.append(("pace", str(self.pace)))
        return said

    @property
    def knows(self) -> frozenset[int]:
        """The numbers of the lessons that this visitor needn't do: known from before, or done."""
        return self.done | (self.background.knows if self.background else frozenset())

    def known(self, lessons: Iterable[LessonRef]) -> "KnownLessons":
        """Those of the lessons that this visitor's background lets them skip."""
        if not self.background:
            return KnownLessons(None, ())
        knows = self.background.knows
        return KnownLessons(
            self.background, tuple(each for each in lessons if each.number in knows)
        )

    def effort_for(self, role: Role) -> "Effort":
        """What it takes this visitor to learn a role."""
        rest = role.roadmap.work_left(self.knows)
        a_week = self.minutes_a_week
        return Effort(
            background=self.background,
            pivot=next((p for p in role.pivots if p.background == self.background), None),
            known=self.known(role.roadmap.lessons if self.background else ()),
            left=rest,
            whole=role.roadmap.work,
            minutes_a_week=a_week,
            today=self.today,
            forecast=forecast(rest.minutes_published, a_week, self.today)
            if a_week and self.today
            else None,
        )


@dataclass(frozen=True, slots=True)
class KnownLessons:
    """Lessons that a background lets a visitor skip, drafts included."""

    background: Background | None
    lessons: tuple[LessonRef, ...]

    @property
    def work(self) -> Work:
        """The work that is saved by skipping them."""
        return total_work(self.lessons)

    @property
    def published(self) -> tuple[LessonRef, ...]:
        """Those that are published."""
        return tuple(lesson for lesson in self.lessons if lesson.is_published)

    @property
    def drafts(self) -> int:
        """How many are drafts."""
        return len(self.lessons) - len(self.published)


@dataclass(frozen=True, slots=True)
class Effort:
    """What it takes one visitor to learn a role.

    pivot: the way from their background to this role, if one is known. known: the role's lessons
    that they can skip. left: the work left for them; whole: the work of all lessons.
    minutes_a_week, today: the visitor's. forecast: when the published part of what is left will be
    done.
    """

    background: Background | None
    pivot: Pivot | None
    known: KnownLessons
    left: Work
    whole: Work
    minutes_a_week: int
    today: datetime.date | None
    forecast: Forecast | None

    @property
    def is_shortened(self) -> bool:
        """Whether less work is left than the whole."""
        return self.left != self.whole

    @property
    def is_personal(self) -> bool:
        """Whether it may differ from that of a visitor who gives no details."""
        return bool(self.is_shortened or self.background or self.minutes_a_week)


def read_visitor(reader: Reader, catalog: Catalog, today: datetime.date | None) -> Visitor:
    """Read the parameters `from` and `pace`. Without a pace, a page doesn't depend on the date."""
    background = reader.one_of("from", catalog.backgrounds, "background")
    pace = reader.whole("pace", MOST_HOURS_A_WEEK, "hours a week")
    return Visitor(background, pace, today if pace else None)
