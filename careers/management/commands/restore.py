"""`manage.py restore FILE`: replace the site's database by a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from careers import backup, sync


class Command(BaseCommand):
    help = (
        "Bring the site's database back to a backup, and up to date with this program. What is "
        "replaced is kept as a backup of its own. Everybody has to log in again."
    )
    requires_system_checks = []  # there may be no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--keep",
            type=Path,
            metavar="FILE",
            help="a new file for what is replaced; var/before-restore-….zip without it",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        file: Path = options["file"]
        keep: Path = (options["keep"] or _file_to_keep()).absolute()
        try:
            if not options["keep"]:
                keep.parent.mkdir(parents=True, exist_ok=True)
            done = backup.restore_backup(file, keep, sync.writers_tables())
        except backup.UnusableBackup as error:
            raise _refused(f"{file} can't be restored: {error}") from None
        except backup.NotReadBack as error:
            raise _refused(str(error)) from None
        except FileExistsError:
            raise _refused(f"{keep} already exists: name a new file with --keep") from None
        except (backup.UnreadableDatabase, backup.MissingProgram) as error:
            raise _refused(f"The database says: {str(error).strip()}") from None
        except OSError as error:
            place = error.filename or file
            way_out = "" if Path(place) == file else ": name a file elsewhere with --keep"
            raise _refused(f"{place}: {error.strerror}{way_out}") from None
        self.stdout.write(
            f"Restored catalog {done.contents.catalog} as it was at {done.contents.made}: "
            f"{sum(done.contents.rows.values())} rows in {len(done.contents.rows)} tables."
        )
        self.stdout.write(
            f"What was there before is in {done.kept}."
            if done.kept
            else "What was there before wasn't a readable database of this site."
        )
        if done.aside:
            self.stdout.write(f"It is in {done.aside} as it was: {done.why}.")
        call_command("migrate", interactive=False, verbosity=0)


def _file_to_keep() -> Path:
    folder: Path = settings.VAR_DIR
    return folder / f"before-restore-{timezone.now():%Y%m%dT%H%M%SZ}.zip"


def _refused(why: str) -> CommandError:
    return CommandError(f"{why}. Nothing was changed.")
