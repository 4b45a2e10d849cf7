"""Addresses: of the site, and of the page that is shown with some parameters changed."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from django.http import HttpRequest

from careers.published.query import Reader

PICTURE_WIDTH, PICTURE_HEIGHT = 1200, 630  # of a shared link's picture, in pixels
DEFAULTS = {"sort": "recommended"}  # what a page does without the parameter


def origin(request: HttpRequest) -> str:
    """The beginning of every absolute address of the site: "https://example.org"."""
    return f"{request.scheme}://{request.get_host()}"


def tidy_address(request: HttpRequest) -> str:
    """This page's address without the parameters that change nothing."""
    return _address(request, Reader(request.GET).parameters)


def address_without(request: HttpRequest, *names: str) -> str:
    """This page's address without some parameters, at the first page of its list."""
    given = Reader(request.GET).parameters
    kept = {name: values for name, values in given.items() if name not in {*names, "page"}}
    return _address(request, kept)


def address_with(request: HttpRequest, name: str, values: Sequence[str]) -> str:
    """This page's address with these values of one parameter instead of those it has."""
    return _address(request, Reader(request.GET).parameters | {name: list(values)})


def _address(request: HttpRequest, parameters: Mapping[str, Sequence[str]]) -> str:
    said = [
        (name, value)
        for name, values in parameters.items()
        for value in values
        if value and value != DEFAULTS.get(name)
    ]
    query = urlencode(said, safe="/", quote_via=quote)
    return f"{request.path}?{query}" if query else request.path
