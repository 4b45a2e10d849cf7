"""Find the page at an address, and its title: a retired thing's page links to its replacement, and
the 404 page to the page that may have been meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.text import slugify

from careers.published.catalog import Catalog, Path, Role
from careers.published.lookup.similar import SimilarNames
from careers.published.query import find
from careers.published.roadmap import LessonRef
from careers.published.selection import nearest_role
from paths.addresses import lessons_called, lessons_once_at


@dataclass(frozen=True, slots=True)
class Destination:
    """A page. title: its own, or its address if it isn't one of ours."""

    url: str
    title: str


def destination_at(url: str, catalog: Catalog) -> Destination | None:
    """The page at an address, or None if the public can't see it.

    Costs no query, except one if a lesson has moved.
    """
    if not url.startswith("/"):
        return Destination(url, url) if url else None
    try:
        page = resolve(urlsplit(url).path)
    except (Resolver404, ValueError):  # ValueError: it isn't an address
        return None
    slug = page.kwargs.get("slug", "")
    match page.url_name:
        case "role" | "role-roadmap":
            title = _of_role(slug, catalog)
        case "role-fit":
            role = find(catalog.roles, slug)
            title = url if role and role.fit_questions else ""
        case "path":
            title = _of_path(slug, catalog)
        case "lesson":
            title = _of_lesson(page.kwargs["path_slug"], slug, catalog)
        case _:
            title = url
    return Destination(url, title) if title else None


def _of_role(slug: str, catalog: Catalog) -> str:
    role = find(catalog.roles, slug)
    return role.title if role else ""


def _of_path(slug: str, catalog: Catalog) -> str:
    path = find(catalog.paths, slug)
    return path.title if path else ""


def _of_lesson(path: str, slug: str, catalog: Catalog) -> str:
    lessons = catalog.paths[path].lessons if path in catalog.paths else ()
    url = reverse("lesson", args=[path, slug])
    if title := next((lesson.title for lesson in lessons if lesson.url == url), ""):
        return title
    moved = lessons_once_at(path, slug).published()
    return moved.values_list("title", flat=True).first() or ""


# -- What may have been meant ----------------------------------------------------------------

SIMILAR = 0.75  # of 1, as difflib measures it; a less similar address would be a bad guess
LONGEST_MEANT = 100  # letters of an address that is compared: the time grows with their square
NAMED = {
    "role-list": "All roles",
    "role-map": "The map",
    "compare": "Compare roles",
    "decode": "Look up a job title",
    "which": "Five questions: which role fits?",
    "path-list": "All learning paths",
    "practice-model": "A model to practice on",
    "glossary": "Glossary",
    "search": "Search",
    "changes": "What changed",
    "data": "Open data",
    "plan": "Your study plan",
    "privacy": "Privacy",
}


def nearest(path: str, catalog: Catalog) -> Destination | None:
    """The page whose address is most similar to one without a page, or None.

    A page with the same last part, in whichever folder, is nearest. If none is similar enough, it
    is the page above. Only pages whose last part begins with the same letter are compared, and in
    large catalogs only the likely ones.
    """
    parts = [part for part in path.casefold().replace("_", "-").split("/") if part]
    if not parts or len(path) > LONGEST_MEANT:
        return None
    if len(catalog.roles) + len(catalog.lessons) > MOST_COMPARED:
        return _likely(parts, catalog) or _above(parts, catalog)
    asked, last = "/".join(parts), parts[-1].removesuffix(".html")
    best, found = SIMILAR, None
    for there, page in _addresses(catalog):
        its_last = there.rpartition("/")[2]
        if its_last == last:
            return page
        if its_last[:1] != last[:1]:
            continue
        likeness = max(_likeness(asked, there), _likeness(last, its_last))
        if likeness > best:
            best, found = likeness, page
    return found or _above(parts, catalog)


MOST_COMPARED = 1_000  # roles and lessons


