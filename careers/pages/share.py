"""The pictures that a shared link shows, which other sites may put into their own pages."""

from types import ModuleType

from django.http import Http404, HttpResponse
from django.urls import reverse

from careers.published import catalog as published
from careers.published.query import Reader
from careers.published.selection import read_selection
from careers.snapshot import CatalogRequest
from paths.addresses import Moved, find_lesson, for_reading


def drawing() -> ModuleType:
    """What draws the pictures. Its library takes memory, and many processes are asked for none."""
    from careers.pages import picture  # noqa: PLC0415

    return picture


def picture_answer(png: bytes) -> HttpResponse:
    return HttpResponse(png, "image/png", headers={"Cross-Origin-Resource-Policy": "cross-origin"})


@for_reading
def comparison_picture(request: CatalogRequest) -> HttpResponse:
    roles = read_selection(Reader(request.GET), request.catalog).in_order
    if len(roles) < 2:
        raise Http404("A comparison is of two roles or three.")
    return picture_answer(drawing().draw_comparison(tuple(role.roadmap for role in roles)))


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
    try:
        find_lesson(path_slug, slug)
    except Moved as moved:
        below = request.path.removeprefix(reverse("lesson", args=[path_slug, slug]))
        raise Moved(f"{moved.url}{below}") from None
    raise Http404("Published in the database, but not in this version of the catalog.")
