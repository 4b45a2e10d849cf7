"""Addresses for templates: of pages, of this page with or without a choice, and of pictures."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from careers.pages import destinations, links
from careers.pages.destinations import Destination
from careers.published import selection
from careers.published.catalog import Role
from careers.published.query import Ignored, Reader
from careers.published.visitor import read_visitor
from careers.snapshot import CatalogRequest

register = template.Library()


@register.simple_tag(takes_context=True)
def left_out(context: Context) -> list[Ignored]:
    """The parameters of the page's address that can't be read, of those that say something of the
    visitor, which every page reads. Empty if the context has `ignored`: such a page shows them.

    refused, in the context: the names of further parameters → why they can't be read, or nothing.
    """
    request = context.get("request")
    if not request or not request.META.get("QUERY_STRING") or "ignored" in context:
        return []
    reader = Reader(request.GET)
    read_visitor(reader, request.catalog, None)
    for name, why in (context.get("refused") or {}).items():
        if why:
            reader.refuse(name, why)
    return reader.ignored


@register.filter
def said(request: CatalogRequest) -> list[tuple[str, str]]:
    """What the address says of its visitor, as (name, value), for a form's hidden fields."""
    return read_visitor(Reader(request.GET), request.catalog, None).parameters if request else []


@register.filter
def origin(request: HttpRequest) -> str:
    """The beginning of every absolute address: "https://example.org"."""
    return links.origin(request)


@register.filter
def address(request: HttpRequest) -> str:
    """This page's address without the parameters that change nothing."""
    return links.tidy_address(request)


@register.filter
def is_address(text: str) -> bool:
    """Whether a text is an address, and not a sentence."""
    return text.startswith(("https:", "http:"))


@register.simple_block_tag(takes_context=True)
def one_address(context: Context, content: str) -> SafeString:
    """A page's canonical address, for search engines and for sites on which links are shared."""
    url = mark_safe(links.origin(context["request"]) + content.strip())  # noqa: S308  escaped in it
    return format_html(
        '<link rel="canonical" href="{}">\n<meta property="og:url" content="{}">', url, url
    )


@register.simple_block_tag(takes_context=True)
def shared_picture(context: Context, content: str) -> SafeString:
    """The picture that a shared link shows. content: the picture's path."""
    url = mark_safe(links.origin(context["request"]) + content.strip())  # noqa: S308  escaped in it
    return format_html(
        '<meta property="og:image" content="{}">\n'
        '<meta property="og:image:width" content="{}">\n'
        '<meta property="og:image:height" content="{}">\n'
        '<meta name="twitter:card" content="summary_large_image">',
        *(url, links.PICTURE_WIDTH, links.PICTURE_HEIGHT),
    )


@register.simple_tag(takes_context=True)
def without(context: Context, names: str | Iterable[str]) -> str:
    """This page's address without one or more parameters."""
    return links.address_without(
        context["request"], *([names] if isinstance(names, str) else names)
    )


@register.simple_tag(takes_context=True)
def comparing(context: Context, role: Role) -> str:
    """This page's address with a role added to those to compare, or removed if it is there."""
    slugs = [each.slug for each in context["compared"]]
    changed = [slug for slug in slugs if slug != role.slug]
    if role.slug not in slugs:
        changed.append(role.slug)
    return links.address_with(context["request"], selection.PARAMETER, changed)


@register.simple_tag
def comparison(roles: Role | Iterable[Role]) -> str:
    """The address of the page that compares roles. With one role, it lets the other be chosen."""
    compared = [roles] if isinstance(roles, Role) else roles
    query = [(selection.PARAMETER, role.slug) for role in compared]
    return f"{reverse('compare')}?{urlencode(query)}"


@register.simple_tag
def comparison_picture(roles: Iterable[Role]) -> str:
    """The address of the picture of some roles side by side."""
    query = urlencode([(selection.PARAMETER, role.slug) for role in roles])
    return f"{reverse('comparison-picture')}?{query}"


@register.simple_tag(takes_context=True)
def destination(context: Context, url: str) -> Destination | None:
    """The page at an address, if the public may see it."""
    return destinations.destination_at(url, context["request"].catalog)
