"""What belongs to the site as a whole: for browsers and crawlers, and when something is wrong."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponsePermanentRedirect,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from careers.pages.destinations import nearest
from careers.snapshot import CatalogRequest
from paths.addresses import for_reading

SECONDS_TO_RETRY_AFTER = 10
HALF_A_YEAR = timedelta(days=182)  # RFC 9116 wants less than a year


@for_reading
def manifest(request: HttpRequest) -> HttpResponse:
    return render(request, "site.webmanifest", content_type="application/manifest+json")


@for_reading
def speculation_rules(_request: HttpRequest) -> HttpResponse:
    """What a browser may fetch ahead once a visitor points at a link: pages, never the admin."""
    pages = {"href_matches": ["/", "/careers/*", "/paths/*"]}
    rules = {"prefetch": [{"where": pages, "eagerness": "moderate"}]}
    return JsonResponse(rules, content_type="application/speculationrules+json")


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for too much, rendered without the request, whose very host may be bad.

    403 for whose session ended meanwhile: that is found out once all is done.
    """
    if isinstance(exception, SessionInterrupted):
        return HttpResponseForbidden(render_to_string("403_logged_out.html"))
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponseBadRequest(render_to_string("400.html"))


def not_found(request: CatalogRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404, with the page whose address is most similar, if any is."""
    context = {"meant": nearest(request.path, request.catalog)}
    return render(request, "404.html", context, status=404)


def not_allowed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give 405 a page in browsers that open a page's address, or send a form there. Programs,
    scripts and HEAD requests get the status alone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not request.path.endswith("/"):
            return response
        if request.method in ("GET", "POST") and "HX-Request" not in request.headers:
            context = {"got_form": request.method == "POST"}
            page = render(request, "405.html", context, status=response.status_code)
            page.headers["Allow"] = response.headers["Allow"]
            response = page
        patch_vary_headers(response, ["HX-Request"])
        return response

    return middleware


def server_error(_request: HttpRequest) -> HttpResponse:
    """500; or 503 if it is the database that doesn't answer, since that passes by itself."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unavailable()
    return HttpResponseServerError(render_to_string("500.html"))


def unavailable() -> HttpResponse:
    """503, rendered without the database."""
    headers = {"Retry-After": SECONDS_TO_RETRY_AFTER, "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


@for_reading
def favicon(_request: HttpRequest) -> HttpResponse:
    """For clients that ask for it without having read a page; pages name their icons."""
    return HttpResponsePermanentRedirect(static("img/icon-32.png"))


@for_reading
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@for_reading
def security_contact(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116): whom to tell of a vulnerability; a 404 if that isn't configured."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = datetime.combine(timezone.now() + HALF_A_YEAR, time(), UTC)
    fields = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": expires.isoformat(),
        "Preferred-Languages": "en",
        "Canonical": request.build_absolute_uri(reverse("security-contact")),
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return HttpResponse(text, "text/plain; charset=utf-8")
