"""Hiring signals in the admin: what hirers check, and the lessons that produce it."""

from paths.admin import CatalogAdmin


class HiringSignalAdmin(CatalogAdmin):
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
