"""What happened to the catalog: what files last said, every change, and choices in conflicts.

Code that changes the catalog writes a revision, with `careers.sync.writing.record`.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils import timezone

from careers.models.version import CatalogVersion


class CatalogEntry(models.Model):
    """What a catalog file said of one thing at the last apply: the base of a three-way merge.

    kind and key name the thing (roles/ml-engineer, lessons/203). values are the fields that the
    file gave, as plain JSON. lines: field → its line in the file, from 1. since: field → the
    catalog version since which the file has this value. gone: the thing's document has disappeared
    since.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    file = models.CharField(max_length=200)
    values = models.JSONField()
    lines = models.JSONField(default=dict)
    since = models.JSONField(default=dict)
    gone = models.BooleanField(default=False)
    applied_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "catalog entries"
        constraints = [UniqueConstraint(fields=["kind", "key"], name="catalog_entry_unique")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


class Origin(models.TextChoices):
    """Where a change came from."""

    FILES = "files", "the files"
    ADMIN = "admin", "the admin"
    REVERT = "revert", "a revert"


class Revision(models.Model):
    """One change of the catalog. number: the catalog version that it made.

    exported: whether an export wrote the catalog to files as it was after this revision. Revisions
    that older code writes count as exported, since it doesn't note exports.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    made_at = models.DateTimeField(db_index=True)
    origin = models.CharField(max_length=10, choices=Origin)
    by = models.CharField("by", max_length=150, help_text="An editor’s name, or a system user’s.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reverts = models.ForeignKey("self", models.SET_NULL, null=True, related_name="reverted_by")
    exported = models.BooleanField(default=False, db_default=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"revision {self.number}"

    @classmethod
    def begin(cls, origin: Origin, by: str, **more: Any) -> "Revision":
        """Raise the catalog version and create its revision. Call it in a transaction."""
        CatalogVersion.rise()
        number, made_at = CatalogVersion.current()
        return cls.objects.create(
            number=number, made_at=made_at or timezone.now(), origin=origin, by=by, **more
        )


class News(models.TextChoices):
    """What an edit is to visitors."""

    OPENING = "opening", "one of the things that the catalog opened with"
    ARRIVAL = "arrival", "a thing that they see since then"
    CHANGE = "change", "another look of what they saw before"


class Edit(models.Model):
    """One field of one thing, before and after.

    An added thing has one edit, without a field, and `after` has all of its values.
    kind, key: of the thing after the change. row: the primary key of its row, which no rename
    changes. file, line: where the value is, if a file gave it; line 0 if the file's name did.
    news, day: what it is to visitors, and since which day (UTC); empty if they don't see it.
    share: how much of a lesson's text differs from the start of that day, in percent.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="edits")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    row = models.PositiveBigIntegerField()
    title = models.CharField(max_length=100)
    field = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    file = models.CharField(max_length=200, blank=True)
    line = models.PositiveIntegerField(default=0)
    news = models.CharField(max_length=10, choices=News, blank=True)
    day = models.DateField(null=True)
    share = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["kind", "row", "revision"], name="edit_of_a_thing"),
            models.Index(
                fields=["kind", "row", "day", "news"],  # all that the change log groups by
                name="edit_that_is_news",
                condition=Q(day__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}: {self.field or 'added'}"


class Side(models.TextChoices):
    """Whose value resolves a conflict."""

    FILE = "file", "the file's"
    LIVE = "live", "the live one"


class Choice(models.Model):
    """Whose value resolves one conflict at the next apply.

    field: as a conflict names it, “title” or “steps[rag].why”. digest: of both sides' values. The
    choice was made between these and doesn't count between others.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    field = models.TextField()
    take = models.CharField(max_length=4, choices=Side)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["kind", "key", "field"], name="choice_unique")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}: {self.field}: {self.take}"


class Apply(models.Model):
    """The last apply. There is only this one row.

    digest: of the files' names and bytes, and of the code that read them, so that the same files
    needn't be read again. commit: the files' commit, if git keeps them, so that older files don't
    undo newer ones. counts: what it did, as a plan counts it.
    """

    digest = models.CharField(max_length=64)
    commit = models.CharField(max_length=64, blank=True, db_default="")
    applied_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "applies"

    def __str__(self) -> str:
        return f"apply of {self.applied_at:%Y-%m-%d %H:%M} UTC"


class AppliedFile(models.Model):
    """A file of the last apply: a document, or a file beside one.

    digest: SHA-256 of its bytes, in hex. stamp: its size, times and place on the disk. While it is
    the same, the digest is known without reading the file. Empty if that can't be relied on.
    """

    name = models.TextField(primary_key=True)
    digest = models.CharField(max_length=64)
    stamp = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name
