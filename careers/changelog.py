"""What changed for visitors: a news item for each thing and day, the newest first.

Whether an edit is news is stored with it (`careers.sync.writing.news`). A page of items takes two
queries, which read only edits of things that are public now, and never a lesson's text.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import batched, islice
from operator import or_
from typing import Any, overload

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When
from django.urls import reverse

from careers import models
from careers.models import Edit, News
from careers.published import news
from careers.published.catalog import Catalog, Lesson, Path, Role, lesson_of_row, once
from careers.published.lookup.roads import roads
from careers.published.news import NewsItem, PublicNames
from careers.published.query import Reader
from careers.published.selection import find_role
from paths.models import LearningPath
from paths.models import Lesson as LessonRow

NEW_FOR = datetime.timedelta(days=1)  # what appears this long after its first time isn't new
NOUNS = {"roles": "role", "paths": "path", "lessons": "lesson"}
CATALOG = "catalog"

# The edits of one thing on one day, counted: {day, thing: a kind or CATALOG, row_key, last: the
# primary key of the last edit, and for each kind how many}. A day's edits that opened the catalog
# are one group.
type EditGroup = dict[str, Any]
type _GroupKey = tuple[datetime.date, str, int]


def read_role(reader: Reader, catalog: Catalog) -> Role | None:
    """The role whose changes are asked for, by its present or a former slug."""
    typed = reader.text("role")
    role = find_role(catalog, typed) if typed else None
    return role or reader.one_of("role", catalog.roles, "role")


MOST_KEPT = 500  # groups; older ones are queried when somebody pages that far


class EditGroups(Sequence[EditGroup]):
    """The edits that are news, by thing and day, the newest first.

    The first MOST_KEPT groups are kept, and so is the number of all.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._all = _groups(catalog)
        self._kept = list(self._all[:MOST_KEPT])
        self._count = len(self._kept) if len(self._kept) < MOST_KEPT else self._all.count()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, wanted: int) -> EditGroup: ...
    @overload
    def __getitem__(self, wanted: slice) -> Sequence[EditGroup]: ...
    def __getitem__(self, wanted: int | slice) -> EditGroup | Sequence[EditGroup]:
        if isinstance(wanted, slice) and len(self._kept) < min(
            wanted.stop or self._count, self._count
        ):
            return list(self._all[wanted])
        return self._kept[wanted]


@once
def _edit_groups(catalog: Catalog) -> EditGroups:
    return EditGroups(catalog)


def edit_groups(catalog: Catalog, role: Role | None = None) -> "EditGroups | QuerySet[Any, Any]":
    """The edits that are news, by thing and day, the newest first.

    role: only those of this role, its paths and their lessons.
    """
    return _groups(catalog, role) if role else _edit_groups(catalog)


def _groups(catalog: Catalog, role: Role | None = None) -> "QuerySet[Any, Any]":
    news = Edit.objects.filter(_is_public(), day__isnull=False)
    if role:
        news = news.filter(_is_of(role, catalog))
    opens = Q(news=News.OPENING)
    return (
        news.order_by()
        .values(
            "day",
            thing=Case(When(opens, then=Value(CATALOG)), default=F("kind")),
            row_key=Case(When(opens, then=Value(0)), default=F("row"), output_field=IntegerField()),
        )
        .annotate(
            last=Max("pk"),
            **{kind: Count("pk", filter=Q(kind=kind)) for kind in NOUNS},
        )
        .order_by("-day", "-last")
    )


def _is_public() -> Q:
    """Edits of public things.

    Written as “not hidden”: for an OR of three conditions, SQLite would search an index for each,
    and read every text on the way.
    """
    hidden = (
        Q(kind="roles") & ~Q(row__in=models.Role.objects.published().values("pk")),
        Q(kind="paths") & ~Q(row__in=LearningPath.objects.published().values("pk")),
        Q(kind="lessons") & ~Q(row__in=LessonRow.objects.published().values("pk")),
    )
    return ~reduce(or_, hidden)


def _is_of(role: Role, catalog: Catalog) -> Q:
    paths = {stop.path: catalog.paths[stop.path].pk for stop in role.roadmap.stops}
    partial = [stop for stop in role.roadmap.stops if stop.is_partial]
    left_out = [catalog.paths[stop.path].pk for stop in partial]
    taken = [lesson.number for stop in partial for lesson in stop.lessons]
    lessons = LessonRow.objects.filter(path__in=paths.values())
    lessons = lessons.exclude(Q(path__in=left_out) & ~Q(number__in=taken))
    return (
        Q(kind="roles", row=role.pk)
        | Q(kind="paths", row__in=paths.values())
        | Q(kind="lessons", row__in=lessons.values("pk"))
    )


def news_items(
    groups: Iterable[EditGroup], catalog: Catalog, role: Role | None = None
) -> list[NewsItem]:
    """An item for each group in which something is public today.

    role: the one that edit_groups() was given.
    """
    wanted = list(groups)
    edits = edits_of(wanted)
    writer = _NewsWriter(catalog, role)
    items = (writer.item(group, edits[_key(group)]) for group in wanted)
    return [item for item in items if item]


