"""Find the page at a public address: it may have moved, or be gone for good."""

import re
from collections.abc import Callable

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from paths.models import LearningPath, Lesson, LessonQuerySet, SlugModel, Status


class Moved(Exception):
    """The thing has another address now: `url`."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Gone(Exception):
    """The thing was retired. instead: the address of its replacement, or ""."""

    def __init__(self, title: str, instead: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.instead = instead


def require_public(*things: SlugModel) -> None:
    """Raise unless all things are public. things: from the outermost to the one asked for.

    Raises Http404 if any is a draft or was never public, as if it didn't exist, and Gone if any is
    retired.
    """
    asked_for = things[-1]
    for thing in things:
        if thing.status == Status.DRAFT or _was_never_seen(thing):
            raise Http404
    for thing in things:
        if thing.status == Status.RETIRED:
            raise Gone(asked_for.title, asked_for.instead or thing.instead)


def _was_never_seen(thing: SlugModel) -> bool:
    """Whether it was retired without having been public, and has no replacement."""
    return thing.status == Status.RETIRED and not (thing.published_at or thing.instead)


def find_by_slug[Thing: SlugModel](things: QuerySet[Thing], slug: str) -> Thing:
    """The public thing with a slug. Raises Http404, Gone, or Moved if the slug is a former one."""
    thing = things.filter(slug=slug).first()
    if thing:
        require_public(thing)
        return thing
    moved = things.prefetch_related(None).filter(former_slugs__slug=slug).first()
    if not moved:
        raise Http404
    require_public(moved)
    raise Moved(_url(moved))


def find_lesson(path_slug: str, slug: str) -> Lesson:
    """The public lesson at an address. Raises Http404, Gone, or Moved if it was renamed."""
    lessons = Lesson.objects.select_related("path")
    lesson = lessons.filter(path__slug=path_slug, slug=slug).first()
    if lesson:
        require_public(lesson.path, lesson)
        return lesson
    moved = lessons_once_at(path_slug, slug).select_related("path").first()
    if not moved:
        raise Http404
    require_public(moved.path, moved)
    if (moved.path.slug, moved.slug) == (path_slug, slug):
        return moved  # created between the two queries: a permanent redirect would lead back here
    raise Moved(_url(moved))


def lessons_once_at(path_slug: str, slug: str) -> LessonQuerySet:
    """Lessons that once had this address, by a former slug of their own or of their path."""
    known = Q(slug=path_slug) | Q(former_slugs__slug=path_slug)
    paths = LearningPath.objects.filter(known).values("pk")
    return Lesson.objects.filter(
        Q(path__in=paths, slug=slug) | Q(former_slugs__path__in=paths, former_slugs__slug=slug)
    )


def lessons_called(slug: str) -> list[int]:
    """The numbers of the published lessons whose address ends in this, whatever their path: two of
    them, if there are more."""
    # Asked for keys alone, SQLite reads an index, and no lesson with its text.
    keys = Lesson.objects.filter(slug=slug).values("pk")
    called = Lesson.objects.published().filter(pk__in=keys)
    return list(called.values_list("number", flat=True)[:2])


def _url(thing: Model) -> str:
    return str(thing.get_absolute_url())  # type: ignore[attr-defined]


def asked_page[Item](pages: "Paginator[Item]", asked: str) -> tuple[Page[Item], str]:
    """The page of a list that was asked for and "", or the nearest page and why it isn't that one.

    asked: the parameter `page`; empty for the first page.
    """
    number = asked.strip() or "1"
    is_number = re.fullmatch("-?[0-9]+", number)  # int() reads “1_0” and digits of any script
    try:
        return pages.page(number if is_number else ""), ""
    except PageNotAnInteger:
        nearest = 1
    except EmptyPage:
        nearest = max(1, min(int(number), pages.num_pages))
    return pages.page(nearest), f"There is no such page. This is page {nearest}."


def for_reading[View: Callable[..., HttpResponse]](view: View) -> View:
    """Decorate a page without forms: methods other than GET and HEAD get a 405.

    It is exempt from CSRF checks, since it changes nothing; these would answer 403 first.
    """
    return csrf_exempt(require_safe(view))


def for_forms[View: Callable[..., HttpResponse]](view: View) -> View:
    """Decorate a view that only handles forms, of any visitor: GET gets a 405.

    It is exempt from CSRF checks: a token in the form would set a cookie for every visitor.
    """
    taking = csrf_exempt(require_POST(view))
    taking.is_for_forms = True  # type: ignore[attr-defined]  # set as csrf_exempt sets its own mark
    return taking


def is_for_forms(address: str) -> bool:
    """Whether a view `for_forms` is at this address of the site: no redirect can lead there."""
    path = address.partition("#")[0].partition("?")[0].removeprefix(get_script_prefix())
    try:
        return getattr(resolve(f"/{path.lstrip('/')}").func, "is_for_forms", False)
    except Resolver404:
        return False


class AddressMiddleware:
    """Turn Moved into a permanent redirect that keeps the query string, and Gone into a 410."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case Moved(url=url):
                query = request.META.get("QUERY_STRING", "")
                return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
            case Gone(title=title, instead=instead):
                context = {"title": title, "instead": instead}
                return render(request, "410.html", context, status=410)
        return None
