"""The admin of learning paths and lessons, and what all catalog things share in the admin."""

# ruff: noqa: ARG002 - Django names the arguments of its hooks

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list

from paths.fields import LinesField, MarkdownFormField, ProseField
from paths.forms import (
    TYPED,
    Autocomplete,
    PageForm,
    PickedField,
    SentenceField,
    SourcesField,
    choice_label,
    whole_numbers,
)
from paths.hours import hours_text
from paths.models import LearningPath, Lesson, Status
from paths.writing import numbering, uploads
from paths.writing.form import LessonForm

SEARCH_AT_MOST = 100  # characters

MOST_PATHS_TO_FILTER_BY = 40

SENTENCE = 140  # characters: a field that may hold as many gets a text area
PARTICIPLES = {
    Status.PUBLISHED: "published",
    Status.DRAFT: "turned back into a draft",
    Status.RETIRED: "retired",
}
ALREADY = {  # by status, and whether it is said of several things
    (Status.PUBLISHED, False): "published already",
    (Status.PUBLISHED, True): "published already",
    (Status.DRAFT, False): "a draft already",
    (Status.DRAFT, True): "drafts already",
    (Status.RETIRED, False): "retired already",
    (Status.RETIRED, True): "retired already",
}


def _named(titles: list[str]) -> str:
    """The subject and verb of a message, as in “One and Two were”."""
    return f"{get_text_list(titles, 'and')} {'was' if len(titles) == 1 else 'were'}"


def is_sentence(db_field: Any) -> bool:
    """Whether a model's field may hold more than fits into one line of a form."""
    return isinstance(db_field, models.CharField) and (db_field.max_length or 0) >= SENTENCE


class CatalogAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A thing of the catalog. It can be published or retired, but never deleted."""

    actions = ("publish", "retire", "back_to_draft")
    formfield_overrides = {
        LinesField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
        ProseField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
        models.JSONField: {"form_class": SourcesField},
        **TYPED,
    }

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the user may decide which of these are public."""
        return self.has_change_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = (*super().get_readonly_fields(request, obj),)
        return own if self.has_publish_permission(request) else (*own, "status")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if is_sentence(db_field):
            return db_field.formfield(form_class=SentenceField, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = Autocomplete(db_field, self.admin_site)
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in self.autocomplete_fields:
            field.label_from_instance = self.label_for(request, db_field.related_model)
        return field

    def label_for(self, request: HttpRequest, model: Any) -> Callable[[Any], str]:
        """A function that labels a model's things in a list of choices."""
        return choice_label

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["form_class"] = PickedField
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.remote_field.model is Lesson:
            field.queryset = Lesson.objects.select_related("path").defer("body", "body_html")
            field.queryset = field.queryset.order_by("path__position", "position", "number")
            of_path, of_lesson = (
                self.label_for(request, LearningPath),
                self.label_for(request, Lesson),
            )
            field.label_from_instance = lambda each: f"{of_path(each.path)} › {of_lesson(each)}"
            # Django would name both lists after the field, and explain keys that aren't needed.
            field.widget.verbose_name = "lessons"
            field.help_text = kwargs.get("help_text", db_field.help_text)
        elif field:
            field.label_from_instance = self.label_for(request, db_field.related_model)
        return field

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        selected = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if len(whole_numbers(selected)) < len(selected):
            self.message_user(request, "Nothing was changed: select from the list.", "warning")
            return None
        return super().response_action(request, *args, **kwargs)

    @admin.action(
        permissions=["publish"], description="Publish the selected %(verbose_name_plural)s"
    )
    def publish(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        self.change_status(request, queryset, Status.PUBLISHED)

    @admin.action(
        permissions=["publish"], description="Retire the selected %(verbose_name_plural)s"
    )
    def retire(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> Any:
        return self.change_status(request, queryset, Status.RETIRED)

    @admin.action(
        permissions=["publish"],
        description="Turn the selected %(verbose_name_plural)s back into drafts",
    )
    def back_to_draft(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        self.change_status(request, queryset, Status.DRAFT)

    @transaction.atomic
    def change_status(
        self, request: HttpRequest, things: models.QuerySet[Any], status: Status
    ) -> Any:
        """Change the status of things, and report each change, or the rule that refuses it.

        A subclass may return a response that asks for confirmation first.
        """
        changed, same = [], []
        for thing in things:
            if thing.status == status:
                same.append(f"“{thing}”")
                continue
            thing.status = status
            try:
                thing.full_clean()
            except ValidationError as refusal:
                why = " ".join(refusal.messages)
                words = f"“{thing}” can't be {PARTICIPLES[status]}: {why}"
                self.message_user(request, words, messages.ERROR)
            else:
                thing.save()
                self.log_change(request, thing, [{"changed": {"fields": ["Status"]}}])
                changed.append(f"“{thing}”")
        if changed:
            words = f"{_named(changed)} {PARTICIPLES[status]}."
            self.message_user(request, words, messages.SUCCESS)
        if same:
            self.message_user(request, f"{_named(same)} {ALREADY[status, len(same) > 1]}.")

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        if len(search_term) > SEARCH_AT_MOST:  # each word adds a condition to the query
            words = f"A search can have at most {SEARCH_AT_MOST} characters; this has more."
            self.message_user(request, words, messages.ERROR)
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)


class PageAdmin(CatalogAdmin):
    """A catalog thing with its own page, whose old addresses redirect to it."""

    form = PageForm
    address_fields: tuple[str, ...] = ("slug",)

    def view_on_site(self, obj: Any) -> str | None:
        is_public = obj.status == Status.PUBLISHED and obj.has_address
        return str(obj.get_absolute_url()) if is_public else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and {*self.address_fields} & {*form.changed_data}:
            obj.keep_address(*self.old_address(form.initial))

    def old_address(self, before: dict[str, Any]) -> tuple[Any, ...]:
        """The arguments for `keep_address`. before: the initial values of the form."""
        return (before["slug"],)


def _size(path: LearningPath) -> str:
    published = f"{path.lessons_published} of {path.lessons_planned} lessons published"
    return f"{hours_text(path.minutes_planned)} h, {published}"


def _minutes_planned() -> models.Subquery:
    """A path's minutes as a subquery, so that only a list ordered by them adds up all paths."""
    lessons = Lesson.objects.filter(path=models.OuterRef("pk")).exclude(status=Status.RETIRED)
    work = models.Sum(models.F("minutes") + models.F("practice_minutes"))
    return models.Subquery(lessons.order_by().values("path").annotate(work=work).values("work"))


class PathList(ChangeList):
    """The list of paths. Adds up the hours of those on the current page only."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        shown = [path.pk for path in self.result_list]
        paths = LearningPath.objects.filter(pk__in=shown).with_hours().in_bulk()
        self.result_list: Any = [paths[pk] for pk in shown if pk in paths]


def outline(path: LearningPath, named: Callable[[Lesson], str]) -> str | SafeString:
    """A path's hours, and its lessons in order. named: returns the label of a lesson."""
    if not path.pk:
        return "Save the path first, then add its lessons under “Lessons”."
    rows = ((lesson.number, named(lesson)) for lesson in path.lessons.in_outline())
    items = format_html_join("", "<li>{} {}</li>", rows)
    counted = LearningPath.objects.with_hours().get(pk=path.pk)
    return format_html("<p>{}</p><ol>{}</ol>", _size(counted), items)


class LearningPathAdmin(PageAdmin):
    list_display = ("title", "status", "position", "size", "updated_at")
    list_filter = ("status",)
    search_fields = ("title", "slug", "summary")
    readonly_fields = ("outline",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "summary", "description")}),
        (
            "On the site",
            {
                "fields": (("status", "position"), "instead"),
                "description": "A path that isn't published hides its lessons, whatever they say.",
            },
        ),
        (
            "Lessons",
            {
                "fields": ("outline",),
                "description": "Hours are the sum of these, drafts included.",
            },
        ),
    )

    list_per_page = 50

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PathList

    @admin.display(description="lessons", ordering=Coalesce(_minutes_planned(), 0))
    def size(self, path: LearningPath) -> str:
        return _size(path)

    @admin.display(description="in order")
    def outline(self, path: LearningPath) -> str | SafeString:
        return outline(path, choice_label)


