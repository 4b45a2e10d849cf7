"""Keep the index in step with what is published."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import batched
from typing import Any

from django.apps import apps as installed
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from careers.index.things import KINDS, VERSION, indexed_things
from careers.models import CatalogVersion, IndexedThing, IndexedWord
from careers.models.indexed import LONGEST_WORD
from paths.models import Lesson

BATCH = 200  # things whose texts are in memory at once
WORDS_A_STATEMENT = 400
FIELDS = ("names", "about", "text", "shown", "made_by")


def refresh(changed: Mapping[str, Collection[int]]) -> None:
    """Update the index of some things. changed: kind → primary keys of their rows.

    Call it in the transaction that changed them, after it raised the catalog version: there,
    writers wait for one another. Kinds that aren't indexed are passed over.
    """
    keys = {kind: set(changed.get(kind, ())) for kind in KINDS}
    lessons = Lesson.objects.filter(path__in=keys["paths"])  # a hidden path hides its lessons
    keys["lessons"].update(lessons.values_list("pk", flat=True))
    words: Counter[str] = Counter()
    for kind, of_kind in keys.items():
        for batch in batched(sorted(of_kind), BATCH):
            _refresh(kind, batch, words)
    _count(words)


def _refresh(kind: str, keys: Collection[int], words: Counter[str]) -> None:
    """Write what differs. words: is updated by how many more things have each word than before."""
    before = {each.row: each for each in IndexedThing.objects.filter(kind=kind, row__in=keys)}
    after = {each.row: each for each in indexed_things(kind, keys)}
    changed = []
    for row, thing in after.items():
        if old := before.get(row):
            thing.pk = old.pk
            if all(getattr(thing, name) == getattr(old, name) for name in FIELDS):
                continue
            changed.append(thing)
            words.subtract(_words(old))
        words.update(_words(thing))
    gone = [old for row, old in before.items() if row not in after]
    for old in gone:
        words.subtract(_words(old))
    IndexedThing.objects.filter(pk__in=[old.pk for old in gone]).delete()
    IndexedThing.objects.bulk_update(changed, FIELDS, batch_size=BATCH // 4)
    IndexedThing.objects.bulk_create(each for each in after.values() if each.pk is None)


def _words(thing: IndexedThing) -> set[str]:
    words = " ".join((thing.names, thing.about, thing.text)).split()
    return {word for word in words if len(word) <= LONGEST_WORD}


def _count(more: Mapping[str, int]) -> None:
    """Add to how many things have each word, and delete words that none has any more."""
    differing = sorted(word for word, number in more.items() if number)
    for batch in batched(differing, WORDS_A_STATEMENT):
        known = IndexedWord.objects.in_bulk(batch)
        now = [
            IndexedWord(word=word, things=more[word] + (known[word].things if word in known else 0))
            for word in batch
        ]
        _write([each for each in now if each.things > 0])
        IndexedWord.objects.filter(word__in=[each.word for each in now if each.things < 1]).delete()


def _write(words: Iterable[IndexedWord]) -> None:
    IndexedWord.objects.bulk_create(
        words, update_conflicts=True, unique_fields=["word"], update_fields=["things"]
    )


@transaction.atomic
def rebuild() -> None:
    """Rebuild the whole index from what is published, and raise the catalog version."""
    CatalogVersion.rise()
    IndexedThing.objects.all().delete()
    IndexedWord.objects.all().delete()
    refresh({kind: set(rows().values_list("pk", flat=True)) for kind, (rows, _) in KINDS.items()})


def rebuild_outdated(*, using: str, apps: Any = installed, **_: Any) -> None:
    """Receiver of post_migrate: rebuild the index if there is none, or one of an older VERSION.

    Does nothing while migrations are left to run, as models and tables may differ until the last.
    """
    try:
        apps.get_model("careers", "IndexedThing")
    except LookupError:  # migrated back to before there was an index
        return
    if using != "default" or not _is_outdated() or _has_migrations_left(using):
        return
    with transaction.atomic():
        rebuild()


def _is_outdated() -> bool:
    if IndexedThing.objects.exists():
        return IndexedThing.objects.exclude(made_by=VERSION).exists()
    return any(rows().exists() for rows, _ in KINDS.values())


def _has_migrations_left(using: str) -> bool:
    executor = MigrationExecutor(connections[using])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
