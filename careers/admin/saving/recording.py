"""Every change in the admin is a revision, written in the transaction that makes the change."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse

from careers.admin.revisions import pages
from careers.admin.saving import origins
from careers.models import Origin
from careers.sync import rows
from careers.sync.fields import kind_of
from careers.sync.writing import record
from careers.sync.writing.sides import keep_writers_out
from paths.admin import CatalogAdmin
from paths.models import SlugModel, Status


class Recorded(CatalogAdmin):
    """A thing of the catalog whose every change is a revision."""

    @property
    def kind(self) -> str:
        return kind_of(self.model)

    def beside(self, things: Collection[Any], form: Any = None) -> rows.Only:  # noqa: ARG002
        """What else changes with things, by kind. form: what one of them is changed by, if any."""
        return {}

    def affected(self, things: Collection[Any], form: Any = None) -> rows.Only:
        """The rows whose entries may differ once things were changed."""
        found = defaultdict(set, {self.kind: {thing.pk for thing in things}})
        for kind, keys in self.beside(things, form).items():
            found[kind].update(keys)
        return {kind: keys - {None} for kind, keys in found.items()}

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            keep_writers_out()  # before anything is read: what is saved was compared with it
            self.meet_others(request, object_id)
            return super().changeform_view(request, object_id, *args, **kwargs)

    def meet_others(self, request: HttpRequest, object_id: str | None) -> None:
        """What is to happen before a form is read: others may have saved the same thing."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context["original"]:
            origins.annotate(context, self.kind, context["original"].pk)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        form.before = rows.live(self.affected([obj], form))
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self._record(request, form.before, self.affected([form.instance], form))

    def change_status(
        self, request: HttpRequest, things: models.QuerySet[Any], status: Status
    ) -> None:
        with transaction.atomic():
            keep_writers_out()
            affected = self.affected(things)
            before = rows.live(affected)
            super().change_status(request, things, status)
            self._record(request, before, affected)

    def history_view(self, request: HttpRequest, object_id: str, *_: Any) -> HttpResponse:
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        return pages.of_thing(request, self.kind, thing)

    def _record(self, request: HttpRequest, before: rows.Live, affected: rows.Only) -> None:
        edits = record.of_difference(before, rows.live(affected))
        user: Any = request.user
        written = record.write(Origin.ADMIN, user.get_username(), edits, user=user)
        if written is None and issubclass(self.model, SlugModel):
            # Saving set the time of the last change, which the public sees; nothing was changed.
            saved = [row for _, row in before.values() if isinstance(row, self.model)]
            self.model._default_manager.bulk_update(saved, ["updated_at"])
