"""One address, two answers: the whole page for everyone, a part of it for an htmx swap.

And how long an answer holds, where the address alone doesn't decide it.
"""

import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

TOLD_APART_BY = ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"]


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx will put the answer into a page. A boosted link or a history restore won't."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def for_the_day(response: HttpResponse, day: datetime.date | None) -> HttpResponse:
    """Say until when a page holds that reckons with a day (UTC), if it does."""
    if day:
        midnight = datetime.datetime.combine(day, datetime.time.max, datetime.UTC)
        response["Expires"] = http_date(midnight.timestamp())
    return response


def render_part(
    request: HttpRequest, template: str, part: str, context: dict[str, Any]
) -> HttpResponse:
    """Render `template#part` for a swap and the whole template for everyone else."""
    name = f"{template}#{part}" if wants_part(request) else template
    response = render(request, name, context)
    patch_vary_headers(response, TOLD_APART_BY)
    return response
