"""Tasks for an editor: conflicts, broken files, drafts that are ready, figures gone stale."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from careers.admin.files.compared import ComparedThing, FilesAndDatabase, files_and_database
from careers.admin.files.last_comparison import kept_comparison, takes_long
from careers.admin.files.pages import may_see_files
from careers.admin.people.permissions import may_see_things
from careers.admin.revisions.permissions import may_see_revisions
from careers.models import Origin, Revision, Role, SalaryBand
from careers.published.pay.evidence import STALE_AFTER_DAYS
from careers.sync import KINDS, Problem, model_of
from paths.models import Lesson, Price, Status
from paths.prices import OLD_AFTER_DAYS

TOLD_AT_ONCE = 5
LOOKED_AT = 30  # newest drafts of each kind that are checked
LAST_APPLIES = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. url: where to do it; empty if the user may not go there."""

    title: str
    url: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """Tasks of one sort. name: begins with their number. url: the page with all of them.

    more: how many aren't in `tasks`. at_least: whether not all were looked for, so that there may
    be more than that. urgent: whether files can't be applied until these are done.
    """

    name: str
    tasks: tuple[Task, ...]
    more: int = 0
    url: str = ""
    at_least: bool = False
    urgent: bool = False


def work_for(request: HttpRequest) -> list[Work]:
    """All tasks for the request's user, most urgent first. Sorts without tasks are left out."""
    return [
        *(_of_files(request) if may_see_files(request) else ()),
        *_drafts_ready(request),
        *_stale_figures(request),
        *_old_prices(request),
        *(_last_applies() if may_see_revisions(request) else ()),
    ]


def _work(one: str, many: str, tasks: Iterable[Task], url: str = "", **more: Any) -> Iterator[Work]:
    """Yield the tasks as a Work, if there are any. one, many: the words for one or several."""
    all_of_it = list(tasks)
    count = len(all_of_it)
    if count:
        name = f"1 {one}" if count == 1 else f"{count} {many}"
        shown = tuple(all_of_it[:TOLD_AT_ONCE])
        yield Work(name, shown, count - len(shown), url, **more)


# -- From the files ------------------------------------------------------------------------------


def _of_files(request: HttpRequest) -> Iterator[Work]:
    page = reverse("admin:catalog")
    if takes_long():  # too large to compare on each visit
        kept = kept_comparison(request)
        found = kept.found if kept else None
    else:
        found = files_and_database(request, at_a_glance=True)
    if found is None:
        return
    conflicts = [
        Task(thing.title, thing.url, ", ".join(each.label for each in thing.conflicts))
        for thing in found.conflicts
    ]
    of = "thing has conflicts", "things have conflicts"
    yield from _work(*of, conflicts, page, urgent=True)
    problems = map(_problem, found.problems)
    yield from _work("problem in the files", "problems in the files", problems, page, urgent=True)
    refusals = map(_problem, found.refusals)
    of = "file can’t be applied", "files can’t be applied"
    yield from _work(*of, refusals, page, urgent=True)
    yield from _differences(found, page)


def _problem(problem: Problem) -> Task:
    line = f", line {problem.place.line}" if problem.place.line else ""
    return Task(f"{problem.place.file}{line}", words=problem.message)


def _differences(found: FilesAndDatabase, page: str) -> Iterator[Work]:
    brought = map(_thing, found.changes)
    yield from _work(
        "change is waiting in the files", "changes are waiting in the files", brought, page
    )
    lacking = map(_thing, (*found.drift, *found.unfiled))
    of = (
        "thing was edited here and not in the files",
        "things were edited here and not in the files",
    )
    yield from _work(*of, lacking, page)


def _thing(thing: ComparedThing) -> Task:
    return Task(thing.title, thing.url)


# -- From the rows -------------------------------------------------------------------------------


def _drafts_ready(request: HttpRequest) -> Iterator[Work]:
    """Drafts that meet every rule for being published."""
    ready: list[Task] = []
    at_least = False
    for model in (model_of(kind) for kind in KINDS):
        if may_see_things(request, model):
            drafts = list(_drafts(model)[: LOOKED_AT + 1])
            at_least |= len(drafts) > LOOKED_AT
            ready += (_draft_task(each) for each in drafts[:LOOKED_AT] if _is_ready(each))
    of = ("or more drafts are ready",) * 2 if at_least else ("draft is ready", "drafts are ready")
    yield from _work(*of, ready, at_least=at_least)


def _draft_task(draft: Any) -> Task:
    return Task(str(draft), _form(draft), str(draft._meta.verbose_name))


def _drafts(model: Any) -> QuerySet[Any]:
    drafts: QuerySet[Any] = model._default_manager.filter(status=Status.DRAFT).order_by("-pk")
    if model is Lesson:
        drafts = drafts.exclude(body="").filter(path__status=Status.PUBLISHED)
        drafts = drafts.select_related("path")
    return drafts


def _is_ready(draft: Any) -> bool:
    draft.status = Status.PUBLISHED
    relations = {field.name for field in draft._meta.fields if field.is_relation}
    try:
        draft.clean_fields(exclude=relations)
        draft.clean()
    except ValidationError:
        return False
    return True


def _stale_figures(request: HttpRequest) -> Iterator[Work]:
    if not may_see_things(request, Role):
        return
    day = timezone.now().date() - timedelta(days=STALE_AFTER_DAYS)
    old = SalaryBand.objects.filter(collected__lt=day).exclude(role__status=Status.RETIRED)
    tasks = (
        Task(f"{band.role}: {band}", f"{_form(band.role)}#salary_bands-group", f"read {read}")
        for band in old.select_related("role").order_by("collected", "pk")
        if (read := f"{band.collected:%B %Y}")
    )
    yield from _work("figure has gone stale", "figures have gone stale", tasks)


def _old_prices(request: HttpRequest) -> Iterator[Work]:
    if not may_see_things(request, Price):
        return
    day = timezone.now().date() - timedelta(days=OLD_AFTER_DAYS)
    old = Price.objects.filter(collected__lt=day).exclude(status=Status.RETIRED)
    tasks = (
        Task(str(price), _form(price), f"read {price.collected:%B %Y}")
        for price in old.order_by("collected", "pk")
    )
    yield from _work("price needs to be checked again", "prices need to be checked again", tasks)


def _last_applies() -> Iterator[Work]:
    made = Revision.objects.filter(origin=Origin.FILES)[:LAST_APPLIES]
    tasks = tuple(
        Task(f"Revision {each.number}", reverse("admin:revision", args=[each.number]), _when(each))
        for each in made
    )
    if tasks:
        history = reverse("admin:history")
        yield Work("What the files last changed", tasks, url=f"{history}?origin={Origin.FILES}")


def _when(revision: Revision) -> str:
    by = f" by {revision.by}" if revision.by else ""
    return f"{date_format(timezone.localtime(revision.made_at), 'DATETIME_FORMAT')}{by}"


def _form(thing: Model) -> str:
    of = thing._meta
    return reverse(f"admin:{of.app_label}_{of.model_name}_change", args=[thing.pk])
