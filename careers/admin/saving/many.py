"""Ask before much of the catalog is retired at once, as the command line does."""

from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from careers.sync import TooManyRemovals, kind_of, read_live, refuse_many_removals
from paths.forms import whole_number

TYPED = "removals"  # the field in which an editor confirms how many things to retire
SHOWN = 30


def ask_about_many(
    request: HttpRequest, options: Any, things: QuerySet[Any]
) -> HttpResponse | None:
    """The page that has an editor confirm, by typing a number, that many things are to be retired.

    None if they are few, or the right number was typed. options: the ModelAdmin of the action.
    """
    live = read_live()
    keys = {row.pk: key for key, (_, row) in live.items() if isinstance(row, things.model)}
    retired = [keys.get(thing.pk) for thing in things]
    entries = {key: entry for key, (entry, _) in live.items()}
    try:
        refuse_many_removals(retired, entries, None)
    except TooManyRemovals as many:
        typed = request.POST.get(TYPED, "").strip()
        if whole_number(typed) == many.number:
            return None
        return _ask(request, options, things, many, is_wrong=bool(typed))
    return None


def _ask(
    request: HttpRequest, options: Any, things: QuerySet[Any], many: TooManyRemovals, is_wrong: bool
) -> HttpResponse:
    kind = kind_of(things.model)
    _, published = many.kinds[kind]
    nouns = options.opts.verbose_name if published == 1 else options.opts.verbose_name_plural
    context = {
        **options.admin_site.each_context(request),
        "title": f"Retire {many.number} of {published} published {nouns}?",
        "opts": options.opts,
        "things": things[:SHOWN],
        "more": max(0, len(things) - SHOWN),
        "number": many.number,
        "keys": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "address": request.get_full_path(),  # "across" means all that its filters leave
        "across": request.POST.get("select_across", "0"),
        "checkbox": ACTION_CHECKBOX_NAME,
        "typed": TYPED,
        "is_wrong": is_wrong,
    }
    return render(request, "admin/retire_many.html", context)
