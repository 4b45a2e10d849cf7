"""`manage.py catalog check`, `manage.py catalog apply` and `manage.py catalog schema`."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from careers.sync import schema
from careers.sync.apply import Conflict, apply
from careers.sync.entries import Entry
from careers.sync.plan import Action, Field, Plan
from careers.sync.problems import CatalogError
from careers.sync.read import read

CONFLICT = 3
SCHEMAS = settings.BASE_DIR / "static" / "schema"


class Command(BaseCommand):
    """The catalog's files: check them, bring the database to what they say, describe them."""

    help = "The catalog's files: check them, bring the database to what they say, describe them."
    requires_system_checks: list[str] = []  # `check` needs no database, and says so itself

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dir",
            type=Path,
            default=settings.CATALOG_DIR,
            help="the catalog folder (CATALOG_DIR)",
        )
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("check", help="read every file, report every problem; needs no database")
        into = actions.add_parser("apply", help="bring the database to what the files say")
        into.add_argument(
            "--overwrite",
            action="store_true",
            help="take the files' side wherever an editor changed what a file says",
        )
        shapes = actions.add_parser(
            "schema", help="write the JSON Schema of every kind of file; needs no database"
        )
        shapes.add_argument(
            "--into", type=Path, default=SCHEMAS, help="the folder to write to (static/schema)"
        )

    def handle(self, *, action: str, dir: Path, **options: Any) -> None:  # noqa: A002
        if action == "schema":
            self._write_schemas(options["into"])
            return
        entries = self._read(dir)
        if action == "check":
            self.stdout.write(f"The catalog is in order: {_count(entries)}.")
        else:
            self._apply(entries, overwrite=options["overwrite"])

    def _write_schemas(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        written = schema.texts()
        for name, text in written.items():
            (folder / f"{name}.json").write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(written)} schemas written into {folder}.")

    def _read(self, folder: Path) -> list[Entry]:
        try:
            return read(folder)
        except CatalogError as error:
            raise _refused(error) from None

    def _apply(self, entries: list[Entry], *, overwrite: bool) -> None:
        plan = MigrationExecutor(connection)
        if plan.migration_plan(plan.loader.graph.leaf_nodes()):
            raise CommandError("The database isn't up to date: run manage.py migrate first.")
        try:
            done = apply(entries, overwrite=overwrite)
        except CatalogError as error:
            raise _refused(error) from None
        except Conflict as conflict:
            fields = "\n".join(_conflict(field) for field in conflict.plan.conflicts)
            raise CommandError(
                f"{fields}\n\nThe files and an editor changed the same fields; nothing was "
                "written. Bring the files to what the editor wrote, or take the files' side with "
                "--overwrite.",
                returncode=CONFLICT,
            ) from None
        self._report(done)

    def _report(self, done: Plan) -> None:
        added = [change.entry for change in done.changes if change.action is Action.ADD]
        if added:
            self.stdout.write(f"{'add':7}{_count(added)}")
        for change in done.changes:
            if change.action is not Action.ADD:
                names = ", ".join(field.name for field in change.fields)
                self.stdout.write(f"{change.action.value:7}{_name(change.id)}: {names}")
        for field in done.drift:
            self.stdout.write(f"{'keep':7}{_name(field.id)}: {field.name} was edited live")
        counts = done.counts()
        self.stdout.write(
            f"Catalog applied: {counts['add']} added, {counts['change']} changed, "
            f"{counts['retire']} retired, {counts['drift']} live edits kept."
        )


def _refused(error: CatalogError) -> CommandError:
    many = "1 problem" if len(error.problems) == 1 else f"{len(error.problems)} problems"
    return CommandError(f"{error}\n\n{many} in the catalog; nothing was written.")


def _name(key: tuple[str, str]) -> str:
    return "/".join(key)


def _conflict(field: Field) -> str:
    return (
        f"conflict: {_name(field.id)}: {field.name}\n"
        f"  file: {_shown(field.file)}\n"
        f"  live: {_shown(field.live)}"
    )


def _shown(value: Any, limit: int = 200) -> str:
    text = str(value)
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text):,} characters)"


def _count(entries: Iterable[Entry]) -> str:
    kinds: dict[str, int] = {}
    for entry in entries:
        kinds[entry.kind] = kinds.get(entry.kind, 0) + 1
    return ", ".join(
        f"{number} {kind.removesuffix('s') if number == 1 else kind}"
        for kind, number in sorted(kinds.items())
    )
