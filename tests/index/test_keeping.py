"""The index has what is published, and nothing else, whoever changes it."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from careers import index, snapshot
from careers.models import IndexedThing, Revision, Role
from careers.sync.reading.reader import read_files
from careers.sync.writing.apply import apply_entries
from careers.sync.writing.revert import revert
from paths.models import LearningPath, Lesson, Status

LONG = "word " * 1600


@pytest.fixture
def is_true(indexed):
    """A function that returns whether the index is as a rebuild would make it."""

    def check() -> bool:
        now = indexed()
        with transaction.atomic():
            index.rebuild()
            anew = indexed()
            transaction.set_rollback(True)
        return now == anew

    return check


@pytest.fixture
def apply(db, files):
    return lambda: apply_entries(read_files(files.folder))


def test_an_apply_indexes_what_it_publishes(files, apply, find, is_true):
    apply()
    assert IndexedThing.objects.count()
    assert is_true()
    role = Role.objects.published().first()
    assert find(role.title)[0] == role.title


def test_an_apply_with_nothing_to_do_writes_nothing_into_it(apply, count_writes):
    apply()
    assert not count_writes(apply)


def test_a_save_and_its_undoing_are_found(catalog, revise, find, is_true):
    with revise():
        role = catalog.role(title="Stoker")
    assert find("stoker") == ["Stoker"]
    with revise():
        role.title = "Fireman"
        role.save()
    assert find("stoker") == []
    assert find("fireman") == ["Fireman"]
    revert(Revision.objects.latest("number").number, "ada")
    assert find("stoker") == ["Stoker"]
    assert is_true()


@pytest.fixture
def zebras(catalog, term, revise):
    """One thing of each searchable kind."""
    with revise():
        path = catalog.path(title="Zebra path", lessons=0)
        return {
            "role": catalog.role(title="Zebra role", paths=[path]),
            "path": path,
            "lesson": catalog.lesson(path, title="Zebra lesson", body=f"Zebras run. {LONG}"),
            "term": term("zebra", title="Zebra term"),
        }


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETIRED])
@pytest.mark.parametrize("kind", ["role", "path", "lesson", "term"])
def test_what_is_not_published_is_never_found(zebras, revise, find, kind, status):
    titles = {"Zebra role", "Zebra path", "Zebra lesson", "Zebra term"}
    assert set(find("zebra")) == titles
    with revise():
        zebras[kind].status = status
        zebras[kind].save()
    gone = {"path": {"Zebra path", "Zebra lesson"}}.get(kind, {zebras[kind].title})
    assert set(find("zebra")) == titles - gone
    with revise():
        zebras[kind].status = Status.PUBLISHED
        zebras[kind].save()
    assert set(find("zebra")) == titles


def test_a_drafts_words_are_no_words_of_the_site(catalog, revise):
    with revise():
        path = catalog.path()
        catalog.lesson(path, title="Xylographs", status=Status.DRAFT, body="Xylographs!")
    answer = index.search("xylographz", snapshot.current())
    assert answer.question.unknown
    assert not answer.question.corrected
    assert not answer.suggestions


def test_what_fails_leaves_the_index_as_it_was(catalog, revise, indexed):
    with revise():
        role = catalog.role(title="Stoker")
    before = indexed()
    with transaction.atomic():
        with revise():
            role.title = "Fireman"
            role.save()
        assert indexed() != before
        transaction.set_rollback(True)
    assert indexed() == before


def test_a_lesson_of_a_draft_path_is_not_found(catalog, revise, find):
    with revise():
        path = catalog.path(lessons=0, status=Status.DRAFT)
        catalog.lesson(path, title="Zebra")
    assert find("zebra") == []


def test_what_has_no_address_is_not_found(catalog, revise, find):
    with revise():
        catalog.role(title="Zebra")
        Role.objects.update(slug="no address")
    assert find("zebra") == []
    assert not IndexedThing.objects.filter(kind="roles").exists()


def test_a_solution_is_not_given_away(catalog, revise, find):
    with revise():
        body = f"Try. {LONG}\n\n::: solution\nZebra.\n:::\n"
        catalog.lesson(catalog.path(lessons=0), body=body)
    assert find("zebra") == []


def test_a_text_of_a_mebibyte_is_indexed_in_part(catalog, revise, find):
    words = (f"w{number}" for number in range(180_000))
    with revise():
        lesson = catalog.lesson(catalog.path(lessons=0), title="Long")
        html = "".join(f"<p>{word} is here.</p>" for word in words)
        Lesson.objects.filter(pk=lesson.pk).update(body_html=html)
    assert find("w1") == ["Long"]
    assert find("w179999") == []  # nor corrected to another: numbers aren't


def test_migrating_makes_an_index_where_there_is_none(catalog, find):
    catalog.role(title="Stoker")
    call_command("migrate", verbosity=0)
    assert find("stoker") == ["Stoker"]


def test_migrating_makes_it_anew_where_older_code_made_it(catalog, revise, indexed):
    with revise():
        catalog.role(title="Stoker")
    now = indexed()
    IndexedThing.objects.update(made_by=0, text="old")
    call_command("migrate", verbosity=0)
    assert indexed() == now


def test_migrating_leaves_a_present_index_alone(catalog, revise, count_writes):
    with revise():
        catalog.role(title="Stoker")
    assert not count_writes(lambda: index.rebuild_outdated(using="default"))


def test_the_index_of_the_database_follows_every_write(catalog, revise):
    """SQLite's FTS5 table agrees with the rows. PostgreSQL's generated columns can't differ."""
    with revise():
        catalog.roles(3)
    with revise():
        LearningPath.objects.update(title="Other")
        Role.objects.filter(title__endswith="1").update(status=Status.DRAFT)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO careers_indexedthing_fts (careers_indexedthing_fts, rank) "
                "VALUES ('integrity-check', 1)"
            )
