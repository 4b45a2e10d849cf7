"""What visitors read about changes: on their page, in the feed and on pages of roles."""

import datetime
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.db.models import F

from careers import changelog, snapshot
from careers.models import CatalogVersion, Edit, News, Origin, Revision, Role
from careers.pages.views import NEWS_A_PAGE
from careers.sync.writing import record
from paths.models import LearningPath, Lesson, Status

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def page(client):
    """A function that returns the page of changes, parsed."""

    def get(**query) -> BeautifulSoup:
        response = client.get("/changes/", query)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get


@pytest.fixture
def news(page):
    """A function that returns the page's entries, each a list: its heading, then its texts."""

    def read(**query) -> list[list[str]]:
        return [
            [" ".join(each.get_text().split()) for each in entry.select("h3, p")]
            for entry in page(**query).select(".change")
        ]

    return read


@pytest.fixture
def headings(news):
    return lambda **query: [entry[0] for entry in news(**query)]


@pytest.fixture
def old(catalog):
    """A role, its path and a lesson, from before the first revision."""
    path = catalog.path("rag", title="RAG", lessons=0)
    catalog.lesson(path, title="Chunking", slug="chunking")
    role = catalog.role("ml-engineer", title="ML Engineer", paths=[path])
    Revision.begin(Origin.ADMIN, "editor")
    return role


def edit(thing, **fields) -> None:
    """Change fields of a row, after reading it again."""
    thing.refresh_from_db()
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()


def days_ago(number: int) -> None:
    """Move everything recorded so far `number` days into the past."""
    past = datetime.timedelta(days=number)
    Revision.objects.update(made_at=F("made_at") - past)
    for each in Edit.objects.exclude(day=None):
        each.day -= past
        each.save()
    for model in (Role, LearningPath, Lesson):
        model.objects.update(published_at=F("published_at") - past)
    snapshot.forget()


# -- What is news --------------------------------------------------------------------------


def test_without_a_change_the_page_says_so_and_leads_on(page, old):
    note = page().select_one("main .note")
    assert "Nothing has changed yet." in note.get_text()
    assert note.a["href"] == "/careers/"


def test_a_change_is_said_below_the_thing_that_changed(news, page, old, revise):
    with revise():
        old.salary_bands.update(low=65_000, high=160_000)
    assert news() == [["ML Engineer", "The EU band is now €65,000–160,000 (was €60,000–150,000)."]]
    assert page().select_one(".change h3 a")["href"] == "/careers/ml-engineer/"


def test_changes_of_one_day_are_one_entry(news, old, revise):
    for low in (61_000, 62_000):
        with revise():
            old.salary_bands.update(low=low)
    with revise():
        edit(old, summary="Ships models.")
    assert news() == [
        [
            "ML Engineer",
            "The EU band is now €62,000–150,000 (was €60,000–150,000).",
            "The summary was rewritten.",
        ]
    ]


def test_what_changed_and_changed_back_on_a_day_is_no_news(news, old, revise):
    for low in (61_000, 60_000):
        with revise():
            old.salary_bands.update(low=low)
    assert news() == []


def test_each_day_has_its_entries_and_the_newest_comes_first(page, old, revise):
    with revise():
        edit(old, summary="Ships models.")
    days_ago(3)
    with revise():
        edit(old, summary="Mends models.")
        edit(Lesson.objects.get(), minutes=9)
    days = [
        [each.h2.time["datetime"], *(link.get_text() for link in each.select("h3 a"))]
        for each in page().select(".day")
    ]
    today = datetime.datetime.now(datetime.UTC).date()
    before = today - datetime.timedelta(days=3)
    assert days == [[str(today), "ML Engineer", "Chunking"], [str(before), "ML Engineer"]]


def test_a_lessons_text_is_said_to_be_rewritten(news, old, revise):
    with revise():
        edit(Lesson.objects.get(), body="other " * 1600)
    assert news() == [["Chunking", "Lesson of RAG", "The text was rewritten."]]


