"""The full-text index: what a search can find. `careers.index` writes it and asks it."""

from django.db import models
from django.db.models import UniqueConstraint

LONGEST_WORD = 40  # letters; a longer one is none that anybody types


class IndexedThing(models.Model):
    """A published thing as a search finds it. What isn't published has no row.

    kind, row: which thing, as in “lessons” and the primary key of its row. names, about, text: its
    words, folded, a name or a sentence a line: what it is called, says of itself, and all else.
    shown: the sentences of about and text as they were written, line by line the same.
    made_by: which version of `careers.index.things` wrote it.

    The database itself keeps an index of the words, which isn't a field, since each has its own:
    PostgreSQL two generated columns, `vector` and `head`, SQLite a virtual table that triggers
    follow. A migration that rebuilds this table has to make them again.
    """

    kind = models.CharField(max_length=20)
    row = models.PositiveBigIntegerField()
    names = models.TextField()
    about = models.TextField()
    text = models.TextField()
    shown = models.TextField()
    made_by = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [UniqueConstraint(fields=["kind", "row"], name="indexed_thing_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"


class IndexedWord(models.Model):
    """A word of the index, folded. things: how many have it, at least one."""

    word = models.CharField(max_length=LONGEST_WORD, primary_key=True)
    things = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.word
