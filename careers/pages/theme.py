"""Dark or light: the system's choice, unless a visitor makes one. Works without JavaScript.

Only a visitor who chooses gets a cookie, and only that visitor's pages depend on it.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

CHOICES = {"system": "System", "light": "Light", "dark": "Dark"}
COOKIE = f"{settings.COOKIE_PREFIX}theme"
ONE_YEAR = 365 * 24 * 60 * 60


def chosen(request: HttpRequest) -> str:
    """A visitor's choice, or "system"."""
    choice = request.COOKIES.get(COOKIE, "system")
    return choice if choice in CHOICES else "system"


def context(request: HttpRequest) -> dict[str, object]:
    """For templates: the choice made, and the choices there are."""
    return {"theme": chosen(request), "themes": CHOICES}


def freshness(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let any cache keep a page and ask whether it still holds; a chooser's pages are their own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if COOKIE in request.COOKIES:
            patch_vary_headers(response, ["Cookie"])
            patch_cache_control(response, private=True)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "public, no-cache"
        return response

    return middleware


# A forged choice harms nobody, and a token in the form would set a cookie for every visitor.
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember a choice, or forget it, and go back to where the visitor was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("home")
    response = HttpResponseRedirect(back, status=303)
    choice = request.POST.get("theme", "")
    if choice in CHOICES and choice != "system":
        response.set_cookie(
            COOKIE, choice, max_age=ONE_YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
