"""What the two kinds of database have in common for a backup."""

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
    """What is there is damaged, or no database."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of what was there. kept: of its backup, if there is one. aside, why: where its
    file was put as it is, and why, if it couldn't."""

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
    """Raises UnusableBackup if a database isn't one of this site."""
    if missing := NEEDED - set(names):
        raise UnusableBackup(f"its database isn't one of this site: it has no {min(missing)}")
