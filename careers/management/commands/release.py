"""`manage.py release`: bring database and static files to this code and its catalog."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from careers.management.locks import database_lock, folder_lock
from careers.management.terminal import any_reader


class Command(BaseCommand):
    """Migrate, load the catalog and collect static files; several at once wait for each other."""

    help = "Migrate, load the catalog and collect static files; safe to run several at once."
    requires_system_checks: list[str] = []  # each step has its own

    def run_from_argv(self, argv: list[str]) -> None:
        with any_reader():
            super().run_from_argv(argv)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only-static",
            action="store_true",
            help="leave the database as it is, for a machine of several that share it",
        )

    def handle(self, *, only_static: bool, **_options: Any) -> None:
        if not only_static:
            with database_lock():
                self._fill_database()
        if not settings.DEBUG:
            self._say("Collecting static files")
            with folder_lock(Path(settings.STATIC_ROOT)):
                call_command("collectstatic", interactive=False, verbosity=0)

    def _fill_database(self) -> None:
        self._say("Migrating the database")
        call_command("migrate", interactive=False, verbosity=0)
        self._say("Loading the catalog")
        # Faulty content doesn't keep the site from running: it is reported, and the site goes on
        # with what the database has. Only if that is nothing is it an error.
        call_command("catalog", "apply", at_start=True, stdout=self.stdout, stderr=self.stderr)

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
