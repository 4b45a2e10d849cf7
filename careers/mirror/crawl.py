"""Follow the site's own links, from the home page, sitemap and data, to everything public."""

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

type Write = Callable[[str, bytes], None]  # name of a file within the mirror, content

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
    """A link from a page or file of the mirror. part: the fragment, or ""."""

    source: str
    address: str
    part: str


@dataclass(slots=True)
class Crawled:
    """What was written, by addresses of the mirror.

    headers: address → headers of the answer. parts: page → its ids. moved: address → where it
    permanently redirects. links: all that were found.
    """

    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    parts: dict[str, frozenset[str]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    @property
    def pages(self) -> int:
        return len(self.parts)


def crawl(site: Site, write: Write) -> Crawled:
    """Write everything public. Dead links aren't an error: `links` has them.

    Raises BrokenSite if an address is answered with a status other than 200, 301, 404 or 410.
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
    """Write what is at an address. Returns the addresses it links to, which may be new."""
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
    """The address on the site that a redirect leads to."""
    return answer.headers["location"].removeprefix(site.origin)


def still(site: Site, asked: str, answer: Answer, done: Crawled) -> StillPage:
    """The mirror's version of a page. Adds its links to `done`."""
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
    """The content of a static file: as collected or, if it isn't, from its source; or None."""
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
    """The addresses of this site that a text has besides links, or that a style sheet loads."""
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
