"""The pages of who needs what is taught, and those that belong to the site as a whole."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db import Error, connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from careers import changelog, snapshot
from careers.models import Role
from careers.pages import links, picture
from careers.pages.fragments import for_the_day, render_part, wants_part
from careers.published import catalog as published
from careers.published import comparison, search
from careers.published.query import Reader
from careers.published.roadmap import next_roadmaps
from careers.published.titles.decoder import Titles, decode_title
from careers.published.transit import of_roadmaps
from careers.published.visitor import put_aside, read_visitor
from careers.snapshot import CatalogRequest
from paths.addresses import find

ROLES_A_PAGE = 24
NEWS_A_PAGE = 24
LINES_A_MAP = 40  # more are no map any more
MOST_NEXT = 9  # roles that a role's page looks ahead to
MOST_LETTERS = 200  # of a title


@require_safe
def home(request: CatalogRequest) -> HttpResponse:
    catalog = request.catalog
    context = {"signals": catalog.signals.values(), "roles": list(catalog.roles.values())}
    return render(request, "careers/home.html", context)


@require_safe
def role_list(request: CatalogRequest) -> HttpResponse:
    reader = Reader(request.GET)
    visitor = read_visitor(reader, request.catalog, timezone.now().date())
    chosen = search.read(reader, request.catalog, visitor)
    found = search.find(request.catalog, chosen)
    page = _page(reader, found.roles, ROLES_A_PAGE)
    context = {
        "search": chosen,
        "sorts": search.SORTS,
        "visitor": visitor,
        "known": visitor.known(request.catalog.outline),
        "found": found,
        "page": page,
        "compared": put_aside(reader, request.GET.getlist("r"), request.catalog),
        "ignored": reader.ignored,
        "map": None if chosen.chosen else of_roadmaps(role.roadmap for role in page),
    }
    response = render_part(request, "careers/role_list.html", "swap", context)
    for_the_day(response, visitor.today)
    return push_url(response, links.tidy(request)) if wants_part(request) else response


def _page[Item](
    reader: Reader, items: Sequence[Item] | QuerySet[Any, Item], size: int
) -> Page[Item]:
    """The page of a list that is asked for; the nearest where there is no such page."""
    pages: Paginator[Item] = Paginator(items, size)
    asked_for = reader.text("page") or "1"
    try:
        return pages.page(asked_for)
    except InvalidPage:
        page = pages.get_page(asked_for)
        reader.refuse("page", f"There is no such page. This is page {page.number}.")
        return page


@require_safe
def role_map(request: CatalogRequest) -> HttpResponse:
    reader = Reader(request.GET)
    visitor = read_visitor(reader, request.catalog, timezone.now().date())
    page = _page(reader, list(request.catalog.roles.values()), LINES_A_MAP)
    context = {
        "map": of_roadmaps((role.roadmap for role in page), done=visitor.knows),
        "page": page,
        "visitor": visitor,
        "known": visitor.known(request.catalog.outline),
        "ignored": reader.ignored,
    }
    return for_the_day(render(request, "careers/role_map.html", context), visitor.today)


@require_safe
def role_detail(request: CatalogRequest, slug: str) -> HttpResponse:
    role = _role(request, slug)
    reader = Reader(request.GET)
    visitor = read_visitor(reader, request.catalog, timezone.now().date())
    others = (other.roadmap for other in request.catalog.roles.values())
    context = {
        "role": role,
        "visitor": visitor,
        "effort": visitor.of(role),
        "next": next_roadmaps(role.roadmap, others, visitor.knows, MOST_NEXT),
        "ignored": reader.ignored,
    }
    return for_the_day(render(request, "careers/role_detail.html", context), visitor.today)


@require_safe
def title_meaning(request: CatalogRequest) -> HttpResponse:
    reader = Reader(request.GET)
    typed = title = reader.words("title")
    if len(title) > MOST_LETTERS:
        reader.refuse("title", f"A title has at most {MOST_LETTERS} letters.")
        title = ""
    roles = request.catalog.roles
    titles = [Titles(role.slug, role.title, role.aliases) for role in roles.values()]
    decoded = decode_title(title, titles) if title else None
    context = {
        "decoded": decoded,
        "matches": [(match, roles[match.slug]) for match in decoded.matches] if decoded else (),
        "title": typed,
        "ignored": reader.ignored,
    }
    return render_part(request, "careers/decode.html", "meaning", context)


@require_safe
def compare(request: CatalogRequest) -> HttpResponse:
    reader = Reader(request.GET)
    visitor = read_visitor(reader, request.catalog, timezone.now().date())
    choice = comparison.read(request.GET.getlist("r"), request.catalog)
    compares = len(choice.roles) > 1
    context = {
        "choice": choice,
        "comparison": comparison.compare(choice.roles, visitor) if compares else None,
        "visitor": visitor,
        "ignored": reader.ignored,
    }
    return for_the_day(render(request, "careers/compare.html", context), visitor.today)


@require_safe
def change_list(request: CatalogRequest) -> HttpResponse:
    reader = Reader(request.GET)
    role = changelog.read_role(reader, request.catalog)
    page = _page(reader, changelog.edit_groups(request.catalog, role), NEWS_A_PAGE)
    context = {
        "role": role,
        "page": page,
        "items": changelog.news_items(page.object_list, request.catalog, role),
        "ignored": reader.ignored,
    }
    return render(request, "careers/change_list.html", context)


@require_safe
def role_roadmap(request: CatalogRequest, slug: str) -> HttpResponse:
    return render_part(request, "careers/role_roadmap.html", "card", {"role": _role(request, slug)})


@require_safe
def role_picture(request: CatalogRequest, slug: str) -> HttpResponse:
    return HttpResponse(picture.draw(_role(request, slug).roadmap), content_type="image/png")


def _role(request: CatalogRequest, slug: str) -> published.Role:
    """The public role at a slug. Raises Http404, Gone, or Moved if the slug is a former one."""
    role = request.catalog.roles.get(slug)
    if not role:
        find(Role.objects.all(), slug)
        role = snapshot.current().roles[slug]  # it was published a moment ago
    return role


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    return render(request, "site.webmanifest", content_type="application/manifest+json")


@require_safe
def speculation_rules(_request: HttpRequest) -> HttpResponse:
    """What a browser may fetch ahead once a visitor points at a link: pages, never the admin."""
    pages = {"href_matches": ["/", "/careers/*", "/paths/*"]}
    rules = {"prefetch": [{"where": pages, "eagerness": "moderate"}]}
    return JsonResponse(rules, content_type="application/speculationrules+json")


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400, rendered without the request: its very host may be what is bad."""
    return HttpResponseBadRequest(render_to_string("400.html"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 if a page could be answered, 503 if the database doesn't."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("The database doesn't answer.\n", "text/plain", status=503)
    return HttpResponse("ok\n", "text/plain")
