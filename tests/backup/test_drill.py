"""The drill: a site is backed up while it is edited, lost, and brought back."""

import re
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from tests.backup.sites import ENGINES, Site, site
from tests.careers.serving import wait_for

TWO_ROLES = """
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from careers.models import CatalogVersion, Role
for code in ("AA", "BB"):
    Role.objects.create(slug=code.lower(), title="0", code=code, status="published")
CatalogVersion.rise()
User.objects.create(username="editor", password="a hash of a password")
now = timezone.now()
Session.objects.create(session_key="a key to the admin", session_data="", expire_date=now)
"""
# Each edit changes both roles or none, and its number is printed once it is committed.
EDITOR = """
import time
from django.db import connection, transaction, DatabaseError
from careers.models import CatalogVersion, Role
from careers.sync import keep_writers_out
while True:
    try:
        with transaction.atomic():
            keep_writers_out()
            CatalogVersion.rise()
            number = int(Role.objects.get(slug="aa").title) + 1
            Role.objects.filter(slug="aa").update(title=number)
            Role.objects.filter(slug="bb").update(title=number)
    except (DatabaseError, Role.DoesNotExist):
        connection.close()  # its tables are being replaced
    else:
        print(number, flush=True)
    time.sleep(0.03)
"""
# A save that begins before a restore, and goes on once the restore waits for its lock.
SAVE = """
import time
from django.db import connection, transaction
from careers.models import CatalogVersion, Role
from careers.sync import keep_writers_out
with transaction.atomic(), connection.cursor() as cursor:
    keep_writers_out()
    print("begun", flush=True)
    waiting = 0
    while not waiting:
        time.sleep(0.03)
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        (waiting,) = cursor.fetchone()
    Role.objects.filter(slug="aa").update(title=7)
    Role.objects.filter(slug="bb").update(title=7)
    CatalogVersion.rise()
print("saved", flush=True)
"""
STATE = """
from careers.models import CatalogVersion, Role
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
print(*Role.objects.order_by("slug").values_list("title", flat=True), CatalogVersion.current()[0],
      User.objects.get().password, Session.objects.count(), sep="|")
"""
RISE = """
from careers.models import CatalogVersion
for _ in range(9):
    CatalogVersion.rise()
print(CatalogVersion.current()[0])
"""
FIVE_MINUTES = 300  # seconds


@contextmanager
def editing(edited: Site) -> Iterator[list[int]]:
    """Edit all the time during the block. Yields the growing list of confirmed edits."""
    done: list[int] = []
    with edited.running(EDITOR) as editor:
        reader = threading.Thread(target=lambda: done.extend(map(int, editor.stdout)))
        reader.start()
        wait_for(lambda: len(done) > 5)
        yield done
        editor.kill()
        reader.join()


def state(edited: Site) -> tuple[int, int]:
    """Return the site's last edit, which both of its roles must show, and its catalog version."""
    first, second, version, password, sessions = edited.run(STATE).strip().split("|")
    assert first == second, "half an edit"
    assert password == "a hash of a password"
    assert sessions == "0"
    return int(first), int(version)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_site_that_is_edited_all_the_time_is_lost_and_brought_back(engine, tmp_path: Path):
    """Each confirmed edit is in the restored site, or in what the restore kept of the old one."""
    backup, kept = tmp_path / "backup.zip", tmp_path / "kept.zip"
    with site(engine, tmp_path / "site", TWO_ROLES) as first:
        with editing(first) as done:
            before = done[-1]
            assert "written and read back" in first.manage("backup", backup)
            after = done[-1]
            first.manage("restore", backup, "--keep", kept)
            wait_for(lambda: any(later < earlier for earlier, later in pairwise(done)))
        again = next(place for place, (a, b) in enumerate(pairwise(done), 1) if b < a)
        assert done[:again] == list(range(1, again + 1))
        goes_on_from = done[again] - 1
        assert before <= goes_on_from <= after + 1
        assert done[again:] == [*range(done[again], done[-1] + 1)]
        state(first)

    begun = time.monotonic()
    with site(engine, tmp_path / "other") as other:
        said = other.manage("restore", kept, "--keep", tmp_path / "empty.zip")
        assert time.monotonic() - begun < FIVE_MINUTES
        number, version = state(other)
        assert number == again
        assert version > int(re.search(r"Restored catalog (\d+)", said)[1])


@pytest.mark.parametrize("engine", ENGINES)
def test_no_version_comes_twice(engine, tmp_path: Path):
    """A page cached before a restore must not pass for one after it, even if nobody edits then."""
    backup = tmp_path / "backup.zip"
    with site(engine, tmp_path / "site", TWO_ROLES) as edited:
        edited.manage("backup", backup)
        before = int(edited.run(RISE))
        edited.manage("restore", backup, "--keep", tmp_path / "kept.zip")
        _, version = state(edited)
        assert version > before


@pytest.mark.skipif("postgresql" not in ENGINES, reason="needs PostgreSQL as DATABASE_URL")
def test_a_save_that_has_begun_ends_before_a_restore_and_is_kept(tmp_path: Path):
    backup, kept = tmp_path / "backup.zip", tmp_path / "kept.zip"
    with site("postgresql", tmp_path / "site", TWO_ROLES) as edited:
        edited.manage("backup", backup)
        with edited.running(SAVE) as save:
            assert save.stdout.readline() == "begun\n"
            edited.manage("restore", backup, "--keep", kept)
            assert save.stdout.readline() == "saved\n"
        assert state(edited)[0] == 0
        edited.manage("restore", kept, "--keep", tmp_path / "again.zip")
        assert state(edited)[0] == 7


