"""Whether a form was sent from a page of this site. It needs neither a session nor a token.

Every browser of the last years says so with each form: Sec-Fetch-Site, over HTTPS and to one's own
machine; Origin, always. What says neither is refused: it may be any page's doing.
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
