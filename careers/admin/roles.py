"""A role in the admin: its form, the rows that are part of it, and a live preview."""

# ruff: noqa: ARG002 - Django's hooks prescribe their arguments

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from careers.admin import preview
from careers.admin.autocomplete import searched_if_many
from careers.admin.people.permissions import label_for
from careers.admin.role_rows import (
    PivotFormSet,
    PreloadedAutocomplete,
    PreloadedChoiceField,
    RowForm,
    RowFormSet,
    StepFormSet,
)
from careers.admin.saving.forms import EntryPageForm
from careers.admin.saving.model_admin import MergingPageAdmin
from careers.models import ALREADY_A_STEP, Pivot, Role, SalaryBand, Step
from paths.admin import is_sentence
from paths.fields import one_line
from paths.forms import TYPED, ItemsField, SentenceField, whole_number
from paths.hours import hours_text
from paths.models import LearningPath, Lesson, Status

SHARE = re.compile(r"(?P<share>100|[1-9][0-9]?)\s*%?\s+(?P<activity>\S.*)")
ROWS_AT_MOST = 40
SCRIPTS = ("rows", "drag")


class TimeSplitField(ItemsField):
    """How a day is spent, typed as `30 prompts`, one a line: a list of {share, activity}.

    Shares are in percent. An activity that begins with % is shown with another % before it, which
    is read as the share's.
    """

    expected = "begin with a percentage from 1 to 100, then the activity, as in “30 prompts”."

    def format_item(self, item: dict[str, Any]) -> str:
        activity = one_line(str(item.get("activity", "")))
        sign = "%" if activity.lstrip().startswith("%") else ""
        return f"{item.get('share', '')}{sign} {activity}"

    def parse_line(self, line: str) -> dict[str, Any] | None:
        found = SHARE.fullmatch(line)
        return {"share": int(found["share"]), "activity": found["activity"]} if found else None


class TitlesField(ItemsField):
    """Titles typed as `AI Engineer: what varies`, one a line: a list of {title, varies}."""

    expected = "write the title, then a colon and what to look for in the ad, if anything."

    def format_item(self, item: dict[str, Any]) -> str:
        title, varies = item.get("title", ""), item.get("varies", "")
        return one_line(f"{title}: {varies}" if varies else f"{title}")

    def parse_line(self, line: str) -> dict[str, Any] | None:
        title, _, varies = (part.strip() for part in line.partition(":"))
        return {"title": title, "varies": varies} if title else None


class RowsInline(admin.StackedInline):  # type: ignore[type-arg]
    """Rows of a role, in order. Whoever may edit the role may edit them."""

    template = "admin/rows.html"
    form = RowForm
    formset = RowFormSet
    formfield_overrides = TYPED
    ordering = ("position", "pk")
    extra = 0
    max_num = ROWS_AT_MOST

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related(self.formset.pointer) if self.formset.pointer else rows

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, absolute_max=2 * ROWS_AT_MOST, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == self.formset.pointer:
            label = label_for(request, db_field.related_model)
            pick = PreloadedAutocomplete(db_field, self.admin_site, label=label)
            return db_field.formfield(form_class=PreloadedChoiceField, widget=pick)
        if is_sentence(db_field):
            return db_field.formfield(form_class=SentenceField)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @property
    def media(self) -> forms.Media:
        scripts: Any = [forms.Script(f"admin_site/{name}.js", type="module") for name in SCRIPTS]
        return forms.Media(js=scripts)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._has_role_permission(request, "view", "change")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._has_role_permission(request, "add", "change")

    has_change_permission = has_delete_permission = has_add_permission

    def _has_role_permission(self, request: HttpRequest, *actions: str) -> bool:
        user: Any = request.user
        return any(user.has_perm(f"careers.{action}_role") for action in actions)


class StepInline(RowsInline):
    model = Step
    formset = StepFormSet
    fieldsets = ((None, {"fields": (("path", "emphasis"), "why", ("only", "focus"), "position")}),)


class SalaryBandInline(RowsInline):
    model = SalaryBand
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("region", "currency", "period"),
                    ("low", "high", "middle", "middle_is"),
                    ("ends", "measures", "experience"),
                    ("basis", "sample", "for_title"),
                    "method",
                    ("source_title", "collected"),
                    "source_url",
                    "note",
                    "position",
                )
            },
        ),
    )


class PivotInline(RowsInline):
    model = Pivot
    formset = PivotFormSet
    fieldsets = ((None, {"fields": (("background", "fit", "months"), "note", "position")}),)


