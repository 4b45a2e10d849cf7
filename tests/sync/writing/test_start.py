"""`catalog apply --at-start`: no content stops the site or hides what is shown."""

import shutil
import threading
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from careers.models import CatalogEntry, HiringSignal, Role
from paths.models import Status

pytestmark = pytest.mark.django_db

ROLE = "roles/ml-engineer.yaml"
OTHER_ROLE = "roles/data-engineer.yaml"
SIGNALS = "signals.yaml"
SERVES = "The site serves what it has."


@pytest.fixture
def start(files, capsys):
    """Run what bin/serve runs, and get what it said on standard error."""

    def run() -> str:
        call_command("catalog", "--dir", str(files.folder), "apply", "--at-start")
        return capsys.readouterr().err

    return run


@pytest.fixture
def apply(files, capsys):
    """Apply the files as a person does, and get standard output."""

    def run() -> str:
        call_command("catalog", "--dir", str(files.folder), "apply", "--allow-removals", "9")
        return capsys.readouterr().out

    return run


def a_typo(files) -> str:
    files.change(ROLE, "title: ML", "titel: ML")
    return f"{ROLE}:1:1"


def no_folder(files) -> str:
    shutil.rmtree(files.folder)
    return "1 problem in its files"


def a_conflict(files) -> str:
    Role.objects.filter(slug="ml-engineer").update(summary="An editor's.")
    files.change(ROLE, "summary: ", "summary: A file's ")
    return "roles/ml-engineer: summary"


def a_code_that_a_live_role_has(files) -> str:
    Role.objects.create(slug="live", title="Live", code="ZZ", summary="x", status=Status.PUBLISHED)
    files.change(ROLE, "code: ML", "code: ZZ")
    return "has this code already"


def half_an_export(files) -> str:
    files.change(ROLE, "summary: ", "summary: Half ")
    files.write(".export.json", "{}")
    return "`catalog export` finishes it"


BAD = [a_typo, no_folder, half_an_export, a_conflict, a_code_that_a_live_role_has]


@pytest.mark.parametrize("spoil", BAD)
def test_a_bad_catalog_is_said_in_a_line_and_the_site_starts(files, start, client, spoil):
    start()
    what = spoil(files)
    (said,) = start().splitlines()
    assert said.startswith("The catalog isn't loaded: ")
    assert what in said
    assert said.endswith(SERVES)
    assert client.get("/careers/ml-engineer/").status_code == 200
    assert not Role.objects.filter(summary__startswith="Half").exists()


@pytest.mark.parametrize("spoil", BAD[:3])
def test_with_nothing_to_serve_every_problem_is_said_as_an_error(files, start, spoil):
    spoil(files)
    with pytest.raises(CommandError, match="1 problem in the catalog, and the database has none"):
        start()


def test_a_database_that_can_not_be_written_is_served(files, start, client):
    start()
    files.change(ROLE, "summary: ", "summary: Newer ")

    def full(execute, sql, *rest):
        if sql.startswith(("INSERT", "UPDATE")):
            raise DatabaseError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(full):
        (said,) = start().splitlines()
    assert "the database says: database or disk is full. " in said
    assert said.endswith(SERVES)
    assert client.get("/careers/ml-engineer/").status_code == 200


def test_what_is_gone_is_still_shown_and_named_until_a_person_applies(files, start, apply, client):
    start()
    page = Role.objects.get(slug="data-engineer").get_absolute_url()
    files.remove(OTHER_ROLE)
    for _ in range(2):
        assert "roles/data-engineer" in start()
        assert client.get(page).status_code == 200
    apply()
    assert client.get(page).status_code == 410
    assert not start()


def test_the_rest_is_loaded_where_something_is_gone(files, start):
    start()
    files.remove(OTHER_ROLE)
    files.change(ROLE, "summary: ", "summary: Newer ")
    assert "roles/data-engineer" in start()
    assert Role.objects.get(slug="ml-engineer").summary.startswith("Newer")
    assert not CatalogEntry.objects.filter(gone=True).exists()


def test_an_edit_of_what_is_gone_keeps_nothing_from_being_loaded(files, start):
    """A person's apply would conflict: is the role to go, or to be shown as edited?"""
    start()
    Role.objects.filter(slug="data-engineer").update(summary="An editor's.")
    files.remove(OTHER_ROLE)
    files.change(ROLE, "summary: ", "summary: Newer ")
    assert "isn't loaded" not in start()
    assert Role.objects.get(slug="ml-engineer").summary.startswith("Newer")
    assert Role.objects.get(slug="data-engineer").summary == "An editor's."


def test_an_item_that_is_gone_from_a_list_is_named_and_not_its_file(files, start):
    start()
    whole = (files.folder / SIGNALS).read_text()
    first = whole.index("  - slug: shipped")
    files.write(SIGNALS, whole[:first] + whole[whole.index("  - slug: eval-discipline") :])
    assert "Gone from the files, and still shown: signals/shipped." in start()
    assert HiringSignal.objects.get(slug="shipped").status == Status.PUBLISHED


def test_what_comes_back_is_as_if_it_had_never_been_gone(files, start):
    start()
    text = (files.folder / OTHER_ROLE).read_text()
    files.remove(OTHER_ROLE)
    start()
    files.write(OTHER_ROLE, text)
    assert not start()
    assert Role.objects.get(slug="data-engineer").status == Status.PUBLISHED


def test_a_rename_is_no_loss(files, start):
    start()
    text = (files.folder / OTHER_ROLE).read_text()
    files.remove(OTHER_ROLE)
    files.write("roles/data-platform-engineer.yaml", f"formerly: [data-engineer]\n{text}")
    assert not start()
    assert Role.objects.get(slug="data-platform-engineer").status == Status.PUBLISHED


def test_it_goes_with_no_other_option(files):
    with pytest.raises(CommandError, match="another option"):
        call_command("catalog", "--dir", str(files.folder), "apply", "--at-start", "--overwrite")


# -- Gone for a moment ---------------------------------------------------------------------


@contextmanager
def away(path, seconds: float):
    """Remove a file, and put it back after so many seconds, as an editor or a checkout may."""
    text = path.read_bytes()
    path.unlink()
    back = threading.Timer(seconds, path.write_bytes, [text])
    back.start()
    yield
    back.join()


@pytest.mark.parametrize("name", [OTHER_ROLE, ROLE])
def test_a_file_that_is_away_for_a_moment_takes_no_page_with_it(files, apply, client, moment, name):
    apply()
    with away(files.folder / name, moment / 5):
        assert " 0 retired" in apply()
    assert client.get("/careers/data-engineer/").status_code == 200
    assert client.get("/careers/ml-engineer/").status_code == 200


def test_a_file_that_stays_away_is_believed(files, apply):
    apply()
    files.remove(OTHER_ROLE)
    assert " 1 retired" in apply()
