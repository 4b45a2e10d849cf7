"""The audit log of sign-ins in the admin, read-only."""

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest

from careers.models import SignIn


class SignInAdmin(ModelAdmin):  # type: ignore[type-arg]
    list_display = ["at", "user", "outcome", "address", "forwarded_for"]
    list_filter = ["outcome", "at"]
    list_select_related = ["user"]
    search_fields = ["user__username", "address"]
    fields = ["at", "user", "outcome", "address", "forwarded_for"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _thing: SignIn | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _thing: SignIn | None = None) -> bool:
        return False
