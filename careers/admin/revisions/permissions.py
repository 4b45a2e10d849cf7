"""Who may see revisions, and who may undo which."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest

from careers.models import Edit, Revision
from careers.sync import KINDS, model_of


def may_see_revisions(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.has_perm("careers.view_revision"))


def may_undo(request: HttpRequest, revisions: Iterable[Revision]) -> set[int]:
    """The numbers of those revisions whose things somebody may all change, in one query."""
    found: dict[int, set[str]] = {each.number: set() for each in revisions}
    kinds = Edit.objects.filter(revision__in=found).order_by().values_list("revision", "kind")
    for number, kind in kinds.distinct():
        found[number].add(kind)
    own = {kind for kind in KINDS if _may_change(request, model_of(kind))}
    return {number for number, touched in found.items() if touched <= own}


def _may_change(request: HttpRequest, model: Any) -> bool:
    return bool(site.get_model_admin(model).has_change_permission(request))