def news_of_lessons(
    since: Mapping[int, datetime.date], catalog: Catalog, most: int
) -> list[NewsItem]:
    """What changed about public lessons, the newest first, except that one is new.

    since: lesson's number → the first day that counts. Takes two queries, or none without lessons;
    more only if so many are new, or changed back, that a second look is needed.
    """
    days = {catalog.lessons[n].pk: day for n, day in since.items() if n in catalog.lessons}
    if not days:
        return []
    groups = _groups(catalog).filter(kind="lessons", row__in=days, day__gte=min(days.values()))
    wanted = [
        group
        for group in groups
        if group["thing"] == "lessons" and group["day"] >= days[group["row_key"]]
    ]
    items = (item for some in batched(wanted, most) for item in news_items(some, catalog))
    return list(islice((item for item in items if item.appeared != news.NEW), most))


def _key(group: EditGroup) -> _GroupKey:
    return group["day"], group["thing"], group["row_key"]


def edits_of(groups: list[EditGroup]) -> dict[_GroupKey, list[Edit]]:
    """The edits of some groups, and perhaps of others, by day, thing and row, in one query.

    Each has its values as `was` and `now`. Those of a lesson's text or of a whole added thing are
    never shown, so they aren't read. Of a group that opened the catalog, it is only the last edit.
    """
    by_group: dict[Any, list[Edit]] = defaultdict(list)
    if not groups:
        return by_group
    small = ~Q(field__in=["", "body"])
    news = Edit.objects.filter(_are_in(groups)).annotate(
        was=Case(When(small, then=F("before"))), now=Case(When(small, then=F("after")))
    )
    for edit in news.select_related("revision").defer("before", "after").order_by("pk"):
        opens = edit.news == News.OPENING
        by_group[edit.day, *((CATALOG, 0) if opens else (edit.kind, edit.row))].append(edit)
    return by_group


def _are_in(groups: list[EditGroup]) -> Q:
    """Edits of these groups, and others of the same things between their days.

    A condition for each group would take longer to put together than the query takes.
    """
    rows: dict[str, set[int]] = defaultdict(set)
    opening = [group["last"] for group in groups if group["thing"] == CATALOG]
    days = [group["day"] for group in groups]
    for group in groups:
        if group["thing"] != CATALOG:
            rows[group["thing"]].add(group["row_key"])
    things = [Q(kind=kind, row__in=rows[kind]) for kind in rows]
    news = Q(day__range=(min(days), max(days))) & ~Q(news=News.OPENING)
    return reduce(or_, [Q(pk__in=opening), *(thing & news for thing in things)])


@once
def public_names(catalog: Catalog) -> PublicNames:
    """The names that a visitor may see today."""
    paths = catalog.paths.values()
    return PublicNames(
        paths={path.slug: path.title for path in paths},
        former={old: path.slug for path in paths for old in path.formerly},
        lessons=catalog.lessons.keys(),
        backgrounds={each.slug: each.title for each in catalog.backgrounds.values()},
        signals={each.slug: each.title for each in catalog.signals.values()},
    )


class _NewsWriter:
    """Writes news items with the names and addresses that things have today."""

    def __init__(self, catalog: Catalog, role: Role | None) -> None:
        self.role = role
        self.names = public_names(catalog)
        self.paths = catalog.paths
        self.catalog = catalog

    def item(self, group: EditGroup, edits: list[Edit]) -> NewsItem | None:
        began, at = edits[0].revision.made_at, edits[-1].revision.made_at
        if group["thing"] == CATALOG:
            return self._opening(group, at)
        thing = self._thing(group["thing"], group["row_key"])
        if not thing:  # retired a moment ago
            return None
        appeared = any(edit.news == News.ARRIVAL for edit in edits)
        said = self._arrival(thing) if appeared else self._sentences(edits)
        if not said:
            return None
        return NewsItem(
            day=group["day"],
            began=began,
            at=at,
            kind=NOUNS[group["thing"]],
            row=group["row_key"],
            said=said,
            appeared=self._new_or_back(thing, at) if appeared else "",
            **self._shown(thing),
        )

    def _thing(self, kind: str, row: int) -> Role | Path | Lesson | None:
        match kind:
            case "roles":
                return self.catalog.roles.by_pk.get(row)
            case "paths":
                return self.catalog.paths.by_pk.get(row)
        return lesson_of_row(self.catalog, row)

    def _opening(self, group: EditGroup, at: datetime.datetime) -> NewsItem:
        counts = {word: group[kind] for kind, word in NOUNS.items()}
        title = news.opening(counts, self.role.title if self.role else "")
        url = self.role.url if self.role else reverse("role-list")
        # One revision opened it, so it began when it ended.
        return NewsItem(group["day"], at, at, CATALOG, 0, title, url, ())

    def _sentences(self, edits: list[Edit]) -> tuple[str, ...]:
        return news.sentences(
            (news.FieldEdit(each.field, each.was, each.now, each.share) for each in edits),  # type: ignore[attr-defined]
            self.names,
        )

    def _arrival(self, thing: Role | Path | Lesson) -> tuple[str, ...]:
        lines = roads(self.catalog).lines(thing.slug) if isinstance(thing, Path) else ()
        return news.arrival(thing.summary, [line.title for line in lines])

    def _new_or_back(self, thing: Role | Path | Lesson, at: datetime.datetime) -> str:
        is_new = not thing.published_at or at - thing.published_at < NEW_FOR
        return news.NEW if is_new else news.BACK

    def _shown(self, thing: Role | Path | Lesson) -> dict[str, str]:
        """The fields of a NewsItem that say which thing it is."""
        match thing:
            case Lesson(ref=ref, path=path):
                return {"title": ref.title, "url": ref.url, "within": self.paths[path].title}
            case Role(title=title, url=url, line=line, code=code):
                return {"title": title, "url": url, "line": line, "code": code}
        return {"title": thing.title, "url": thing.url}
