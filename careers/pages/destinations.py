"""What an address leads to, by its title: the page of a retired thing links to what replaces it,
and the page of nothing to what may have been meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.text import slugify

from careers.published.catalog import Catalog
from paths.addresses import lessons_once_at


@dataclass(frozen=True, slots=True)
class Destination:
    """A page. title: its own, or its address if it isn't one of ours."""

    url: str
    title: str


def destination_at(url: str, catalog: Catalog) -> Destination | None:
    """What stands at an address, or None if the public can't see it.

    Costs no query, but for one where a lesson has moved.
    """
    if not url.startswith("/"):
        return Destination(url, url) if url else None
    try:
        page = resolve(urlsplit(url).path)
    except (Resolver404, ValueError):  # the latter of what is no address
        return None
    slug = page.kwargs.get("slug", "")
    match page.url_name:
        case "role" | "role-roadmap":
            title = _of_role(slug, catalog)
        case "path":
            title = _of_path(slug, catalog)
        case "lesson":
            title = _of_lesson(page.kwargs["path_slug"], slug, catalog)
        case _:
            title = url
    return Destination(url, title) if title else None


def _of_role(slug: str, catalog: Catalog) -> str:
    roles = catalog.roles.values()
    return next((each.title for each in roles if slug in (each.slug, *each.formerly)), "")


def _of_path(slug: str, catalog: Catalog) -> str:
    paths = catalog.paths.values()
    return next((each.title for each in paths if slug in (each.slug, *each.formerly)), "")


def _of_lesson(path: str, slug: str, catalog: Catalog) -> str:
    here = (each for each in catalog.lessons.values() if (each.path, each.slug) == (path, slug))
    if lesson := next(here, None):
        return lesson.ref.title
    moved = lessons_once_at(path, slug).published()
    return moved.values_list("title", flat=True).first() or ""


# -- What may have been meant ----------------------------------------------------------------

SIMILAR = 0.75  # of 1, as difflib measures it; a less similar address would be a bad guess
LONGEST_MEANT = 100  # letters of an address that is compared: it takes the square of that
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
    """The page whose address is most similar to one that has none, if any is similar enough.

    A page of the same last part, in whichever folder, is nearest; without any that is similar, the
    page above. Of long catalogs, what doesn't begin with the same letter as the address's last part
    isn't compared.
    """
    parts = [part for part in path.casefold().replace("_", "-").split("/") if part]
    if not parts or len(path) > LONGEST_MEANT:
        return None
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


def _above(parts: list[str], catalog: Catalog) -> Destination | None:
    """The deepest page above an address, but for the lists: each page leads to these."""
    pages = dict(_addresses(catalog))
    above = ("/".join(parts[:end]) for end in range(len(parts) - 1, 1, -1))
    return next((pages[address] for address in above if address in pages), None)


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.real_quick_ratio() > SIMILAR else 0


def _addresses(catalog: Catalog) -> Iterator[tuple[str, Destination]]:
    """Addresses without the slashes at their ends; a role has one by each of its names as well."""
    for page in _pages(catalog):
        yield page.url.strip("/"), page
    for role in catalog.roles.values():
        for name in role.aliases:
            yield f"careers/{slugify(name)}", Destination(role.url, role.title)


def _pages(catalog: Catalog) -> Iterator[Destination]:
    yield from (Destination(role.url, role.title) for role in catalog.roles.values())
    yield from (Destination(path.url, path.title) for path in catalog.paths.values())
    yield from (Destination(reverse(name), title) for name, title in NAMED.items())
    for lesson in catalog.lessons.values():
        yield Destination(lesson.ref.url, lesson.ref.title)
