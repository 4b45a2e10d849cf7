"""The feed of newly published roles and lessons, parsed as a feed reader would."""

import datetime
from xml.etree import ElementTree as ET

import pytest
from django.db.models import F
from django.urls import reverse

from careers import snapshot
from careers.models import CatalogVersion, Role
from careers.opendata.feeds import MOST_ENTRIES
from paths.models import LearningPath, Lesson, Status

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "http://testserver"


def day(number: int) -> datetime.datetime:
    return datetime.datetime(2026, 1, number, 12, tzinfo=datetime.UTC)


@pytest.fixture
def feed(client):
    """A function that requests the feed and parses it."""

    def read() -> ET.Element:
        response = client.get("/feed.atom")
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        return ET.fromstring(response.content)  # noqa: S314 - our own

    return read


@pytest.fixture
def published_on(catalog):
    """A function that sets when things were published; all paths get the first day."""

    def say(things: dict) -> None:
        for thing, when in things.items():
            type(thing).objects.filter(pk=thing.pk).update(published_at=when)
        LearningPath.objects.update(published_at=day(1))
        CatalogVersion.rise()

    return say


def entries(feed: ET.Element) -> list[ET.Element]:
    return feed.findall(f"{ATOM}entry")


def titles(feed: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(feed)]


def when(element: ET.Element, name: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(element.findtext(f"{ATOM}{name}"))


def test_it_is_atom(feed, real_catalog):
    """What RFC 4287 requires of a feed and of an entry is there once."""
    root = feed()
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert len(root.findall(f"{ATOM}{name}")) == 1, name
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"alternate": f"{SITE}/", "self": f"{SITE}/feed.atom"}
    ids = [entry.findtext(f"{ATOM}id") for entry in entries(root)]
    assert len(set(ids)) == len(ids) > 0
    for entry in entries(root):
        for name in ("id", "title", "updated", "published", "summary"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        assert when(entry, "updated") <= when(root, "updated")
        (link,) = entry.findall(f"{ATOM}link")
        assert link.get("rel") == "alternate"


def test_every_role_and_lesson_is_in_it_with_its_page(client, feed, real_catalog):
    old = Lesson.objects.published().order_by("number")[MOST_ENTRIES - Role.objects.count() :]
    Lesson.objects.filter(pk__in=[lesson.pk for lesson in old]).update(
        published_at=day(1)
    )  # these don't fit
    CatalogVersion.rise()
    links = {entry.find(f"{ATOM}link").get("href").removeprefix(SITE) for entry in entries(feed())}
    roles = {role.get_absolute_url() for role in Role.objects.published()}
    newest = Lesson.objects.published().filter(published_at__gt=day(1))
    assert links == roles | {lesson.get_absolute_url() for lesson in newest}
    assert len(links) == MOST_ENTRIES
    assert {client.get(link).status_code for link in links} == {200}


def test_the_newest_come_first(feed, catalog, published_on):
    path = catalog.path(lessons=0)
    old, new = catalog.lesson(path, title="Old"), catalog.lesson(path, title="New")
    role = catalog.role(title="Between", paths=[path])
    published_on({old: day(2), new: day(4), role: day(3)})
    root = feed()
    assert titles(root) == ["Lesson: New", "Role: Between", "Lesson: Old"]
    assert [when(entry, "published") for entry in entries(root)] == [day(4), day(3), day(2)]


def test_a_lesson_is_published_once_its_path_is(feed, catalog, published_on):
    path = catalog.path(lessons=0)
    lesson = catalog.lesson(path)
    published_on({lesson: day(2)})
    LearningPath.objects.update(published_at=day(5))
    CatalogVersion.rise()
    (entry,) = entries(feed())
    assert when(entry, "published") == day(5)


def test_only_the_newest_are_named(feed, catalog, published_on):
    path = catalog.path(lessons=MOST_ENTRIES + 5)
    numbers = sorted(path.lessons.values_list("number", flat=True))
    published_on({lesson: day(1) + datetime.timedelta(hours=lesson.number)
                  for lesson in path.lessons.all()})  # fmt: skip
    shown = [entry.findtext(f"{ATOM}id").split("/")[-1] for entry in entries(feed())]
    assert shown == [str(number) for number in reversed(numbers[5:])]


def test_an_entry_keeps_its_id_when_its_address_changes(feed, catalog):
    path = catalog.path("rag", lessons=1)
    role = catalog.role("old", paths=[path])

    def ids() -> set[str]:
        return {entry.findtext(f"{ATOM}id") for entry in entries(feed())}

    before = ids()
    role.keep_address("old")
    role.slug = "new"
    role.save()
    LearningPath.objects.update(slug="retrieval")
    Lesson.objects.update(slug="another")
    CatalogVersion.rise()
    assert ids() == before
    assert all(each.startswith("tag:testserver,2026:") for each in before)


def test_an_id_has_no_port_which_a_tag_may_not_have(client, catalog):
    catalog.role()
    shown = client.get("/feed.atom", headers={"Host": "127.0.0.1:8000"})
    assert "tag:127.0.0.1,2026:role/" in shown.text
    assert 'href="http://127.0.0.1:8000/feed.atom"' in shown.text


def test_drafts_and_what_was_retired_are_not_in_it(feed, catalog):
    path = catalog.path(lessons=0)
    catalog.lesson(path, title="Draft", status=Status.DRAFT, body="")
    catalog.lesson(path, title="Gone", status=Status.RETIRED)
    hidden = catalog.path(lessons=1, status=Status.DRAFT)
    catalog.role(title="Gone", paths=[path, hidden], status=Status.RETIRED)
    assert titles(feed()) == []


def test_what_is_published_now_is_on_top(feed, catalog, editor, published_on):
    path = catalog.path(lessons=1)
    published_on({path.lessons.get(): day(2)})
    role = catalog.role(title="Just now", paths=[path], status=Status.DRAFT)
    assert len(entries(feed())) == 1
    data = {"action": "publish", "_selected_action": [role.pk]}
    editor.post(reverse("admin:careers_role_changelist"), data)
    assert titles(feed())[0] == "Role: Just now"


def test_texts_are_shown_as_they_were_written(feed, catalog):
    """A title is text and a summary is HTML; neither can inject markup or end the document."""
    catalog.role(title="R&D <b>engineer</b>", summary="Uses < and &amp; well.", paths=[])
    (entry,) = entries(feed())
    assert entry.findtext(f"{ATOM}title") == "Role: R&D <b>engineer</b>"
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert summary.text == "Uses &lt; and &amp;amp; well."


@pytest.mark.parametrize("character", ["\x0b", "\x1f", "\x7f", "\ufffe", "\n", "\u2028"])
def test_a_character_that_xml_has_no_place_for_is_left_out(feed, catalog, character):
    catalog.role(title=f"An{character}engineer", summary=f"Builds{character}", paths=[])
    assert titles(feed()) == ["Role: An engineer"]


@pytest.mark.parametrize(
    "character",
    ["\u00ad", "\u200c", "\u200d", "\u00a0", "\u202f", "\u200f", "\U0001fae9", "\ue000"],
)
def test_a_character_that_nobody_sees_stays_in_its_word(feed, catalog, character):
    catalog.role(title=f"An{character}engineer", summary=f"Builds{character}it", paths=[])
    assert titles(feed()) == [f"Role: An{character}engineer"]
    assert entries(feed())[0].findtext(f"{ATOM}summary") == f"Builds{character}it"


def test_an_empty_feed_stands_still(client, db):
    first = client.get("/feed.atom")
    assert entries(ET.fromstring(first.content)) == []  # noqa: S314
    snapshot.forget()
    assert client.get("/feed.atom").content == first.content


def test_a_reader_that_knows_dates_alone_hears_of_a_corrected_title(client, catalog):
    role = catalog.role(paths=[])
    CatalogVersion.objects.update(changed_at=day(1))
    first = client.get("/feed.atom")
    assert first["Last-Modified"] == "Thu, 01 Jan 2026 12:00:00 GMT"
    headers = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get("/feed.atom", headers=headers).status_code == 304
    role.title = "Corrected"
    role.save()
    CatalogVersion.rise()
    again = client.get("/feed.atom", headers=headers)
    assert again.status_code == 200
    assert "Corrected" in again.text


@pytest.mark.parametrize("url", ["/feed.atom", "/changes.atom"])
def test_a_reader_that_knows_dates_alone_hears_of_a_catalog_that_was_brought_back(
    client, catalog, url
):
    """By a backup, or a clock that is right again: it changed before what the reader saw."""
    catalog.role(paths=[])
    CatalogVersion.objects.update(changed_at=day(2))
    seen = client.get(url)["Last-Modified"]
    CatalogVersion.objects.update(number=F("number") + 1, changed_at=day(1))
    assert client.get(url, headers={"If-Modified-Since": seen}).status_code == 200
