"""Preview of a lesson's text as typed, saved or not: its HTML, its minutes and its problems."""

from dataclasses import dataclass

from django.core.validators import slug_re
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from careers.models import FormerRoleSlug, Role
from paths import lint, markdown
from paths.beside import Beside
from paths.fields import tidy_markdown
from paths.models import (
    FormerLessonSlug,
    FormerPathSlug,
    LearningPath,
    Lesson,
    Status,
)
from paths.text import pictures
from paths.writing import numbering

LONGEST = 200_000  # characters of a text that a preview reads


@dataclass(frozen=True, slots=True)
class TextPreview:
    """minutes: how long to read the text. findings: what is wrong with it, sorted by line.

    number, position: the next free ones in the path of a new lesson, otherwise 0.
    """

    html: SafeString
    minutes: int
    findings: list[lint.Finding]
    number: int = 0
    position: int = 0


def of_text(typed: str, lesson: Lesson) -> TextPreview:
    """Preview a text. lesson: the lesson it belongs to, unsaved if new; it has the pictures."""
    text = tidy_markdown(typed.replace("\0", ""))[:LONGEST]
    # Safe to mark: render() has raw HTML off, and nh3 lets only known tags through.
    html = markdown.render(text, prefix="preview:")
    drawn = Beside.of(lesson).pictures
    # A draft's files have no public address, so pictures link to the editors' one.
    base = reverse("admin:paths_lesson_beside", args=[lesson.pk, "-"])[:-1] if drawn else ""
    is_new = not lesson.pk and bool(lesson.path_id)
    return TextPreview(
        mark_safe(pictures.placed(html, drawn, base)),  # noqa: S308
        markdown.suggested_minutes(text),
        text_findings(text, lesson),
        numbering.next_number(lesson.path) if is_new else 0,
        numbering.next_position(lesson.path) if is_new else 0,
    )


def text_findings(text: str, lesson: Lesson) -> list[lint.Finding]:
    """Everything wrong with a lesson's text, dead links included, sorted by line."""
    found = lint.findings(text)
    if lesson.path_id and lesson.has_address and lint.leads_within(text):
        found += lint.dead_links(text, lesson.get_absolute_url(), _addresses())
    return sorted(found)


def _addresses() -> lint.Addresses:
    """The addresses of all roles, paths, lessons and files, old addresses included."""
    public, hidden = set[str](), set[str]()
    for view, named, things, former in (
        ("role", "slug", Role.objects, FormerRoleSlug.objects.values_list("role", "slug")),
        ("path", "slug", LearningPath.objects, FormerPathSlug.objects.values_list("path", "slug")),
    ):
        statuses = dict[int, str]()
        for key, slug, status in things.values_list("pk", named, "status"):
            statuses[key] = status
            _side(public, hidden, status).add(_address(view, slug))
        for key, slug in former:
            _side(public, hidden, statuses[key]).add(_address(view, slug))
    fields = ("pk", "path__slug", "slug", "status", "path__status", "files")
    sides = {}
    for key, path, slug, status, above, files in Lesson.objects.values_list(*fields):
        whole = status if above == Status.PUBLISHED else Status.DRAFT
        side = sides[key] = _side(public, hidden, whole)
        page = _address("lesson", path, slug)
        side |= {page, *(page + each["name"] for each in files)}
    for key, path, slug in FormerLessonSlug.objects.values_list("lesson", "path__slug", "slug"):
        sides[key].add(_address("lesson", path, slug))
    return lint.Addresses(public, hidden)


def _address(view: str, *slugs: str) -> str:
    """The address of a page; empty if a slug, set in a shell, can't be part of one."""
    return reverse(view, args=slugs) if all(map(slug_re.match, slugs)) else ""


def _side(public: set[str], hidden: set[str], status: str) -> set[str]:
    return public if status == Status.PUBLISHED else hidden
