"""Addresses of the page that is shown, with something in their query changed."""

from collections.abc import Sequence

from django.http import HttpRequest, QueryDict

# What says the same as its absence.
PLAIN = {"sort": "recommended"}


def _address(request: HttpRequest, query: QueryDict) -> str:
    for name in list(query):
        said = [value for value in query.getlist(name) if value and value != PLAIN.get(name)]
        query.setlist(name, said)
    written = query.urlencode(safe="/")
    return f"{request.path}?{written}" if written else request.path


def tidy(request: HttpRequest) -> str:
    """This page's address without what says nothing."""
    return _address(request, request.GET.copy())


def without(request: HttpRequest, *names: str) -> str:
    """This page's first page without some choices."""
    query = request.GET.copy()
    for name in (*names, "page"):
        query.pop(name, None)
    return _address(request, query)


def with_all(request: HttpRequest, name: str, values: Sequence[str]) -> str:
    """This page's address with these values of one parameter."""
    query = request.GET.copy()
    query.setlist(name, list(values))
    return _address(request, query)
