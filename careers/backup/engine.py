"""What backups of both kinds of database share."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from careers.backup.archive import Contents, UnusableBackup

NEEDED = {"django_migrations", "django_session", "paths_catalogversion"}


class UnreadableDatabase(Exception):
    """The site's own database can't be copied or replaced. The message is what its engine says."""


class BrokenDatabase(UnreadableDatabase):
    """The file of the site's database is damaged, or isn't a database."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of the replaced database.

    kept: the contents of its backup, if one could be made. aside, why: if it couldn't, where its
    files were moved, unchanged, and what was wrong with them.
    """

    kept: Contents | None = None
    aside: Path | None = None
    why: str = ""


type Keep = Callable[[], Contents]  # backs up what is about to be replaced


class Engine(Protocol):
    """A database that can be copied and replaced. See SQLite for what each call promises."""

    name: str

    def copy(self, into: Path) -> Contents: ...

    def check(self, copy: Path) -> Contents: ...

    def replace(self, copy: Path, keep: Keep, first: Sequence[str]) -> Replaced: ...


def now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def require_tables(names: Iterable[str]) -> None:
    """Raise UnusableBackup unless these are tables of this site's database."""
    if missing := NEEDED - set(names):
        raise UnusableBackup(f"its database isn't this site's: it has no {min(missing)}")
