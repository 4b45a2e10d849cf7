"""Add what visitors said of themselves to every link from page to page.

A study plan in the address is added as well, also to every form, since no browser keeps it.

This is done here for all pages: many links are in lessons' texts, which are rendered beforehand,
and one link that forgot it would lose a visitor's background for the rest of their visit.
"""

import re
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape, format_html_join

from careers.pages.plan import kept
from careers.published.query import Reader
from careers.published.visitor import PARAMETERS, read_visitor
from careers.snapshot import CatalogRequest

# Marks a link to which nothing may be added, such as one that drops a background.
_EXACT = " data-exact"
_LINK = re.compile(r"<a\b[^>]*>")
# A form without a plan; one that has a plan begins with it.
_FORM = re.compile(r'<form\b[^>]*>(?!\s*<input type="hidden" name="plan")')
# The address of a page of this site: it ends with a slash. Files are for programs.
_ADDRESS = re.compile(
    r' (?P<name>href|hx-get)="(?P<page>(?:/(?!/|admin/|static/)(?:[^"?#]*/)?)?)'
    r'(?P<query>\?[^"#]*)?(?P<part>#[^"]*)?"'
)


def carry(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Put `from` and `pace`, if a visitor gave them and they can be read, into a page's links."""

    def middleware(request: CatalogRequest) -> HttpResponse:
        response = get_response(request)
        reader = Reader(request.GET)
        speaks = any(map(reader.text, (*PARAMETERS, kept.PARAMETER)))
        if speaks and _is_page(request, response):
            said = read_visitor(reader, request.catalog, None).parameters
            plan = kept.carried(request)
            if said or plan:
                response.content = with_plan(with_said(response.text, said + plan), plan)
        return response

    return middleware


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    is_html = response.get("Content-Type", "").startswith("text/html")
    return is_html and not response.streaming and not request.path.startswith("/admin/")


def with_said(html: str, said: list[tuple[str, str]]) -> str:
    """Add parameters to a page's links to pages of the site, unless a link has its own.

    said: as in Visitor.parameters. Both addresses of a link, href and hx-get, get them.
    """

    def link(tag: re.Match[str]) -> str:
        return tag[0] if _EXACT in tag[0] else _ADDRESS.sub(address, tag[0])

    def address(found: re.Match[str]) -> str:
        page, query, part = (found[name] or "" for name in ("page", "query", "part"))
        if not page and not query:  # only a fragment, of the same page
            return found[0]
        given = re.findall(r"[?;&]([\w-]+)=", query)
        missing = [(name, value) for name, value in said if name not in given]
        if not missing:
            return found[0]
        mark = "&amp;" if query else "?"
        return f' {found["name"]}="{page}{query}{mark}{escape(urlencode(missing))}{part}"'

    return _LINK.sub(link, html)


def with_plan(html: str, plan: list[tuple[str, str]]) -> str:
    """Add a plan to a page's forms. plan: the parameters that carry it; without any, do nothing."""
    fields = format_html_join("", '<input type="hidden" name="{}" value="{}">', plan)
    return _FORM.sub(lambda tag: tag[0] + fields, html) if plan else html