def _likely(parts: list[str], catalog: Catalog) -> Destination | None:
    """The page with the most similar last part, by lookup; a misspelled lesson in its path."""
    last = parts[-1].removesuffix(".html")
    path = _path_meant(parts[:-1], catalog)
    if path and (lesson := _lesson_in(path, last)):
        return Destination(lesson.url, lesson.title)
    if parts[0] == "careers" and (role := nearest_role(last, catalog)):
        return Destination(role.url, role.title)
    if lesson := _lesson_called(last, catalog):
        return Destination(lesson.url, lesson.title)
    named = _last_parts_of_pages()
    if meant := last if last in named else SimilarNames(named).nearest(last, SIMILAR):
        return Destination(reverse(named[meant]), NAMED[named[meant]])
    if path := find(catalog.paths, catalog.paths.similar.nearest(last, SIMILAR) or ""):
        return Destination(path.url, path.title)
    role = find(catalog.roles, last) or nearest_role(last, catalog)
    return Destination(role.url, role.title) if role else None


def _lesson_in(path: Path, last: str) -> LessonRef | None:
    """The lesson of a path with the most similar name."""
    lessons = {_last_part(each.url): each for each in path.lessons if each.is_published}
    meant = SimilarNames(lessons).nearest(last, SIMILAR)
    return lessons[meant] if meant else None


def _lesson_called(last: str, catalog: Catalog) -> LessonRef | None:
    """The only lesson anywhere with this name.

    Where another page has the name as well, there is no telling.
    """
    if last in catalog.roles or last in catalog.paths or last in _last_parts_of_pages():
        return None
    named = lessons_called(last) if slugify(last) == last else []
    found = catalog.lessons.get(named[0]) if len(named) == 1 else None
    return found.ref if found else None


@cache
def _last_parts_of_pages() -> dict[str, str]:
    """Last part of the address of each page that has a name → that name."""
    return {_last_part(reverse(name)): name for name in NAMED}


def _path_meant(above: list[str], catalog: Catalog) -> Path | None:
    if len(above) != 2:
        return None
    slug = above[1]
    meant = slug if slug in catalog.paths else catalog.paths.similar.nearest(slug, SIMILAR)
    return catalog.paths[meant] if meant else None


def _last_part(url: str) -> str:
    return url.strip("/").rpartition("/")[2]


def _above(parts: list[str], catalog: Catalog) -> Destination | None:
    """The deepest page above an address, except for the lists, which every page links to."""
    match parts[:2]:
        case ["careers", slug] if len(parts) > 2 and (role := _role_meant(slug, catalog)):
            return Destination(role.url, role.title)
        case ["paths", slug] if len(parts) > 2 and slug in catalog.paths:
            path = catalog.paths[slug]
            page = _lesson_above(parts, path) or path
            return Destination(page.url, page.title)
    if len(catalog.roles) + len(catalog.lessons) > MOST_COMPARED:
        return None
    pages = dict(_addresses(catalog))
    above = ("/".join(parts[:end]) for end in range(len(parts) - 1, 1, -1))
    return next((pages[address] for address in above if address in pages), None)


def _role_meant(slug: str, catalog: Catalog) -> Role | None:
    return catalog.roles.get(slug) or nearest_role(slug, catalog)


def _lesson_above(parts: list[str], path: Path) -> LessonRef | None:
    """The published lesson of a path that an address is below, or None."""
    if len(parts) <= 3:
        return None
    lessons = (each for each in path.lessons if each.is_published)
    return next((each for each in lessons if _last_part(each.url) == parts[2]), None)


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.real_quick_ratio() > SIMILAR else 0


def _addresses(catalog: Catalog) -> Iterator[tuple[str, Destination]]:
    """Each page by its address, without slashes at the ends. Roles also by their aliases, if these
    have Latin letters or digits.
    """
    for page in _pages(catalog):
        yield page.url.strip("/"), page
    for role in catalog.roles.values():
        for name in role.aliases:
            if slug := slugify(name):
                yield f"careers/{slug}", Destination(role.url, role.title)


def _pages(catalog: Catalog) -> Iterator[Destination]:
    yield from (Destination(role.url, role.title) for role in catalog.roles.values())
    yield from (Destination(path.url, path.title) for path in catalog.paths.values())
    yield from (Destination(reverse(name), title) for name, title in NAMED.items())
    for lesson in catalog.lessons.values():
        yield Destination(lesson.ref.url, lesson.ref.title)
