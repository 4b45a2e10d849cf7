"""The full-text index: what a search can find. `careers.index` writes and queries it."""

from django.db import models
from django.db.models import UniqueConstraint

LONGEST_WORD = 40  # letters; nobody searches for a longer one


class IndexedThing(models.Model):
    """A published thing as a search finds it. What isn't published has no row.

    kind, row: which thing, as in “lessons” and the primary key of its row. names, about, text: its
    words, folded, one name or sentence a line: what it is called, what it says of itself, and all
    else. shown: the sentences of about and then text, as written, in the same lines.
    made_by: which VERSION of `careers.index.things` wrote it.

    The database indexes the words in its own way, so no field has that index: PostgreSQL has two
    generated columns, `vector` and `head`, SQLite a virtual table updated by triggers. A migration
    that rebuilds this table has to create them again.
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
    """A word of the index, folded. things: how many things have it, at least one."""

    word = models.CharField(max_length=LONGEST_WORD, primary_key=True)
    things = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.word
