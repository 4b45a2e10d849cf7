"""Undo a revision in the admin: show what that would do, and do it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.admin.people.permissions import may_see_things
from careers.admin.revisions.differences import (
    BeforeAfter,
    FieldDifference,
    field_differences,
)
from careers.admin.revisions.pages import history_url, revisions_of
from careers.admin.revisions.permissions import (
    Thing,
    is_of_many,
    may_see_revisions,
    may_undo,
)
from careers.admin.titles import Titles
from careers.models import Revision
from careers.sync import (
    KINDS,
    Change,
    Entry,
    Reason,
    TitleOf,
    TooManyRemovals,
    Unrevertable,
    model_of,
    preview_revert,
    reason_in_words,
    revert,
)
from paths.forms import whole_number
from paths.models import Status

THINGS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ThingDifference:
    """How one thing would change. label: its kind, as in “role”."""

    title: str
    label: str
    fields: tuple[FieldDifference, ...]


@dataclass(frozen=True, slots=True)
class Undoing:
    """What to undo: a revision or, with `of`, only its edits of this thing."""

    revision: Revision
    of: Thing | None

    @property
    def has_number_typed(self) -> bool:
        """Whether the editor has to type the revision's number, as it is of several things."""
        return self.of is None and is_of_many(self.revision)

    @property
    def leaves_others(self) -> bool:
        """Whether the revision changed other things too, which stay as they are."""
        return self.of is not None and is_of_many(self.revision)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, number: int, kind: str = "", row: int = 0) -> HttpResponse:
    """Ask whether to undo a revision, and undo it. kind, row: undo only this thing's edits."""
    of = (kind, row) if kind else None
    undone = revisions_of(of) if of else Revision.objects.all()
    asked = Revision.objects.prefetch_related(Prefetch("reverted_by", undone))
    found = get_object_or_404(asked, number=number)
    undoing = Undoing(found, of)
    if number not in may_undo(request, [found], undoing.of):
        raise PermissionDenied
    if request.method != "POST":
        return _ask(request, undoing)
    if undoing.has_number_typed and request.POST.get("typed", "").strip() != str(number):
        words = f"Type {number} into the box to confirm that you want to undo all of it."
        return _ask(request, undoing, (Reason(words),))
    user: Any = request.user
    allowed = whole_number(request.POST.get("removals", ""))
    try:
        made = revert(number, user.get_username(), user, of=undoing.of, allow_removals=allowed)
    except (Unrevertable, TooManyRemovals) as refusal:
        return _ask(request, undoing, _reasons(refusal))
    messages.success(request, f"Revision {number} was undone, with revision {made.number}.")
    return redirect(_afterwards(request, made, undoing.of))


def _afterwards(request: HttpRequest, made: Revision, of: Thing | None) -> str:
    """The address of the page that shows best what was undone, of those the user may see."""
    if may_see_revisions(request) and not of:
        return reverse("admin:revision", args=[made.number])
    edits = sorted(made.edits.all(), key=lambda each: (each.kind, each.row) != of)
    seen = (each for each in edits if may_see_things(request, model_of(each.kind)))
    edit = next(seen, None)
    return history_url(edit) if edit else reverse("admin:index")


def _ask(request: HttpRequest, undoing: Undoing, refused: tuple[Reason, ...] = ()) -> HttpResponse:
    changes, reasons, titles = [], refused, Titles(request)
    try:
        changes = preview_revert(undoing.revision.number, undoing.of)
    except Unrevertable as refusal:
        reasons = refused or refusal.reasons
    context = {
        "title": f"Undo revision {undoing.revision.number}?",
        "revision": undoing.revision,
        "undoing": undoing,
        "of_many": undoing.has_number_typed,
        "reasons": [reason_in_words(each, titles) for each in reasons],
        "things": _differences(request, changes[:THINGS_SHOWN], titles),
        "more": max(0, len(changes) - THINGS_SHOWN),
        "may_see": may_see_revisions(request),
        "removals": sum(_is_removal(change) for change in changes),
        "all_of_it": undoing.of and bool(may_undo(request, [undoing.revision])),
    }
    whole = site.each_context(request) | context
    return render(request, "admin/history/undo.html", whole, status=409 if refused else 200)


def _reasons(refusal: Unrevertable | TooManyRemovals) -> tuple[Reason, ...]:
    if isinstance(refusal, Unrevertable):
        return refusal.reasons
    things = "1 published thing" if refusal.number == 1 else f"{refusal.number} published things"
    words = f"That would retire {things}, not as many as this page said."
    return (Reason(f"{words} Check again what would happen."),)


def _is_removal(change: Change) -> bool:
    away = ("status", Status.PUBLISHED, Status.RETIRED)
    return any((each.name, each.live, each.value) == away for each in change.fields)


def _differences(
    request: HttpRequest, changes: list[Change], title_of: TitleOf
) -> list[ThingDifference]:
    return [
        ThingDifference(
            _title(request, change.entry, title_of),
            KINDS[change.entry.kind].noun,
            tuple(field_differences(change.entry.kind, _fields(change), title_of)),
        )
        for change in changes
    ]


def _title(request: HttpRequest, entry: Entry, title_of: TitleOf) -> str:
    """A thing's title, as the user may see it: a signal's revision also changes its lessons."""
    if may_see_things(request, model_of(entry.kind)):
        return str(entry.values["title"])
    return title_of(entry.kind, str(entry.key))


def _fields(change: Change) -> Iterator[BeforeAfter]:
    return ((each.name, each.live, each.value) for each in change.fields)