def test_a_lessons_text_counts_as_a_day_left_it_and_as_the_day_before_did(news, old, revise):
    before = Lesson.objects.get().body
    said = []
    for text in ("other " * 1600, before + " More.", before):
        with revise():
            edit(Lesson.objects.get(), body=text)
        said += [news()]
    assert said == [
        [["Chunking", "Lesson of RAG", "The text was rewritten."]],
        [["Chunking", "Lesson of RAG", "The text was lightly edited."]],
        [],
    ]
    days_ago(1)
    with revise():
        edit(Lesson.objects.get(), body="other " * 1600)
    assert news() == [["Chunking", "Lesson of RAG", "The text was rewritten."]]


def test_no_text_of_a_lesson_is_read_for_it(old, revise, catalog):
    with revise():
        edit(Lesson.objects.get(), body="secretly long " * 800)
    with revise():
        catalog.lesson(LearningPath.objects.get())
    known = snapshot.current()
    edits = changelog.edits_of(list(changelog.edit_groups(known)))
    read = [each for group in edits.values() for each in group]
    assert len(read) == 2
    for each in read:
        assert each.get_deferred_fields() == {"before", "after"}
        assert (each.was, each.now) == (None, None)


def test_a_new_thing_is_said_to_be_new_with_what_it_is(news, old, revise, catalog):
    with revise():
        catalog.lesson(old.steps.get().path, title="Reranking", summary="Put the best first.")
    assert ["New lesson: Reranking", "Lesson of RAG", "Put the best first."] in news()


def test_a_new_role_and_a_new_path(headings, news, old, revise, catalog):
    with revise():
        catalog.role(title="Agent Builder", paths=[catalog.path(title="Agents")])
    assert headings() == ["New role: Agent Builder", "New path: Agents"]
    assert "It is on the roadmap of Agent Builder." in news()[1]


def test_what_visitors_can_not_see_is_no_news(headings, old, revise):
    with revise():
        edit(old, position=7, slug="ml")
        edit(old.steps.get().path, position=9)
        old.keep_address("ml-engineer")
    assert Edit.objects.count() >= 3
    assert headings() == []


# -- The opening ---------------------------------------------------------------------------


def test_the_first_of_all_changes_is_one_entry(news, page, revise, catalog):
    with revise():
        path = catalog.path(lessons=3, drafts=2)
        hidden = catalog.path(status=Status.DRAFT)
        catalog.role(paths=[path, hidden])
        catalog.role(paths=[path], status=Status.DRAFT)
    assert news() == [["The catalog opened with 1 role, 1 path and 3 lessons"]]
    assert page().select_one(".change h3 a")["href"] == "/careers/"


def test_what_was_there_before_anything_was_written_down_is_no_opening(headings, catalog, revise):
    path = catalog.path(title="RAG")
    with revise():
        catalog.role(title="ML Engineer", paths=[path])
    assert headings() == ["New role: ML Engineer"]


def test_the_day_of_the_opening_may_have_other_news(headings, catalog, revise):
    with revise():
        role = catalog.role(title="ML Engineer")
    with revise():
        edit(role, summary="Ships models.")
    assert headings() == ["ML Engineer", "The catalog opened with 1 role, 1 path and 1 lesson"]


def test_an_opening_of_drafts_is_none(headings, page, catalog, revise):
    with revise():
        catalog.role(paths=[], status=Status.DRAFT)
    assert headings() == []
    assert page().select(".note")


# -- Drafts and retired things -------------------------------------------------------------


def test_a_draft_has_no_news_until_it_is_published(headings, news, old, revise, catalog):
    with revise():
        lesson = catalog.lesson(
            old.steps.get().path, title="Working title", status=Status.DRAFT, body=""
        )
    with revise():
        edit(lesson, title="Secret title", minutes=9)
    assert headings() == []
    with revise():
        edit(lesson, title="Reranking", status=Status.PUBLISHED, body="word " * 1600)
    assert headings() == ["New lesson: Reranking"]
    assert "itle" not in str(news())


def test_a_lesson_in_a_draft_path_has_no_news(headings, old, revise, catalog):
    path = catalog.path(title="Secret", lessons=1, status=Status.DRAFT)
    with revise():
        edit(path.lessons.get(), title="Another")
        catalog.lesson(path)
        edit(path, summary="Another.")
    assert headings() == []


