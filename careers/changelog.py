"""Reads what changed for visitors: the news of a thing on a day, the newest first.

Each edit knows whether it was news when it was made: `careers.sync.writing.news` says so.
Here only those of things that are public now are read, and a page of them at a time, without any
lesson's text.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When
from django.urls import reverse

from careers import models
from careers.models import Edit, News
from careers.published import news
from careers.published.catalog import Catalog, Lesson, Path, Role
from careers.published.news import Entry, Names
from careers.published.query import Reader
from paths.models import LearningPath
from paths.models import Lesson as LessonRow

SOON = datetime.timedelta(days=1)  # after it was seen first, a thing that comes is new, not back
WORDS = {"roles": "role", "paths": "path", "lessons": "lesson"}
CATALOG = "catalog"

type Group = dict[str, Any]
type Id = tuple[datetime.date, str, int]


def role_of(reader: Reader, catalog: Catalog) -> Role | None:
    """Whose changes are asked for, by a slug that it has or had."""
    former = {old: role for role in catalog.roles.values() for old in role.formerly}
    return reader.one_of("role", former | catalog.roles, "role")


def groups(catalog: Catalog, role: Role | None = None) -> "QuerySet[Any, Any]":
    """What became of one thing on one day, each; all that the catalog opened with is one thing.

    role: of it, its paths and their lessons alone.
    """
    news = Edit.objects.filter(_is_public(), day__isnull=False)
    if role:
        news = news.filter(_is_of(role, catalog))
    opens = Q(news=News.OPENING)
    return (
        news.order_by()
        .values(
            "day",
            thing=Case(When(opens, then=Value(CATALOG)), default=F("kind")),
            of=Case(When(opens, then=Value(0)), default=F("row"), output_field=IntegerField()),
        )
        .annotate(
            last=Max("pk"),
            **{kind: Count("pk", filter=Q(kind=kind)) for kind in WORDS},
        )
        .order_by("-day", "-last")
    )


def _is_public() -> Q:
    """Said as what isn't: of alternatives SQLite would look up each, and read every text by it."""
    hidden = (
        Q(kind="roles") & ~Q(row__in=models.Role.objects.published().values("pk")),
        Q(kind="paths") & ~Q(row__in=LearningPath.objects.published().values("pk")),
        Q(kind="lessons") & ~Q(row__in=LessonRow.objects.published().values("pk")),
    )
    return ~reduce(or_, hidden)


def _is_of(role: Role, catalog: Catalog) -> Q:
    paths = [catalog.paths[stop.path] for stop in role.roadmap.stops]
    lessons = LessonRow.objects.filter(path__in=[path.pk for path in paths]).values("pk")
    return (
        Q(kind="roles", row=role.pk)
        | Q(kind="paths", row__in=[path.pk for path in paths])
        | Q(kind="lessons", row__in=lessons)
    )


def entries(found: Iterable[Group], catalog: Catalog, role: Role | None = None) -> list[Entry]:
    """Some groups, of a role or of all, in words.

    Left out is what comes to nothing that can be seen today.
    """
    wanted = list(found)
    edits = _edits(wanted)
    reader = _Reader(catalog, role)
    told = (reader.entry(group, edits[_id(group)]) for group in wanted)
    return [entry for entry in told if entry]


def _id(group: Group) -> Id:
    return group["day"], group["thing"], group["of"]


def _edits(found: list[Group]) -> dict[Id, list[Edit]]:
    """The edits of some groups, in one query. Of texts and of whole things no value is read.

    Of all that the catalog opened with it is the last, for its time.
    """
    by_group: dict[Any, list[Edit]] = defaultdict(list)
    if not found:
        return by_group
    small = ~Q(field__in=["", "body"])
    news = Edit.objects.filter(reduce(or_, map(_is_in, found))).annotate(
        was=Case(When(small, then=F("before"))), now=Case(When(small, then=F("after")))
    )
    for edit in news.select_related("revision").defer("before", "after").order_by("pk"):
        opens = edit.news == News.OPENING
        by_group[edit.day, *((CATALOG, 0) if opens else (edit.kind, edit.row))].append(edit)
    return by_group


def _is_in(group: Group) -> Q:
    if group["thing"] == CATALOG:
        return Q(pk=group["last"])
    thing = Q(day=group["day"], kind=group["thing"], row=group["of"])
    return thing & ~Q(news=News.OPENING)


def names(catalog: Catalog) -> Names:
    """What edits name, as visitors may see it today."""
    paths = catalog.paths.values()
    return Names(
        paths={path.slug: path.title for path in paths},
        former={old: path.slug for path in paths for old in path.formerly},
        lessons=catalog.lessons.keys(),
        backgrounds={each.slug: each.title for each in catalog.backgrounds.values()},
        signals={each.slug: each.title for each in catalog.signals.values()},
    )


class _Reader:
    """Puts groups of edits into words, with the names that things have today."""

    def __init__(self, catalog: Catalog, role: Role | None) -> None:
        self.role = role
        self.names = names(catalog)
        self.paths = catalog.paths
        self.things: dict[tuple[str, int], Role | Path | Lesson] = {
            **{("roles", each.pk): each for each in catalog.roles.values()},
            **{("paths", each.pk): each for each in catalog.paths.values()},
            **{("lessons", each.pk): each for each in catalog.lessons.values()},
        }

    def entry(self, group: Group, edits: list[Edit]) -> Entry | None:
        at = edits[-1].revision.made_at
        if group["thing"] == CATALOG:
            return self._opening(group, at)
        thing = self.things.get((group["thing"], group["of"]))
        if not thing:  # retired a moment ago
            return None
        came = any(edit.news == News.ARRIVAL for edit in edits)
        said = self._arrival(thing) if came else self._sentences(edits)
        if not said:
            return None
        return Entry(
            day=group["day"],
            at=at,
            kind=WORDS[group["thing"]],
            row=group["of"],
            said=said,
            came=self._came(thing, at) if came else "",
            **self._shown(thing),
        )

    def _opening(self, group: Group, at: datetime.datetime) -> Entry:
        counts = {word: group[kind] for kind, word in WORDS.items()}
        title = news.opening(counts, self.role.title if self.role else "")
        url = self.role.url if self.role else reverse("role-list")
        return Entry(group["day"], at, CATALOG, 0, title, url, ())

    def _sentences(self, edits: list[Edit]) -> tuple[str, ...]:
        return news.sentences(
            (news.Edit(each.field, each.was, each.now, each.share) for each in edits),  # type: ignore[attr-defined]
            self.names,
        )

    def _arrival(self, thing: Role | Path | Lesson) -> tuple[str, ...]:
        lines = thing.lines if isinstance(thing, Path) else ()
        return news.arrival(thing.summary, [line.title for line in lines])

    def _came(self, thing: Role | Path | Lesson, at: datetime.datetime) -> str:
        is_new = not thing.published_at or at - thing.published_at < SOON
        return news.NEW if is_new else news.BACK

    def _shown(self, thing: Role | Path | Lesson) -> dict[str, str]:
        """What an entry shows of a thing besides."""
        match thing:
            case Lesson(ref=ref, path=path):
                return {"title": ref.title, "url": ref.url, "within": self.paths[path].title}
            case Role(title=title, url=url, line=line, code=code):
                return {"title": title, "url": url, "line": line, "code": code}
        return {"title": thing.title, "url": thing.url}
