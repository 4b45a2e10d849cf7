"""The snapshot of the published catalog: read once a version, never behind the database."""

from django.db import connection, transaction
from django.urls import reverse

from careers import snapshot
from careers.models import CatalogVersion, Role
from careers.sync.reading.reader import read_files
from careers.sync.writing.apply import apply_entries
from paths.models import Lesson, Status
from tests.admin.editing import save


def version() -> int:
    return CatalogVersion.current()[0]


def test_it_is_read_once_a_version(catalog):
    catalog.role("ml-engineer")
    first = snapshot.current()
    assert snapshot.current() is first
    CatalogVersion.rise()
    assert snapshot.current() is not first


def test_an_empty_database_is_an_empty_catalog_of_version_0(db):
    found = snapshot.current()
    assert (found.version.number, found.version.changed_at, found.roles) == (0, None, {})


def test_a_change_that_is_rolled_back_raises_nothing(catalog):
    before = CatalogVersion.current()
    with transaction.atomic():
        CatalogVersion.rise()
        transaction.set_rollback(True)
    assert CatalogVersion.current() == before


def test_it_is_read_again_when_the_catalog_changes_meanwhile(catalog):
    role = catalog.role("ml-engineer", title="Before")
    once = iter([True])

    def interrupted(execute, sql, *rest):
        """Change the role as soon as it has been read."""
        rows = execute(sql, *rest)
        if f'FROM "{Role._meta.db_table}"' in sql and next(once, False):
            Role.objects.filter(pk=role.pk).update(title="After")
            CatalogVersion.rise()
        return rows

    with connection.execute_wrapper(interrupted):
        found = snapshot.current()
    assert not next(once, False), "nobody read the roles"
    assert found.roles["ml-engineer"].title == "After"
    assert found.version.number == version()


def test_what_the_public_may_not_see_is_not_in_it(catalog):
    path = catalog.path(lessons=1)
    catalog.lesson(path, title="Secret draft", slug="secret", status=Status.DRAFT, body="")
    gone = catalog.lesson(path, title="Secret gone", status=Status.RETIRED)
    hidden = catalog.path(title="Secret path", status=Status.DRAFT)
    role = catalog.role(paths=[path, hidden])
    role.pivots.create(
        background=catalog.background(title="Secret background", status=Status.DRAFT)
    )
    catalog.role(title="Secret role", status=Status.RETIRED)
    catalog.signal(gone, title="Secret signal", status=Status.DRAFT)
    catalog.signal(gone, title="Open signal")
    found = snapshot.current()
    assert "ecret" not in repr(found)
    assert len(found.paths[path.slug].lessons) == 2  # the draft counts
    assert found.paths[path.slug].hours.lessons_published == 1
    assert [signal.lessons for signal in found.signals.values()] == [()]


def test_a_draft_that_somebody_knows_counts_as_known(catalog):
    path = catalog.path(lessons=0)
    lesson = catalog.lesson(path, status=Status.DRAFT, body="")
    catalog.background(slug="writer").knows.add(lesson)
    CatalogVersion.rise()
    assert snapshot.current().backgrounds["writer"].knows == {lesson.number}


# -- Every change raises the version, whoever makes it --


def test_a_saved_form_raises_it(editor, catalog):
    path = catalog.path(lessons=1)
    role = catalog.role(paths=[path])
    for thing in (path, path.lessons.get(), role, catalog.background(), catalog.signal()):
        before = version()
        assert save(editor, thing, title="Renamed by an editor").status_code == 302
        assert version() == before + 1, thing
    assert snapshot.current().roles[role.slug].title == "Renamed by an editor"


def test_an_action_on_a_list_raises_it(editor, catalog):
    catalog.roles(5)  # retiring the only role would need confirmation
    role = catalog.role("ml-engineer")
    editor.get("/careers/")
    data = {"action": "retire", "_selected_action": [role.pk]}
    editor.post(reverse("admin:careers_role_changelist"), data)
    assert "ml-engineer" not in snapshot.current().roles
    assert editor.get("/careers/ml-engineer/").status_code == 410


def test_apply_raises_it_once_if_it_writes_anything(db, settings):
    entries = read_files(settings.CATALOG_DIR)
    apply_entries(entries)
    assert version() == 1
    apply_entries(entries)
    assert version() == 1


def test_lessons_that_are_rendered_again_raise_it(real_catalog, settings):
    Lesson.objects.filter(number=101).update(rendered_by=0)
    before = version()
    apply_entries(read_files(settings.CATALOG_DIR))
    assert version() == before + 1


def test_the_foot_of_a_page_says_which_catalog_it_shows(client, catalog):
    catalog.role()
    number, when = CatalogVersion.current()
    assert when is not None
    for url in ("/", "/careers/", "/paths/"):
        assert f"Catalog {number}, changed on" in client.get(url).text


def test_stops_at_whole_paths_share_one_empty_set(catalog):
    """Fifty thousand separate sets would take 20 MB."""
    catalog.role(paths=[catalog.path(), catalog.path()])
    (role,) = snapshot.current().roles.values()
    sets = {id(numbers) for stop in role.roadmap.stops for numbers in (stop.only, stop.focus)}
    assert len(role.roadmap.stops) == 2
    assert len(sets) == 1


def test_what_many_say_alike_is_in_memory_once(catalog):
    said = {"after_paths": "Then apply.", "fit_questions": ["Did you like it?"]}
    first, second = (catalog.role(**said) for _ in range(2))
    read = snapshot.current().roles
    one, other = read[first.slug], read[second.slug]
    assert one.fit_questions == ("Did you like it?",)
    assert one.fit_questions is other.fit_questions
    assert one.roadmap.after_paths is other.roadmap.after_paths
    assert one.bands[0].source_url is other.bands[0].source_url
    assert one.bands[0].collected is other.bands[0].collected
    assert one.bands[0] is not other.bands[0]
