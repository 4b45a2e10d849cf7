"""The feed of what the public can see since lately: roles and lessons, the newest first."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from careers.opendata import LICENSE
from careers.published import Catalog

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


def atom(catalog: Catalog, site: str, url: str) -> Atom1Feed:
    """The feed (RFC 4287). site: scheme and host; url: the feed's own.

    Things are known by tags (RFC 4151): an address may change, and an entry isn't new for that.
    """
    tag = f"tag:{urlsplit(site).hostname},2026"
    feed = _Atom(
        title="AI Careers: new roles and lessons",
        subtitle="Every role and every lesson, once it is published.",
        description="",
        link=f"{site}/",
        feed_url=f"{site}{url}",
        feed_guid=f"{tag}:published",
        author_name="AI Careers",
        feed_copyright=f"{LICENSE['copyright']}, {LICENSE['title']}",
        language="en",
        changed_at=catalog.version.changed_at or NEVER,
    )
    for entry in newest(catalog):
        feed.add_item(
            title=f"{entry.kind.capitalize()}: {_line(entry.title)}",
            link=f"{site}{entry.url}",
            description=escape(_line(entry.summary)),  # it is written as HTML
            unique_id=f"{tag}:{entry.kind}/{entry.key}",
            pubdate=entry.published_at,
            updateddate=entry.published_at,
            categories=[entry.kind],
        )
    return feed


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
