"""Who may publish, and who may see the names of what isn't public."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest

from careers.models import Role
from paths.forms import choice_label
from paths.models import Status

PUBLISH = "careers.publish_catalog"


def may_publish(request: HttpRequest) -> bool:
    """Whether somebody may decide what the public sees: publish, retire, and undo either."""
    user: Any = request.user
    return bool(user.has_perm(PUBLISH))


def may_edit(request: HttpRequest, model: Any) -> bool:
    """Whether somebody may change or add things of a model. What has no form is rows of a role."""
    of_form = site.get_model_admin(model if site.is_registered(model) else Role)
    return of_form.has_change_permission(request) or of_form.has_add_permission(request)


def may_see_things(request: HttpRequest, model: Any) -> bool:
    return bool(site.get_model_admin(model).has_view_or_change_permission(request))


def label_for(request: HttpRequest, model: Any) -> Callable[[Any], str]:
    """What a list of choices calls a model's things: by their titles, if they may be seen."""
    return choice_label if may_see_things(request, model) else public_label


def public_label(thing: Any) -> str:
    """What a thing is called for who may not see it while it isn't public."""
    if thing.status == Status.PUBLISHED:
        return choice_label(thing)
    return f"{thing._meta.verbose_name} {thing.pk} ({thing.get_status_display().lower()})"
