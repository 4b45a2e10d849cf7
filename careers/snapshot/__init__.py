"""The published catalog, without lesson bodies: one per process and catalog version.

`reader` reads it from the rows: all of it, or what the revisions since an earlier version changed.
`builder` builds the next version in the background. `roadmaps` makes roadmaps of rows, saved or
not.
"""

from collections.abc import Callable
from functools import partial
from threading import Lock

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from careers.published.catalog import Catalog, Version
from careers.snapshot.builder import Builder, Kept
from careers.snapshot.reader import newest_version, read_catalog
from careers.snapshot.roadmaps import make_further_path, make_roadmap, make_stop

__all__ = [
    "CatalogRequest",
    "current",
    "forget",
    "make_further_path",
    "make_roadmap",
    "make_stop",
    "middleware",
    "shown",
    "watch",
]

_reading = Lock()
_kept = Kept()
_builder: Builder | None = None


def current(*, is_latest: bool = False) -> Catalog:
    """The catalog as it is now. One query, unless the catalog version has changed.

    In a server, the next version is built in the background. Until it is there, this returns the
    version before it, at once and without a query. is_latest: wait for the next version, for
    somebody who has just changed the catalog.

    Code that changes rows without the admin or `catalog apply` has to call `CatalogVersion.rise()`
    in the same transaction, or this keeps returning what it read before. `index.rebuild()` raises
    the version as well, and lets a search find the change.
    """
    kept = _kept.catalog
    if kept is None or not _builder:
        return _read_now()
    if connection.in_atomic_block:  # other threads don't see what isn't committed, nor may keep it
        version = newest_version()
        return kept if kept.version == version else read_catalog(version, kept)
    _builder.start()
    if is_latest and (version := newest_version()) != kept.version:
        return _builder.built(version) or kept
    return kept


def _read_now() -> Catalog:
    version = newest_version()
    kept = _kept.catalog
    if kept is None or kept.version != version:
        with _reading:
            kept = _kept.catalog
            if kept is None or kept.version != version:
                kept = _kept.catalog = read_catalog(version, kept)
    return kept


def shown(version: Version) -> Version:
    """The version that pages are made of. version: the database's; if it is newer, it gets
    built."""
    kept = _kept.catalog
    if not _builder or kept is None:
        return version
    if kept.version != version:
        _builder.wake()
    return kept.version


def watch(on_built: Callable[[], None] = lambda: None) -> None:
    """From now on, build the next version in the background, as servers do.

    on_built: called when pages are made of a new version.
    """
    global _builder  # noqa: PLW0603
    _builder = Builder(_kept, on_built)


def forget() -> None:
    """Read the catalog again at the next call. For tests, which roll versions back."""
    _kept.catalog = None


class CatalogRequest(HttpRequest):
    """A request with the catalog that it is answered from."""

    catalog: Catalog


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give each request `request.catalog`: current(), called once and only if it is used.

    Whoever has a session may have just changed the catalog, and waits for the latest version.
    """

    def with_catalog(request: HttpRequest) -> HttpResponse:
        is_latest = settings.SESSION_COOKIE_NAME in request.COOKIES
        request.catalog = SimpleLazyObject(partial(current, is_latest=is_latest))  # type: ignore[attr-defined]
        return get_response(request)

    return with_catalog
