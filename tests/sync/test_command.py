"""`manage.py catalog`: what it prints, and how it ends."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from careers.models import SAME_CODE, CatalogEntry, Role
from paths.models import LearningPath

ROLE = "roles/ml-engineer.yaml"
OTHER_ROLE = "roles/data-engineer.yaml"
PATH = "paths/rag/path.yaml"
CONFLICT = 3


@pytest.fixture
def catalog_command(files, capsys):
    """Run `manage.py catalog` on the small catalog and get what it printed."""

    def run(*arguments: str) -> str:
        call_command("catalog", "--dir", str(files.folder), *arguments)
        return capsys.readouterr().out

    return run


@pytest.fixture
def manage(files):
    """Run `manage.py catalog` as a shell does, on a database that can't be reached."""

    def run(*arguments: str) -> subprocess.CompletedProcess:
        environment = os.environ | {
            "CATALOG_DIR": str(files.folder),
            "DATABASE_URL": f"sqlite:///{files.folder}/no/such/folder/db.sqlite3",
        }
        return subprocess.run(
            [sys.executable, "manage.py", "catalog", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


# -- check ---------------------------------------------------------------------------------


def test_check_counts_what_is_in_order(catalog_command):
    assert catalog_command("check") == (
        "The catalog is in order: 2 backgrounds, 3 lessons, 2 paths, 2 roles, 2 signals.\n"
    )


def test_check_ends_with_0_without_a_database(manage):
    done = manage("check")
    assert (done.returncode, done.stderr) == (0, "")


def test_check_ends_with_1_and_prints_every_problem_to_stderr(files, manage):
    files.change(ROLE, "title: ML", "titel: ML")
    files.change(PATH, "title: RAG", "\ttitle: RAG")
    done = manage("check")
    assert (done.returncode, done.stdout) == (1, "")
    assert f" --> {PATH}:1:1" in done.stderr
    assert f" --> {ROLE}:1:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_problems_are_counted_in_the_last_line(files, catalog_command):
    files.write("README.md", "x")
    files.write("roles/NEWS.md", "x")
    with pytest.raises(CommandError) as refused:
        catalog_command("check")
    last = str(refused.value).splitlines()[-1]
    assert last == "2 problems in the catalog; nothing was written."


def test_one_problem_is_not_two(files, catalog_command):
    files.write("README.md", "x")
    with pytest.raises(CommandError, match=r"\n\n1 problem in the catalog; nothing was written\.$"):
        catalog_command("check")


def test_a_problem_is_printed_as_it_is(files, catalog_command):
    files.add(ROLE, "not_tought: x\n")
    (problem,) = files.problems()
    with pytest.raises(CommandError) as refused:
        catalog_command("check")
    assert str(refused.value).startswith(f"{problem}\n\n")


def test_the_folder_comes_from_the_settings_where_none_is_named(files, settings, capsys):
    settings.CATALOG_DIR = files.folder
    call_command("catalog", "check")
    assert "2 roles" in capsys.readouterr().out


# -- apply ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_apply_says_what_it_added(catalog_command):
    assert catalog_command("apply").splitlines() == [
        "add    2 backgrounds, 3 lessons, 2 paths, 2 roles, 2 signals",
        "Catalog applied: 11 added, 0 changed, 0 retired, 0 live edits kept.",
    ]


@pytest.mark.django_db
def test_apply_has_nothing_to_say_the_second_time(catalog_command):
    catalog_command("apply")
    assert catalog_command("apply") == (
        "Catalog applied: 0 added, 0 changed, 0 retired, 0 live edits kept.\n"
    )


@pytest.mark.django_db
def test_apply_says_what_it_changed_retired_and_kept(files, catalog_command):
    catalog_command("apply")
    Role.objects.filter(slug="ml-engineer").update(summary="The editor's.")
    files.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    files.change(ROLE, "code: ML", "code: ME")
    files.remove(OTHER_ROLE)
    assert catalog_command("apply").splitlines() == [
        "retire roles/data-engineer: status",
        "change roles/ml-engineer: code, title",
        "keep   roles/ml-engineer: summary was edited live",
        "Catalog applied: 0 added, 1 changed, 1 retired, 1 live edits kept.",
    ]


@pytest.mark.django_db
def test_apply_writes_nothing_of_a_catalog_with_a_problem(files, catalog_command):
    files.write("README.md", "x")
    with pytest.raises(CommandError) as refused:
        catalog_command("apply")
    assert refused.value.returncode == 1
    assert not Role.objects.exists()


@pytest.mark.django_db
def test_a_conflict_ends_with_3_and_names_both_sides(files, catalog_command):
    catalog_command("apply")
    Role.objects.filter(slug="ml-engineer").update(title="The editor's")
    files.change(ROLE, "title: ML Engineer", "title: The file's")
    with pytest.raises(CommandError) as conflict:
        catalog_command("apply")
    assert conflict.value.returncode == CONFLICT
    assert str(conflict.value).startswith(
        "conflict: roles/ml-engineer: title\n  file: The file's\n  live: The editor's\n"
    )
    assert "--overwrite" in str(conflict.value)


@pytest.mark.django_db
def test_a_conflict_writes_nothing(files, catalog_command):
    catalog_command("apply")
    Role.objects.filter(slug="ml-engineer").update(title="The editor's")
    files.change(ROLE, "title: ML Engineer", "title: The file's")
    files.change(PATH, "title: RAG", "title: Retrieval")
    base = list(CatalogEntry.objects.values())
    with pytest.raises(CommandError):
        catalog_command("apply")
    assert Role.objects.get(slug="ml-engineer").title == "The editor's"
    assert LearningPath.objects.get(slug="rag").title == "RAG"
    assert list(CatalogEntry.objects.values()) == base


@pytest.mark.django_db
def test_overwrite_takes_the_files_side(files, catalog_command):
    catalog_command("apply")
    Role.objects.filter(slug="ml-engineer").update(title="The editor's")
    files.change(ROLE, "title: ML Engineer", "title: The file's")
    assert "0 live edits kept" in catalog_command("apply", "--overwrite")
    assert Role.objects.get(slug="ml-engineer").title == "The file's"


@pytest.mark.django_db
def test_a_long_text_of_a_conflict_is_cut(files, catalog_command):
    catalog_command("apply")
    Role.objects.filter(slug="ml-engineer").update(honest_scope="x" * 1000)
    files.change(ROLE, "honest_scope: Courses", "honest_scope: All courses")
    with pytest.raises(CommandError, match=f"live: {'x' * 200}… \\(1,000 characters\\)\n"):
        catalog_command("apply")


@pytest.mark.django_db
def test_a_code_that_an_editor_gave_to_another_role_is_refused_in_words(catalog, catalog_command):
    catalog.role("editors-own", code="ML", paths=[])
    with pytest.raises(CommandError, match=SAME_CODE):
        catalog_command("apply")
    assert not CatalogEntry.objects.exists()


@pytest.mark.django_db
def test_a_code_that_a_retired_role_has_is_refused_in_words(files, catalog_command):
    catalog_command("apply")
    files.rename(ROLE, "roles/platform-engineer.yaml")
    with pytest.raises(CommandError, match=SAME_CODE):
        catalog_command("apply")
    assert Role.objects.get(slug="ml-engineer").status == "published"


def test_a_database_that_is_not_migrated_is_named(files, tmp_path):
    empty = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    done = subprocess.run(
        [sys.executable, "manage.py", "catalog", "--dir", str(files.folder), "apply"],
        cwd=settings.BASE_DIR,
        env=empty,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "run manage.py migrate first" in done.stderr
    assert "Traceback" not in done.stderr
