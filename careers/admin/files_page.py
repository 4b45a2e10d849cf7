"""The page “Catalog”: how files and database stand, and what an editor without a shell may do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from careers.models import Apply, Side
from careers.sync.comparing import report
from careers.sync.comparing.plan import Change, Field, Plan
from careers.sync.entries import Entry, Key
from careers.sync.exporting.export import Unwritable, export
from careers.sync.exporting.patch import patch
from careers.sync.fields import model_of
from careers.sync.problems import CatalogError, Problem
from careers.sync.reading.reader import read, read_with_digest
from careers.sync.writing.apply import Conflict, Stale, apply
from careers.sync.writing.removals import TooManyRemovals
from careers.sync.writing.resolve import NoConflict, resolve
from careers.sync.writing.sides import Standing, digest, standing

MAY_SEE = "careers.view_catalogentry"
MAY_CHANGE = "careers.change_catalogentry"
DISORDER = "The files are not in order: see the problems below. Nothing was written."


@dataclass(frozen=True, slots=True)
class Question:
    """A conflict that waits for a choice. base, file, live: in words. known: between what."""

    name: str
    base: str
    file: str
    live: str
    place: str
    known: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What there is to say of one thing. key: “roles/ml-engineer”. url: of its form."""

    key: str
    title: str
    url: str
    questions: tuple[Question, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """How it stands. problems: of the files; if there are any, nothing was compared."""

    last: Apply | None
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Thing, ...] = ()
    changes: tuple[Thing, ...] = ()
    drift: tuple[Thing, ...] = ()
    made: tuple[Thing, ...] = ()
    fingerprint: str = ""
    unwritable: tuple[str, ...] = field(default=())

    @property
    def files_lack(self) -> bool:
        """Whether an export would write anything."""
        return bool(self.drift or self.made)


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    _require(request, MAY_SEE)
    context = {
        **admin.site.each_context(request),
        "title": "Catalog",
        "page": _page(),
        "may_change": _user(request).has_perm(MAY_CHANGE),
    }
    return render(request, "admin/catalog.html", context)


@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Take the choices that were made, each for the two values that it was made between."""
    _require(request, MAY_CHANGE)
    chosen = list(_chosen(request))
    if not chosen:
        messages.warning(request, "Nothing was chosen: pick a side of at least one conflict.")
        return _back()
    try:
        with transaction.atomic():
            now = standing(read(settings.CATALOG_DIR))
            _settle(now, chosen, _user(request).get_username())
            left = len(standing(now.files.values()).plan().conflicts)
    except CatalogError:
        messages.error(request, DISORDER)
    except NoConflict as error:
        messages.error(request, f"Nothing was chosen. {error} Look at it again.")
    else:
        many = "1 conflict was" if len(chosen) == 1 else f"{len(chosen)} conflicts were"
        messages.success(request, f"{many} settled. {_what_next(left)}")
    return _back()


@require_POST
def apply_files(request: HttpRequest) -> HttpResponse:
    """Bring the database to what the files say, if that is still what the page showed."""
    _require(request, MAY_CHANGE)
    by = _user(request).get_username()
    try:
        entries, of_files = read_with_digest(settings.CATALOG_DIR)
        done = apply(entries, saved=request.POST.get("plan", ""), by=by, digest=of_files)
    except CatalogError as error:
        messages.error(request, DISORDER if error.problems[0].place.line else str(error))
    except Stale:
        words = "The files or the database changed meanwhile: look at it again."
        messages.error(request, f"{words} Nothing was written.")
    except Conflict:
        messages.error(request, "There are conflicts: settle them first. Nothing was written.")
    except TooManyRemovals as many:
        command = f"manage.py catalog apply --allow-removals {many.number}"
        words = f"That would retire {many.number} of what is published, which is much at once."
        messages.error(request, f"{words} If it is meant, run `{command}`. Nothing was written.")
    else:
        *_, closing = report.applied(done)
        messages.success(request, closing)
    return _back()


@require_safe
def export_patch(request: HttpRequest) -> HttpResponse:
    """Every live edit that the files don't have, as a patch that `git apply` takes."""
    _require(request, MAY_SEE)
    folder = settings.CATALOG_DIR
    try:
        rewrites = export(folder, standing(read(folder)))
    except (CatalogError, Conflict, Unwritable):
        messages.error(request, "There is no patch as it stands: this page says why.")
        return _back()
    headers = {"Content-Disposition": 'attachment; filename="catalog.patch"'}
    return HttpResponse(patch(rewrites, folder), "text/x-patch; charset=utf-8", headers=headers)


