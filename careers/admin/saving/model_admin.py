"""How the admin shows and saves a thing of the catalog, from the request to the response."""

from collections.abc import Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import IS_POPUP_VAR, SOURCE_MODEL_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import get_text_list

from careers.admin.conflicts import ConflictToResolve
from careers.admin.people.chosen_files import FIELD, chosen_files
from careers.admin.people.permissions import label_for, may_publish
from careers.admin.revisions.pages import thing_history
from careers.admin.saving.error_links import error_links
from careers.admin.saving.file_notes import FileNotes, file_notes, help_texts
from careers.admin.saving.forms import EntryForm, EntryPageForm, FormWithRows
from careers.admin.saving.many import ask_about_many
from careers.admin.saving.merging import merged
from careers.admin.saving.only_shown import shown_to
from careers.admin.saving.others import SEEN, Others, others_since
from careers.admin.titles import Titles
from careers.models import CatalogVersion, Edit
from careers.sync import (
    KINDS,
    Entry,
    Labels,
    LiveEntries,
    RowKeys,
    field_label,
    keep_writers_out,
    kind_of,
    read_live,
    record_edits,
)
from paths.admin import CatalogAdmin, PageAdmin
from paths.models import SlugModel, Status

NO_NOTES = FileNotes()


@dataclass(frozen=True, slots=True)
class Stored:
    """A thing as stored before its form is read. row: None if it is about to be added.

    live: its entry and row; empty without one. notes: where its values come from.
    """

    row: Any
    live: LiveEntries
    notes: FileNotes = NO_NOTES

    @property
    def entry(self) -> Entry | None:
        return next((entry for entry, _ in self.live.values()), None)


