"""The pages of roles: their list, map, roadmaps and comparison, and what changed about them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from careers import changelog, snapshot
from careers.models import Role
from careers.pages import links, share
from careers.pages.fragments import expires_after, render_part
from careers.pages.plan.kept import kept_plan
from careers.pages.signposts import near_from_nowhere, near_from_title
from careers.published import catalog as published
from careers.published.comparison import compare_roles
from careers.published.forced_choice import read_choices
from careers.published.glossary import TERMS_A_PAGE
from careers.published.lookup.roads import roads
from careers.published.plan.progress import Progress
from careers.published.query import Reader
from careers.published.roadmap import first_week
from careers.published.search import (
    SORTS,
    Search,
    SearchResult,
    nearest_first,
    read_search,
    search_roles,
)
from careers.published.selection import read_selection, read_tray
from careers.published.titles.decoder import decode_title, title_index
from careers.published.transit import TransitMap, map_of_roadmaps
from careers.published.visitor import Visitor, read_visitor
from careers.snapshot import CatalogRequest
from paths.addresses import asked_page, find_by_slug, for_reading

ROLES_A_PAGE = 20
NEWS_A_PAGE = 24
LINES_A_MAP = 40  # a map of more lines can't be read
STATIONS_A_MAP = 30  # nor one of more stations
LINES_ON_HOME = 12
STATIONS_ON_HOME = 20
ROLES_ON_HOME = 24
MOST_NEXT = 9  # nearest roles, on a role's page
MOST_INSTEAD = 3  # roles to take instead, on the page of fit questions
LONGEST_TITLE = 200  # letters of a job ad's title


def _read_visitor(request: CatalogRequest, reader: Reader) -> Visitor:
    today = timezone.now().date()
    visitor, plan = read_visitor(reader, request.catalog, today), kept_plan(request)
    if not plan:
        return visitor
    study = Progress(plan.plan, request.catalog)
    return visitor.with_plan(plan.plan, study.done, study.background, today)


def _done(request: CatalogRequest) -> frozenset[int]:
    """The numbers of the lessons that are done in the visitor's plan."""
    plan = kept_plan(request)
    return frozenset(plan.plan.done) if plan else frozenset()


@for_reading
def home(request: CatalogRequest) -> HttpResponse:
    catalog, reader = request.catalog, Reader(request.GET)
    visitor = _read_visitor(request, reader)
    roles = nearest_first(catalog, visitor, ROLES_ON_HOME)
    context = {
        "signals": list(catalog.signals.values()),
        "roles": roles,
        "map": SimpleLazyObject(lambda: _map_on_home(request, roles, visitor)),
        "visitor": visitor,
        "ignored": reader.ignored,
    }
    return _render_dated(request, "careers/home.html", context)


def _map_on_home(
    request: CatalogRequest, roles: list[published.Role], visitor: Visitor
) -> TransitMap:
    roadmaps = (role.roadmap for role in roles[:LINES_ON_HOME])
    return map_of_roadmaps(roadmaps, visitor.knows, _done(request), STATIONS_ON_HOME)


@for_reading
def glossary(request: CatalogRequest) -> HttpResponse:
    reader, words = Reader(request.GET), request.catalog.glossary
    _read_visitor(request, reader)  # for reader.ignored: every page takes a visitor's parameters
    page = _page(reader, words.terms, TERMS_A_PAGE)
    context = {
        "page": page,
        "terms": page.object_list,
        "letters": words.letters(request.path),
        "ignored": reader.ignored,
    }
    return render(request, "careers/glossary.html", context)


@for_reading
def role_list(request: CatalogRequest) -> HttpResponse:
    catalog, reader = request.catalog, Reader(request.GET)
    visitor = _read_visitor(request, reader)
    search = read_search(reader, catalog, visitor)
    found = search_roles(catalog, search)
    page = _page(reader, found.roles, ROLES_A_PAGE)
    context = {
        "search": search,
        "sorts": SORTS,
        "visitor": visitor,
        "known": visitor.known(roads(catalog).lessons(visitor.knows)),
        "found": found,
        "page": page,
        "near": None if visitor.background else near_from_title(search.q, catalog),
        "compared": read_tray(reader, catalog),
        "ignored": reader.ignored,
        "map": None if search.has_choice else SimpleLazyObject(lambda: _map(request, page)),
    }
    return _render_dated(request, "careers/role_list.html", context)