@pytest.mark.skipif("postgresql" not in ENGINES, reason="needs PostgreSQL as DATABASE_URL")
@pytest.mark.parametrize(
    ("prepare", "here"),
    [
        ("CREATE SCHEMA place; ALTER DATABASE {} SET search_path = place", "are in place"),
        ("ALTER DATABASE {} SET search_path = place", "no schema that it may write to"),
    ],
)
def test_a_backup_of_another_schema_is_refused_with_a_way_out(tmp_path: Path, prepare, here):
    backup = tmp_path / "backup.zip"
    with site("postgresql", tmp_path / "site", TWO_ROLES) as first:
        first.manage("backup", backup)
    with site("postgresql", tmp_path / "other") as other:
        name = other.environment["DATABASE_URL"].rpartition("/")[2]
        other.run(
            "from django.db import connection\n"
            f"connection.cursor().execute({prepare.format(name)!r})"
        )
        said = other.manage("restore", backup, "--keep", tmp_path / "kept.zip", fails=True)
    assert "its tables are in the schema public" in said
    assert here in said
    assert "search_path" in said
    assert "Nothing was changed" in said
    assert len(said.splitlines()) == 1


@pytest.mark.skipif("postgresql" not in ENGINES, reason="needs PostgreSQL as DATABASE_URL")
def test_a_dump_that_has_no_room_names_its_place(tmp_path: Path):
    with site("postgresql", tmp_path / "site") as full:
        said = full.run(
            "from pathlib import Path\nfrom django.db import connection\n"
            "from careers.backup.postgresql import PostgreSQL\n"
            "try:\n    PostgreSQL(connection.settings_dict).copy(Path('/dev/full'))\n"
            "except OSError as error:\n    print(error.filename, error.strerror)"
        )
    assert said == "/dev/full No space left on device\n"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backup_without_all_of_its_rows_is_refused(engine, tmp_path: Path):
    backup, cut = tmp_path / "backup.zip", tmp_path / "cut.zip"
    with site(engine, tmp_path / "site", TWO_ROLES) as whole:
        whole.manage("backup", backup)
        before = whole.run(STATE)
        with zipfile.ZipFile(backup) as read, zipfile.ZipFile(cut, "w") as written:
            for name in read.namelist():
                body = read.read(name)
                if name == "backup.json":
                    body = body.replace(b'"careers_role": 2', b'"careers_role": 3')
                written.writestr(name, body)
        said = whole.manage("restore", cut, "--keep", tmp_path / "kept.zip", fails=True)
        assert whole.run(STATE) == before
    assert "its tables don't have the rows that it says" in said
    assert "Nothing was changed" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_a_site_without_a_database_gets_an_older_one_up_to_date(engine, tmp_path: Path):
    backup, kept = tmp_path / "backup.zip", tmp_path / "kept.zip"
    with site(engine, tmp_path / "site", TWO_ROLES) as edited:
        edited.manage("migrate", "careers", "0017", "--verbosity", "0")
        edited.manage("backup", backup)
        if engine == "sqlite":
            for file in edited.folder.glob("db.sqlite3*"):
                file.unlink()
        else:
            edited.run(
                "from django.db import connection\n"
                "connection.cursor().execute('DROP SCHEMA public CASCADE; CREATE SCHEMA public')"
            )
        said = edited.manage("restore", backup, "--keep", kept)
        assert "wasn't a readable database of this site" in said
        assert not kept.exists()
        edited.manage("migrate", "--check")
        assert state(edited)[0] == 0


def test_a_database_that_is_damaged_is_set_aside(tmp_path: Path):
    backup, other = tmp_path / "backup.zip", tmp_path / "other.zip"
    with site("sqlite", tmp_path / "site", TWO_ROLES) as edited:
        edited.manage("backup", backup)
        edited.database.write_bytes(b"no database any more")
        said = edited.manage("backup", other, fails=True)
        assert "can't be backed up" in said
        assert "file is not a database" in said
        assert not other.exists()
        said = edited.manage("restore", backup, "--keep", other)
        (aside,) = edited.folder.glob("db.sqlite3.damaged-*[0-9]")
        assert aside.read_bytes() == b"no database any more"
        assert f"It is in {aside} as it was: " in said
        assert "file is not a database." in said
        assert state(edited)[0] == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_what_can_not_be_restored_changes_nothing(engine, tmp_path: Path):
    backup, bad = tmp_path / "backup.zip", tmp_path / "bad.zip"
    with site(engine, tmp_path / "site", TWO_ROLES) as edited:
        edited.manage("backup", backup)
        bad.write_bytes(backup.read_bytes()[:-100])
        said = edited.manage("restore", bad, "--keep", tmp_path / "kept.zip", fails=True)
        assert "it is damaged" in said
        assert "Nothing was changed" in said
        assert "already exists" in edited.manage("backup", bad, fails=True)
        assert {path.name for path in tmp_path.iterdir()} == {"site", "backup.zip", "bad.zip"}


@pytest.mark.skipif("postgresql" not in ENGINES, reason="needs PostgreSQL as DATABASE_URL")
def test_a_backup_of_the_other_kind_of_database_is_refused(tmp_path: Path):
    with site("sqlite", tmp_path / "lite", TWO_ROLES) as lite:
        lite.manage("backup", tmp_path / "backup.zip")
    with site("postgresql", tmp_path / "site") as edited:
        said = edited.manage("restore", tmp_path / "backup.zip", fails=True)
        assert "it was made from sqlite, and this site's database is postgresql" in said
