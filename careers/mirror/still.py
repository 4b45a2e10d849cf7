"""Remove from a page what needs a server: forms, swaps, and links that only make a choice.

Everything else stays as the site answered it, byte for byte.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.utils.html import escape

from careers.mirror.addresses import asked_for, drops_a_choice, mirrored

type Instead = Callable[[str, str], str]
type Attributes = Sequence[tuple[str, str | None]]

# Scripts for swaps and for the choice of colors.
_SCRIPTS = re.compile(r"/(?:htmx|failed|history|swaps|clicks|theme)\b[^/]*\.js$")
# Attributes of htmx, or the value of any other attribute, which stays.
_SWAPS = re.compile(
    r"""\s+hx-[\w-]+(?:="[^"]*"|='[^']*')?|(?P<value>"[^"]*"|'[^']*')""",
)
_LINKS = ("href", "src", "data-address")
_NEEDS_SERVER = "data-live"  # an attribute of elements that are useless without a server
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
_SHARED = {"og:url", "og:image"}


@dataclass(frozen=True, slots=True)
class StillPage:
    """A page of the mirror. text: its HTML.

    asked: (address, fragment) for each link to the site. ids: the ids in the page.
    """

    text: str
    asked: Sequence[tuple[str, str]]
    ids: frozenset[str]


def still_page(html: str, here: str, origin: str, instead: Instead) -> StillPage:
    """Turn a page of the site into one of the mirror.

    here: its address, with its query. instead: returns the HTML in place of a form, given its
    action and its class.
    """
    reader = _Reader(html, here, origin, instead)
    reader.feed(html)
    reader.close()
    return StillPage(reader.edited(), reader.asked, frozenset(reader.ids))


@dataclass(slots=True)
class _Dropped:
    """An element that is being removed. depth: how many elements of its name are open in it."""

    tag: str
    start: int
    instead: str
    depth: int = field(default=1)


class _Reader(HTMLParser):
    def __init__(self, html: str, here: str, origin: str, instead: Instead) -> None:
        super().__init__(convert_charrefs=False)
        self.html, self.here, self.origin, self.instead = html, here, origin, instead
        self.asked: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self._lines = [0, *(found.end() for found in re.finditer("\n", html))]
        self._edits: list[tuple[int, int, str]] = []
        self._dropped: _Dropped | None = None

    def edited(self) -> str:
        pieces, done = [], 0
        for start, end, text in self._edits:
            pieces += [self.html[done:start], text]
            done = end
        return "".join([*pieces, self.html[done:]])

    @property
    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._dropped:
            self._dropped.depth += tag == self._dropped.tag
            return
        given = {name: value or "" for name, value in attrs}
        start, source = self._at, self.get_starttag_text() or ""
        replacement = self._replacement(tag, given)
        if replacement is None:
            self.ids |= {given["id"]} if "id" in given else set()
            self._edit(start, source, self._still(source, given))
        elif tag in _VOID:
            self._edit(start, source, replacement)
        else:
            self._dropped = _Dropped(tag, start, replacement)

    def handle_startendtag(self, _tag: str, attrs: Attributes) -> None:
        """A self-closing tag of an SVG."""
        if not self._dropped:
            given = {name: value or "" for name, value in attrs}
            source = self.get_starttag_text() or ""
            self._edit(self._at, source, self._still(source, given))

    def handle_endtag(self, tag: str) -> None:
        dropped = self._dropped
        if not dropped or tag != dropped.tag:
            return
        dropped.depth -= 1
        if not dropped.depth:
            end = self.html.index(">", self._at) + 1
            self._edits.append((dropped.start, end, dropped.instead))
            self._dropped = None

    def _edit(self, start: int, source: str, text: str) -> None:
        if text != source:
            self._edits.append((start, start + len(source), text))

    def _replacement(self, tag: str, given: dict[str, str]) -> str | None:
        """What replaces an element that needs a server; None if it needs none."""
        match tag:
            case "form":
                action = urljoin(self.here, given.get("action", ""))
                return self.instead(action, given.get("class", ""))
            case "script" if _SCRIPTS.search(urlsplit(given.get("src", "")).path):
                return ""
            case "meta" if given.get("name") == "htmx-config":
                return ""
            case "link" if given.get("rel") == "search":
                return ""
            case "a" if "hx-get" in given and self._leads_back(given.get("href", "")):
                return ""
        return "" if _NEEDS_SERVER in given else None

    def _leads_back(self, link: str) -> bool:
        """Whether a link only makes a choice on its own page."""
        same = asked_for(link, self.here, self.origin) == asked_for("", self.here, self.origin)
        return same and drops_a_choice(link, self.here, self.origin)

    def _still(self, source: str, given: dict[str, str]) -> str:
        """A start tag whose links lead into the mirror, without htmx's attributes."""
        if "hx-get" in given and "?" not in given["hx-get"]:
            self._link(given["hx-get"])  # an address of its own, not a choice
        changed = {name: self._link(given[name]) for name in _LINKS if name in given}
        if given.get("property") in _SHARED:
            changed["content"] = self._link(given.get("content", ""))
        for name, value in changed.items():
            if value != given[name]:
                said = re.search(rf'\s{name}="(?P<value>[^"]*)"', source)
                if said:
                    start, end = said.span("value")
                    source = source[:start] + escape(value) + source[end:]
        return _SWAPS.sub(lambda found: found["value"] or "", source)

    def _link(self, link: str) -> str:
        """Where a link leads in the mirror. Adds to `asked` what it asks the site for."""
        asked = asked_for(link, self.here, self.origin)
        if asked is None:
            return link
        part = urlsplit(link).fragment
        self.asked.append((asked, part))
        if link.startswith("#"):
            return link
        address = mirrored(asked) + (f"#{part}" if part else "")
        return f"{self.origin}{address}" if "://" in link else address
