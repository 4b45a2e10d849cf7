"""Learning paths and lessons in the admin, as parts of the catalog."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from careers.admin import lesson_preview
from careers.admin.saving.forms import EntryPageForm
from careers.admin.saving.model_admin import MergingPageAdmin
from careers.sync import RowKeys
from paths.admin import LearningPathAdmin, LessonAdmin
from paths.forms import whole_number
from paths.models import LearningPath, Lesson, Status
from paths.views import file_beside
from paths.writing.form import LessonForm

TOLD_AT_ONCE = 5


class CatalogPathAdmin(MergingPageAdmin, LearningPathAdmin):
    """A path whose changes are revisions. Whoever may see lessons may see their paths."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        lessons = self.admin_site.get_model_admin(Lesson)
        return super().has_view_permission(request, obj) or lessons.has_view_permission(request)


class EntryLessonForm(EntryPageForm, LessonForm):
    """The form of a lesson."""


class CatalogLessonAdmin(MergingPageAdmin, LessonAdmin):
    """A lesson whose changes are revisions, including those of the outlines that list it."""

    form = EntryLessonForm

    def also_changed(self, things: Collection[Any], form: Any = None) -> RowKeys:
        paths = {lesson.path_id for lesson in things}
        if form and "path" in form.initial:  # the old path, if the lesson moves
            paths.add(form.initial["path"])
        return {"paths": paths}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "position":  # recorded in the outline: the form sends the old one
            kwargs["show_hidden_initial"] = True
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Moving a public lesson takes the right to publish: its new path may not be public."""
        own = super().get_readonly_fields(request, obj)
        is_public = obj is not None and obj.status == Status.PUBLISHED
        return (*own, "path") if is_public and not self.has_publish_permission(request) else own

    # -- The preview, and problems of the text -----------------------------------------------

    def get_urls(self) -> list[Any]:
        beside = self.admin_site.admin_view(self.file_beside)
        return [
            path("preview/", self.preview, name="paths_lesson_preview"),
            path("<int:key>/beside/<str:name>", beside, name="paths_lesson_beside"),
            *super().get_urls(),
        ]

    def file_beside(self, request: HttpRequest, key: int, name: str) -> HttpResponse:
        """A file of a lesson that the public may not see yet."""
        lesson = get_object_or_404(Lesson, pk=key)
        if not self.has_view_or_change_permission(request, lesson):
            raise PermissionDenied
        return file_beside(lesson, name)

    @method_decorator(require_POST)
    def preview(self, request: HttpRequest) -> HttpResponse:
        """Preview the text that is being typed.

        Not an admin_view(): that answers with a whole page once the session has ended.
        """
        if not self._may_edit(request):
            raise PermissionDenied
        lesson = self._typed(request)
        context = {"shown": lesson_preview.of_text(request.POST.get("body", ""), lesson)}
        return render(request, "admin/paths/lesson/preview.html", context)

    def _typed(self, request: HttpRequest) -> Lesson:
        """The lesson in the form; if new, unsaved and with what the preview needs."""
        key = whole_number(request.GET.get("lesson", "")) or 0
        path_key = whole_number(request.POST.get("path", "")) or 0
        lesson = Lesson.objects.select_related("path").filter(pk=key).first() or Lesson()
        above = LearningPath.objects.filter(pk=path_key).first()
        if not lesson.pk and above:
            lesson.path, lesson.slug = above, request.POST.get("slug", "")
        return lesson

    def _may_edit(self, request: HttpRequest) -> bool:
        may_edit = self.has_change_permission(request) or self.has_add_permission(request)
        return self.admin_site.has_permission(request) and may_edit

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        lesson = kwargs.get("obj") or self._typed(request)
        text = request.POST.get("body", "") if request.method == "POST" else lesson.body
        url = reverse("admin:paths_lesson_preview")
        context |= {
            "shown": lesson_preview.of_text(text, lesson),
            "follows": self._may_edit(request),
            "preview_url": f"{url}?lesson={lesson.pk}" if lesson.pk else url,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        """Save, and warn about problems of the text that didn't keep it from being saved."""
        super().save_related(request, form, *args)
        found = lesson_preview.text_findings(form.instance.body, form.instance)
        for each in found[:TOLD_AT_ONCE]:
            messages.warning(request, str(each))
        if len(found) > TOLD_AT_ONCE:
            more = len(found) - TOLD_AT_ONCE
            messages.warning(request, f"The preview below the form has {more} more.")
