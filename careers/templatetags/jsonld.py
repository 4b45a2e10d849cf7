"""JSON-LD in a page: a data block in a script element, which doesn't run."""

import json
from collections.abc import Iterable

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from careers.pages import jsonld
from careers.pages.jsonld import LinkedData, Trail
from careers.pages.links import origin
from careers.published.catalog import Role
from paths.models import LearningPath, Lesson

register = template.Library()

# With these, no text in the data can close the element or open another.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def _element(*nodes: LinkedData) -> SafeString:
    data = json.dumps(jsonld.graph(*nodes), ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(data))  # noqa: S308


@register.simple_tag(takes_context=True)
def occupation_jsonld(context: Context, role: Role) -> SafeString:
    """Structured data of a role's page, for search engines."""
    site = origin(context["request"])
    trail: Trail = [("Careers", reverse("role-list")), (role.title, role.url)]
    return _element(jsonld.occupation(site, role), jsonld.breadcrumbs(site, trail))


@register.simple_tag(takes_context=True)
def course_jsonld(context: Context, path: LearningPath, lessons: Iterable[Lesson]) -> SafeString:
    """Structured data of a path's page, for search engines."""
    site = origin(context["request"])
    trail: Trail = [("Paths", reverse("path-list")), (path.title, path.get_absolute_url())]
    return _element(jsonld.course(site, path, lessons), jsonld.breadcrumbs(site, trail))


@register.simple_tag(takes_context=True)
def lesson_jsonld(context: Context, lesson: Lesson) -> SafeString:
    """Structured data of a lesson's page, for search engines."""
    site = origin(context["request"])
    trail: Trail = [
        ("Paths", reverse("path-list")),
        (lesson.path.title, lesson.path.get_absolute_url()),
        (lesson.title, lesson.get_absolute_url()),
    ]
    return _element(jsonld.learning_resource(site, lesson), jsonld.breadcrumbs(site, trail))