def test_a_path_that_is_published_brings_its_lessons_as_one_piece_of_news(
    headings, news, old, revise, catalog
):
    path = catalog.path(title="Agents", lessons=2, status=Status.DRAFT)
    old.steps.create(path=path, why="It needs it.", position=2)
    with revise():
        edit(path, status=Status.PUBLISHED)
        edit(path.lessons.first(), minutes=9)
        catalog.lesson(path)
    assert news() == [
        ["New path: Agents", "What it teaches.", "It is on the roadmap of ML Engineer."]
    ]


def test_a_lesson_that_moves_from_a_draft_path_to_a_public_one_is_new(
    headings, old, revise, catalog
):
    lesson = catalog.path(title="Secret", status=Status.DRAFT).lessons.get()
    with revise():
        edit(lesson, path=old.steps.get().path)
    assert headings() == [f"New lesson: {lesson.title}"]


def move(lesson, path) -> None:
    """Move a lesson as the admin and an apply do."""
    lesson.refresh_from_db()
    before = lesson.path
    edit(lesson, path=path)
    lesson.came_from(before)
    lesson.keep_address(before, lesson.slug)


def test_a_lesson_that_waited_in_a_draft_path_is_new_and_not_back(headings, old, revise, catalog):
    lesson = catalog.path(title="Secret", status=Status.DRAFT).lessons.get()
    days_ago(9)
    with revise():
        move(lesson, old.steps.get().path)
    assert headings() == [f"New lesson: {lesson.title}"]
    known = snapshot.current().lessons[lesson.number]
    today = datetime.datetime.now(datetime.UTC).date()
    assert known.published_at.date() == today, "feeds and open data say so, too"


def test_a_lesson_that_comes_out_of_a_draft_path_again_is_back(headings, old, revise, catalog):
    lesson, path = Lesson.objects.get(), old.steps.get().path
    secret = catalog.path(title="Secret", lessons=0, status=Status.DRAFT)
    with revise():
        move(lesson, secret)
    days_ago(9)
    with revise():
        move(lesson, path)
    assert headings() == ["Chunking is back"]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETIRED])
def test_what_is_hidden_now_has_no_news_any_more(client, old, revise, catalog, status):
    path = catalog.path(title="Hidden path", lessons=0)
    lesson = catalog.lesson(path, title="Hidden lesson")
    with revise():
        edit(path, summary="Another.")
        edit(lesson, minutes=9)
        old.steps.create(path=path, why="It needs it.", position=2)
    assert "Hidden path joined the roadmap." in client.get("/changes/").text
    with revise():
        edit(path, status=status)
    for url in ("/changes/", "/changes/?role=ml-engineer", "/changes.atom"):
        assert "Hidden" not in client.get(url).text, url


def test_a_step_to_a_hidden_path_is_no_news(headings, old, revise, catalog):
    with revise():
        old.steps.create(path=catalog.path(status=Status.DRAFT), why="It needs it.", position=2)
    assert headings() == []
    assert snapshot.current().roles["ml-engineer"].changed_on is None


def test_what_was_retired_and_is_published_again_is_back(headings, old, revise):
    with revise():
        edit(old, status=Status.RETIRED)
    days_ago(3)
    with revise():
        edit(old, status=Status.PUBLISHED)
    assert headings() == ["ML Engineer is back"]


def test_news_stay_with_a_thing_that_is_renamed(page, headings, old, revise):
    path = old.steps.get().path
    with revise():
        edit(old, summary="Ships models.")
        edit(path, summary="Another.")
    days_ago(1)
    with revise():
        for thing, slug in ((old, "mle"), (path, "retrieval")):
            before = thing.slug
            edit(thing, slug=slug)
            thing.keep_address(before)
    links = [link["href"] for link in page().select(".change h3 a")]
    assert links == ["/careers/mle/", "/paths/retrieval/"]


def test_a_step_has_the_name_that_its_path_has_today(news, old, revise, catalog):
    path = catalog.path("agents", title="Agents")
    with revise():
        old.steps.create(path=path, why="It needs it.", position=2)
    edit(path, slug="tools", title="Tools")
    path.keep_address("agents")
    with revise():
        edit(Lesson.objects.first(), minutes=9)
    assert ["ML Engineer", "Tools joined the roadmap."] in news()


# -- One role ------------------------------------------------------------------------------


