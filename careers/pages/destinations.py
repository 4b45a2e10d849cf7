"""What an address leads to, by its title: the page of a retired thing links to what replaces it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

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
