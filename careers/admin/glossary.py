"""The glossary in the admin: what words mean, and which lesson teaches each."""

from typing import Any

from django.http import HttpRequest

from careers import snapshot
from careers.admin.saving.model_admin import MergingAdmin
from paths.models import Status, Term


class TermAdmin(MergingAdmin):
    list_display = ("title", "status", "lesson", "meaning")
    list_filter = ("status",)
    ordering = ("title",)
    search_fields = ("title", "slug", "also", "meaning")
    autocomplete_fields = ("lesson",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "also", "meaning")}),
        ("Where it is taught", {"fields": ("lesson", "learn")}),
        ("On the site", {"fields": ("linked", ("status", "position"))}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("lesson")

    def view_on_site(self, term: Term) -> str | None:
        if term.status != Status.PUBLISHED:
            return None
        return snapshot.current().glossary.address("/glossary/", term.slug)
