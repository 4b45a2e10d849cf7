"""Learning paths and lessons in the admin, with what the catalog knows of them."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest

from careers.admin.saving.forms import EntryPageForm
from careers.admin.saving.model_admin import MergingPageAdmin
from careers.sync import RowKeys
from paths.admin import LearningPathAdmin, LessonAdmin
from paths.forms import LessonForm


class CatalogPathAdmin(MergingPageAdmin, LearningPathAdmin):
    """A path whose changes are revisions."""


class EntryLessonForm(EntryPageForm, LessonForm):
    """The form of a lesson."""


class CatalogLessonAdmin(MergingPageAdmin, LessonAdmin):
    """A lesson whose changes are revisions, of the outlines that it stands in as well."""

    form = EntryLessonForm

    def also_changed(self, things: Collection[Any], form: Any = None) -> RowKeys:
        paths = {lesson.path_id for lesson in things}
        if form and "path" in form.initial:  # another than now, if the lesson moves
            paths.add(form.initial["path"])
        return {"paths": paths}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "position":  # a path's outline records it: a form tells what it was
            kwargs["show_hidden_initial"] = True
        return super().formfield_for_dbfield(db_field, request, **kwargs)
