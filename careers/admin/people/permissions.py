"""Who may publish, and who may see the names of what isn't public."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest

from careers.models import Role
from paths.forms import choice_label
from paths.models import Lesson, Status

PUBLISH = "careers.publish_catalog"


def may_publish(request: HttpRequest) -> bool:
    """Whether the user may decide what the public sees: publish, retire, and undo either."""
    user: Any = request.user
    return bool(user.has_perm(PUBLISH))


def may_edit(request: HttpRequest, model: Any) -> bool:
    """Whether the user may change or add things of a model; if it has no form, roles instead,
    whose rows these are."""
    of_form = site.get_model_admin(model if site.is_registered(model) else Role)
    return of_form.has_change_permission(request) or of_form.has_add_permission(request)


def may_see_things(request: HttpRequest, model: Any) -> bool:
    return bool(site.get_model_admin(model).has_view_or_change_permission(request))


def label_for(request: HttpRequest, model: Any) -> Callable[[Any], str]:
    """The function that labels a model's things in lists, by what the user may see."""
    return choice_label if may_see_things(request, model) else public_label


def is_public(thing: Any) -> bool:
    """Whether the public sees a thing. A path that isn't published hides its lessons."""
    above = thing.path.status if isinstance(thing, Lesson) else Status.PUBLISHED
    return bool(thing.status == above == Status.PUBLISHED)


def public_label(thing: Any) -> str:
    """A thing's label for those who may see it only if it is public."""
    if is_public(thing):
        return choice_label(thing)
    is_hidden = thing.status == Status.PUBLISHED
    status = "hidden" if is_hidden else thing.get_status_display().lower()
    return f"{thing._meta.verbose_name} {thing.pk} ({status})"
