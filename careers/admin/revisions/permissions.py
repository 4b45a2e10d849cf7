"""Who may see revisions, and who may undo which."""

from collections.abc import Iterable, Set
from typing import Any, NamedTuple

from django.contrib.admin import site
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.http import HttpRequest

from careers.admin.people.permissions import may_publish
from careers.models import Edit, Revision
from careers.sync import KINDS, model_of
from paths.models import Lesson, Status

type Thing = tuple[str, int]  # a kind, and the primary key of its row

# (kind, field) → the kinds whose forms change it too: a lesson's form changes its path's outline.
FOLLOWS = {("paths", "lessons"): {"lessons"}, ("lessons", "signals"): {"signals"}}


def may_see_revisions(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.has_perm("careers.view_revision"))


class Touched(NamedTuple):
    """A field that a revision changed in things of a kind. field: empty for an addition.

    added: the status with which a thing was added. moves_public: whether it moved a lesson,
    which is published now, to another path.
    """

    kind: str
    field: str
    added: str | None
    moves_public: bool

    @property
    def is_public(self) -> bool:
        """Whether undoing it decides what the public sees."""
        is_status = self.field == "status" or (not self.field and self.added == Status.PUBLISHED)
        return is_status or self.moves_public

    def may_be_edited(self, own: Set[str]) -> bool:
        """Whether somebody may change this. own: the kinds that they may change."""
        return bool(own & {self.kind, *FOLLOWS.get((self.kind, self.field), ())})


def may_undo(
    request: HttpRequest, revisions: Iterable[Revision], of: Thing | None = None
) -> set[int]:
    """The numbers of the revisions that the user may undo: those they could have made. One query.

    of: undo only this thing's edits.
    """
    found: dict[int, list[Touched]] = {each.number: [] for each in revisions}
    edits = Edit.objects.filter(revision__in=found).order_by()
    edits = edits.filter(kind=of[0], row=of[1]) if of else edits
    # As in a lesson's form: the path that a public lesson goes back to may not be public.
    public = Lesson.objects.filter(pk=OuterRef("row"), status=Status.PUBLISHED)
    moves_public = Q(kind="lessons", field="path") & Exists(public)
    edits = edits.annotate(moves_public=ExpressionWrapper(moves_public, BooleanField()))
    what = ("revision", "kind", "field", "after__status", "moves_public")
    for number, *each in edits.values_list(*what).distinct():
        found[number].append(Touched(*each))
    own = {kind for kind in KINDS if _may_change(request, model_of(kind))}
    publishes = may_publish(request)
    return {
        number
        for number, all_of_it in found.items()
        if all_of_it
        and all(each.may_be_edited(own) and (publishes or not each.is_public) for each in all_of_it)
    }


def is_of_many(revision: Revision) -> bool:
    """Whether a revision changed several things, so that undoing it may take back too much.

    A field that the form of another changed thing changes as well (see FOLLOWS) doesn't count.
    """
    edits = revision.edits.order_by().values_list("kind", "field", "row").distinct()
    kinds = {kind for kind, *_ in edits}
    things = {
        (kind, row)
        for kind, field, row in edits
        if not kinds & FOLLOWS.get((kind, field), frozenset())
    }
    return len(things) > 1


def _may_change(request: HttpRequest, model: Any) -> bool:
    return bool(site.get_model_admin(model).has_change_permission(request))
