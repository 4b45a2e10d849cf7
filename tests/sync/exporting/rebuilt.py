"""What the site shows, and what it would show if its database were rebuilt from the files."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from careers.models import Apply, CatalogEntry, Edit, Revision
from careers.sync.fields import model_of
from careers.sync.kinds import KINDS, LISTED
from careers.sync.rows import read_live
from careers.sync.writing.apply import apply_entries
from paths.models import Status

type Shown = dict[tuple[str, str], dict[str, Any]]


def shown() -> Shown:
    """Everything that isn't retired, with its values and former addresses.

    A position in a list is given as the place among the things of its kind, from 0.
    """
    found = {
        key: {**entry.values, "formerly": sorted(entry.formerly)}
        for key, (entry, _) in read_live().items()
        if entry.values["status"] != Status.RETIRED
    }
    for kind in LISTED:
        own = sorted((key for key in found if key[0] == kind), key=lambda k: found[k]["position"])
        for place, key in enumerate(own):
            found[key]["position"] = place
    return found


@contextmanager
def rebuilding(files) -> Iterator[None]:
    """Within the context, the database holds what these files alone give; then it is restored."""
    with transaction.atomic():
        for kind in reversed(KINDS):
            model_of(kind)._default_manager.all().delete()
        for model in (CatalogEntry, Apply, Edit, Revision):
            model.objects.all().delete()
        apply_entries(files.read())
        yield
        transaction.set_rollback(True)


def shown_after_rebuilding(files) -> Shown:
    """What a database built from these files alone would show."""
    with rebuilding(files):
        return shown()
