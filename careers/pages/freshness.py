"""How long a page may be kept, and by whom: any cache may keep what is the same for everyone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from careers.pages import theme
from careers.pages.plan import kept
from careers.published.query import Reader


def freshness(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let any cache keep a page and ask whether it still holds, unless it is one visitor's own.

    Such are the pages of who chose colors, or has a study plan, in the browser or in an address.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if theme.COOKIE in request.COOKIES or kept.cookie_names(request):
            patch_vary_headers(response, ["Cookie"])
            patch_cache_control(response, private=True)
        elif Reader(request.GET).text(kept.PARAMETER):
            patch_cache_control(response, private=True)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "public, no-cache"
        return response

    return middleware