@pytest.fixture
def two(old, catalog, revise):
    """Two roles, each with news about itself, its path and a lesson."""
    path = catalog.path("data", title="Data", lessons=0)
    lesson = catalog.lesson(path, title="Tables")
    other = catalog.role("data-engineer", title="Data Engineer", paths=[path])
    with revise():
        for thing in (old, old.steps.get().path, path, other):
            edit(thing, summary="Another one.")
        edit(lesson, minutes=9)
        edit(Lesson.objects.get(slug="chunking"), minutes=9)
    return old, other


def test_a_roles_news_are_its_own_its_paths_and_their_lessons(headings, page, two):
    assert len(headings()) == 6
    assert headings(role="ml-engineer") == ["ML Engineer", "Chunking", "RAG"]
    assert page(role="ml-engineer").select_one("option[selected]")["value"] == "ml-engineer"


def test_a_role_is_known_by_an_address_that_it_had(headings, two):
    edit(two[0], slug="mle")
    two[0].keep_address("ml-engineer")
    snapshot.forget()
    assert headings(role="ml-engineer") == headings(role="mle")


def test_a_role_that_is_not_there_is_named_and_left_out(page, headings, two):
    assert headings(role="astronaut") == headings()
    note = page(role="astronaut").select_one(".note[role=status]").get_text()
    assert note == "“role=astronaut” is left out. There is no role with this name."


def test_a_role_page_says_when_it_changed_and_leads_to_its_changes(client, two):
    soup = BeautifulSoup(client.get("/careers/ml-engineer/").content, "html.parser")
    link = soup.find("a", href="/changes/?role=ml-engineer")
    said = link.find_parent("p")
    assert said.time["datetime"] == str(datetime.datetime.now(datetime.UTC).date())
    assert "Last changed on" in said.get_text()


def test_a_role_of_which_nothing_is_known_says_nothing(client, old):
    assert "Last changed" not in client.get("/careers/ml-engineer/").text


def test_a_lesson_of_its_path_changes_a_role(old, revise):
    with revise():
        edit(Lesson.objects.get(), minutes=9)
    assert snapshot.current().roles["ml-engineer"].changed_on


def test_a_role_of_the_opening_says_that_it_was_there(headings, revise, catalog):
    with revise():
        catalog.role("ml-engineer", title="ML Engineer", paths=[catalog.path(lessons=2)])
        catalog.role()
    assert headings(role="ml-engineer") == [
        "ML Engineer was here from the start, with 1 path and 2 lessons"
    ]


# -- Pages ---------------------------------------------------------------------------------


def test_a_page_has_so_many_entries_and_leads_to_the_next(headings, page, old, catalog, revise):
    with revise():
        for number in range(NEWS_A_PAGE + 2):
            catalog.lesson(old.steps.get().path, title=f"Number {number}")
    assert len(headings()) == NEWS_A_PAGE
    assert page().find("a", rel="next")["href"] == "?page=2"
    assert len(headings(page=2)) == 2
    assert set(headings()).isdisjoint(headings(page=2))


def test_a_page_that_does_not_exist_is_named(page, old):
    assert "There is no such page" in page(page="9").select_one(".note[role=status]").get_text()


def test_every_page_leads_to_what_changed_and_names_its_feed(client, old):
    soup = BeautifulSoup(client.get("/").content, "html.parser")
    assert soup.select_one("footer a[href='/changes/']").get_text() == "What changed"
    feeds = {link["href"] for link in soup.select("link[type='application/atom+xml']")}
    assert feeds == {"/feed.atom", "/changes.atom"}


# -- The feed ------------------------------------------------------------------------------


@pytest.fixture
def feed(client):
    def read() -> ET.Element:
        return ET.fromstring(client.get("/changes.atom").content)  # noqa: S314 - our own

    return read


