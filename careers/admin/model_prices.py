"""Prices of model calls in the admin."""

from careers.admin.saving.model_admin import MergingAdmin


class PriceAdmin(MergingAdmin):
    list_display = ("title", "status", "price_in", "price_out", "collected")
    list_filter = ("status",)
    ordering = ("position", "title")
    search_fields = ("title", "slug", "model")
    fieldsets = (
        (None, {"fields": ("title", "slug", "model", "size")}),
        ("Dollars per million tokens", {"fields": (("price_in", "price_out"),)}),
        ("Source", {"fields": ("source", "url", "collected")}),
        ("On the site", {"fields": (("status", "position"),)}),
    )
