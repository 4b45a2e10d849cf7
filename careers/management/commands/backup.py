"""`manage.py backup FILE`: write the site's database into a file, while the site runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers import backup


class Command(BaseCommand):
    help = (
        "Write the site's database, as it is at this moment, into a new file, and read it back to "
        "be sure. The site and its editors can go on meanwhile."
    )

    requires_system_checks = []  # so that a damaged database is reported as such

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *_: Any, **options: Any) -> None:
        file: Path = options["file"].absolute()
        try:
            made = backup.make_backup(file)
        except FileExistsError:
            raise CommandError(f"{file} already exists: name a new file.") from None
        except (backup.UnreadableDatabase, backup.UnusableBackup, backup.MissingProgram) as error:
            raise CommandError(f"The database can't be backed up: {error}.") from None
        except backup.NotReadBack as error:
            raise CommandError(f"{error}. There is no backup.") from None
        except OSError as error:
            place = error.filename or file
            raise CommandError(f"{place}: {error.strerror}: name a file elsewhere.") from None
        size = file.stat().st_size / 1_000_000
        self.stdout.write(
            f"Backup of catalog {made.catalog} written and read back: "
            f"{sum(made.rows.values())} rows in {len(made.rows)} tables, {size:.1f} MB."
        )
