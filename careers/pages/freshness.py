"""How long a page may be kept, and by whom: any cache may keep what is the same for everyone."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header, patch_cache_control, patch_vary_headers

from careers.pages import theme
from careers.pages.plan import kept
from careers.published.query import Reader

# Browsers revalidate a page each time. A cache in front of the site answers with it for a minute.
# For ten minutes after that it still does, and revalidates behind the answer; for a day it does so
# if the site is down.
PAGE = "public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400"
# A part of a page is fetched by a script, and then browsers do follow stale-while-revalidate: a
# stale part would be put into a newer page.
PART = "public, max-age=0, s-maxage=60, stale-if-error=86400"
SERVER_ERRORS = 500


def freshness(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let any cache keep and revalidate a page, unless it is one visitor's own.

    That is so if the visitor chose colors, or has a study plan in the browser or in the address.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if theme.COOKIE in request.COOKIES or kept.cookie_names(request):
            patch_vary_headers(response, ["Cookie"])
            _keep_private(response)
        elif settings.SESSION_COOKIE_NAME in request.COOKIES:
            _keep_private(response)  # a page for everyone, but an editor looks for an edit in it
        elif Reader(request.GET).text(kept.PARAMETER):
            _keep_private(response)
        elif response.cookies or has_vary_header(response, "Cookie"):
            _keep_private(response)  # made for one browser, whatever it is
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = _of_all(request, response)
        return response

    return middleware


def _of_all(request: HttpRequest, response: HttpResponse) -> str:
    """How an answer for everyone may be kept. A 404 is revalidated, as it may soon be untrue."""
    if request.method not in ("GET", "HEAD") or response.status_code not in (200, 304):
        return "public, no-cache" if response.status_code < SERVER_ERRORS else "no-store"
    return PART if request.headers.get("HX-Request") == "true" else PAGE


def _keep_private(response: HttpResponse) -> None:
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, no_cache=True)
    patch_cache_control(response, private=True)