class MergingAdmin(CatalogAdmin):
    """A thing of the catalog that several people may edit at once. Each change is a revision."""

    form = EntryForm

    @property
    def kind(self) -> str:
        return kind_of(self.model)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return super().has_publish_permission(request) and may_publish(request)

    def label_for(self, request: HttpRequest, model: Any) -> Callable[[Any], str]:
        return label_for(request, model)

    @property
    def lasting_key(self) -> str:
        """The key field, if it can't be changed; else empty. Things without pages keep no former
        keys, so under a new one files would take it for another thing."""
        kind = KINDS[self.kind]
        return "" if kind.has_page else kind.key

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = super().get_readonly_fields(request, obj)
        return (*own, self.lasting_key) if obj and self.lasting_key else own

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == self.lasting_key:
            kwargs["help_text"] = "What files and links call it. It can’t be changed later."
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def also_changed(self, things: Collection[Any], form: Any = None) -> RowKeys:  # noqa: ARG002
        """Rows that change along with some things: kind → primary keys.

        form: the form that changes a thing, if one does.
        """
        return {}

    # -- A form is shown or submitted --------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a form, or save a submitted one, merged with what others saved meanwhile.

        Replaces Django's view, which leaves no room to merge between validating and saving.
        """
        if request.method != "POST":
            return self._answer(request, object_id, form_url, extra_context or {})
        with transaction.atomic():
            keep_writers_out()  # before reading what the form is compared with
            return self._answer(request, object_id, form_url, extra_context or {})

    def _answer(
        self, request: HttpRequest, object_id: str | None, form_url: str, context: dict[str, Any]
    ) -> HttpResponse:
        # The version first, then the thing: a form's data is never older than its version.
        version, _ = CatalogVersion.current()
        row = self._asked_for(request, object_id)
        if object_id and row is None:
            words = f"There is no {self.opts.verbose_name} with the key “{unquote(object_id)}”."
            self.message_user(request, words, messages.WARNING)
            return redirect("admin:index")
        stored = Stored(row, read_live({self.kind: [row.pk]}) if row else {})
        if stored.entry:
            stored = replace(stored, notes=file_notes(stored.entry, Titles(request)))
        if request.method == "POST":
            return self._submit(request, stored, form_url, context)
        whole = self._build(request, stored, Others())
        return self._show(request, stored, whole, form_url, {"seen": version} | context)

    def _submit(
        self, request: HttpRequest, stored: Stored, form_url: str, context: dict[str, Any]
    ) -> HttpResponse:
        entry = stored.entry
        others = others_since(stored.row, entry, request.POST) if entry else Others()
        whole = self._build(request, stored, others)
        conflicts = self._merge(request, whole, others) if whole.is_valid() else ()
        if not conflicts and whole.is_valid():
            whole.refuse_doubled(entry.values if entry else {})
        if not conflicts and whole.is_valid():
            return self._save(request, stored, whole)
        asked = {"seen": request.POST.get(SEEN, ""), "conflicts": conflicts}
        return self._show(request, stored, whole, form_url, asked | context)

    def _asked_for(self, request: HttpRequest, object_id: str | None) -> Any:
        """The row to edit; None to add one, and if no row has the id. Raises PermissionDenied."""
        to_field = _to_field(request)
        if to_field and not self.to_field_allowed(request, to_field):
            raise DisallowedModelAdminToField(f"The field {to_field} can't be referred to.")
        row = self.get_object(request, unquote(object_id), to_field) if object_id else None
        if object_id is None:
            allowed = self.has_add_permission(request)
        elif request.method == "POST" and row:
            allowed = self.has_change_permission(request, row)
        else:
            allowed = self.has_view_or_change_permission(request, row)
        if not allowed:
            raise PermissionDenied
        return row

    def _build(self, request: HttpRequest, stored: Stored, others: Others) -> FormWithRows:
        """Build the form and its rows, bound to submitted data if any. Called once per request."""
        row, notes = stored.row, stored.notes.edited
        form_class: Any = self.get_form(
            request,
            row,
            change=row is not None,
            fields=flatten_fieldsets(self.get_fieldsets(request, row)),
            help_texts=help_texts(self.model, notes),
        )
        if request.method == "POST":
            # A copy: validation writes into it, and a refused form's page needs the stored row.
            form = form_class(request.POST, request.FILES, instance=copy(row))
            form.shown |= others.before  # what the page showed when it was opened
        elif row:
            form = form_class(instance=row)
        else:
            form = form_class(initial=self.get_changeform_initial_data(request))
        formsets, inlines = [], []
        for formset_class, inline in self.get_formsets_with_inlines(request, row):
            name = formset_class.get_default_prefix()
            options = self.get_formset_kwargs(request, form.instance, inline, name)
            options |= {"note": notes.get(name, ""), "changed_by_others": name in others.before}
            formsets.append(formset_class(**options))
            inlines.append(inline)
        return FormWithRows(form, formsets, inlines)

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Django's, but without copying the submitted data: formsets copy it if they change it."""
        options = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
        sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
        return options | sent

    def _merge(
        self, request: HttpRequest, whole: FormWithRows, others: Others
    ) -> tuple[ConflictToResolve, ...]:
        """Merge what others saved into the form and say so; return conflicts to ask about."""
        labels = Labels(self.kind, Titles(request))
        found = merged(labels, whole.values(), others, request.POST)
        if found.replaced:
            whole.replace(found.replaced)
        if found.replaced and not found.conflicts:
            names = [field_label(self.kind, name) for name in found.replaced]
            what = get_text_list(names, "and")
            who = get_text_list(list(others.by) or ["Somebody"], "and")
            messages.info(
                request, f"{who} changed {what} while you were editing. Both changes are kept."
            )
        return found.conflicts

    def _save(self, request: HttpRequest, stored: Stored, whole: FormWithRows) -> HttpResponse:
        is_change = stored.row is not None
        row = self.save_form(request, whole.form, is_change)
        also = self.also_changed([row], whole.form)
        before = stored.live | read_live(also)
        self.save_model(request, row, whole.form, is_change)
        self.save_related(request, whole.form, whole.formsets, is_change)
        edits = self._record(request, before, read_live({**also, self.kind: [row.pk]}))
        if is_change:
            labels = [*dict.fromkeys(field_label(edit.kind, edit.field) for edit in edits)]
            self.log_change(request, row, [{"changed": {"fields": labels}}] if labels else [])
            return self.response_change(request, row)
        self.log_addition(request, row, [{"added": {}}])
        return self.response_add(request, row)

    def response_add(
        self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if IS_POPUP_VAR in request.POST or self.has_view_or_change_permission(request, obj):
            answer: HttpResponse = super().response_add(request, obj, *args, **kwargs)
            return answer
        # Django would redirect or link to the form, which those who may only add can't see.
        self.message_user(request, f"“{obj}” was added.", messages.SUCCESS)
        led_to: HttpResponse = self.response_post_save_add(request, obj)
        return led_to

    def _show(
        self,
        request: HttpRequest,
        stored: Stored,
        whole: FormWithRows,
        form_url: str,
        more: Mapping[str, Any],
    ) -> HttpResponse:
        """The page of a form. more: template context besides what Django's templates need."""
        row, form = stored.row, whole.form
        may_edit = row is None or self.has_change_permission(request, row)
        fieldsets: Any = self.get_fieldsets(request, row)
        fixed: Any = (
            self.get_readonly_fields(request, row) if may_edit else flatten_fieldsets(fieldsets)
        )
        fieldsets = shown_to(request, self.model, fieldsets, fixed)
        fixed = [*fixed, *filter(callable, flatten_fieldsets(fieldsets))]
        page_form = helpers.AdminForm(
            form,
            fieldsets,
            self.get_prepopulated_fields(request, row) if may_edit else {},
            fixed,
            model_admin=self,
        )
        page_rows = self.get_inline_formsets(request, whole.formsets, whole.inlines, row)
        for rows in page_rows if not may_edit else ():
            fixed = flatten_fieldsets(rows.fieldsets)
            rows.fieldsets = shown_to(request, rows.opts.model, rows.fieldsets, fixed)
        verb = ("Change" if may_edit else "View") if row else "Add"
        context = {
            **self.admin_site.each_context(request),
            "title": f"{verb} {self.opts.verbose_name}",
            "subtitle": str(row) if row else None,
            "adminform": page_form,
            "object_id": str(row.pk) if row else None,
            "original": row,
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "source_model": request.GET.get(SOURCE_MODEL_VAR),
            "to_field": _to_field(request),
            "media": self._media_of(page_form, page_rows),
            "inline_admin_formsets": page_rows,
            "errors": helpers.AdminErrorList(form, whole.formsets),
            "error_links": error_links(whole),
            "chosen_files": chosen_files(request) if form.is_bound else [],
            "file_field": FIELD,
            "file_notes": stored.notes,
            "preserved_filters": self.get_preserved_filters(request),
            **more,
        }
        kinds = {"add": row is None, "change": row is not None}
        return self.render_change_form(request, context, **kinds, obj=row, form_url=form_url)

    def _media_of(self, page_form: helpers.AdminForm, page_rows: list[Any]) -> forms.Media:
        """The widgets' media. Rows of a kind need the same, so each formset is asked once."""
        of_rows = (each.opts.media + each.formset.media for each in page_rows)
        return sum(of_rows, self.media + page_form.media)

    # -- Actions and the history -------------------------------------------------------------

    def change_status(
        self, request: HttpRequest, things: models.QuerySet[Any], status: Status
    ) -> HttpResponse | None:
        with transaction.atomic():
            keep_writers_out()
            question = ask_about_many(request, self, things) if status == Status.RETIRED else None
            if question:
                return question
            affected = {**self.also_changed(things), self.kind: [thing.pk for thing in things]}
            before = read_live(affected)
            super().change_status(request, things, status)
            self._record(request, before, read_live(affected))
        return None

    def history_view(self, request: HttpRequest, object_id: str, *_: Any) -> HttpResponse:
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        return thing_history(request, self.kind, thing)

    def _record(self, request: HttpRequest, before: LiveEntries, after: LiveEntries) -> list[Edit]:
        """Record changes of rows as a revision, in the transaction that made them."""
        edits = record_edits(before, after, request.user)
        if not edits and issubclass(self.model, SlugModel):
            # Nothing changed, but saving set updated_at, which the public sees: put it back.
            saved = [row for _, row in before.values() if isinstance(row, self.model)]
            self.model._default_manager.bulk_update(saved, ["updated_at"])
        return edits


class MergingPageAdmin(MergingAdmin, PageAdmin):
    """A thing with a page of its own, which several people may edit at once."""

    form = EntryPageForm


def _to_field(request: HttpRequest) -> str | None:
    """In a popup: the field by which the form behind it refers to this row."""
    return request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
