"""What a public address means: a page, a page that moved, or a page that is gone for good."""

from collections.abc import Callable

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from paths.models import LearningPath, Lesson, LessonQuerySet, SlugModel, Status


class Moved(Exception):
    """The thing has another address now."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Gone(Exception):
    """The thing was retired. instead: the address of what takes its place, or nothing."""

    def __init__(self, title: str, instead: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.instead = instead


def require_public(*things: SlugModel) -> None:
    """Pass if all may be seen. things: from the one that holds the others to the one asked for.

    Raises Http404 if one is a draft or was never seen, as if it weren't there, and Gone if one is
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
    """Whether nobody misses it: a draft that was retired, and that sends nobody elsewhere."""
    return thing.status == Status.RETIRED and not (thing.published_at or thing.instead)


def find_by_slug[Thing: SlugModel](things: QuerySet[Thing], slug: str) -> Thing:
    """The public thing at a slug. Raises Http404, Gone, or Moved if the slug is a former one."""
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
    """The public lesson at an address. Raises Http404, Gone, or Moved from a former one."""
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
        return moved  # it came between the two looks: a redirect would lead here, for good
    raise Moved(_url(moved))


def lessons_once_at(path_slug: str, slug: str) -> LessonQuerySet:
    """The lesson that an address was of, by a former name of its own or of its path."""
    known = Q(slug=path_slug) | Q(former_slugs__slug=path_slug)
    paths = LearningPath.objects.filter(known).values("pk")
    return Lesson.objects.filter(
        Q(path__in=paths, slug=slug) | Q(former_slugs__path__in=paths, former_slugs__slug=slug)
    )


def _url(thing: Model) -> str:
    return str(thing.get_absolute_url())  # type: ignore[attr-defined]


def asked_page[Item](pages: "Paginator[Item]", asked: str) -> tuple[Page[Item], str]:
    """The page of a list that an address asks for, or the nearest that there is; and why it isn't
    the one that was asked for, or nothing. asked: the parameter `page`; empty for the first."""
    try:
        return pages.page(asked.strip() or "1"), ""
    except InvalidPage:
        page = pages.get_page(asked)
        return page, f"There is no such page. This is page {page.number}."


def for_reading[View: Callable[..., HttpResponse]](view: View) -> View:
    """A page that is read and takes no form: any other method than GET and HEAD answers 405.

    There is nothing to forge, so no other method is refused for want of a token before that.
    """
    return csrf_exempt(require_safe(view))


def for_forms[View: Callable[..., HttpResponse]](view: View) -> View:
    """A view that acts on a form of any visitor, and has no page to be opened: GET answers 405.

    A token in its form would set a cookie for every visitor.
    """
    taking = csrf_exempt(require_POST(view))
    taking.is_for_forms = True  # type: ignore[attr-defined]  # a mark, as csrf_exempt leaves one
    return taking


def is_for_forms(address: str) -> bool:
    """Whether an address of this site only takes forms: nobody can be sent there."""
    path = address.partition("#")[0].partition("?")[0].removeprefix(get_script_prefix())
    try:
        return getattr(resolve(f"/{path.lstrip('/')}").func, "is_for_forms", False)
    except Resolver404:
        return False


class AddressMiddleware:
    """Answer Moved with a permanent redirect that keeps the query, and Gone with 410."""

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
