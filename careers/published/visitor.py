"""Where a visitor comes from, how much time they have, and what a role takes them. Pure."""

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
PARAMETERS = ("from", "pace")  # that say something of a visitor


@dataclass(frozen=True, slots=True)
class Visitor:
    """What a visitor says of themself in an address, and in their study plan.

    The address speaks louder than the plan. background: where they come from, as the address says
    or else the plan; is_as_planned: whether the plan does. pace: hours a week of the address,
    plan_pace: of the plan, which holds plan_minutes a week. today: the day on which a forecast
    begins, if there is a pace. done: the numbers of the lessons that the plan has as done.
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
        """A visitor who has a study plan. done, background: those of it that are public."""
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
        """What a forecast counts with; 0 without a pace."""
        return self.pace * MINUTES_AN_HOUR if self.pace else self.plan_minutes

    @property
    def said(self) -> Background | None:
        """Where the address says that they come from."""
        return None if self.is_as_planned else self.background

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters that say the same in the address of another page."""
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
        """Those of some lessons that this visitor's background knows."""
        knows = self.background.knows if self.background else frozenset()
        return KnownLessons(
            self.background, tuple(each for each in lessons if each.number in knows)
        )

    def effort_for(self, role: Role) -> "Effort":
        """What a role takes this visitor."""
        rest = role.roadmap.work_left(self.knows)
        a_week = self.minutes_a_week
        return Effort(
            background=self.background,
            pivot=next((p for p in role.pivots if p.background == self.background), None),
            known=self.known(role.roadmap.lessons),
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
        """What they would have taken."""
        return total_work(self.lessons)

    @property
    def published(self) -> tuple[LessonRef, ...]:
        """Those that can be read."""
        return tuple(lesson for lesson in self.lessons if lesson.is_published)

    @property
    def drafts(self) -> int:
        """How many aren't written yet."""
        return len(self.lessons) - len(self.published)


@dataclass(frozen=True, slots=True)
class Effort:
    """What a role takes one visitor.

    pivot: the way from their background to this role, if one is known. known: the role's lessons
    that they can skip. whole: without what is taken off. minutes_a_week, today: as a visitor has
    them. forecast: of what is left and can be read.
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
        """Whether something is taken off."""
        return self.left != self.whole

    @property
    def is_personal(self) -> bool:
        """Whether it may be another than for who says nothing."""
        return bool(self.is_shortened or self.background or self.minutes_a_week)


def read_visitor(reader: Reader, catalog: Catalog, today: datetime.date | None) -> Visitor:
    """What `from` and `pace` say. Without a pace, a page doesn't depend on the date."""
    background = reader.one_of("from", catalog.backgrounds, "background")
    pace = reader.whole("pace", MOST_HOURS_A_WEEK, "hours a week")
    return Visitor(background, pace, today if pace else None)
