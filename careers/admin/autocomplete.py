"""Autocomplete choices for everyone who edits a field, limited to what they may see."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest

from careers.admin.people.permissions import label_for, may_edit, may_see_things
from paths.models import LearningPath, Lesson

MOST_TO_SCROLL = 500  # lessons or paths in a plain list of choices; more are searched


def searched_if_many(name: str, model: type[Lesson | LearningPath]) -> tuple[str, ...]:
    """For get_autocomplete_fields(): the field's name if the model has too many rows to scroll."""
    return (name,) if model.objects.values("pk")[MOST_TO_SCROLL:].exists() else ()


class OfferedChoices(AutocompleteJsonView):
    """Django's view, opened to editors of the field's model.

    Django refuses someone who may change a role but not see paths; here they are offered the
    published ones.
    """

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_perm(request, obj) or may_edit(request, self.source_field.model)

    def get_queryset(self) -> Any:
        found: Any = super().get_queryset()
        may_see = may_see_things(self.request, self.model_admin.model)
        return found if may_see else found.published()

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        found: dict[str, str] = super().serialize_result(obj, to_field_name)
        return found | {"text": label_for(self.request, self.model_admin.model)(obj)}
