"""One at a time, of all processes that share a database or a folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

RELEASE = 0x6361726565727331  # any number that nobody else takes for a lock in this database


@contextmanager
def database_lock() -> Iterator[None]:
    """Wait for whoever else migrates this database and fills it, on this machine or another."""
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
    """Wait for whoever else on this machine holds this. A file beside the path stays behind."""
    beside = path.with_name(f"{path.name}.lock")
    beside.parent.mkdir(parents=True, exist_ok=True)
    with beside.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # given back with the file, even by who is killed
        yield
