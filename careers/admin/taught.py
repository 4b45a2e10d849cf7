"""Learning paths and lessons in the admin, with what the catalog knows of them."""

from collections.abc import Collection
from typing import Any

from careers.admin.recording import Recorded
from careers.sync.rows import Only
from paths.admin import LearningPathAdmin, LessonAdmin


class CatalogPathAdmin(Recorded, LearningPathAdmin):
    """A path whose changes are revisions."""


class CatalogLessonAdmin(Recorded, LessonAdmin):
    """A lesson whose changes are revisions, of the outlines that it stands in as well."""

    def beside(self, things: Collection[Any], form: Any = None) -> Only:
        before = {form.initial.get("path")} if form else set()
        return {"paths": before | {lesson.path_id for lesson in things}}