def test_the_feed_is_atom(feed, two):
    root = feed()
    for name in ("id", "title", "updated", "author"):
        assert len(root.findall(f"{ATOM}{name}")) == 1, name
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://testserver/changes/",
        "self": "http://testserver/changes.atom",
    }
    found = root.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in found}) == len(found) == 6
    for entry in found:
        for name in ("id", "title", "updated", "published", "summary"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name


def test_an_entry_of_the_feed_says_it_in_its_title(feed, old, revise):
    with revise():
        old.salary_bands.update(low=65_000)
        edit(old, summary="Ships <b>models</b>.")
    entry = feed().find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == (
        "ML Engineer: The EU band is now €65,000–150,000 (was €60,000–150,000), and 1 more change"
    )
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/careers/ml-engineer/"
    assert entry.findtext(f"{ATOM}summary").count("<p>") == 2


def test_an_entry_keeps_its_id_when_more_happens_that_day_or_the_role_is_renamed(feed, old, revise):
    with revise():
        edit(old, summary="Ships models.")
    before = feed().find(f"{ATOM}entry")
    with revise():
        edit(old, slug="mle", title="MLE")
    after = feed().find(f"{ATOM}entry")
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert before.findtext(f"{ATOM}updated") <= after.findtext(f"{ATOM}updated")
    assert after.findtext(f"{ATOM}title").startswith("MLE: The title changed from “ML Engineer”")


def test_what_is_edited_again_that_day_is_updated_and_not_published_anew(
    feed, catalog, old, revise, time_machine
):
    times = ["2026-05-01T09:00:00+00:00", "2026-05-01T10:00:00+00:00", "2026-05-01T11:00:00+00:00"]
    for number, now in enumerate(times):
        time_machine.move_to(now, tick=False)
        with revise():
            edit(old, summary=f"Ships {number} models.")
    entry = feed().find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}published") == times[0]
    assert entry.findtext(f"{ATOM}updated") == times[-1]


def test_the_feed_has_the_newest_and_no_end_of_them(feed, old, catalog, revise):
    with revise():
        for number in range(60):
            catalog.lesson(old.steps.get().path, title=f"Number {number}")
    assert len(feed().findall(f"{ATOM}entry")) == 50


# -- Changes while a page is made ----------------------------------------------------------


def test_what_is_retired_while_a_page_is_made_is_left_out(two):
    known = snapshot.current()
    found = list(changelog.edit_groups(known))
    edit(two[1], status=Status.RETIRED)
    CatalogVersion.rise()
    after = snapshot.current()
    assert {item.title for item in changelog.news_items(found, after)} == {
        "ML Engineer",
        "RAG",
        "Chunking",
        "Data",
        "Tables",
    }


def test_a_revision_without_news_says_nothing(db):
    assert record.write_revision(Origin.ADMIN, "editor", []) is None
    assert Revision.objects.count() == 0


# -- Edits of groups -----------------------------------------------------------------------


@pytest.fixture
def busy(catalog, revise):
    """An opening, and edits of the same things on the days since then and on that day."""
    with revise():
        path = catalog.path("rag", lessons=2)
        roles = [catalog.role(paths=[path]), catalog.role(paths=[path])]
    for ago in (0, 3, 1):
        days_ago(ago)
        for turn in range(2):
            with revise():
                edit(roles[0], summary=f"Ships models, {ago} and {turn}.")
                edit(path, title=f"RAG {ago} {turn}")
            with revise():
                edit(path.lessons.first(), minutes=9 + turn, title=f"Title {ago} {turn}")
        with revise():
            edit(roles[1], summary=f"Mends models {ago}.")
    snapshot.forget()
    return list(changelog.edit_groups(snapshot.current()))


def edits_one_by_one(groups) -> dict:
    """What edits_of() gives, with a query for each group."""
    found = {}
    for group in groups:
        if group["thing"] == changelog.CATALOG:
            edits = Edit.objects.filter(pk=group["last"])
        else:
            of = {"day": group["day"], "kind": group["thing"], "row": group["row_key"]}
            edits = Edit.objects.filter(**of).exclude(news=News.OPENING)
        key = group["day"], group["thing"], group["row_key"]
        found[key] = list(edits.order_by("pk").values_list("pk", flat=True))
    return found


def test_the_edits_of_any_groups_are_those_of_each(busy):
    opening = [group for group in busy if group["thing"] == changelog.CATALOG]
    others = [group for group in busy if group["thing"] != changelog.CATALOG]
    assert len(opening) == 1
    assert len({group["day"] for group in others}) == 3
    choices = [opening, others, busy, busy[::2], others[::3], busy[:1], busy[-2:], busy[1:4]]
    choices += [[group, *opening] for group in others] + [[group] for group in others]
    choices += [[one, other] for one in others for other in others]
    for groups in choices:
        found = changelog.edits_of(groups)
        wanted = edits_one_by_one(groups)
        assert {key: [each.pk for each in found[key]] for key in wanted} == wanted
