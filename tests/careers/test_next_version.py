"""The next catalog version reads only what changed, in a thread beside the traffic."""

import gc
import threading
import weakref

import pytest
from django.db import OperationalError

from careers import snapshot
from careers.models import (
    Background,
    CatalogVersion,
    HiringSignal,
    Pivot,
    Role,
    SalaryBand,
)
from careers.published.catalog import Catalog, prepare
from careers.published.lookup import role_words as words_of_roles
from careers.published.lookup.role_words import role_words
from careers.published.titles.decoder import decode_title, title_index
from careers.snapshot import builder as building
from paths.models import LearningPath, Lesson, Status, Term
from tests.careers.serving import wait_for


def parts(catalog: Catalog) -> tuple:
    """Return everything in a catalog, in its order."""
    return (
        [*catalog.roles.items()],
        [*catalog.paths.items()],
        [*catalog.backgrounds.items()],
        [*catalog.signals.items()],
        [(number, catalog.lessons[number]) for number in catalog.lessons],
        catalog.glossary.terms,
        catalog.prices,
    )


def role() -> Role:
    return Role.objects.get(slug="ml-engineer")


def lesson() -> Lesson:
    return Lesson.objects.select_related("path").get(number=401)


def save(row, **fields) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def move_lesson() -> None:
    save(lesson(), path=LearningPath.objects.get(slug="prompt-engineering"))


def rename_role() -> None:
    found = role()
    found.keep_address(found.slug)
    save(found, slug="machine-learning-engineer")


EDITS = {
    "a role's text": lambda: save(role(), summary="Another."),
    "a role's place": lambda: save(role(), position=90),
    "a role's sign": lambda: save(role(), code="QQ", line="pink"),
    "a role's address": rename_role,
    "a role retired": lambda: save(role(), status=Status.RETIRED),
    "a step gone": lambda: role().steps.first().delete(),
    "a step narrowed": lambda: save(role().steps.first(), only=[101, 102]),
    "a figure": lambda: save(SalaryBand.objects.filter(role=role()).first(), note="Mended."),
    "a pivot": lambda: save(Pivot.objects.filter(role=role()).first(), note="Mended."),
    "a path's title": lambda: save(LearningPath.objects.get(slug="rag"), title="Finding"),
    "a path's place": lambda: save(LearningPath.objects.get(slug="rag"), position=1),
    "a path retired": lambda: save(LearningPath.objects.get(slug="rag"), status=Status.RETIRED),
    "a lesson's title": lambda: save(lesson(), title="Another"),
    "a lesson's minutes": lambda: save(lesson(), practice_minutes=99),
    "a lesson retired": lambda: save(lesson(), status=Status.RETIRED),
    "a lesson a draft": lambda: save(lesson(), status=Status.DRAFT),
    "a lesson moved": move_lesson,
    "a background": lambda: save(Background.objects.published().first(), title="From elsewhere"),
    "a background's knowledge": lambda: Background.objects.published().first().knows.add(lesson()),
    "a background retired": lambda: save(
        Background.objects.published().first(), status=Status.RETIRED
    ),
    "a signal": lambda: save(HiringSignal.objects.published().first(), title="Proof"),
    "a signal's lessons": lambda: HiringSignal.objects.published().first().lessons.add(lesson()),
    "a term": lambda: save(Term.objects.published().first(), meaning="Something."),
}


@pytest.mark.few(3)
@pytest.mark.parametrize("edit", EDITS)
def test_a_change_gives_the_catalog_that_reading_all_of_it_gives(real_catalog, revise, edit):
    before = snapshot.current()
    with revise():
        EDITS[edit]()
    after = snapshot.current()
    snapshot.forget()
    assert parts(after) == parts(snapshot.current())
    assert after.version.number == before.version.number + 1


HIDDEN = {
    "a step's path": lambda: LearningPath.objects.get(slug="rag"),
    "a path to go further with": lambda: Role.further.through.objects.first().learningpath,
    "where a pivot begins": lambda: Pivot.objects.filter(role=role()).first().background,
    "a lesson": lesson,
    "a role": role,
}


