"""Learning paths and lessons in the admin, with what the catalog knows of them."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest

from careers.admin.saving.merging import Merging
from careers.sync.rows import Only
from paths.admin import LearningPathAdmin, LessonAdmin


class CatalogPathAdmin(Merging, LearningPathAdmin):
    """A path whose changes are revisions."""


class CatalogLessonAdmin(Merging, LessonAdmin):
    """A lesson whose changes are revisions, of the outlines that it stands in as well."""

    def beside(self, things: Collection[Any], form: Any = None) -> Only:
        before = {form.initial.get("path")} if form else set()
        return {"paths": before | {lesson.path_id for lesson in things}}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "position":  # a path's outline records it: a form tells what it was
            kwargs["show_hidden_initial"] = True
        return super().formfield_for_dbfield(db_field, request, **kwargs)
