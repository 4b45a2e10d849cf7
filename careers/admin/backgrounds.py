"""Backgrounds in the admin: where people come from, and the lessons that they know already."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from careers.admin.autocomplete import searched_if_many
from careers.admin.saving.model_admin import MergingAdmin
from careers.models import Background
from paths.models import Lesson


class BackgroundAdmin(MergingAdmin):
    list_display = ("title", "status", "position", "lessons_known")
    list_filter = ("status",)
    search_fields = ("title", "slug", "summary")
    filter_horizontal = ("knows",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "summary")}),
        ("Which role", {"fields": ("starts_fresh", "advice", "sources")}),
        ("On the site", {"fields": (("status", "position"),)}),
        ("What they already know", {"fields": ("knows",)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        found = super().get_queryset(request).annotate(known=models.Count("knows"))
        return found.order_by("position", "title", "pk")  # annotate() drops Meta.ordering

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:  # noqa: ARG002
        return searched_if_many("knows", Lesson)

    @admin.display(description="lessons known", ordering="known")
    def lessons_known(self, background: Background) -> int:
        known: int = background.known  # type: ignore[attr-defined]
        return known
