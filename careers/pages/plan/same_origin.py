"""Tell whether a form was sent from a page of this site, without a session or a token.

Browsers of recent years say so with each form: by Sec-Fetch-Site over HTTPS and to localhost, by
Origin always. A request with neither doesn't count as ours: any site's page may have caused it.
"""

from django.http import HttpRequest

from careers.pages.links import origin


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == origin(request)


def says_nothing(request: HttpRequest) -> bool:
    """Whether the browser doesn't say where the form is from."""
    return "Sec-Fetch-Site" not in request.headers and "Origin" not in request.headers