# -- What the page shows -------------------------------------------------------------------


def _page() -> Page:
    last = Apply.objects.first()
    try:
        now = standing(read(settings.CATALOG_DIR))
    except CatalogError as error:
        return Page(last, tuple(error.problems))
    plan, made = now.plan(), now.unfiled()
    things = _Things(now)
    return Page(
        last,
        conflicts=tuple(things.questions(plan.conflicts)),
        changes=tuple(things.changes(plan.changes)),
        drift=tuple(things.drift(plan.drift)),
        made=tuple(things.made(made)),
        fingerprint=now.fingerprint(),
        unwritable=_unwritable(now, plan, made),
    )


def _unwritable(now: Standing, plan: Plan, made: list[Entry]) -> tuple[str, ...]:
    """Why the live edits can't be written into files; nothing if they can, or wait for a choice."""
    if plan.conflicts or not (plan.drift or made):
        return ()
    try:
        export(settings.CATALOG_DIR, now)
    except Unwritable as error:
        return error.reasons
    return ()


class _Things:
    """Makes things of a plan's parts. now: where the three sides stand."""

    def __init__(self, now: Standing) -> None:
        self.now = now
        self.rows: dict[Key, Any] = {key: row for key, (_, row) in now.rows.items()}
        pairs = [(entry.id, entry) for entry in now.live.values()]
        self.by_former = {(key[0], old): key for key, entry in pairs for old in entry.formerly}

    def questions(self, conflicts: Iterable[Field]) -> Iterator[Thing]:
        for key, fields in groupby(conflicts, key=lambda field: field.id):
            yield self._thing(key, questions=tuple(map(self._question, fields)))

    def changes(self, changes: Iterable[Change]) -> Iterator[Thing]:
        for change in changes:
            fields = tuple(report.field(each, each.live, each.value) for each in change.fields)
            yield self._thing(change.live or change.id, lines=fields or ("is added",))

    def drift(self, drift: Iterable[Field]) -> Iterator[Thing]:
        for key, fields in groupby(drift, key=lambda field: field.id):
            lines = tuple(report.field(each, each.file, each.value) for each in fields)
            yield self._thing(key, lines=lines)

    def made(self, entries: Iterable[Entry]) -> Iterator[Thing]:
        for entry in entries:
            yield self._thing(entry.id)

    def _question(self, conflict: Field) -> Question:
        base, file, live = map(report.readable, (conflict.base, conflict.file, conflict.live))
        return Question(conflict.name, base, file, live, self._place(conflict), digest(conflict))

    def _place(self, conflict: Field) -> str:
        """The file and line that the file's value stands in."""
        entry = self.now.files.get(conflict.id)
        if entry is None:
            return ""
        top = conflict.name.partition("[")[0].removesuffix(" (order)")
        line = entry.lines.get(top)
        return f"{entry.file}:{line}" if line else entry.file

    def _thing(self, key: Key, **more: Any) -> Thing:
        label = report.label(key)
        row = self.rows.get(key) or self.rows.get(self.by_former.get(key, key))
        if row is None:
            return Thing(label, label, "", **more)
        model = model_of(key[0])._meta  # noqa: SLF001
        url = reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[row.pk])
        name = str(model.verbose_name).capitalize()
        return Thing(label, f"{name} “{row.title}”", url, **more)


# -- What an editor sends ------------------------------------------------------------------


type Chosen = tuple[str, str, Side, str]


def _chosen(request: HttpRequest) -> Iterator[Chosen]:
    """The thing, the field, the side and the values that each choice was made between."""
    for name, value in request.POST.items():
        kind, _, rest = name.partition(":")
        key, _, known = rest.partition(":")
        field, _, between = known.rpartition(":")
        if kind == "take" and value in Side.values:
            yield key, field, Side(value), between


def _settle(now: Standing, chosen: Iterable[Chosen], by: str) -> None:
    known = {
        (report.label(conflict.id), conflict.name): digest(conflict)
        for conflict in now.plan().conflicts
    }
    for key, name, side, between in chosen:
        if known.get((key, name), between) != between:
            raise NoConflict(f"{key}: `{name}` was changed meanwhile.")
        resolve(now, key, name, side, by)


def _what_next(left: int) -> str:
    if left:
        return f"{left} more to settle before anything is written."
    return "None is left: apply the files to carry it out."


def _require(request: HttpRequest, permission: str) -> None:
    if not _user(request).has_perm(permission):
        raise PermissionDenied


def _user(request: HttpRequest) -> Any:
    return request.user


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:catalog"))
