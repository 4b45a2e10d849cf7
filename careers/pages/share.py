"""The pictures that a shared link shows, which other sites may put into their own pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from types import ModuleType

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from careers.published import catalog as published
from careers.published.query import Reader
from careers.published.roadmap import OtherLine
from careers.published.selection import read_selection
from careers.snapshot import CatalogRequest
from paths.addresses import Moved, find_by_slug, find_lesson, for_reading
from paths.models import LearningPath

NOT_YET = "Published in the database, but not in this version of the catalog."
MOST_LINES = 10  # that a picture of all roles has room for


def drawing() -> ModuleType:
    """The module that draws. It is loaded late: its library takes memory, and many processes are
    never asked for a picture."""
    from careers.pages import picture  # noqa: PLC0415

    return picture


def picture_answer(png: bytes) -> HttpResponse:
    return HttpResponse(png, "image/png", headers={"Cross-Origin-Resource-Policy": "cross-origin"})


@for_reading
def site_picture(request: CatalogRequest) -> HttpResponse:
    roles = request.catalog.roles
    lines = (OtherLine(each.code, each.line, each.title, each.url) for each in roles.values())
    return picture_answer(drawing().draw_site(tuple(islice(lines, MOST_LINES)), len(roles)))


@for_reading
def comparison_picture(request: CatalogRequest) -> HttpResponse:
    roles = read_selection(Reader(request.GET), request.catalog).in_order
    if len(roles) < 2:
        raise Http404("A comparison is of two roles or three.")
    return picture_answer(drawing().draw_comparison(tuple(role.roadmap for role in roles)))


@for_reading
def path_picture(request: CatalogRequest, slug: str) -> HttpResponse:
    path = request.catalog.paths.get(slug)
    if not path:
        with moved_along(request, reverse("path", args=[slug])):
            find_by_slug(LearningPath.objects.all(), slug)
        raise Http404(NOT_YET)
    return picture_answer(drawing().draw_path(path.title, path.lessons))


@for_reading
def lesson_picture(request: CatalogRequest, path_slug: str, slug: str) -> HttpResponse:
    lesson = _lesson(request, path_slug, slug)
    path = request.catalog.paths[lesson.path]
    place = path.lessons.index(lesson.ref) + 1
    return picture_answer(drawing().draw_lesson(lesson.ref, path.title, place, len(path.lessons)))


def _lesson(request: CatalogRequest, path_slug: str, slug: str) -> published.Lesson:
    """The public lesson at an address. Raises Http404, Gone, or Moved if it is a former one."""
    path = request.catalog.paths.get(path_slug)
    url = reverse("lesson", args=[path_slug, slug])
    for ref in path.lessons if path else ():
        if ref.url == url:
            return request.catalog.lessons[ref.number]
    with moved_along(request, url):
        find_lesson(path_slug, slug)
    raise Http404(NOT_YET)


@contextmanager
def moved_along(request: HttpRequest, url: str) -> Iterator[None]:
    """If a page at `url` has moved, so has the requested address below it.

    Raises what is raised within, but Moved with the whole new address.
    """
    try:
        yield
    except Moved as moved:
        raise Moved(f"{moved.url}{request.path.removeprefix(url)}") from None