def _planned_minutes(roles: Iterable[Role]) -> Mapping[int, int]:
    """Role's primary key → minutes of the lessons that its public paths plan, in three queries.

    The database adds up whole paths, so that their lessons needn't be loaded.
    """
    named = Step.objects.filter(role__in=[role.pk for role in roles]).order_by()
    steps = list(named.values_list("role", "path", "only"))
    lessons = Lesson.objects.filter(path__status=Status.PUBLISHED).exclude(status=Status.RETIRED)
    work = F("minutes") + F("practice_minutes")
    whole = {taken for _, taken, only in steps if not only}
    of_paths = lessons.filter(path__in=whole).order_by().values_list("path")
    minutes = dict(of_paths.annotate(work=Sum(work)))
    numbers = {number for *_, only in steps for number in only}
    of_lessons = {
        (taken, number): work
        for taken, number, work in lessons.filter(number__in=numbers)
        .order_by()
        .values_list("path", "number", work)
    }
    found: Counter[int] = Counter()
    for role, taken, only in steps:
        if only:
            found[role] += sum(of_lessons.get((taken, number), 0) for number in {*only})
        else:
            found[role] += minutes.get(taken, 0)
    return found


class RoleForm(EntryPageForm):
    """A role's own fields."""

    def check_rows(self, rows: Mapping[str, list[dict[str, Any]]]) -> None:
        steps = {item["path"] for item in rows["steps"]}
        if steps & set(self.values()["further"]):
            self.add_error("further", ALREADY_A_STEP)


class RoleList(ChangeList):
    """The list of roles, each with its planned minutes, which a role's form doesn't need."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        minutes = _planned_minutes(self.result_list)
        for role in self.result_list:
            role.planned_minutes = minutes[role.pk]


class RoleAdmin(MergingPageAdmin):
    form = RoleForm
    inlines = (StepInline, SalaryBandInline, PivotInline)
    list_display = ("title", "code", "status", "group", "position", "hours", "updated_at")
    list_filter = ("status", "group")
    search_fields = ("title", "slug", "code", "aliases")
    search_help_text = "By title, address, code or alias."
    list_per_page = 50
    ordering = ("group", "position", "title")
    fieldsets = (
        (
            "The job",
            {
                "fields": ("title", "slug", "summary", "aliases", "titles"),
                "description": "What it is called, here and in job ads.",
            },
        ),
        (
            "On the site",
            {
                "fields": (("status", "group", "position"), ("code", "line"), "instead"),
                "description": "Whether the public sees it, and where. Its line on the map "
                "has this code and this color.",
            },
        ),
        (
            "The day",
            {"fields": ("daily_work", "time_split"), "description": "What someone really does."},
        ),
        (
            "Honest words",
            {
                "fields": (
                    "honest_scope",
                    ("entry_bar", "beforehand"),
                    "not_for_you_if",
                    "fit_questions",
                    "sources",
                ),
                "description": "What a reader should know before they begin.",
            },
        ),
        (
            "The roadmap",
            {
                "fields": ("sequence", "after_paths", "further", "not_taught"),
                "description": "What applies to the roadmap as a whole. Its steps come next.",
            },
        ),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RoleList

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return searched_if_many("further", LearningPath)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        lists = {"time_split": TimeSplitField, "titles": TitlesField}
        if db_field.name in lists:
            kwargs["form_class"] = lists[db_field.name]
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="lessons")
    def hours(self, role: Role) -> str:
        minutes: int = role.planned_minutes  # type: ignore[attr-defined]
        return f"{hours_text(minutes)} h" if minutes else "none"

    def get_urls(self) -> list[Any]:
        view = path("preview/", self.preview, name="careers_role_preview")
        return [view, *super().get_urls()]

    @method_decorator(require_POST)
    def preview(self, request: HttpRequest) -> HttpResponse:
        """Preview the roadmap card of what is being typed.

        Not an admin_view(): that answers with a whole page once the session has ended.
        """
        if not self._may_edit(request):
            raise PermissionDenied
        row = whole_number(request.GET.get("role"))
        shown = preview.of_typed(request.POST, label_for(request, LearningPath), row)
        context = {"preview": shown}
        return render(request, "admin/careers/role/preview.html", context)

    def _may_edit(self, request: HttpRequest) -> bool:
        may_edit = self.has_change_permission(request) or self.has_add_permission(request)
        return self.admin_site.has_permission(request) and may_edit

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        role = kwargs.get("obj") or Role()
        label = label_for(request, LearningPath)
        context |= {
            "preview": preview.of_typed(request.POST, label, role.pk)
            if request.method == "POST"
            else preview.of_saved(role, label),
            "follows": self._may_edit(request),
            "preview_url": reverse("admin:careers_role_preview", query={"role": role.pk or ""}),
        }
        return super().render_change_form(request, context, *args, **kwargs)
