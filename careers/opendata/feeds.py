"""The feeds: what the public can see since lately, and what changed, the newest first."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from careers.opendata.document import LICENSE
from careers.published import news
from careers.published.catalog import Catalog

MOST_ENTRIES = 50
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that was published. key: what it is known by for good, whatever its address is."""

    kind: str
    key: int
    title: str
    summary: str
    url: str
    published_at: datetime.datetime


def newest(catalog: Catalog) -> list[Entry]:
    """Roles and lessons, those that were published last first."""
    found = [
        Entry("role", role.pk, role.title, role.summary, role.url, role.published_at)
        for role in catalog.roles.values()
        if role.published_at
    ]
    for number, lesson in catalog.lessons.items():
        ref = lesson.ref
        found.append(
            Entry("lesson", number, ref.title, lesson.summary, ref.url, lesson.published_at)
        )
    return sorted(found, key=lambda entry: entry.published_at, reverse=True)[:MOST_ENTRIES]


def published(catalog: Catalog, site: str, url: str) -> Atom1Feed:
    """The feed of roles and lessons. site: scheme and host; url: the feed's own."""
    feed = _feed(
        catalog,
        f"{_tag(site)}:published",
        f"{site}{url}",
        f"{site}/",
        ("new roles and lessons", "Every role and every lesson, once it is published."),
    )
    for entry in newest(catalog):
        feed.add_item(
            title=f"{entry.kind.capitalize()}: {_line(entry.title)}",
            link=f"{site}{entry.url}",
            description=escape(_line(entry.summary)),  # it is written as HTML
            unique_id=f"{_tag(site)}:{entry.kind}/{entry.key}",
            pubdate=entry.published_at,
            updateddate=entry.published_at,
            categories=[entry.kind],
        )
    return feed


def changed(catalog: Catalog, items: Iterable[news.NewsItem], site: str, url: str) -> Atom1Feed:
    """The feed of what changed, a day and a thing at a time."""
    feed = _feed(
        catalog,
        f"{_tag(site)}:changes",
        f"{site}{url}",
        f"{site}{reverse('changes')}",
        ("what changed", "What visitors see of each change: pay, roadmaps, paths and lessons."),
    )
    for item in items:
        feed.add_item(
            title=_line(item.headline),
            link=f"{site}{item.url}",
            description="".join(f"<p>{escape(_line(said))}</p>" for said in item.said),
            unique_id=f"{_tag(site)}:change/{item.day}/{item.kind}/{item.row}",
            pubdate=item.at,
            updateddate=item.at,
            categories=[item.kind],
        )
    return feed


def _tag(site: str) -> str:
    """What ids begin with (RFC 4151): an address may change, and an entry isn't new for that."""
    return f"tag:{urlsplit(site).hostname},2026"


def _feed(catalog: Catalog, guid: str, url: str, link: str, words: tuple[str, str]) -> "_Atom":
    """A feed (RFC 4287) without entries. url: its own; link: of the page that it belongs to.

    words: what it is called, and what it brings.
    """
    return _Atom(
        title=f"AI Careers: {words[0]}",
        subtitle=words[1],
        description="",
        link=link,
        feed_url=url,
        feed_guid=guid,
        author_name="AI Careers",
        feed_copyright=f"{LICENSE['copyright']}, {LICENSE['title']}",
        language="en",
        changed_at=catalog.version.changed_at or NEVER,
    )


class _Atom(Atom1Feed):
    """Says when the catalog changed, not when the newest entry came: a mended title is news too.

    And a feed without entries stands still, where the framework's says that it changed just now.
    """

    def latest_post_date(self) -> datetime.datetime:
        changed_at: datetime.datetime = self.feed["changed_at"]
        return changed_at


def _line(text: str) -> str:
    """A text without the characters that XML has no place for."""
    return "".join(char if char.isprintable() else " " for char in text)
