"""What a visitor knows and has done, what is left to them and when they are done."""

import calendar
import datetime
from collections.abc import Iterable, Sequence

from django import template
from django.template import Context
from django.utils import dateformat

from careers.published import search, words
from careers.published.catalog import Background, Role
from careers.published.plan.checklist import CHECK, Task, checklist
from careers.published.plan.progress import LinePosition, Progress
from careers.published.plan.study_plan import EVERY_DAY
from careers.published.roadmap import FASTER, SLOWER, Forecast, LessonRef, Roadmap, Stop
from careers.published.visitor import Effort, Visitor
from paths.models import Lesson
from paths.text.practice import has_check, practice_tasks

register = template.Library()


@register.filter
def months(forecast: Forecast) -> str:
    """Between which months a visitor is done, in short: "Jan–Mar 2027"."""
    return words.month_range(forecast.earliest, forecast.latest)


@register.filter
def weeks(forecast: Forecast) -> str:
    """How many weeks are left to a visitor: "2–3 weeks"."""
    return words.week_range(forecast.fewest, forecast.most)


@register.filter
def done(forecast: Forecast) -> str:
    """When a visitor is done, in a sentence: "in March 2027"."""
    return words.ended_between(forecast.earliest, forecast.latest)


@register.filter
def reckoning(today: datetime.date) -> str:
    """How weeks are reckoned from a day."""
    faster, slower = 100 - FASTER, SLOWER - 100
    day = dateformat.format(today, "F j, Y")
    return f"from {faster}% faster to {slower}% slower than planned, counted from {day}"


@register.simple_tag(takes_context=True)
def offered_backgrounds(context: Context, chosen: Background | None) -> list[Background]:
    """The backgrounds to choose from: all, or those that lead to most roles, and the chosen."""
    return search.offered_backgrounds(context["request"].catalog, chosen)


@register.simple_tag(takes_context=True)
def anywhere(context: Context) -> str:
    """Where a visitor comes from who doesn't choose it: "anywhere", or what their plan says."""
    study: Progress | None = context.get("study")
    known = study.background if study else None
    return f"As in your plan: {words.lower_first(known.title)}" if known else "anywhere"


@register.simple_tag(takes_context=True)
def begin(context: Context, road: Roadmap | Stop) -> LessonRef | None:
    """Where the page's visitor, if it has one, begins: the first lesson that they don't know."""
    visitor: Visitor | None = context.get("visitor")
    return road.first_beyond(visitor.knows if visitor else frozenset())


@register.filter
def effort(role: Role, visitor: Visitor) -> Effort:
    """What a role takes a visitor."""
    return visitor.effort_for(role)


@register.filter
def done_of(lessons: Iterable[LessonRef], study: Progress) -> int:
    """How many of some lessons a learner has done."""
    return sum(lesson.number in study.done for lesson in lessons)


@register.filter
def all_done(lessons: Sequence[LessonRef], study: Progress) -> str:
    """The class of a stop at which a learner has done all lessons, or nothing."""
    return " done" if lessons and done_of(lessons, study) == len(lessons) else ""


@register.filter
def tasks_of(study: Progress, lesson: Lesson) -> list[Task]:
    """What a learner can tick of a lesson's practice."""
    tasks = practice_tasks(lesson.body_html)
    if has_check(lesson.body_html):
        tasks.append(CHECK)
    return list(checklist(tasks, study.plan.ticks.get(lesson.number, ())))


@register.filter
def on_line(study: Progress, lesson: Lesson) -> LinePosition | None:
    """Where a lesson stands on the first line of a plan that has it."""
    return study.on_line(lesson.number)


@register.simple_tag
def weekdays(chosen: frozenset[int]) -> list[tuple[int, str, bool]]:
    """The days of a week from Monday, 1: each with its name, and whether it is among some."""
    return [(day, calendar.day_name[day - 1], day in chosen) for day in EVERY_DAY]
