"""The style guide: every component of the site with its states, on sample values.

Each is rendered from the template that pages use, or cut out of the page that has it, so the guide
can't show what the site doesn't. None of the samples is in the database.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.safestring import mark_safe
from django.views.decorators.common import no_append_slash

from careers.snapshot import CatalogRequest
from careers.styleguide.components import components
from careers.styleguide.rendering import render_component
from careers.styleguide.samples import LESSON, make_catalog
from careers.styleguide.tokens import line_colors, tokens
from paths import markdown
from paths.addresses import for_reading


def may_see(request: HttpRequest) -> bool:
    """Whether the guide is shown: to staff, or to anyone while developing (DEBUG).

    Without a session cookie the session isn't touched: an answer that depends on it couldn't be
    shared by caches.
    """
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return settings.DEBUG or (has_session and bool(request.user.is_staff))


@no_append_slash  # a redirect to the slash would reveal that the page is there
@for_reading
def styleguide(request: CatalogRequest) -> HttpResponse:
    if not may_see(request):
        raise Http404
    css = Path(str(finders.find("css/site.css"))).read_text(encoding="utf-8")
    today = timezone.now().date()
    request.catalog = make_catalog(today)
    context = {
        "tokens": tokens(css),
        "lines": line_colors(css),
        "lesson": mark_safe(markdown.render(LESSON)),  # noqa: S308
        "components": [render_component(request, each) for each in components(today)],
    }
    response = render(request, "styleguide.html", context)
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response
