"""Store the digests of files, and the bytes of those beside things.

The bytes are never deleted, since revisions name them by digest.
"""

from collections.abc import Iterable, Mapping
from itertools import batched

from careers.models import AppliedFile
from careers.sync.entries import Entry
from careers.sync.reading.changed_files import applied_files
from careers.sync.reading.digest import KnownFile
from careers.sync.rows import BATCH
from paths.models import FileContent


def keep_contents(entries: Iterable[Entry]) -> None:
    """Store the bytes of files beside entries, unless they are stored already."""
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


def note_files(
    files: Mapping[str, KnownFile], applied: Mapping[str, KnownFile] | None = None
) -> None:
    """Store the digest of each file of an apply. applied: the files of the last one, if known."""
    before = applied_files() if applied is None else applied
    gone = before.keys() - files.keys()
    for batch in batched(gone, BATCH):
        AppliedFile.objects.filter(name__in=batch).delete()
    changed = [
        AppliedFile(name=name, digest=file.digest, stamp=file.stamp)
        for name, file in files.items()
        if before.get(name) != file
    ]
    AppliedFile.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["digest", "stamp"],
    )
