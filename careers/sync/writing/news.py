"""Decide which edits are news to visitors, and note it in each, in the transaction that makes it.

Later, the rows no longer tell what visitors saw before the edit.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import batched
from typing import Any

from careers.models import Background, Edit, HiringSignal, News, Revision
from careers.published.news import FieldEdit, PublicNames, changed_share, sentences
from careers.sync.fields import model_of
from careers.sync.kinds import KINDS
from careers.sync.rows import BATCH
from paths.models import FormerPathSlug, LearningPath, Lesson, Status

type RowId = tuple[str, int]  # the kind and primary key of a row

PAGES = tuple(kind.name for kind in KINDS.values() if kind.has_page)


def mark_news(edits: Sequence[Edit], revision: Revision) -> None:
    """Set what kind of news each edit is, if any. The rows must have the new values already."""
    _measure_texts([edit for edit in edits if edit.field == "body"], revision)
    seen = _SeenByVisitors(edits)
    found = seen.opening() if seen.is_opening(revision) else seen.news()
    for edit, news in found:
        edit.news = news
        edit.day = revision.made_at.date()


def _measure_texts(edits: Sequence[Edit], revision: Revision) -> None:
    """Set for each edit of a lesson's text how much of it has changed since the day began."""
    if not edits:
        return
    day = revision.made_at.date()
    today = Edit.objects.filter(kind="lessons", field="body", day=day).order_by("-pk")
    rows = [edit.row for edit in edits]
    before: dict[int, Any] = {}
    for some in batched(rows, BATCH):
        before |= dict(
            today.filter(row__in=some).values_list("row", "before")
        )  # of each row, the first
    for edit in edits:
        began = before.get(edit.row, edit.before)
        edit.share = changed_share(began or "", edit.after or "")


def _rows(kind: str) -> Any:
    return model_of(kind)._default_manager


class _SeenByVisitors:
    """What visitors see of the things that were edited, and what they saw of them before."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits: dict[RowId, list[Edit]] = defaultdict(list)
        for edit in edits:
            if edit.kind in PAGES:
                self.edits[edit.kind, edit.row].append(edit)

    def is_opening(self, revision: Revision) -> bool:
        """Whether this is the first revision, and added everything that there is."""
        if Revision.objects.exclude(pk=revision.pk).exists():
            return False
        there: int = sum(_rows(kind).count() for kind in PAGES)
        return there == sum(map(self._is_new, self.edits))

    def opening(self) -> Iterator[tuple[Edit, News]]:
        for thing in self._seen:
            yield self.edits[thing][0], News.OPENING

    def news(self) -> Iterator[tuple[Edit, News]]:
        """The edits that are news. A thing that visitors see for the first time is news once; a
        lesson that came with its path is none."""
        for thing, path in self._seen.items():
            edits = self.edits[thing]
            if thing[0] == "lessons" and not self._was_public(("paths", path)):
                continue
            if self._was_seen(thing):
                yield from ((edit, News.CHANGE) for edit in edits if self._shows(edit))
            else:
                yield edits[0], News.ARRIVAL

    @cached_property
    def _seen(self) -> dict[RowId, int]:
        """The edited rows that visitors see now; for a lesson, with the row of its path."""
        found: dict[RowId, int] = {}
        for kind in PAGES:
            rows = [row for known, row in self.edits if known == kind]
            public = _rows(kind).published()
            if len(rows) <= BATCH:
                public = public.filter(pk__in=rows)
            beside = "path" if kind == "lessons" else "pk"
            for row, path in public.values_list("pk", beside) if rows else ():
                if (kind, row) in self.edits:
                    found[kind, row] = path
        return found

    def _shows(self, edit: Edit) -> bool:
        change = FieldEdit(edit.field, edit.before, edit.after)
        return bool(sentences([change], self._names))

    # A value before the edits is the first edit's `before` or, if there is none, the present value.

    def _was_seen(self, thing: RowId) -> bool:
        if not self._was_public(thing):
            return False
        slug = self._before(thing, "path", None)
        return slug is None or self._was_public(("paths", self._by_slug.get(slug, 0)))

    def _was_public(self, thing: RowId) -> bool:
        """Whether a thing was published before. One without edits can only be a path."""
        now = self._paths.get(thing[1]) if thing[0] == "paths" else Status.PUBLISHED
        was = self._before(thing, "status", now)
        return was == Status.PUBLISHED and not self._is_new(thing)

    def _before(self, thing: RowId, field: str, now: Any) -> Any:
        edits = self.edits.get(thing, ())
        return next((edit.before for edit in edits if edit.field == field), now)

    def _is_new(self, thing: RowId) -> bool:
        return any(edit.field == "" for edit in self.edits.get(thing, ()))

    @cached_property
    def _paths(self) -> dict[int, str]:
        """Every path's status now."""
        return dict(LearningPath.objects.values_list("pk", "status"))

    @cached_property
    def _by_slug(self) -> dict[str, int]:
        former = dict(FormerPathSlug.objects.values_list("slug", "path"))
        return former | dict(LearningPath.objects.values_list("slug", "pk"))

    @cached_property
    def _names(self) -> PublicNames:
        """The public names of everything that edits may name."""
        paths = dict(LearningPath.objects.published().values_list("slug", "title"))
        lessons = Lesson.objects.published().values_list("number", flat=True)
        return PublicNames(
            paths=paths,
            former=dict(FormerPathSlug.objects.values_list("slug", "path__slug")),
            lessons=set(lessons),
            backgrounds=dict(Background.objects.published().values_list("slug", "title")),
            signals=dict(HiringSignal.objects.published().values_list("slug", "title")),
        )
