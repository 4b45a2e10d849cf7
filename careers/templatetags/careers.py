"""What templates say of numbers, and which roles a path leads to."""

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from careers.pages import destinations, links, picture
from careers.pages.destinations import Destination
from careers.published import search, selection, words
from careers.published.catalog import Background, Band, Price, Role
from careers.published.fulltext.ranking import Piece
from careers.published.lookup.roads import roads
from careers.published.onward import Onward, onward
from careers.published.pay import evidence as pay_evidence
from careers.published.pay.scale import PayScale, pay_scales
from careers.published.plan.checklist import CHECK, Task, checklist
from careers.published.plan.progress import LinePosition, Progress
from careers.published.plan.study_plan import EVERY_DAY
from careers.published.query import Ignored, Reader
from careers.published.roadmap import (
    FASTER,
    SLOWER,
    Forecast,
    LessonRef,
    OtherLine,
    Roadmap,
    Stop,
)
from careers.published.visitor import Effort, Visitor, read_visitor
from careers.published.words import lower_first
from paths.hours import hours_text
from paths.models import LearningPath, Lesson
from paths.prices import is_old as is_old_price
from paths.text.practice import has_check, practice_tasks

register = template.Library()
register.filter(lower_first)
register.filter(pay_evidence.strength)
register.filter(pay_evidence.evidence)
register.filter(pay_evidence.gaps)
register.filter(pay_evidence.ends_in_words)

ROUND = 2  # letters that a circle has room for


@register.simple_tag(takes_context=True)
def left_out(context: Context) -> list[Ignored]:
    """What an address asks for and can't be read, for a page that doesn't say so in a place of its
    own, as those do that have it as `ignored`. Every page reads what a visitor said of themselves.

    refused in the context: the names of further parameters → why they can't be read, or nothing.
    """
    request = context.get("request")
    if not request or not request.META.get("QUERY_STRING") or "ignored" in context:
        return []
    reader = Reader(request.GET)
    read_visitor(reader, request.catalog, None)
    for name, why in (context.get("refused") or {}).items():
        if why:
            reader.refuse(name, why)
    return reader.ignored


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours with at most one decimal, without the unit."""
    return hours_text(minutes)


@register.filter
def gap(unwritten: int) -> str:
    """Of a figure that spans lessons that aren't written: how many hours of it, or nothing.

    unwritten: their minutes.
    """
    return (
        f" ({hours_text(unwritten)}\N{NO-BREAK SPACE}h of it not written yet)" if unwritten else ""
    )


@register.filter
def hours_data(minutes: int) -> SafeString:
    """Minutes as hours with their unit, in an element that has the minutes as its value."""
    return format_html('<data value="{}">{}&nbsp;h</data>', minutes, hours_text(minutes))


@register.filter(expects_localtime=True)
def day_time(day: datetime.date) -> SafeString:
    """A day in words, in an element that programs can read it from."""
    in_words = dateformat.format(day, "F j, Y")
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", in_words)


@register.simple_tag
def roundel(line: str, code: str) -> SafeString:
    """A line's code in its color. The code says which line it is; the color only helps.

    line: the name of its color. No template, for a page has a hundred of them.
    """
    size = " long" if len(code) > ROUND else ""
    return format_html(
        '<span class="roundel{}" data-line="{}" aria-hidden="true">{}</span>', size, line, code
    )


@register.filter(is_safe=True)
def one_line(text: str) -> str:
    """A text without its line breaks, for an attribute whose template is laid out over several."""
    return " ".join(text.split())


@register.filter
def origin(request: HttpRequest) -> str:
    """The beginning of every absolute address: "https://example.org"."""
    return links.origin(request)


@register.filter
def address(request: HttpRequest) -> str:
    """This page's address without the parameters that change nothing."""
    return links.tidy_address(request)


@register.filter
def pay(band: Band) -> str:
    """A band in whole units of its currency: "€60,000–150,000"; one figure where low is high."""
    return words.pay_range(band.currency, band.low, band.high)


