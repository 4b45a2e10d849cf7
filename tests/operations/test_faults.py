"""Any fault of the database: a 503 page in the site's look, and one log line a minute."""

import errno
import logging
import os

import pytest
from django.db import InterfaceError, OperationalError

from careers.database.availability import Availability, DatabaseAway
from careers.management.faults import faults_in_a_line
from careers.operations.logs import LastingFaults
from tests.careers.serving import environment, free_port, run_program


@pytest.fixture
def passes(monkeypatch):
    """Stop the clock. A function that moves it on by some seconds."""
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])

    def let_pass(seconds: float) -> None:
        now[0] += seconds

    return let_pass


def record(fault: Exception, logger: str = "django.request") -> logging.LogRecord:
    info = (type(fault), fault, None)
    return logging.LogRecord(logger, logging.ERROR, "", 1, "", (), info)


@pytest.mark.parametrize("fault", [OperationalError("disk full"), InterfaceError("closed")])
def test_a_page_that_the_database_fails_is_to_be_asked_for_again(client, db, monkeypatch, fault):
    def fail(**_):
        raise fault

    client.raise_request_exception = False
    monkeypatch.setattr("careers.snapshot.current", fail)
    response = client.get("/careers/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response["Cache-Control"] == "no-store"
    assert "Back in a moment" in response.text


def test_a_fault_that_lasts_is_said_once(passes):
    filtered = LastingFaults()
    locked, full = OperationalError("database is locked"), OperationalError("disk full\nmore")
    assert [filtered.filter(record(fault)) for fault in (locked, full, locked)] == [1, 1, 0]
    passes(61)
    assert filtered.filter(record(locked))


def test_why_a_site_is_not_ready_is_said_once_however_often_it_is_probed(passes):
    """A restart probes once a second."""
    filtered = LastingFaults()
    pending, broken = (record(RuntimeError(why), "careers.operations.probes") for why in "ab")
    assert [filtered.filter(each) for each in (pending, broken, pending)] == [1, 1, 0]
    passes(61)
    assert filtered.filter(pending)


def test_errors_of_our_own_are_all_said():
    filtered = LastingFaults()
    assert [filtered.filter(record(ValueError("x"))) for _ in range(2)] == [True, True]
    assert filtered.filter(logging.LogRecord("x", logging.ERROR, "", 1, "", (), None))


def test_that_the_database_is_away_is_said_by_what_found_out():
    assert not LastingFaults().filter(record(DatabaseAway("away")))


def test_one_a_second_tries_a_database_that_is_away(caplog, passes):
    availability = Availability()
    availability.require()
    availability.note_silence("refused", availability.heard)
    for _ in range(3):
        with pytest.raises(DatabaseAway):
            availability.require()
    passes(1)
    availability.require()
    with pytest.raises(DatabaseAway):
        availability.require()
    availability.note_silence("refused", availability.heard)
    availability.note_answer(availability.heard)
    availability.require()
    assert [line.levelname for line in caplog.records] == ["ERROR", "WARNING"]


def test_what_was_asked_before_an_answer_is_no_news_of_the_database(caplog):
    availability = Availability()
    asked = availability.heard
    availability.note_answer(asked)
    availability.note_silence("no answer within 12 s", asked)
    availability.report("TimeoutError", asked)
    assert not availability.is_away
    availability.require()
    assert not caplog.records


def test_an_answer_to_what_was_asked_before_a_silence_is_no_news_either(caplog):
    """Its thread may just have been slow: the log would wrongly say that the database is back."""
    availability = Availability()
    asked = availability.heard
    availability.note_silence("no answer within 2 s", asked)
    availability.note_answer(asked)
    assert availability.is_away
    availability.note_answer(availability.heard)
    assert not availability.is_away
    assert [line.levelname for line in caplog.records] == ["ERROR", "WARNING"]


# -- Commands --

COMMANDS = [
    "release",
    "migrate",
    "clearsessions",
    "backup {}/b.zip",
    "mirror {}/mirror --site http://localhost",
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "where", ["postgres://careers:secret@127.0.0.1:{port}/x", "sqlite:///{folder}"]
)
def test_a_command_whose_database_is_not_there_says_so_in_a_line(command, where, tmp_path):
    url = where.format(port=free_port(), folder=tmp_path)
    words = command.format(tmp_path).split()
    done = run_program("manage.py", *words, environment=environment(tmp_path, DATABASE_URL=url))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith(("error: the database says: ", "CommandError: The database can't be"))


@pytest.mark.parametrize("command", ["migrate", "catalog plan", "catalog apply"])
def test_a_file_of_sqlite_that_cannot_be_opened_is_named_with_a_way_out(command, tmp_path):
    missing = tmp_path / "nowhere" / "db.sqlite3"
    given = environment(tmp_path, DATABASE_URL=f"sqlite:///{missing}")
    said = run_program("manage.py", *command.split(), environment=given).stderr
    assert f"he database says: {missing}: unable to open database file: its folder" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_file_that_cannot_be_written_is_named_in_a_line(number):
    with pytest.raises(SystemExit) as end, faults_in_a_line():
        raise OSError(number, os.strerror(number), "/srv/careers/static.lock")
    assert end.value.code == f"error: /srv/careers/static.lock: {os.strerror(number)}"


def test_other_errors_of_the_system_are_told_with_their_place():
    with pytest.raises(ProcessLookupError), faults_in_a_line():
        raise ProcessLookupError(errno.ESRCH, "No such process")


def test_a_fault_of_our_own_is_told_with_its_place(tmp_path):
    given = environment(tmp_path)
    words = ("shell", "-v0", "-c", "connection.cursor().execute('SELECT nonsense')")
    done = run_program("manage.py", *words, environment=given)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
