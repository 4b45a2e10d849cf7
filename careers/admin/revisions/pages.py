"""The history of the catalog in the admin: of all of it, of one revision, and of one thing."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from careers.admin.revisions.readable import Shown, field_name, readable
from careers.admin.revisions.undo import may_undo
from careers.models import Edit, Origin, Revision
from careers.sync.fields import model_of

MAY_SEE = "careers.view_revision"
ORIGINS = {
    Origin.FILES: "From the files",
    Origin.ADMIN: "In the admin",
    Origin.REVERT: "To undo another",
}
REVISIONS_A_PAGE = 30
OF_A_THING_A_PAGE = 15
EDITS_A_PAGE = 100
EDITS_AT_A_GLANCE = 12  # of a revision, in the list of all


@require_GET
def revisions(request: HttpRequest) -> HttpResponse:
    """All of them, newest first, of one origin or of any."""
    _check(request)
    origin = request.GET.get("origin", "")
    found = Revision.objects.annotate(edit_count=Count("edits")).order_by("-number")
    if origin in Origin.values:
        found = found.filter(origin=origin)
    page = _page(request, found, REVISIONS_A_PAGE)
    glances = _glances(page.object_list)
    context = {
        "title": "History",
        "page": page,
        "listed": [(each, glances.get(each.number, [])) for each in page],
        "origins": [("", "All"), *ORIGINS.items()],
        "origin": origin if origin in Origin.values else "",
        "most": EDITS_AT_A_GLANCE,
    }
    return _render(request, "list", context)


@require_GET
def revision(request: HttpRequest, number: int) -> HttpResponse:
    """One revision, thing by thing."""
    _check(request)
    found = get_object_or_404(Revision.objects.prefetch_related("reverted_by"), number=number)
    page = _page(request, found.edits.order_by("pk"), EDITS_A_PAGE)
    context = {
        "title": f"Revision {number}",
        "revision": found,
        "undoable": may_undo(request, [found]),
        "page": page,
        "things": [
            (edits[0].edit, _history_of(edits[0].edit), edits)
            for edits in _by_thing(readable(list(page)))
        ],
    }
    return _render(request, "revision", context)


def of_thing(request: HttpRequest, kind: str, thing: Any) -> HttpResponse:
    """What became of one thing, newest first."""
    own = Edit.objects.filter(kind=kind, row=thing.pk)
    found = Revision.objects.filter(pk__in=own.values("revision")).order_by("-number")
    page = _page(request, found.prefetch_related("reverted_by"), OF_A_THING_A_PAGE)
    edits = readable(list(own.filter(revision__in=list(page)).order_by("pk")))
    context = {
        "title": f"History of {thing}",
        "thing": thing,
        "opts": thing._meta,  # noqa: SLF001
        "page": page,
        "revisions": [(each, [s for s in edits if s.edit.revision_id == each.pk]) for each in page],
        "undoable": may_undo(request, page),
        "sees_all": _may_see(request),
    }
    return _render(request, "of_thing", context)


def _may_see(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.has_perm(MAY_SEE))


def _check(request: HttpRequest) -> None:
    if not _may_see(request):
        raise PermissionDenied


def _render(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"admin/history/{name}.html", site.each_context(request) | context)


def _page(request: HttpRequest, found: QuerySet[Any], size: int) -> Page[Any]:
    return Paginator(found, size).get_page(request.GET.get("page"))


def _glances(page: Iterable[Revision]) -> dict[int, list[tuple[Edit, list[str]]]]:
    """The first edits of each revision, without their values: the thing and its fields."""
    place = Window(RowNumber(), partition_by="revision", order_by="pk")
    edits = Edit.objects.filter(revision__in=list(page)).defer("before", "after")
    few = edits.annotate(place=place).filter(place__lte=EDITS_AT_A_GLANCE)
    glances: dict[int, list[tuple[Edit, list[str]]]] = {}
    for edit in few.order_by("revision", "pk"):
        things = glances.setdefault(edit.revision_id, [])
        if not things or _thing(things[-1][0]) != _thing(edit):
            things.append((edit, []))
        things[-1][1].append(field_name(edit.kind, edit.field) if edit.field else "added")
    return glances


def _by_thing(shown: Iterable[Shown]) -> Iterator[list[Shown]]:
    for _, group in groupby(shown, key=lambda each: _thing(each.edit)):
        yield list(group)


def _thing(edit: Edit) -> tuple[str, int]:
    return edit.kind, edit.row


def _history_of(edit: Edit) -> str:
    model = model_of(edit.kind)._meta  # noqa: SLF001
    return reverse(f"admin:{model.app_label}_{model.model_name}_history", args=[edit.row])