@register.filter
def middle_pay(band: Band) -> str:
    """The median or mean of a band that has one: "€66,432"."""
    return words.pay_range(band.currency, band.middle or 0, band.middle or 0)


@register.filter
def short_pay(band: Band) -> str:
    """A band in thousands, rounded: "€60–150k"."""
    return words.short_pay_range(band.currency, band.low, band.high)


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


@register.filter
def is_stale(band: Band) -> bool:
    """Whether a figure was collected more than twelve months ago."""
    return (timezone.now().date() - band.collected).days > pay_evidence.STALE_AFTER_DAYS


@register.simple_tag(takes_context=True)
def prices_of(context: Context, models: Sequence[str]) -> list[Price]:
    """What calls of models cost, of those that the catalog has a price of."""
    known: Mapping[str, Price] = context["request"].catalog.prices
    return [known[model] for model in models if model in known]


@register.filter
def is_old(price: Price) -> bool:
    """Whether a price was read more than six months ago."""
    return is_old_price(price.collected, timezone.now().date())


@register.filter
def is_address(text: str) -> bool:
    """Whether a text is an address, and not a sentence."""
    return text.startswith(("https:", "http:"))


@register.filter
def thousands(number: int) -> str:
    """A whole number with its thousands set apart: "66,432"."""
    return f"{number:,}"


@register.filter
def marks(pieces: Iterable[Piece]) -> SafeString:
    """A text in pieces, with those that are marked in <mark>."""
    return format_html_join(
        "",
        "{}{}{}",
        (
            (mark_safe("<mark>"), piece.text, mark_safe("</mark>"))
            if piece.marked
            else ("", piece.text, "")
            for piece in pieces
        ),
    )


@register.simple_tag(takes_context=True)
def with_terms(context: Context, html: str, lesson: Lesson) -> str:
    """A lesson's text, in which the first use of each term leads to the glossary."""
    glossary = context["request"].catalog.glossary
    linked: str = glossary.with_links(html, reverse("glossary"), lesson.number)
    return mark_safe(linked)  # noqa: S308  paths.markdown made it safe


@register.simple_tag(takes_context=True)
def needed_terms(context: Context, lesson: Lesson) -> list[tuple[str, str]]:
    """What a lesson needs: each term, and the address where it is taught, or told.

    Whoever has a plan isn't led off its lines: what these don't teach, the glossary tells.
    """
    study: Progress | None = context.get("study")
    road = {each.number for each in study.lessons} if study else set()
    found = []
    glossary = context["request"].catalog.glossary
    for written in lesson.needs:
        term = glossary.term(written)
        if term is None:
            found.append((written, ""))
            continue
        shown = term.title if written == term.slug else written  # a slug is for files
        taught = term.lesson.number if term.lesson else lesson.number
        is_off_road = bool(road) and taught not in road
        if term.lesson and taught != lesson.number and not is_off_road:
            found.append((shown, term.lesson.url))
        else:
            found.append((shown, glossary.address(reverse("glossary"), term.slug)))
    return found


@register.simple_block_tag(takes_context=True)
def one_address(context: Context, content: str) -> SafeString:
    """The one address of a page, for search engines and for sites that links are shared on."""
    url = mark_safe(links.origin(context["request"]) + content.strip())  # noqa: S308  escaped in it
    return format_html(
        '<link rel="canonical" href="{}">\n<meta property="og:url" content="{}">', url, url
    )


@register.simple_block_tag(takes_context=True)
def shared_picture(context: Context, content: str) -> SafeString:
    """The picture that a shared link shows. Without one it is the site's sign, and small."""
    drawn = content.strip()
    path = drawn or static("img/icon-512.png")
    width, height = (picture.WIDTH, picture.HEIGHT) if drawn else (512, 512)
    return format_html(
        '<meta property="og:image" content="{}">\n'
        '<meta property="og:image:width" content="{}">\n'
        '<meta property="og:image:height" content="{}">\n'
        '<meta name="twitter:card" content="{}">',
        mark_safe(links.origin(context["request"]) + path),  # noqa: S308  escaped in the page
        width,
        height,
        "summary_large_image" if drawn else "summary",
    )


