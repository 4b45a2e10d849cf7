"""Answer one address with the whole page, or with the part of it that htmx puts into a page.

Also says when a page that depends on today's date expires.
"""

import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django_htmx.http import push_url

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

PART_DEPENDS_ON = ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"]


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx will put the answer into a page. Boosted links and history restores need the
    whole page."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def expires_after(response: HttpResponse, day: datetime.date | None) -> HttpResponse:
    """Let a page that depends on a date expire at the end of that day (UTC); without one, never."""
    if day:
        midnight = datetime.datetime.combine(day, datetime.time.max, datetime.UTC)
        response["Expires"] = http_date(midnight.timestamp())
    return response


def render_part(
    request: HttpRequest, template: str, part: str, context: dict[str, Any], address: str = ""
) -> HttpResponse:
    """Render `template#part` for a swap and the whole template for everyone else.

    address: the page's address to show in the browser after a swap, if not the one it asked for.
    """
    swaps = wants_part(request)
    response = render(request, f"{template}#{part}" if swaps else template, context)
    patch_vary_headers(response, PART_DEPENDS_ON)
    return push_url(response, address) if swaps and address else response
