"""What a visitor knows and has done, what is left to do, and when it will be done."""

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
    """The months between which a visitor will be done, in short: "Jan–Mar 2027"."""
    return words.month_range(forecast.earliest, forecast.latest)


@register.filter
def weeks(forecast: Forecast) -> str:
    """How many weeks a visitor has left: "2–3 weeks"."""
    return words.week_range(forecast.fewest, forecast.most)


@register.filter
def done(forecast: Forecast) -> str:
    """When a visitor will be done, for a sentence: "in March 2027"."""
    return words.ended_between(forecast.earliest, forecast.latest)


@register.filter
def reckoning(today: datetime.date) -> str:
    """How weeks are counted, in words: at which speed, and from which day."""
    faster, slower = 100 - FASTER, SLOWER - 100
    day = dateformat.format(today, "F j, Y")
    return f"from {faster}% faster to {slower}% slower than planned, counted from {day}"


@register.simple_tag(takes_context=True)
def offered_backgrounds(context: Context, chosen: Background | None) -> list[Background]:
    """The backgrounds to choose from: all, or those that lead to the most roles and the chosen."""
    return search.offered_backgrounds(context["request"].catalog, chosen)


@register.simple_tag(takes_context=True)
def anywhere(context: Context) -> str:
    """The words for not choosing a background: "anywhere", or what the visitor's plan says."""
    study: Progress | None = context.get("study")
    known = study.background if study else None
    return f"As in your plan: {words.lower_first(known.title)}" if known else "anywhere"


@register.simple_tag(takes_context=True)
def begin(context: Context, road: Roadmap | Stop) -> LessonRef | None:
    """Where to begin: the first published lesson that the page's visitor, if any, doesn't know."""
    visitor: Visitor | None = context.get("visitor")
    return road.first_beyond(visitor.knows if visitor else frozenset())


@register.filter
def effort(role: Role, visitor: Visitor) -> Effort:
    """How much work a role is for a visitor."""
    return visitor.effort_for(role)


@register.filter
def done_of(lessons: Iterable[LessonRef], study: Progress) -> int:
    """How many of some lessons a learner has done."""
    return sum(lesson.number in study.done for lesson in lessons)


@register.filter
def all_done(lessons: Sequence[LessonRef], study: Progress) -> str:
    """The CSS class " done" if a learner has done all lessons of a stop, else nothing."""
    return " done" if lessons and done_of(lessons, study) == len(lessons) else ""


@register.filter
def tasks_of(study: Progress, lesson: Lesson) -> list[Task]:
    """What a learner can tick in a lesson's practice."""
    tasks = practice_tasks(lesson.body_html)
    if has_check(lesson.body_html):
        tasks.append(CHECK)
    return list(checklist(tasks, study.plan.ticks.get(lesson.number, ())))


@register.filter
def on_line(study: Progress, lesson: Lesson) -> LinePosition | None:
    """The position of a lesson on the first line in the plan that has it; None if none has."""
    return study.on_line(lesson.number)


@register.simple_tag
def weekdays(chosen: frozenset[int]) -> list[tuple[int, str, bool]]:
    """The days of a week, from Monday, 1: (number, name, whether it is chosen)."""
    return [(day, calendar.day_name[day - 1], day in chosen) for day in EVERY_DAY]
