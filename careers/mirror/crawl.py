"""Follows the site's own links, from what programs are told of it to everything that is public."""

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse

from careers.mirror.addresses import asked_for, file_name, mirrored
from careers.mirror.asking import Answer, Site
from careers.mirror.instead import instead_of_form
from careers.mirror.still import StillPage, still_page

type Write = Callable[[str, bytes], None]  # the name of a file within the mirror, and what it says

BEGINNINGS = (
    *("home", "robots", "security-contact", "favicon", "sitemap", "manifest"),
    *("catalog", "careers-table", "feed", "changes-feed"),
)
_STYLE_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
_TEXTS = re.compile(r"text/(?:html|csv|plain|xml)|application/(?:json|xml|atom\+xml)")


class BrokenSite(Exception):
    """The site can't be mirrored as it is. The message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a page or file of the mirror leads. part: of the page that it leads to, or ""."""

    source: str
    address: str
    part: str


@dataclass(slots=True)
class Crawled:
    """What was written, by the addresses of the mirror.

    headers: that each was answered with; parts: the ids of each page; moved: address → where it
    leads for good; links: of all of them.
    """

    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    parts: dict[str, frozenset[str]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    @property
    def pages(self) -> int:
        return len(self.parts)


def crawl(site: Site, write: Write) -> Crawled:
    """Write everything public. Raises BrokenSite if the site doesn't answer an address of its own.

    What leads nowhere isn't written; `links` has it all the same.
    """
    done = Crawled()
    asked = dict.fromkeys(reverse(name) for name in BEGINNINGS)
    waiting = deque(asked)
    while waiting:
        address = waiting.popleft()
        for link in _take(site, address, write, done):
            if link not in asked:
                asked[link] = None
                waiting.append(link)
    return done


def _take(site: Site, asked: str, write: Write, done: Crawled) -> Iterable[str]:
    """Write what is at an address, and get what it leads to that may have to be written as well."""
    answer = _answer(site, asked)
    match answer.status:
        case 200:
            return _keep(site, asked, answer, write, done)
        case 301:
            target = location(site, answer)
            done.moved[mirrored(asked)] = mirrored(target)
            return [target]
        case 404 | 410:
            return ()
    raise BrokenSite(f"{asked} is answered with {answer.status}")


def location(site: Site, answer: Answer) -> str:
    """Where a redirect leads to on the site."""
    return answer.headers["location"].removeprefix(site.origin)


def still(site: Site, asked: str, answer: Answer, done: Crawled) -> StillPage:
    """A page as the mirror has it. Its links are noted."""
    page = still_page(answer.body.decode(), asked, site.origin, instead_of_form)
    address = mirrored(asked)
    done.links += (Link(address, there, part) for there, part in page.asked)
    return page


def _answer(site: Site, asked: str) -> Answer:
    if not asked.startswith(settings.STATIC_URL):
        return site.ask(asked)
    name = unquote(asked.removeprefix(settings.STATIC_URL).partition("?")[0])
    body = _static_file(name)
    return Answer(404, {}, b"") if body is None else Answer(200, {}, body)


def _static_file(name: str) -> bytes | None:
    """A static file as it was collected, or, where none is collected, as it stands."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    found = finders.find(name)
    return Path(found).read_bytes() if found else None


def _keep(site: Site, asked: str, answer: Answer, write: Write, done: Crawled) -> Iterable[str]:
    address, body = mirrored(asked), answer.body
    before = len(done.links)
    if answer.is_html:
        page = still(site, asked, answer, done)
        done.parts[address], body = page.ids, page.text.encode()
    done.links += (Link(address, named, "") for named in _named(site, asked, answer))
    write(file_name(address), body)
    done.headers[address] = dict(answer.headers)
    return [link.address for link in done.links[before:]]


def _named(site: Site, asked: str, answer: Answer) -> Iterator[str]:
    """What a text names besides links: addresses of the site, or what a style sheet loads."""
    kind = answer.headers.get("content-type", "")
    text = answer.body.decode(errors="replace")
    if asked.endswith(".css"):
        given = _STYLE_ADDRESS.findall(text)
    elif "manifest+json" in kind:
        given = [icon["src"] for icon in json.loads(text)["icons"]]
    elif _TEXTS.match(kind):
        given = re.findall(rf"{re.escape(site.origin)}(/[^\s\"'<>\\,)#`]*)", text)
    else:
        given = []
    for address in dict.fromkeys(given):
        there = asked_for(address, asked, site.origin)
        if there is not None:
            yield there
