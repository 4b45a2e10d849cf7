"""The editors' site and what is registered in it. How a kind is edited stands in its own module."""

from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path, reverse

from careers.admin.autocomplete import OfferedChoices
from careers.admin.backgrounds import BackgroundAdmin
from careers.admin.files import pages as files
from careers.admin.files.open_conflicts import open_conflicts
from careers.admin.files.pages import may_see_files
from careers.admin.glossary import TermAdmin
from careers.admin.hiring_signals import HiringSignalAdmin
from careers.admin.model_prices import PriceAdmin
from careers.admin.paths_and_lessons import CatalogLessonAdmin, CatalogPathAdmin
from careers.admin.people.kept import after_login, csrf_failure
from careers.admin.revisions import pages as revisions
from careers.admin.revisions import undo
from careers.admin.revisions.permissions import may_see_revisions
from careers.admin.roles import RoleAdmin
from careers.admin.sign_ins import SignInAdmin
from careers.admin.signing_in.form import SignInForm, too_busy
from careers.admin.signing_in.pages import must_set_up, second_factor_page
from careers.admin.signing_in.second_factor import is_let_in
from careers.admin.signing_in.tries import remember_browser, write_down
from careers.admin.work_list import work_for
from careers.models import Background, HiringSignal, Outcome, Role, SignIn
from paths.models import LearningPath, Lesson, Price, Term

# Settings import these from the package. If they named a submodule, two threads that import the
# package at once would deadlock.
__all__ = ["CatalogAdminSite", "csrf_failure"]


class CatalogAdminSite(admin.AdminSite):
    """The only admin site."""

    site_header = "AI Careers"
    site_title = "AI Careers"
    index_title = "The catalog"
    login_form = SignInForm
    enable_nav_sidebar = False  # a handful of kinds of things; a role's form needs the width

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # @admin.register can't be used: it needs the site that Django imports this module to make.
        self.register(Role, RoleAdmin)
        self.register(Background, BackgroundAdmin)
        self.register(HiringSignal, HiringSignalAdmin)
        self.register(LearningPath, CatalogPathAdmin)
        self.register(Lesson, CatalogLessonAdmin)
        self.register(Term, TermAdmin)
        self.register(Price, PriceAdmin)
        self.register(SignIn, SignInAdmin)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        def without_nul(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            # Filters and autocompletes pass the query on to the database, which may refuse NUL.
            if "%00" in request.META["QUERY_STRING"]:
                raise BadRequest("The address has a NUL character in it.")
            return after_login(request, lambda: guarded(request, *args, **kwargs))

        return update_wrapper(without_nul, guarded)

    def register(self, model_or_iterable: Any, *given: Any, **options: Any) -> None:
        """Register a model, unless it is one of django_otp's: those pages would show secrets."""
        if not getattr(model_or_iterable, "__module__", "").startswith("django_otp."):
            super().register(model_or_iterable, *given, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and is_let_in(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == 302:
            user: Any = request.user
            write_down(request, user, Outcome.CHANGED_PASSWORD)
        return answer

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if refused := too_busy(request):
            return refused
        if request.method == "GET" and must_set_up(request):
            return redirect(f"{reverse('admin:second-factor')}?{request.META['QUERY_STRING']}")
        answer = super().login(request, extra_context)
        form = (getattr(answer, "context_data", None) or {}).get("form")
        if form and form.wait:
            return form.wait.tell(answer)
        if request.method == "POST" and request.user.is_authenticated and answer.status_code == 302:
            remember_browser(answer, request.user.get_username())
        return answer

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        whole: dict[str, Any] = super().each_context(request)
        whole["sends_mail"] = settings.SENDS_MAIL
        if self.has_permission(request):  # a callable: only pages that show the count compute it
            whole |= {"open_conflicts": open_conflicts, "may_see_files": may_see_files(request)}
        return whole

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        context = {"work": work_for(request), "may_see_revisions": may_see_revisions(request)}
        return super().index(request, context | (extra_context or {}))

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return OfferedChoices.as_view(admin_site=self)(request)

    def get_urls(self) -> list[Any]:
        views = (
            ("catalog/", files.catalog, "catalog"),
            ("catalog/resolve/", files.resolve_conflicts, "catalog-resolve"),
            ("catalog/apply/", files.apply_files, "catalog-apply"),
            ("catalog/export.patch", files.export_patch, "catalog-patch"),
            ("history/", revisions.revision_list, "history"),
            ("history/<int:number>/", revisions.revision_detail, "revision"),
            ("history/<int:number>/undo/", undo.undo, "undo"),
            ("history/<int:number>/undo/<slug:kind>/<int:row>/", undo.undo, "undo-thing"),
        )
        return [
            *(path(route, self.admin_view(view), name=name) for route, view, name in views),
            # Not behind admin_view(), which doesn't let in those who have yet to set one up.
            path("second-factor/", second_factor_page, name="second-factor"),
            *super().get_urls(),
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The catalog first: it is what editors come for."""
        apps: list[Any] = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: app["app_label"] not in {"careers", "paths"})
