"""Addresses that redirect, and those of things that were retired, as the site answers them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from careers.mirror.asking import Answer, Site
from careers.mirror.crawl import Crawled, location
from careers.models import FormerRoleSlug, Role
from paths.models import FormerLessonSlug, FormerPathSlug, LearningPath, Lesson, Status


@dataclass(slots=True)
class Elsewhere:
    """moved: address → where it permanently redirects. gone: address → the answer with 410."""

    moved: dict[str, str] = field(default_factory=dict)
    gone: dict[str, Answer] = field(default_factory=dict)


def find_elsewhere(site: Site, crawled: Crawled) -> Elsewhere:
    """Ask the site for all former addresses, and for those of retired things."""
    found = Elsewhere(dict(crawled.moved))
    for address in sorted({*_former(sorted(crawled.headers)), *_retired()}):
        answer = site.ask(address)
        if answer.status == 301:
            found.moved[address] = location(site, answer)
        elif answer.status == 410:
            found.gone[address] = answer
    return found


def _former(written: list[str]) -> Iterator[str]:
    """Former addresses of things, and of what is below them. written: all present addresses."""
    for now, before in _renamed():
        yield before
        for address in written:
            if address.startswith(now):
                yield before + address.removeprefix(now)
            elif address.startswith(f"{now.removesuffix('/')}."):  # a lesson as a file to download
                yield before.removesuffix("/") + address.removeprefix(now.removesuffix("/"))


def _renamed() -> Iterator[tuple[str, str]]:
    """(address, former address) of everything that was renamed."""
    for role in FormerRoleSlug.objects.select_related("role"):
        yield reverse("role", args=[role.role.slug]), reverse("role", args=[role.slug])
    names: dict[int, list[str]] = {}
    for path in FormerPathSlug.objects.select_related("path"):
        names.setdefault(path.path_id, []).append(path.slug)
        yield reverse("path", args=[path.path.slug]), reverse("path", args=[path.slug])
    for lesson in FormerLessonSlug.objects.select_related("lesson__path", "path"):
        now = reverse("lesson", args=[lesson.lesson.path.slug, lesson.lesson.slug])
        for path_slug in (lesson.path.slug, *names.get(lesson.path_id, ())):
            yield now, reverse("lesson", args=[path_slug, lesson.slug])


def _retired() -> Iterator[str]:
    """The addresses of retired things."""
    roles = Role.objects.filter(status=Status.RETIRED)
    paths = LearningPath.objects.filter(status=Status.RETIRED)
    for slug in roles.values_list("slug", flat=True):
        yield from (reverse(name, args=[slug]) for name in ("role", "role-fit", "role-roadmap"))
    for slug in paths.values_list("slug", flat=True):
        yield reverse("path", args=[slug])
    lessons = Lesson.objects.filter(Q(status=Status.RETIRED) | Q(path__status=Status.RETIRED))
    for path_slug, slug in lessons.values_list("path__slug", "slug"):
        yield reverse("lesson", args=[path_slug, slug])
