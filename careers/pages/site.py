"""What belongs to the site as a whole: for browsers, crawlers and whoever watches the server."""

from django.db import Error, connection
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from careers.pages.destinations import nearest
from careers.snapshot import CatalogRequest


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


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """For what asks for it without having read a page; pages name their icons."""
    return HttpResponsePermanentRedirect(static("img/icon-32.png"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 if a page could be answered, 503 if the database doesn't."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("The database doesn't answer.\n", "text/plain", status=503)
    return HttpResponse("ok\n", "text/plain")
