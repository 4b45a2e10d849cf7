"""The page “Catalog”: how files and database compare, and what an editor without a shell may do."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from careers import sync
from careers.admin.files.choices import choices_in
from careers.admin.files.last_comparison import last_comparison
from careers.admin.titles import Titles
from careers.sync import report

AGAIN = "again"  # in the query: compare anew
MAY_SEE = "careers.view_catalogentry"
MAY_CHANGE = "careers.change_catalogentry"
NO_PATCH = "No patch can be made yet. This page says why."
REFUSED = "The files can’t be applied yet: see below. Nothing was written."
DISORDER = "The files have problems: see below. Nothing was written."


def may_see_files(request: HttpRequest) -> bool:
    """Whether somebody may see how the files and the database compare."""
    return any(map(_user(request).has_perm, (MAY_SEE, MAY_CHANGE)))


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    if not may_see_files(request):
        raise PermissionDenied
    comparison = last_comparison(request, again=AGAIN in request.GET)
    compared = comparison.found
    context = {
        **admin.site.each_context(request),
        "title": "Files and live edits",
        "compared": compared,
        "comparison": comparison,
        "open_conflicts": compared.open_conflicts,
        "may_change": _user(request).has_perm(MAY_CHANGE),
    }
    return render(request, "admin/catalog.html", context)


@require_POST
def resolve_conflicts(request: HttpRequest) -> HttpResponse:
    """Save the submitted choices, each for the values that it was made between."""
    _require(request, MAY_CHANGE)
    choices = list(choices_in(request.POST))
    if not choices:
        messages.warning(request, "Nothing was chosen: pick a side of at least one conflict.")
        return _back()
    try:
        files = sync.read_catalog(settings.CATALOG_DIR)
        _, left = sync.resolve(files, choices, _user(request).get_username())
    except sync.CatalogError:
        messages.error(request, DISORDER)
    except sync.NoConflict as error:
        why = sync.reason_in_words(error.reason, Titles(request))
        messages.error(request, f"Nothing was chosen. {why} Check again what would happen.")
    else:
        many = "1 conflict was" if len(choices) == 1 else f"{len(choices)} conflicts were"
        messages.success(request, f"{many} resolved. {_what_next(left)}")
    return _back()


@require_POST
def apply_files(request: HttpRequest) -> HttpResponse:
    """Apply the files, if that would still do what the page showed."""
    _require(request, MAY_CHANGE)
    by = _user(request).get_username()
    try:
        done = sync.apply_folder(settings.CATALOG_DIR, by, saved=request.POST.get("plan", ""))
    except sync.CatalogError as error:
        in_order = error.problems[0].code in sync.REFUSALS
        messages.error(request, REFUSED if in_order else DISORDER)
    except sync.StalePlan:
        words = "The files or the database changed in the meantime. Check again what would happen."
        messages.error(request, f"{words} Nothing was written.")
    except sync.UnresolvedConflicts:
        messages.error(request, "There are conflicts: resolve them first. Nothing was written.")
    except sync.OlderFiles:
        words = "The files here are older than those last applied, and would undo what came since."
        messages.error(request, f"{words} Bring them up to date first. Nothing was written.")
    except sync.TooManyRemovals as many:
        command = f"manage.py catalog apply --allow-removals {many.number}"
        words = f"That would retire {many.number} of what is published: a lot at once."
        messages.error(
            request, f"{words} If that is what you want, run `{command}`. Nothing was written."
        )
    else:
        *_, closing = report.applied_lines(done)
        messages.success(request, closing)
    return _back()


@require_safe
def export_patch(request: HttpRequest) -> HttpResponse:
    """Every live edit that the files don't have, as a patch that `git apply` takes."""
    if not may_see_files(request):
        raise PermissionDenied
    folder = settings.CATALOG_DIR
    try:
        found = sync.preview_export(sync.read_catalog(folder))
    except (sync.CatalogError, sync.UnresolvedConflicts, sync.Unwritable):
        messages.error(request, NO_PATCH)
        return _back()
    if found.left and not found.rewrites:
        messages.error(request, NO_PATCH)
        return _back()
    text = sync.git_patch(found.rewrites, folder)
    headers = {"Content-Disposition": 'attachment; filename="catalog.patch"'}
    return HttpResponse(text, "text/x-patch; charset=utf-8", headers=headers)


def _what_next(left: int) -> str:
    if left:
        return f"{left} more to resolve before anything is written."
    return "No conflict is left. Apply the files to carry it out."


def _require(request: HttpRequest, permission: str) -> None:
    if not _user(request).has_perm(permission):
        raise PermissionDenied


def _user(request: HttpRequest) -> Any:
    return request.user


def _back() -> HttpResponse:
    """Redirect to the page, which then compares both sides anew."""
    return HttpResponseRedirect(f"{reverse('admin:catalog')}?{AGAIN}=1")
