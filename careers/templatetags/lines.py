"""Which roles' lines stop at a path or take a lesson, and where they go on from there."""

from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers.published.catalog import Path
from careers.published.lookup.roads import roads
from careers.published.onward import Onward, onward
from careers.published.roadmap import LessonRef, OtherLine, Stop
from careers.published.transit import Cell
from paths.models import LearningPath, Lesson

register = template.Library()

ROUND = 2  # letters that fit in a circle


@register.simple_tag
@lru_cache(maxsize=1_000)  # of some 200 bytes
def roundel(line: str, code: str) -> SafeString:
    """A line's code in its color. The code says which line it is; the color only helps.

    line: the name of the color. Cached and without a template, since a page has a hundred of these.
    """
    size = " long" if len(code) > ROUND else ""
    return format_html(
        '<span class="roundel{}" data-line="{}" aria-hidden="true">{}</span>', size, line, code
    )


_where = attrgetter("on", "first", "last", "thin_before", "thin_after")
_SIDES = ("on", "first", "last", "thin-before", "thin-after")


@register.filter
def start_tag(cell: Cell) -> SafeString:
    """The start tag of a map's cell, with CSS classes for where its line runs: "on first".

    Without a template, since a map has hundreds of these.
    """
    return _opened(
        " ".join(name for is_so, name in zip(_where(cell), _SIDES, strict=True) if is_so)
    )


@lru_cache(maxsize=32)  # one for each combination of _SIDES
def _opened(sides: str) -> SafeString:
    return format_html('<td class="{}">', sides) if sides else SafeString("<td>")


@register.filter
def marks(cell: Cell) -> str:
    """The CSS classes of a stop by how much of its path counts and is done: "stop part begun"."""
    done = "done" if cell.all_done else "begun" if cell.done else ""
    found = ("stop", "part" if cell.taken else "", "focus" if cell.focus else "", done)
    return " ".join(filter(None, found))


@register.simple_tag(takes_context=True)
def lines_through(
    context: Context, path: LearningPath, lesson: Lesson | None = None
) -> Sequence[OtherLine]:
    """The published roles that stop at a path, or take a lesson of it, in the order of roles."""
    known = roads(context["request"].catalog)
    return known.lines_through(path.slug, lesson.number) if lesson else known.lines(path.slug)


@register.simple_tag(takes_context=True)
def lines_beyond(context: Context, path: LearningPath) -> Sequence[OtherLine]:
    """The published roles that go further with a path, in the order of roles."""
    return roads(context["request"].catalog).lines_beyond(path.slug)


@register.simple_tag(takes_context=True)
def lines_besides(context: Context, stop: Stop, url: str) -> Sequence[OtherLine]:
    """The other roles that have this stop, in the order of roles. url: of the role to leave out."""
    if stop.lines:
        return [line for line in stop.lines if line.url != url]
    return roads(context["request"].catalog).lines(stop.path, but=url)


@register.simple_tag(takes_context=True)
def after_on_line(
    context: Context, line: OtherLine, path: LearningPath, lesson: Lesson
) -> tuple[LessonRef, ...]:
    """The lessons of a path that a role takes after this one."""
    found = context["request"].catalog.paths.get(path.slug)
    return line.after(lesson.number, found.lessons) if found else ()


@register.simple_tag(takes_context=True)
def onward_from(context: Context, lesson: Lesson) -> list[Onward]:
    """Where roles go on after a path, if this is its last published lesson."""
    roles = roads(context["request"].catalog).at(lesson.path.slug)
    return onward(lesson.path.slug, lesson.number, (role.roadmap for role in roles))


@register.simple_tag(takes_context=True)
def published(context: Context, path: LearningPath) -> Path | None:
    """The path in the catalog's version that this page shows; None if it isn't in there yet."""
    found: Path | None = context["request"].catalog.paths.get(path.slug)
    return found


@register.simple_tag(takes_context=True)
def outline_of(context: Context, path: LearningPath) -> tuple[LessonRef, ...]:
    """The lessons of a path, planned or published."""
    found = published(context, path)
    return found.lessons if found else ()
