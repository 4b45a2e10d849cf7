"""The history of the catalog in the admin: all revisions, one revision, and one thing's."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from careers.admin.people.permissions import may_see_things
from careers.admin.revisions.differences import EditDifference, edit_differences
from careers.admin.revisions.permissions import Thing, is_of_many, may_see_revisions, may_undo
from careers.admin.titles import Titles
from careers.models import Edit, Origin, Revision
from careers.published.query import Reader
from careers.sync import KINDS, field_label, model_of
from paths.addresses import asked_page

ORIGINS = {
    Origin.FILES: "From the files",
    Origin.ADMIN: "In the admin",
    Origin.REVERT: "To undo another",
}
REVISIONS_A_PAGE = 30
OF_A_THING_A_PAGE = 15
EDITS_A_PAGE = 100
EDITS_IN_LIST = 12  # of each revision


class Glance(NamedTuple):
    """A thing that a revision changed. edit: its first. fields: labels of what changed."""

    edit: Edit
    noun: str
    fields: list[str]


@require_GET
def revision_list(request: HttpRequest) -> HttpResponse:
    """All revisions, or those of one origin, newest first."""
    _check(request)
    reader = Reader(request.GET)
    origin = reader.one_of("origin", {each.value: each.value for each in Origin}, "origin") or ""
    found = Revision.objects.annotate(edit_count=Count("edits")).order_by("-number")
    if origin:
        found = found.filter(origin=origin)
    page = _page(reader, found, REVISIONS_A_PAGE)
    summaries = _summaries(page.object_list)
    context = {
        "title": "History",
        "page": page,
        "listed": [(each, summaries.get(each.number, [])) for each in page],
        "origins": [("", "All"), *ORIGINS.items()],
        "origin": origin,
        "most_edits": EDITS_IN_LIST,
        "ignored": reader.ignored,
    }
    return _render(request, "list", context)


@require_GET
def revision_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One revision, thing by thing."""
    _check(request)
    found = get_object_or_404(Revision.objects.prefetch_related("reverted_by"), number=number)
    reader = Reader(request.GET)
    page = _page(reader, found.edits.order_by("pk"), EDITS_A_PAGE)
    context = {
        "title": f"Revision {number}",
        "revision": found,
        "undoable": may_undo(request, [found]),
        "of_many": is_of_many(found),
        "page": page,
        "ignored": reader.ignored,
        "things": [
            (edits[0].edit, noun_of(edits[0].edit), _history_of(request, edits[0].edit), edits)
            for edits in _by_thing(edit_differences(list(page), Titles(request)))
        ],
    }
    return _render(request, "revision", context)


def thing_history(request: HttpRequest, kind: str, thing: Any) -> HttpResponse:
    """The revisions that changed one thing, newest first, with its edits."""
    own = Edit.objects.filter(kind=kind, row=thing.pk)
    found = Revision.objects.filter(pk__in=own.values("revision")).order_by("-number")
    # Only what undid edits of this thing: a revision can be undone for one of its things alone.
    found = found.prefetch_related(Prefetch("reverted_by", revisions_of((kind, thing.pk))))
    reader = Reader(request.GET)
    page = _page(reader, found, OF_A_THING_A_PAGE)
    own = own.filter(revision__in=list(page)).order_by("pk")
    edits = edit_differences(list(own), Titles(request))
    context = {
        "title": f"History of {thing}",
        "thing": thing,
        "opts": thing._meta,
        "page": page,
        "ignored": reader.ignored,
        "revisions": [(each, [s for s in edits if s.edit.revision_id == each.pk]) for each in page],
        "undoable": may_undo(request, page, (kind, thing.pk)),
        "kind": kind,
    }
    return _render(request, "thing", context)


def revisions_of(thing: Thing) -> QuerySet[Revision]:
    """The revisions that changed a thing."""
    kind, row = thing
    return Revision.objects.filter(edits__kind=kind, edits__row=row).distinct()


def _check(request: HttpRequest) -> None:
    if not may_see_revisions(request):
        raise PermissionDenied


def _render(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    context |= site.each_context(request) | {"may_see": may_see_revisions(request)}
    return render(request, f"admin/history/{name}.html", context)


def _page(reader: Reader, found: QuerySet[Any], size: int) -> Page[Any]:
    page, refused = asked_page(Paginator(found, size), reader.text("page"))
    if refused:
        reader.refuse("page", refused)
    return page


def _summaries(page: Iterable[Revision]) -> dict[int, list[Glance]]:
    """Revision number → the things and fields of its first edits, without their values."""
    place = Window(RowNumber(), partition_by="revision", order_by="pk")
    edits = Edit.objects.filter(revision__in=list(page)).defer("before", "after")
    few = edits.annotate(place=place).filter(place__lte=EDITS_IN_LIST)
    summaries: dict[int, list[Glance]] = {}
    for edit in few.order_by("revision", "pk"):
        things = summaries.setdefault(edit.revision_id, [])
        if not things or _thing(things[-1].edit) != _thing(edit):
            things.append(Glance(edit, noun_of(edit), []))
        things[-1].fields.append(field_label(edit.kind, edit.field) if edit.field else "added")
    return summaries


def noun_of(edit: Edit) -> str:
    """What kind of thing was edited, as in “role”."""
    return KINDS[edit.kind].noun


def _by_thing(shown: Iterable[EditDifference]) -> Iterator[list[EditDifference]]:
    for _, group in groupby(shown, key=lambda each: _thing(each.edit)):
        yield list(group)


def _thing(edit: Edit) -> tuple[str, int]:
    return edit.kind, edit.row


def _history_of(request: HttpRequest, edit: Edit) -> str:
    """The address of the history of the edit's thing; empty if the user may not see it."""
    return history_url(edit) if may_see_things(request, model_of(edit.kind)) else ""


def history_url(edit: Edit) -> str:
    model = model_of(edit.kind)._meta
    return reverse(f"admin:{model.app_label}_{model.model_name}_history", args=[edit.row])
