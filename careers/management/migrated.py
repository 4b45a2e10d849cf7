"""Whether the database has all migrations that this version of the program needs."""

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def is_migrated() -> bool:
    plan = MigrationExecutor(connection)
    return not plan.migration_plan(plan.loader.graph.leaf_nodes())


def require_migrations() -> None:
    if not is_migrated():
        raise CommandError("The database isn't up to date: run manage.py migrate first.")
