"""Addresses that redirect, and those of things that were retired, as the site answers them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from careers.mirror.asking import Answer, Site
from careers.mirror.crawl import Crawled, location
from careers.models import FormerRoleSlug, Role
from paths.models import FormerLessonSlug, FormerPathSlug, LearningPath, Lesson, Status


@dataclass(slots=True)
class Elsewhere:
    """moved: address → where it permanently redirects. gone: page → the answer with 410.

    gone_files: file or picture of a retired thing → the page that says that the thing was retired.
    """

    moved: dict[str, str] = field(default_factory=dict)
    gone: dict[str, Answer] = field(default_factory=dict)
    gone_files: dict[str, str] = field(default_factory=dict)


def find_elsewhere(site: Site, crawled: Crawled) -> Elsewhere:
    """Ask the site for all former addresses, and for those of retired things."""
    found = Elsewhere(dict(crawled.moved))
    retired = {*_retired()}
    files: list[str] = []
    for address in sorted({*_former(sorted({*crawled.headers, *retired})), *retired}):
        answer = site.ask(address)
        if answer.status == 301:
            found.moved[address] = location(site, answer)
        elif answer.status == 410 and address.endswith("/"):
            found.gone[address] = answer
        elif answer.status == 410:
            files.append(address)
    found.gone_files = {file: _page_of(file, found.gone) for file in files}
    return found


def _page_of(file: str, pages: Mapping[str, Answer]) -> str:
    """The page of the retired thing that a file belongs to: "/paths/rag/one.py" and
    "/paths/rag/one/data.csv" → "/paths/rag/one/"."""
    folder, _, name = file.rpartition("/")
    own = f"{folder}/{name.partition('.')[0]}/"
    return own if own in pages else f"{folder}/"


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
    """The addresses of retired things, with their pictures and files."""
    below = ("role", "role-fit", "role-roadmap", "role-picture")
    for slug in Role.objects.filter(status=Status.RETIRED).values_list("slug", flat=True):
        yield from (reverse(name, args=[slug]) for name in below)
    paths = LearningPath.objects.filter(status=Status.RETIRED)
    for slug in paths.values_list("slug", flat=True):
        yield from (reverse(name, args=[slug]) for name in ("path", "path-picture"))
    lessons = Lesson.objects.filter(Q(status=Status.RETIRED) | Q(path__status=Status.RETIRED))
    of_each = ("lesson", "lesson-picture", "lesson-notebook", "lesson-script")
    for path_slug, slug, files in lessons.values_list("path__slug", "slug", "files"):
        yield from (reverse(name, args=[path_slug, slug]) for name in of_each)
        for each in files:
            yield reverse("lesson-file", args=[path_slug, slug, each["name"]])
