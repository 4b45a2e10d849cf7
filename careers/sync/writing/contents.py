"""The bytes of files beside things. They are never deleted, for revisions name them by digest."""

from collections.abc import Iterable

from careers.sync.entries import Entry
from careers.sync.rows import BATCH
from paths.models import FileContent


def keep_contents(entries: Iterable[Entry]) -> None:
    """Keep the bytes of files beside entries, unless they are kept already."""
    found = {
        each["digest"]: FileContent.of(each["name"], entry.contents[each["digest"]])
        for entry in entries
        for each in entry.values.get("files", ())
        if each["digest"] in entry.contents
    }
    known = FileContent.objects.filter(digest__in=found).values_list("digest", flat=True)
    kept = set(known) if found else set()
    new = [row for digest, row in found.items() if digest not in kept]
    FileContent.objects.bulk_create(new, batch_size=BATCH)
