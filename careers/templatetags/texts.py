"""Texts as templates show them: with links to the glossary, or with searched words marked."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from careers.published.fulltext.ranking import Piece
from careers.published.glossary import Place, Term
from careers.published.roadmap import LessonRef
from careers.published.words import lower_first
from paths.models import Lesson

if TYPE_CHECKING:
    from careers.published.plan.progress import Progress

register = template.Library()
register.filter(lower_first)


@register.filter(is_safe=True)
def one_line(text: str) -> str:
    """A text without its line breaks, for an attribute written on several lines of a template."""
    return " ".join(text.split())


@register.filter
def marks(pieces: Iterable[Piece]) -> SafeString:
    """Pieces of a text, joined, the marked ones in <mark>."""
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
    """A lesson's text in which the first use of each term links to the glossary."""
    glossary = context["request"].catalog.glossary
    linked: str = glossary.with_links(html, reverse("glossary"), lesson.number)
    return mark_safe(linked)  # noqa: S308  paths.markdown made it safe


@register.simple_tag(takes_context=True)
def needed_terms(context: Context, lesson: Lesson) -> list[tuple[str, str, tuple[Place, ...]]]:
    """What a lesson needs: each term, the address of its lesson or its glossary entry, and where to
    learn it elsewhere if no lesson teaches it.

    With a plan, terms that none of its lessons teaches link to the glossary, not off the plan.
    """
    study: Progress | None = context.get("study")
    road = {each.number for each in study.lessons} if study else set()
    found: list[tuple[str, str, tuple[Place, ...]]] = []
    glossary = context["request"].catalog.glossary
    for written in lesson.needs:
        term = glossary.term(written)
        if term is None:
            found.append((written, "", ()))
            continue
        shown = term.title if written == term.slug else written  # visitors don't know slugs
        taught = term.lesson.number if term.lesson else lesson.number
        is_off_road = bool(road) and taught not in road
        if term.lesson and taught != lesson.number and not is_off_road:
            found.append((shown, term.lesson.url, ()))
        else:
            address = glossary.address(reverse("glossary"), term.slug)
            found.append((shown, address, () if term.lesson else term.learn))
    return found


@register.simple_tag(takes_context=True)
def taken_as_known(context: Context, lesson: LessonRef) -> list[Term]:
    """The terms that a published lesson needs and that only other places teach."""
    catalog = context["request"].catalog
    needs = catalog.lessons[lesson.number].needs if lesson.number in catalog.lessons else ()
    found: list[Term] = catalog.glossary.learned_elsewhere(needs)
    return found