@pytest.mark.few(3)
@pytest.mark.parametrize("thing", HIDDEN)
def test_what_becomes_public_is_shown_wherever_it_is_named(real_catalog, revise, thing):
    """The version before it doesn't say which roles name what the public couldn't see."""
    HiringSignal.objects.all().update(status=Status.DRAFT)  # or most roles are read again for them
    CatalogVersion.rise()
    hidden = HIDDEN[thing]()
    with revise():
        save(hidden, status=Status.DRAFT)
    before = snapshot.current()
    with revise():
        save(hidden, status=Status.PUBLISHED)
    after = snapshot.current()
    snapshot.forget()
    assert parts(after) == parts(snapshot.current()) != parts(before)


def looked_up(catalog: Catalog) -> tuple:
    """Return what pages look up: the words of roles, and what job titles mean."""
    words = role_words(catalog)
    titles = [title for role in catalog.roles.values() for title in (role.title, *role.aliases)]
    return (
        [
            {key: list(postings.having(key)) for key in postings.keys}
            for field in (words.titles, words.names, words.texts)
            for postings in (field.words, field.concepts)
        ],
        (words.heads, list(words.lengths), words.own),
        [decode_title(title, title_index(catalog)) for title in (*titles, "Another", "Writer")],
    )


WORDS = {
    "a role's title": lambda: save(role(), title="Another Writer"),
    "a role's other names": lambda: save(role(), aliases=["Another", "Writer of Other Things"]),
    "a role's titles in ads": lambda: save(role(), titles=[{"title": "Other", "varies": ""}]),
    "a role's days": lambda: save(role(), daily_work=["Another thing", "Writes zebras"]),
}


@pytest.mark.few(3)
@pytest.mark.parametrize("edit", EDITS | WORDS)
def test_what_is_looked_up_is_changed_as_if_it_were_made_anew(real_catalog, revise, edit):
    before = snapshot.current()
    prepare(before)
    with revise():
        (EDITS | WORDS)[edit]()
    after = snapshot.current()
    prepare(after, before)
    found = looked_up(after)
    after.made.clear()
    assert found == looked_up(after)


def test_what_is_looked_up_is_made_of_what_changed(real_catalog, revise, monkeypatch):
    """No other role's words are folded again, and the index of titles is kept."""
    before = snapshot.current()
    prepare(before)
    folded = []
    fold = words_of_roles.fold
    monkeypatch.setattr(words_of_roles, "fold", lambda text: folded.append(text) or fold(text))
    with revise():
        EDITS["a role's text"]()
    after = snapshot.current()
    prepare(after, before)
    was, now = before.roles["ml-engineer"], after.roles["ml-engineer"]
    theirs = {
        text
        for each in (was, now)
        for text in (each.title, *each.aliases, each.summary, *each.daily_work)
    }
    assert folded
    assert {*folded} <= theirs
    assert title_index(after) is title_index(before)


def test_one_change_reads_one_role(real_catalog, revise):
    before = snapshot.current()
    with revise():
        EDITS["a role's text"]()
    after = snapshot.current()
    read = [slug for slug, each in after.roles.items() if each is not before.roles[slug]]
    assert read == ["ml-engineer"]
    assert all(path is before.paths[slug] for slug, path in after.paths.items())
    assert after.glossary is before.glossary


def test_a_change_without_a_revision_has_all_of_it_read(real_catalog):
    before = snapshot.current()
    EDITS["a role's text"]()
    CatalogVersion.rise()
    after = snapshot.current()
    assert after.roles["ml-engineer"].summary == "Another."
    assert all(each is not before.roles[slug] for slug, each in after.roles.items())


