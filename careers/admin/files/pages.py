"""The page “Catalog”: how files and database compare, and what an editor without a shell may do."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from careers.admin.files.choices import choices_in, resolve_all
from careers.admin.files.compared import compare
from careers.sync.comparing import report
from careers.sync.exporting.export import Unwritable, export
from careers.sync.exporting.patch import patch
from careers.sync.problems import CatalogError
from careers.sync.reading.reader import read, read_with_digest
from careers.sync.writing.apply import Conflict, Stale, apply
from careers.sync.writing.removals import TooManyRemovals
from careers.sync.writing.resolve import NoConflict
from careers.sync.writing.sides import standing

MAY_SEE = "careers.view_catalogentry"
MAY_CHANGE = "careers.change_catalogentry"
DISORDER = "The files are not in order: see the problems below. Nothing was written."


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    _require(request, MAY_SEE)
    context = {
        **admin.site.each_context(request),
        "title": "Catalog",
        "compared": compare(),
        "may_change": _user(request).has_perm(MAY_CHANGE),
    }
    return render(request, "admin/catalog.html", context)


@require_POST
def resolve_conflicts(request: HttpRequest) -> HttpResponse:
    """Keep the choices that were made, each for the two values that it was made between."""
    _require(request, MAY_CHANGE)
    choices = list(choices_in(request.POST))
    if not choices:
        messages.warning(request, "Nothing was chosen: pick a side of at least one conflict.")
        return _back()
    try:
        with transaction.atomic():
            now = standing(read(settings.CATALOG_DIR))
            resolve_all(now, choices, _user(request).get_username())
            left = len(standing(now.files.values()).plan().conflicts)
    except CatalogError:
        messages.error(request, DISORDER)
    except NoConflict as error:
        messages.error(request, f"Nothing was chosen. {error} Look at it again.")
    else:
        many = "1 conflict was" if len(choices) == 1 else f"{len(choices)} conflicts were"
        messages.success(request, f"{many} resolved. {_what_next(left)}")
    return _back()


@require_POST
def apply_files(request: HttpRequest) -> HttpResponse:
    """Bring the database to what the files say, if that is still what the page showed."""
    _require(request, MAY_CHANGE)
    by = _user(request).get_username()
    try:
        entries, of_files = read_with_digest(settings.CATALOG_DIR)
        done = apply(entries, saved=request.POST.get("plan", ""), by=by, digest=of_files)
    except CatalogError as error:
        messages.error(request, DISORDER if error.problems[0].place.line else str(error))
    except Stale:
        words = "The files or the database changed meanwhile: look at it again."
        messages.error(request, f"{words} Nothing was written.")
    except Conflict:
        messages.error(request, "There are conflicts: resolve them first. Nothing was written.")
    except TooManyRemovals as many:
        command = f"manage.py catalog apply --allow-removals {many.number}"
        words = f"That would retire {many.number} of what is published, which is much at once."
        messages.error(request, f"{words} If it is meant, run `{command}`. Nothing was written.")
    else:
        *_, closing = report.applied(done)
        messages.success(request, closing)
    return _back()


@require_safe
def export_patch(request: HttpRequest) -> HttpResponse:
    """Every live edit that the files don't have, as a patch that `git apply` takes."""
    _require(request, MAY_SEE)
    folder = settings.CATALOG_DIR
    try:
        rewrites = export(folder, standing(read(folder)))
    except (CatalogError, Conflict, Unwritable):
        messages.error(request, "There is no patch as it stands: this page says why.")
        return _back()
    headers = {"Content-Disposition": 'attachment; filename="catalog.patch"'}
    return HttpResponse(patch(rewrites, folder), "text/x-patch; charset=utf-8", headers=headers)


def _what_next(left: int) -> str:
    if left:
        return f"{left} more to resolve before anything is written."
    return "None is left: apply the files to carry it out."


def _require(request: HttpRequest, permission: str) -> None:
    if not _user(request).has_perm(permission):
        raise PermissionDenied


def _user(request: HttpRequest) -> Any:
    return request.user


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:catalog"))
