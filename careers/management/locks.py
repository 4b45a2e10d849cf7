"""Locks that let one process at a time work on a shared database or folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

RELEASE = 0x6361726565727331  # key of the advisory lock: any number that nothing else uses


@contextmanager
def database_lock() -> Iterator[None]:
    """Hold the lock for migrating and filling this database, after waiting for other processes.

    PostgreSQL's holds across machines, SQLite's on this machine.
    """
    if connection.vendor == "sqlite":
        with folder_lock(Path(connection.settings_dict["NAME"])):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [RELEASE])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [RELEASE])


@contextmanager
def folder_lock(path: Path) -> Iterator[None]:
    """Hold a lock on a path, after waiting for other processes on this machine.

    Its file, `….lock` beside the path, stays behind.
    """
    beside = path.with_name(f"{path.name}.lock")
    beside.parent.mkdir(parents=True, exist_ok=True)
    with beside.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # released with the file, even if the process is killed
        yield
