"""The sitemap: every public page, and when what it shows last changed.

One file of the sitemap protocol (sitemaps.org) if that is enough, else an index of several. They
are written without a template, which would take a second for the addresses of one part.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched, chain
from typing import NamedTuple

from django.db.models import Max, Model, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import escape

from careers.models import Role, Step
from careers.pages.links import origin
from careers.published.catalog import Catalog, once
from careers.snapshot import CatalogRequest
from paths.addresses import for_reading
from paths.models import LearningPath, Lesson, Status

ADDRESSES_A_PART = 10_000  # the protocol allows 50,000; a part of this size takes but a moment
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

# These show the whole catalog, so they changed when it did.
LISTS = (
    "home",
    "role-list",
    "role-map",
    "compare",
    "decode",
    "which",
    "path-list",
    "glossary",
    "search",
    "changes",
)
# These change with the code, nobody knows when.
WRITTEN = ("data", "practice-model", "plan", "privacy")


class Address(NamedTuple):
    """A page without its host, and the day on which it last changed, if that is known."""

    path: str
    changed: datetime.date | None


@for_reading
def sitemap(request: CatalogRequest) -> HttpResponse:
    parts = _parts(request.catalog)
    if len(parts) == 1:
        return _answer("urlset", _urls(parts[0], request))
    addresses = (
        f"<sitemap><loc>{origin(request)}{reverse('sitemap-part', args=[number])}</loc></sitemap>"
        for number in range(1, len(parts) + 1)
    )
    return _answer("sitemapindex", addresses)


@for_reading
def sitemap_part(request: CatalogRequest, number: int) -> HttpResponse:
    parts = _parts(request.catalog)
    if not 1 <= number <= len(parts) or len(parts) == 1:
        raise Http404("The sitemap has no such part.")
    return _answer("urlset", _urls(parts[number - 1], request))


def _answer(root: str, elements: Iterable[str]) -> HttpResponse:
    body = "\n".join(elements)
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n{body}\n</{root}>\n'
    )
    return HttpResponse(text, "application/xml", headers={"X-Robots-Tag": "noindex"})


class _Part(NamedTuple):
    """Some of the addresses. roles, paths: their slugs; a path brings its lessons with it.

    lists: whether it has the pages of LISTS and WRITTEN.
    """

    roles: Sequence[str] = ()
    paths: Sequence[str] = ()
    lists: bool = False


@once
def _parts(catalog: Catalog) -> list[_Part]:
    """All addresses, in parts. A role has at most two; a path has its own and its lessons'."""
    roles = list(catalog.roles)
    lessons = [sum(ref.is_published for ref in path.lessons) for path in catalog.paths.values()]
    total = len(LISTS) + len(WRITTEN) + 2 * len(roles) + len(lessons) + sum(lessons)
    if total <= ADDRESSES_A_PART:
        return [_Part(roles, list(catalog.paths), lists=True)]
    parts = [_Part(some) for some in batched(roles, ADDRESSES_A_PART // 2)]
    here: list[str] = []
    size = 0
    for slug, count in zip(catalog.paths, lessons, strict=True):
        if here and size + count + 1 > ADDRESSES_A_PART:
            parts.append(_Part(paths=here))
            here, size = [], 0
        here.append(slug)
        size += count + 1
    return [_Part(lists=True), *parts, _Part(paths=here)]


def _urls(part: _Part, request: CatalogRequest) -> Iterator[str]:
    site = escape(origin(request))
    for path, changed in _addresses(part, request.catalog):
        day = f"<lastmod>{changed}</lastmod>" if changed else ""
        yield f"<url><loc>{site}{path}</loc>{day}</url>"


def _addresses(part: _Part, catalog: Catalog) -> Iterator[Address]:
    if part.lists:
        changed = catalog.version.changed_at
        yield from (Address(reverse(name), changed and changed.date()) for name in LISTS)
        yield from (Address(reverse(name), None) for name in WRITTEN)
    yield from _of_roles(part.roles, catalog)
    yield from _of_paths(part.paths, catalog)


def _of_roles(slugs: Sequence[str], catalog: Catalog) -> Iterator[Address]:
    """Roles and their questions. Both name paths, and count and link lessons, so their day is the
    latest of these."""
    changed = _role_days(catalog) if slugs else {}
    roles = [catalog.roles[slug] for slug in slugs]
    yield from (Address(role.url, changed.get(role.pk)) for role in roles)
    for role in roles:
        if role.fit_questions:
            yield Address(f"{role.url}fit/", changed.get(role.pk))


def _of_paths(slugs: Sequence[str], catalog: Catalog) -> Iterator[Address]:
    """Paths and published lessons. A path's page lists lessons, so its day is their latest."""
    if not slugs:
        return
    paths = [catalog.paths[slug] for slug in slugs]
    changed = _path_days(catalog)
    yield from (Address(path.url, changed.get(path.pk)) for path in paths)
    rows = Lesson.objects.filter(path__in=[path.pk for path in paths])
    days = dict(_days(rows, "number"))
    for path in paths:
        yield from (
            Address(ref.url, days.get(ref.number)) for ref in path.lessons if ref.is_published
        )


def _days[Row: Model](rows: QuerySet[Row], key: str) -> Iterator[tuple[int, datetime.date]]:
    for found, moment in rows.order_by().values_list(key, "updated_at"):
        yield found, moment.date()


@once
def _path_days(_catalog: Catalog) -> dict[int, datetime.date]:
    """Primary key → the day on which a path, or a lesson of it, last changed.

    It is found once for each path, and not for each step of each role.
    """
    latest = dict(_days(LearningPath.objects.exclude(status=Status.DRAFT), "pk"))
    moments = Lesson.objects.order_by().values_list("path").annotate(last=Max("updated_at"))
    for path, moment in moments:
        if path in latest:
            latest[path] = max(latest[path], moment.date())
    return latest


@once
def _role_days(catalog: Catalog) -> dict[int, datetime.date]:
    """Primary key → the day on which a role, or a path that its roadmap names, last changed.

    Retired paths count too: a role's page changed when it lost one.
    """
    latest, paths = dict(_days(Role.objects.published(), "pk")), _path_days(catalog)
    steps = Step.objects.order_by().values_list("role", "path")
    further = Role.further.through.objects.values_list("role", "learningpath")
    for role, path in chain(steps, further):
        if role in latest and path in paths:
            latest[role] = max(latest[role], paths[path])
    return latest
