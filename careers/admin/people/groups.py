"""The two groups of editors that come with the site, and what they may do.

They are made after each migrate and flush. A group that exists stays as an administrator changed
it: it gets permissions that are new to the database, but none that was taken from it.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

from careers.sync import KINDS

APPS = ("careers", "paths")
EDITOR, PUBLISHER = "editor", "publisher"
LOOKS_AT = {"view_revision", "view_catalogentry"}
DECIDES = {"publish_catalog", "change_catalogentry"}


def codenames(group: str) -> set[str]:
    """An editor drafts and edits. A publisher also publishes, retires, resolves conflicts and
    applies the files."""
    models = (kind.model.rpartition(".")[2].lower() for kind in KINDS.values())
    edits = {f"{action}_{model}" for model in models for action in ("view", "add", "change")}
    return edits | LOOKS_AT | (DECIDES if group == PUBLISHER else set())


def make_groups(*, using: str, apps: Any = installed, **_: Any) -> None:
    """Receiver of post_migrate. apps: the models after the migrations; a flush passes none."""
    try:
        groups = apps.get_model("auth", "Group").objects.using(using)
        permissions = apps.get_model("auth", "Permission").objects.using(using)
    except LookupError:  # migrated back to before there were groups
        return
    ours = permissions.filter(content_type__app_label__in=APPS)
    there = set(ours.values_list("pk", flat=True))
    for config in map(installed.get_app_config, APPS):
        create_permissions(config, verbosity=0, using=using, apps=apps)
    for name in (EDITOR, PUBLISHER):
        group, is_new = groups.get_or_create(name=name)
        mine = ours.filter(codename__in=codenames(name))
        group.permissions.add(*_keys(mine if is_new else mine.exclude(pk__in=there)))


def _keys(permissions: Any) -> Iterator[int]:
    yield from permissions.values_list("pk", flat=True)
