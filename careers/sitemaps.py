"""What search engines are told of: every public page, and when it last changed."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Model
from django.urls import reverse

from careers.models import Role
from paths.models import LearningPath, Lesson, SlugModel


class _ThingSitemap(Sitemap):  # type: ignore[type-arg]
    def lastmod(self, item: SlugModel) -> datetime:
        return item.updated_at


# Lists and not QuerySets: the framework would count each before it reads it.
class RoleSitemap(_ThingSitemap):
    def items(self) -> Sequence[SlugModel]:
        return list(Role.objects.published().in_order())


class PathSitemap(_ThingSitemap):
    def items(self) -> Sequence[SlugModel]:
        return list(LearningPath.objects.published())


class LessonSitemap(_ThingSitemap):
    def items(self) -> Sequence[SlugModel]:
        return list(
            Lesson.objects.published().in_outline().select_related("path").order_by("number")
        )


class PageSitemap(Sitemap):  # type: ignore[type-arg]
    """The pages that belong to no one thing."""

    def items(self) -> Sequence[str]:
        return ["home", "role-list", "role-map", "path-list"]

    def location(self, item: str | Model) -> str:
        return reverse(str(item))


SITEMAPS = {
    "pages": PageSitemap,
    "roles": RoleSitemap,
    "paths": PathSitemap,
    "lessons": LessonSitemap,
}
