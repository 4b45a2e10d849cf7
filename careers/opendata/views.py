"""The open data, for programs on any site, and the page that documents it."""

from collections.abc import Callable, Iterable
from functools import wraps
from itertools import chain
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.middleware.gzip import re_accepts_gzip
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_http_methods

from careers.opendata import document, feeds, fields
from careers.opendata.kept import KeptTexts
from careers.pages.links import origin
from careers.snapshot import CatalogRequest
from paths.addresses import for_reading

# For scripts on other sites: no cookies, and the headers to revalidate a copy.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
BYTE_ORDER_MARK = "\ufeff"
METHODS = ["GET", "HEAD", "OPTIONS"]
SCHEMAS = ["role", "path", "lesson", "backgrounds", "signals", "terms", "prices"]

type View = Callable[..., HttpResponseBase]


def open_data(view: View) -> View:
    """Let scripts on any site read the answers of a view that changes nothing."""

    @csrf_exempt
    @require_http_methods(METHODS)
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            allowed = {"Allow": ", ".join(METHODS), **OPEN, **PREFLIGHT}
            return HttpResponse(status=204, headers=allowed)
        response = view(request, *args, **kwargs)
        for name, value in OPEN.items():
            response.headers[name] = value
        patch_vary_headers(response, ["Accept-Encoding"])  # GZipMiddleware adds none to a 304
        return response

    return answer


def _tag(request: CatalogRequest) -> str:
    """The ETag. It is weak, since compression adds random bytes."""
    version = request.catalog.version
    changed = f"{version.changed_at.timestamp():.6f}" if version.changed_at else ""
    return f'W/"{document.FORMAT}-{version.number}-{changed}"'


@for_reading
def data(request: CatalogRequest) -> HttpResponse:
    context = {
        "site": origin(request),
        "license": document.LICENSE,
        "fields": fields.MEANINGS,
        "columns": fields.COLUMNS,
        "schemas": SCHEMAS,
    }
    return render(request, "data.html", context)


@open_data
@condition(_tag)
def catalog_json(request: CatalogRequest) -> HttpResponseBase:
    site = origin(request)
    pieces = document.catalog_text(request.catalog, site, f"{site}{reverse('data')}")
    return _whole(request, _catalogs, pieces, "application/json")


@open_data
@condition(_tag)
def careers_table(request: CatalogRequest) -> HttpResponseBase:
    """The table of roles as CSV (RFC 4180). Its byte order mark tells Excel that it is UTF-8."""
    lines = document.role_lines(request.catalog, origin(request))
    pieces = chain([BYTE_ORDER_MARK], lines)
    return _whole(request, _tables, pieces, "text/csv; charset=utf-8; header=present")


MOST_AT_ONCE = 1_000  # roles and lessons; with more, a text is kept on disk
_catalogs, _tables = KeptTexts(), KeptTexts()


def _whole(
    request: CatalogRequest, texts: KeptTexts, pieces: Iterable[str], content_type: str
) -> HttpResponseBase:
    """A text about the whole catalog. A large one comes from disk, and is never all in memory."""
    catalog = request.catalog
    if len(catalog.roles) + len(catalog.lessons) <= MOST_AT_ONCE:
        return HttpResponse("".join(pieces), content_type)
    kept = texts.text(catalog.version, origin(request), pieces)
    is_compressed = _accepts_gzip(request)
    headers = {"Content-Length": str(kept.size(compressed=is_compressed))}
    if is_compressed:
        headers["Content-Encoding"] = "gzip"
    sent = kept.sent(compressed=is_compressed)
    return StreamingHttpResponse(sent, content_type=content_type, headers=headers)


def _accepts_gzip(request: HttpRequest) -> bool:
    """Whether GZipMiddleware would compress the answer, unless it is compressed already."""
    return bool(re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")))


# Each says when the catalog changed, and who knows that is told so by the middleware.
feed = open_data(condition(_tag)(feeds.Published()))
changes_feed = open_data(condition(_tag)(feeds.Changed()))


@open_data
def schema_file(request: HttpRequest, document: str) -> HttpResponse:
    """A file that `manage.py catalog schema` wrote."""
    if document not in SCHEMAS:
        raise Http404
    text = Path(str(finders.find(f"schema/{document}.json"))).read_bytes()
    response = HttpResponse(text, content_type="application/schema+json")
    set_response_etag(response)
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer or response