@register.simple_tag(takes_context=True)
def without(context: Context, names: str | Iterable[str]) -> str:
    """This page's address without a choice, or without several."""
    return links.address_without(
        context["request"], *([names] if isinstance(names, str) else names)
    )


@register.simple_tag(takes_context=True)
def comparing(context: Context, role: Role) -> str:
    """This page's address with a role put aside to be compared, or without it if it is already."""
    slugs = [each.slug for each in context["compared"]]
    changed = [slug for slug in slugs if slug != role.slug]
    if role.slug not in slugs:
        changed.append(role.slug)
    return links.address_with(context["request"], selection.PARAMETER, changed)


@register.simple_tag
def pay_on_scales(roles: Role | Sequence[Role]) -> tuple[PayScale, ...]:
    """The bands of a role or several, on one scale a currency."""
    return pay_scales([roles] if isinstance(roles, Role) else roles)


@register.simple_tag
def comparison(roles: Role | Iterable[Role]) -> str:
    """The address of the page that compares some roles, or one with another yet to be chosen."""
    compared = [roles] if isinstance(roles, Role) else roles
    query = [(selection.PARAMETER, role.slug) for role in compared]
    return f"{reverse('compare')}?{urlencode(query)}"


@register.simple_tag
def comparison_picture(roles: Iterable[Role]) -> str:
    """The address of the picture of some roles side by side."""
    query = urlencode([(selection.PARAMETER, role.slug) for role in roles])
    return f"{reverse('comparison-picture')}?{query}"


@register.simple_tag(takes_context=True)
def offered_backgrounds(context: Context, chosen: Background | None) -> list[Background]:
    """The backgrounds to choose from: all, or those that lead to most roles, and the chosen."""
    return search.offered_backgrounds(context["request"].catalog, chosen)


@register.simple_tag(takes_context=True)
def begin(context: Context, road: Roadmap | Stop) -> LessonRef | None:
    """Where the page's visitor, if it has one, begins: the first lesson that they don't know."""
    visitor: Visitor | None = context.get("visitor")
    return road.first_beyond(visitor.knows if visitor else frozenset())


@register.filter
def effort(role: Role, visitor: Visitor) -> Effort:
    """What a role takes a visitor."""
    return visitor.effort_for(role)


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
    """The other roles that stop at a stop of the role at an address, in the order of roles."""
    if stop.lines:
        return [line for line in stop.lines if line.url != url]
    return roads(context["request"].catalog).lines(stop.path, but=url)


@register.simple_tag(takes_context=True)
def after_on_line(
    context: Context, line: OtherLine, path: LearningPath, lesson: Lesson
) -> tuple[LessonRef, ...]:
    """The lessons of a path that a role takes after one of them."""
    found = context["request"].catalog.paths.get(path.slug)
    return line.after(lesson.number, found.lessons) if found else ()


@register.simple_tag(takes_context=True)
def onward_from(context: Context, lesson: Lesson) -> list[Onward]:
    """Where roles go on behind a path whose last published lesson this is."""
    roles = roads(context["request"].catalog).at(lesson.path.slug)
    return onward(lesson.path.slug, lesson.number, (role.roadmap for role in roles))


@register.simple_tag(takes_context=True)
def destination(context: Context, url: str) -> Destination | None:
    """What stands at an address, if the public may see it."""
    return destinations.destination_at(url, context["request"].catalog)


@register.simple_tag(takes_context=True)
def outline_of(context: Context, path: LearningPath) -> tuple[LessonRef, ...]:
    """The lessons of a path, planned or published."""
    found = context["request"].catalog.paths.get(path.slug)
    return found.lessons if found else ()


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
