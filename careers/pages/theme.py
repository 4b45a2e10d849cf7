"""Dark or light: the system's choice, unless a visitor makes one. Works without JavaScript.

Only a visitor who chooses gets a cookie, and only that visitor's pages depend on it.
"""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from paths.addresses import for_forms, is_for_forms

CHOICES = {"system": "System", "light": "Light", "dark": "Dark"}
COOKIE = f"{settings.COOKIE_PREFIX}theme"
ONE_YEAR = 365 * 24 * 60 * 60


def chosen(request: HttpRequest) -> str:
    """A visitor's choice, or "system"."""
    choice = request.COOKIES.get(COOKIE, "system")
    return choice if choice in CHOICES else "system"


def context(request: HttpRequest) -> dict[str, object]:
    """For templates: the choice made, the choices there are, and the cookie that keeps one."""
    return {"theme": chosen(request), "themes": CHOICES, "theme_cookie": COOKIE}


@for_forms  # a forged choice harms nobody
def choose(request: HttpRequest) -> HttpResponse:
    """Remember a choice, or forget it, and go back to where the visitor was."""
    response = HttpResponseRedirect(_back(request), status=303)
    choice = request.POST.get("theme", "")
    if choice in CHOICES and choice != "system":
        response.set_cookie(
            COOKIE, choice, max_age=ONE_YEAR, secure=settings.HTTPS, samesite="Lax"
        )  # not HttpOnly: a script reads it when Back shows an old page
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    """The address of the form's page: the Referer, as a search may have changed the address after
    the page was loaded, or else the form's `next`.

    A page that was the answer to a form can't be opened: instead, it is the plan or the home page.
    """
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # a client may send anything
        came_from = urlsplit("")
    if came_from.netloc == request.get_host():
        page = urlunsplit(("", "", came_from.path, came_from.query, ""))
    else:
        page = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    if not allowed:
        return reverse("home")
    if is_for_forms(page):
        return reverse("plan" if page.startswith(reverse("plan")) else "home")
    return page
