"""The pages of paths and lessons."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.core.paginator import Paginator
from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from paths import markdown, practice, takeaway
from paths.addresses import Moved, asked_page, find_by_slug, find_lesson, for_reading
from paths.beside import Beside
from paths.files import CONTENT_TYPES, suffix
from paths.models import FileContent, LearningPath, Lesson, Status
from paths.text import pictures
from paths.text.headings import contents

PATHS_A_PAGE = 15
LESSONS_A_SECTION = 50


@for_reading
def path_list(request: HttpRequest) -> HttpResponse:
    pages = Paginator(LearningPath.objects.published(), PATHS_A_PAGE)
    page, refused = asked_page(pages, request.GET.get("page", ""))
    shown = LearningPath.objects.filter(pk__in=[path.pk for path in page]).with_hours()
    paths = [path for path in shown if path.has_address]
    context = {"paths": paths, "page": page, "refused": {"page": refused}}
    return render(request, "paths/path_list.html", context)


@for_reading
def path_detail(request: HttpRequest, slug: str) -> HttpResponse:
    path = find_by_slug(LearningPath.objects.with_hours(), slug)
    sections = Paginator(path.lessons.in_outline().for_list(), LESSONS_A_SECTION)
    sections.count = path.lessons_planned  # what with_hours() counted
    section, refused = asked_page(sections, request.GET.get("page", ""))
    context = {
        "path": path,
        "lessons": [lesson for lesson in section if lesson.has_address],
        "section": section,
        "setup": _setup(path),
        "packages": path.lessons.published().packages(),
        "refused": {"page": refused},
    }
    return render(request, "paths/path_detail.html", context)


@for_reading
def lesson_detail(request: HttpRequest, path_slug: str, slug: str) -> HttpResponse:
    lesson = find_lesson(path_slug, slug)
    outline = _outline(lesson.path)
    place, previous, following = _neighbors(lesson, outline)
    beside = Beside.of(lesson)
    context = {
        "lesson": lesson,
        "text": pictures.placed(lesson.body_html, beside.pictures),
        "contents": contents(lesson.body_html),
        "beside": beside,
        "setup": _setup(lesson.path),
        "path": lesson.path,
        "place": place,
        "outline": outline,
        "previous": previous,
        "next": following,
    }
    return render(request, "paths/lesson_detail.html", context)


class Neighbor(NamedTuple):
    """A lesson of the same path, planned or published."""

    pk: int
    slug: str
    title: str
    status: str


def _outline(path: LearningPath) -> list[Neighbor]:
    """The lessons of a path, planned or published, in teaching order."""
    rows = path.lessons.in_outline().values_list("pk", "slug", "title", "status")
    return [Neighbor(*row) for row in rows if slug_re.match(row[1])]


def _neighbors(
    lesson: Lesson, outline: list[Neighbor]
) -> tuple[int, Neighbor | None, Neighbor | None]:
    """A lesson's place in its path, from 1, and its published neighbors.

    Raises Http404 if it is no longer published.
    """
    published = [other for other in outline if other.status == Status.PUBLISHED]
    at = next((at for at, other in enumerate(published) if other.pk == lesson.pk), None)
    if at is None:
        raise Http404
    place = outline.index(published[at]) + 1
    behind = published[at + 1 :]
    return place, (published[at - 1] if at else None), (behind[0] if behind else None)


@for_reading
def practice_model(request: HttpRequest) -> HttpResponse:
    """Where readers can get a model to practice on."""
    return render(request, "paths/practice_model.html")


def _setup(path: LearningPath) -> str:
    """What a path's lessons need, as HTML to put below a heading of the page."""
    return markdown.render(path.setup, top=3, prefix="setup:")


# An SVG must not act as a page: nothing in it may run, even if it is opened by itself.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
FOREVER = "public, max-age=31536000, immutable"


@for_reading
def lesson_file(request: HttpRequest, path_slug: str, slug: str, name: str) -> HttpResponse:
    """A file beside a lesson. What an address with part of its digest gives never changes."""
    try:
        lesson = find_lesson(path_slug, slug)
    except Moved as moved:
        raise Moved(f"{moved.url}{name}") from None
    digest = next((each["digest"] for each in lesson.files if each["name"] == name), "")
    response = file_beside(lesson, name)
    version = request.GET.get("v", "")
    if len(version) == pictures.DIGITS and digest.startswith(version):
        response.headers["Cache-Control"] = FOREVER
    return response


def file_beside(lesson: Lesson, name: str) -> HttpResponse:
    """The response with a file's bytes; the lesson may be a draft. Raises Http404."""
    digest = next((each["digest"] for each in lesson.files if each["name"] == name), "")
    content = FileContent.objects.filter(digest=digest).first()
    if not content:
        raise Http404
    response = HttpResponse(bytes(content.data), CONTENT_TYPES[suffix(name)])
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


@for_reading
def lesson_takeaway(request: HttpRequest, path_slug: str, slug: str, suffix: str) -> HttpResponse:
    """Download a lesson as a notebook or a Python file."""
    try:
        lesson = find_lesson(path_slug, slug)
    except Moved as moved:
        raise Moved(f"{moved.url.removesuffix('/')}.{suffix}") from None
    text = takeaway.written(lesson, f"{request.scheme}://{request.get_host()}", suffix)
    headers = {"Content-Disposition": f'attachment; filename="{slug}.{suffix}"'}
    return HttpResponse(text, takeaway.CONTENT_TYPES[suffix], headers=headers)


@for_reading
def program(_request: HttpRequest, name: str) -> HttpResponse:
    """Download a program that serves a model to a reader's code."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(_program(name), CONTENT_TYPES["py"], headers=headers)


@cache
def _program(name: str) -> bytes:
    return Path(practice.__file__).with_name(name).read_bytes()