def _render_dated(request: CatalogRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page or its `swap`. It expires today if it counts weeks for the `visitor`."""
    response = render_part(request, template, "swap", context, links.tidy_address(request))
    return expires_after(response, context["visitor"].today)


def _map(request: CatalogRequest, roles: Iterable[published.Role]) -> TransitMap | None:
    """The map of some roles, with the visitor's done lessons; None if it had too many stations."""
    roadmaps = [role.roadmap for role in roles]
    paths = {stop.path for roadmap in roadmaps for stop in roadmap.stops}
    if len(paths) > STATIONS_A_MAP:
        return None
    return map_of_roadmaps(roadmaps, marked=_done(request))


def _page[Item](
    reader: Reader, items: Sequence[Item] | QuerySet[Any, Item], size: int
) -> Page[Item]:
    """The page of a list that the address asks for, or else the nearest one, which is noted in
    reader.ignored."""
    pages: Paginator[Item] = Paginator(items, size)
    page, refused = asked_page(pages, reader.text("page"))
    if refused:
        reader.refuse("page", refused)
    return page


def _lines_to_choose_from(request: CatalogRequest, search: Search | None) -> SearchResult | None:
    """None without a search. Else the lines for the chosen path and background, or no lines if
    neither is chosen."""
    if not search:
        return None
    found = search_roles(request.catalog, search)
    return found if search.has_choice else replace(found, roles=())


def _search_of_lines(request: CatalogRequest, reader: Reader, visitor: Visitor) -> Search | None:
    """The chosen path and background; None if all lines fit on one map."""
    if len(request.catalog.roles) <= LINES_A_MAP:
        return None
    return Search(visitor, path=reader.one_of("path", request.catalog.paths, "path"))


@for_reading
def role_map(request: CatalogRequest) -> HttpResponse:
    reader = Reader(request.GET)
    visitor = _read_visitor(request, reader)
    search = _search_of_lines(request, reader, visitor)
    found = _lines_to_choose_from(request, search)
    roles = found.roles if found else list(request.catalog.roles.values())
    page = _page(reader, roles, LINES_A_MAP)
    context = {
        "map": map_of_roadmaps(
            (role.roadmap for role in page), visitor.knows, _done(request), STATIONS_A_MAP
        ),
        "page": page,
        "search": search,
        "found": found,
        "visitor": visitor,
        "known": visitor.known(roads(request.catalog).lessons(visitor.knows)),
        "ignored": reader.ignored,
    }
    return expires_after(render(request, "careers/role_map.html", context), visitor.today)


@for_reading
def role_detail(request: CatalogRequest, slug: str) -> HttpResponse:
    role = _role(request, slug)
    reader = Reader(request.GET)
    visitor = _read_visitor(request, reader)
    context = {
        "role": role,
        "visitor": visitor,
        "effort": visitor.effort_for(role),
        "next": SimpleLazyObject(
            lambda: roads(request.catalog).nearest(role.roadmap, visitor.knows, MOST_NEXT)
        ),
        "ignored": reader.ignored,
    }
    return expires_after(render(request, "careers/role_detail.html", context), visitor.today)


@for_reading
def role_fit(request: CatalogRequest, slug: str) -> HttpResponse:
    role = _role(request, slug)
    if not role.fit_questions:
        raise Http404("Nobody has written questions for this role.")
    week = first_week(role.roadmap)
    instead = roads(request.catalog).kept(week.lessons, [role], MOST_INSTEAD)
    context = {"role": role, "week": week, "instead": instead}
    return render(request, "careers/role_fit.html", context)


@for_reading
def role_choice(request: CatalogRequest) -> HttpResponse:
    reader = Reader(request.GET)
    visitor = _read_visitor(request, reader)
    outcome = read_choices(reader, request.catalog)
    context = {"outcome": outcome, "visitor": visitor, "ignored": reader.ignored}
    return render(request, "careers/role_choice.html", context)


@for_reading
def title_meaning(request: CatalogRequest) -> HttpResponse:
    reader = Reader(request.GET)
    typed = title = reader.words("title")
    if len(title) > LONGEST_TITLE:
        reader.refuse("title", f"A title can have at most {LONGEST_TITLE} characters.")
        title = ""
    roles = request.catalog.roles
    decoded = decode_title(title, title_index(request.catalog)) if title else None
    context = {
        "visitor": _read_visitor(request, reader),
        "decoded": decoded,
        "matches": [(match, roles[match.slug]) for match in decoded.matches] if decoded else (),
        "near": near_from_title(title, request.catalog),
        "nowhere": near_from_nowhere(request.catalog),
        "title": typed,
        "ignored": reader.ignored,
    }
    return render_part(request, "careers/decode.html", "swap", context)


@for_reading
def role_comparison(request: CatalogRequest) -> HttpResponse:
    reader = Reader(request.GET)
    visitor = _read_visitor(request, reader)
    selection = read_selection(reader, request.catalog)
    roles = selection.roles
    context = {
        "selection": selection,
        "comparison": compare_roles(roles, visitor) if len(roles) > 1 else None,
        "visitor": visitor,
        "ignored": reader.ignored,
    }
    return expires_after(render(request, "careers/compare.html", context), visitor.today)


@for_reading
def change_list(request: CatalogRequest) -> HttpResponse:
    reader = Reader(request.GET)
    role = changelog.read_role(reader, request.catalog)
    page = _page(reader, changelog.edit_groups(request.catalog, role), NEWS_A_PAGE)
    context = {
        "visitor": _read_visitor(request, reader),
        "role": role,
        "page": page,
        "items": changelog.news_items(page.object_list, request.catalog, role),
        "ignored": reader.ignored,
    }
    return render(request, "careers/change_list.html", context)


@for_reading
def role_roadmap(request: CatalogRequest, slug: str) -> HttpResponse:
    context = {"role": _role(request, slug), "visitor": _read_visitor(request, Reader(request.GET))}
    return render_part(request, "careers/role_roadmap.html", "card", context)


@for_reading
def role_picture(request: CatalogRequest, slug: str) -> HttpResponse:
    return share.picture_answer(share.drawing().draw(_role(request, slug).roadmap))


def _role(request: CatalogRequest, slug: str) -> published.Role:
    """The public role at a slug. Raises Http404, Gone, or Moved if the slug is a former one."""
    role = request.catalog.roles.get(slug)
    if not role:
        with share.moved_along(request, reverse("role", args=[slug])):
            find_by_slug(Role.objects.all(), slug)
        # It may have been published a moment ago.
        role = snapshot.current(is_latest=True).roles.get(slug)
    if not role:
        raise Http404(share.NOT_YET)
    return role
