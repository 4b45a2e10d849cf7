"""Hiring signals in the admin: what hirers check, and the lessons that produce it."""

# ruff: noqa: ARG002 - Django's hooks prescribe their arguments

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest

from careers.admin.autocomplete import searched_if_many
from careers.admin.saving.model_admin import MergingAdmin
from careers.sync import RowKeys
from paths.models import Lesson


class HiringSignalAdmin(MergingAdmin):
    list_display = ("title", "status", "position", "summary")
    list_filter = ("status",)
    search_fields = ("title", "slug", "summary", "passes", "fails")
    filter_horizontal = ("lessons",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "summary")}),
        ("On the site", {"fields": (("status", "position"),)}),
        ("The check", {"fields": ("passes", "fails", "sources")}),
        ("Lessons that produce it", {"fields": ("lessons",)}),
    )

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return searched_if_many("lessons", Lesson)

    def also_changed(self, things: Collection[Any], form: Any = None) -> RowKeys:
        """The lessons that the form adds to the signal or removes from it."""
        if form is None:
            return {}
        before, after = (
            {lesson.pk for lesson in side.get("lessons", ())}
            for side in (form.initial, form.cleaned_data)
        )
        return {"lessons": before ^ after}