@pytest.fixture
def watching(monkeypatch):
    """Build the next version in a thread that waits before it reads the catalog.

    Gives an event that is set when the thread wants to read, one that lets it read, and a list of
    the versions that it has announced.
    """
    reading, may_read = threading.Event(), threading.Event()
    read = building.read_catalog

    def held(*arguments):
        reading.set()
        assert may_read.wait(20)
        return read(*arguments)

    snapshot.current()
    monkeypatch.setattr(building, "read_catalog", held)
    told: list[int] = []

    def tell() -> None:
        told.append(snapshot.current().version.number)

    builder = building.Builder(snapshot._kept, tell, interval=0.05)  # noqa: SLF001
    monkeypatch.setattr(snapshot, "_builder", builder)
    yield reading, may_read, told
    may_read.set()
    builder.stop()


@pytest.mark.django_db(transaction=True)
def test_visitors_see_the_old_version_while_the_next_is_built(client, catalog, watching):
    reading, may_read, told = watching
    client.get("/careers/")
    catalog.role("new", title="Newcomer")
    assert reading.wait(20)
    for address in ("/careers/", "/readyz", "/livez"):
        assert "Newcomer" not in client.get(address).text
    may_read.set()
    newest = snapshot.current(is_latest=True)
    assert newest.roles["new"].title == "Newcomer"
    assert newest.version.number in told
    assert "Newcomer" in client.get("/careers/").text


@pytest.mark.django_db(transaction=True)
def test_who_is_logged_in_waits_for_what_they_have_just_changed(editor, catalog, watching):
    _, may_read, _ = watching
    catalog.role("new", title="Newcomer")
    threading.Timer(0.3, may_read.set).start()
    assert "Newcomer" in editor.get("/careers/").text


@pytest.mark.django_db(transaction=True)
def test_a_version_that_cannot_be_built_leaves_the_old_one(client, catalog, watching, monkeypatch):
    reading, may_read, _ = watching
    may_read.set()

    def fail(*_):
        reading.set()
        raise RuntimeError

    monkeypatch.setattr(building, "read_catalog", fail)
    client.get("/careers/")
    catalog.role("new", title="Newcomer")
    assert reading.wait(20)
    assert client.get("/careers/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_at_first_does_not_end_the_builder(
    client, catalog, watching, monkeypatch
):
    _, may_read, _ = watching
    may_read.set()
    refused = threading.Event()

    def refuse(*_):
        monkeypatch.setattr(building, "prepare", lambda *_: None)
        refused.set()
        raise OperationalError

    monkeypatch.setattr(building, "prepare", refuse)
    client.get("/careers/")
    assert refused.wait(20)
    catalog.role("new", title="Newcomer")
    assert "new" in snapshot.current(is_latest=True).roles


@pytest.mark.django_db(transaction=True)
def test_what_is_old_is_not_searched_for_garbage_meanwhile(client, catalog, watching, monkeypatch):
    _, may_read, _ = watching
    may_read.set()
    usual, meanwhile = gc.get_threshold(), []

    def fail_the_second_time(*_):
        meanwhile.append(gc.get_threshold())
        if len(meanwhile) == 2:
            raise RuntimeError

    monkeypatch.setattr(building, "prepare", fail_the_second_time)
    client.get("/careers/")
    wait_for(lambda: len(meanwhile) == 1)
    catalog.role("new", title="Newcomer")
    wait_for(lambda: len(meanwhile) >= 2)
    assert [each[:2] for each in meanwhile] == [usual[:2]] * len(meanwhile)
    assert all(each[2] > 100_000 for each in meanwhile)
    wait_for(lambda: gc.get_threshold() == usual)


@pytest.mark.django_db(transaction=True)
def test_no_garbage_is_kept_with_a_version(client, catalog, watching, monkeypatch):
    """Frozen garbage is never collected, so that a worker would grow with each edit."""
    _, may_read, _ = watching
    client.get("/careers/")
    dropped = []
    monkeypatch.setattr(building, "prepare", lambda *_: dropped.append(weakref.ref(Knot())))
    catalog.role("new", title="Newcomer")
    may_read.set()
    assert "new" in snapshot.current(is_latest=True).roles
    wait_for(lambda: not dropped[-1]())


class Knot:
    """Refers to itself, so that only the garbage collector can free it."""

    def __init__(self) -> None:
        self.itself = self
