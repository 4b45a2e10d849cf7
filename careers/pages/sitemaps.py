"""What search engines are told of: every public page, and when what it shows last changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Q
from django.urls import reverse

from careers.models import CatalogVersion, Role
from paths.models import LearningPath, Lesson, SlugModel, Status


class _ThingSitemap(Sitemap):  # type: ignore[type-arg]
    """Things with pages of their own. shown: other moments of change, as annotations of a thing."""

    shown: Sequence[str] = ()

    def lastmod(self, item: SlugModel) -> datetime:
        moments: Iterable[datetime | None] = (getattr(item, moment) for moment in self.shown)
        return max([item.updated_at, *filter(None, moments)])


def _visitable[Thing: SlugModel](things: Iterable[Thing]) -> list[Thing]:
    """Those that a page can stand for. No QuerySet: the framework would count before it reads."""
    return [thing for thing in things if thing.has_address]


class RoleSitemap(_ThingSitemap):
    """A role's page names its paths, and counts and links their lessons; so do its questions."""

    shown = ("paths_changed", "lessons_changed")

    def items(self) -> Sequence[tuple[Role, str]]:
        """Each role with the names of its pages' addresses."""
        roles = Role.objects.published().in_order()
        seen = ~Q(steps__path__status=Status.DRAFT)  # a path that was retired was seen once
        visitable = _visitable(
            roles.annotate(
                paths_changed=Max("steps__path__updated_at", filter=seen),
                lessons_changed=Max("steps__path__lessons__updated_at", filter=seen),
            )
        )
        asked = [(role, "role-fit") for role in visitable if role.fit_questions]
        return [*((role, "role") for role in visitable), *asked]

    def location(self, item: Any) -> str:
        role, name = item
        return reverse(name, args=[role.slug])

    def lastmod(self, item: Any) -> datetime:
        return super().lastmod(item[0])


class PathSitemap(_ThingSitemap):
    """A path's page lists its lessons."""

    shown = ("lessons_changed",)

    def items(self) -> Sequence[SlugModel]:
        paths = LearningPath.objects.published()
        return _visitable(paths.annotate(lessons_changed=Max("lessons__updated_at")))


class LessonSitemap(_ThingSitemap):
    def items(self) -> Sequence[SlugModel]:
        return _visitable(
            Lesson.objects.published().in_outline().select_related("path").order_by("number")
        )


class PageSitemap(Sitemap):  # type: ignore[type-arg]
    """The pages that belong to no one thing, each with when it changed.

    They show the whole catalog, except for those that change with the code: nobody knows when.
    """

    def items(self) -> Sequence[tuple[str, datetime | None]]:
        _, changed = CatalogVersion.current()
        names = (
            "home",
            "role-list",
            "role-map",
            "compare",
            "decode",
            "which",
            "path-list",
            "glossary",
            "search",
            "changes",
        )
        written = ("data", "practice-model", "plan", "privacy")
        return [*((name, changed) for name in names), *((name, None) for name in written)]

    def location(self, item: Any) -> str:
        return reverse(item[0])

    def lastmod(self, item: tuple[str, datetime | None]) -> datetime | None:
        return item[1]


SITEMAPS = {
    "pages": PageSitemap,
    "roles": RoleSitemap,
    "paths": PathSitemap,
    "lessons": LessonSitemap,
}