class LessonAdmin(PageAdmin):
    list_display = ("number", "title", "path", "status", "minutes", "practice_minutes")
    list_display_links = ("number", "title")
    list_filter = ("status", "path")
    ordering = ("path__position", "position", "number")
    search_fields = ("title", "slug", "number", "summary", "path__title")
    autocomplete_fields = ("path",)
    address_fields = ("path", "slug")
    form = LessonForm
    formfield_overrides = CatalogAdmin.formfield_overrides | {
        LinesField: {"widget": AdminTextareaWidget(attrs={"rows": 2})},
    }
    fieldsets = (
        (None, {"fields": ("title", "slug", "summary", ("path", "position"), "number")}),
        ("On the site", {"fields": ("status", "instead")}),
        ("What a reader sees first", {"fields": ("objectives", "skip_if", "needs")}),
        ("Time", {"fields": (("minutes", "practice_minutes"),)}),
        ("The lesson", {"fields": ("body", "sources")}),
        ("Files beside it", {"fields": ("files_beside",)}),
    )

    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Lesson]:
        return super().get_queryset(request).select_related("path")

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Omit the filter by path if they are too many to list. The search finds their titles."""
        found = super().get_list_filter(request)
        is_few = LearningPath.objects.count() <= MOST_PATHS_TO_FILTER_BY
        return found if is_few else [name for name in found if name != "path"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        *others, (name, options) = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj) if obj else self.has_add_permission(request):
            gone = ("gone_files",) if obj and obj.files else ()
            options = {**options, "fields": (*options["fields"], "new_files", *gone)}
        return [*others, (name, options)]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        keys = whole_numbers([initial.get("path", "")])
        if path := LearningPath.objects.filter(pk__in=keys).first():
            initial |= {
                "number": numbering.next_number(path),
                "position": numbering.next_position(path),
            }
        return initial

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        uploads.keep_contents(form.uploaded)
        if change and "path" in form.changed_data:
            obj.came_from(self.old_address(form.initial)[0])
        super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = (*super().get_readonly_fields(request, obj), "files_beside")
        return ("number", *own) if obj else own

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "body":
            attrs = {"rows": 30, "class": "vLargeTextField markdown", "spellcheck": "true"}
            widget = AdminTextareaWidget(attrs=attrs)
            return db_field.formfield(form_class=MarkdownFormField, widget=widget, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def view_on_site(self, obj: Any) -> str | None:
        return super().view_on_site(obj) if obj.path.status == Status.PUBLISHED else None

    def old_address(self, before: dict[str, Any]) -> tuple[Any, ...]:
        return LearningPath.objects.get(pk=before["path"]), before["slug"]

    @admin.display(description="files")
    def files_beside(self, lesson: Lesson) -> str:
        names = [each["name"] for each in lesson.files] if lesson.pk else []
        return ", ".join(names) or "None yet."
