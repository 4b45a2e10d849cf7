"""What belongs to the site as a whole: for browsers and crawlers, and when something is wrong."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponsePermanentRedirect,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from careers.pages.destinations import nearest
from careers.snapshot import CatalogRequest

SECONDS_TO_RETRY_AFTER = 10


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    return render(request, "site.webmanifest", content_type="application/manifest+json")


@require_safe
def speculation_rules(_request: HttpRequest) -> HttpResponse:
    """What a browser may fetch ahead once a visitor points at a link: pages, never the admin."""
    pages = {"href_matches": ["/", "/careers/*", "/paths/*"]}
    rules = {"prefetch": [{"where": pages, "eagerness": "moderate"}]}
    return JsonResponse(rules, content_type="application/speculationrules+json")


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400, rendered without the request, whose very host may be what is bad."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def not_found(request: CatalogRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404, with the page whose address is most similar, if any is."""
    context = {"meant": nearest(request.path, request.catalog)}
    return render(request, "404.html", context, status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """500; or 503 if the database is what doesn't answer, which passes by itself."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unavailable()
    return HttpResponseServerError(render_to_string("500.html"))


def unavailable() -> HttpResponse:
    """503, rendered without the database."""
    headers = {"Retry-After": SECONDS_TO_RETRY_AFTER, "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """For what asks for it without having read a page; pages name their icons."""
    return HttpResponsePermanentRedirect(static("img/icon-32.png"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")
