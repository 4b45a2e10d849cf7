"""The feeds: what was published, and what changed, the newest first."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import attrgetter, itemgetter
from typing import Any
from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from careers import changelog
from careers.opendata.document import LICENSE
from careers.pages.links import origin
from careers.published.catalog import Catalog, Lesson, Role, once, published_lessons
from careers.snapshot import CatalogRequest

MOST_ENTRIES = 50
# Control characters, lone surrogates, noncharacters and line ends. Invisible characters that words
# are written with stay: a soft hyphen, or a joiner in Persian and Hindi.
_NOT_OF_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry about one thing. guid: permanent. description: HTML.

    published, updated: the first and last edit of the day, if it is about a day's changes.
    """

    guid: str
    kind: str
    title: str
    description: str
    url: str
    published: datetime.datetime
    updated: datetime.datetime


class _Atom(Atom1Feed):
    """Dates the feed by the last change of the catalog, not by the newest entry: a corrected title
    is news, too.

    A feed without entries keeps that date, too, where Django's would be dated now.
    """

    def latest_post_date(self) -> datetime.datetime:
        changed_at: datetime.datetime = self.feed["changed_at"]
        return changed_at


class _CatalogFeed(Feed):  # type: ignore[type-arg]
    """An Atom feed (RFC 4287). Its addresses and ids have the host that was asked."""

    feed_type = _Atom
    name: str  # the last part of the feed's id
    description = ""
    author_name = "AI Careers"
    feed_copyright = f"{LICENSE['copyright']}, {LICENSE['title']}"
    language = "en"

    def get_object(self, request: Any, *_: Any, **__: Any) -> Any:
        return request

    def feed_guid(self, request: CatalogRequest) -> str:
        return f"{_tag(request)}:{self.name}"

    def feed_extra_kwargs(self, request: CatalogRequest) -> dict[str, Any]:
        return {"changed_at": request.catalog.version.changed_at or NEVER}

    def item_guid(self, entry: FeedEntry) -> str:
        return entry.guid

    def item_title(self, entry: FeedEntry) -> str:
        return _line(entry.title)

    def item_description(self, entry: FeedEntry) -> str:
        return entry.description

    def item_link(self, entry: FeedEntry) -> str:
        return entry.url

    def item_pubdate(self, entry: FeedEntry) -> datetime.datetime:
        return entry.published

    def item_updateddate(self, entry: FeedEntry) -> datetime.datetime:
        return entry.updated

    def item_categories(self, entry: FeedEntry) -> Sequence[str]:
        return [entry.kind]


class Published(_CatalogFeed):
    """Roles and lessons, the last published first."""

    name = "published"
    title = "AI Careers: new roles and lessons"
    subtitle = "Every role and every lesson, once it is published."
    link = "/"

    def items(self, request: CatalogRequest) -> list[FeedEntry]:
        return list(_published(request))


class Changed(_CatalogFeed):
    """What changed, with an entry for each day and thing."""

    name = "changes"
    title = "AI Careers: what changed"
    subtitle = "What visitors see of each change: pay, roadmaps, paths and lessons."

    def link(self) -> str:
        return reverse("changes")

    def items(self, request: CatalogRequest) -> list[FeedEntry]:
        newest = changelog.edit_groups(request.catalog)[:MOST_ENTRIES]
        return [
            FeedEntry(
                guid=f"{_tag(request)}:change/{item.day}/{item.kind}/{item.row}",
                kind=item.kind,
                title=item.headline,
                description="".join(f"<p>{escape(_line(said))}</p>" for said in item.said),
                url=item.url,
                published=item.began,
                updated=item.at,
            )
            for item in changelog.news_items(newest, request.catalog)
        ]


@once
def _newest(catalog: Catalog) -> list[Role | Lesson]:
    """The roles and lessons that were published last, newest first."""
    roles = [role for role in catalog.roles.values() if role.published_at]
    newest = nlargest(MOST_ENTRIES, published_lessons(catalog), key=itemgetter(0))
    lessons = [catalog.lessons[number] for _, number in newest]
    return nlargest(MOST_ENTRIES, [*roles, *lessons], key=attrgetter("published_at"))


def _published(request: CatalogRequest) -> Iterator[FeedEntry]:
    """Entries for the newest roles and lessons, with ids that survive a change of address."""

    def entry(kind: str, key: int, thing: Any, title: str, url: str) -> FeedEntry:
        return FeedEntry(
            guid=f"{_tag(request)}:{kind}/{key}",
            kind=kind,
            title=f"{kind.capitalize()}: {title}",
            description=escape(_line(thing.summary)),
            url=url,
            published=thing.published_at,
            updated=thing.published_at,
        )

    for thing in _newest(request.catalog):
        if isinstance(thing, Role):
            yield entry("role", thing.pk, thing, thing.title, thing.url)
        else:
            yield entry("lesson", thing.ref.number, thing, thing.ref.title, thing.ref.url)


def _tag(request: CatalogRequest) -> str:
    """The beginning of ids (RFC 4151). They outlive addresses: a moved entry isn't new."""
    return f"tag:{urlsplit(origin(request)).hostname},2026"


def _line(text: str) -> str:
    """A text on one line, without characters that XML doesn't allow."""
    return _NOT_OF_A_LINE.sub(" ", text)
