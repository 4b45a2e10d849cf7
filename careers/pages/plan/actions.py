"""What a visitor does with their study plan. Each form is answered with a redirect to a page.

A plan in the browser's cookie is changed there; one in the address, in the address redirected to.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from careers.pages.plan import kept
from careers.pages.plan.kept import KeptPlan
from careers.pages.plan.same_origin import is_from_here, says_nothing
from careers.published.plan.study_plan import MOST_NUMBER, StudyPlan, merge_plans
from careers.published.plan.text import MOST_MARK, decode_plan, encode_plan, fitting
from careers.published.plan.week_settings import with_settings
from careers.published.query import Reader, find
from careers.published.visitor import read_visitor
from careers.snapshot import CatalogRequest
from paths.addresses import for_forms

# Pages that the browser has fetched ahead show the plan as it was.
FETCHED_AHEAD = '"prefetchCache", "prerenderCache"'


class Action:
    """A form's request: what was sent, and the plan that it is about."""

    def __init__(self, request: CatalogRequest) -> None:
        self.request = request
        self.sent = request.POST
        self.kept = kept.in_browser(request) or kept.in_address(Reader(request.POST))

    @property
    def plan(self) -> StudyPlan:
        """The visitor's plan, or an empty one."""
        return self.kept.plan if self.kept else StudyPlan()

    def number(self, name: str) -> int | None:
        """The lesson's number in a field; None if it isn't one."""
        text = self.sent.get(name, "")
        is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_NUMBER))
        return int(text) or None if is_number else None

    def answer(
        self,
        plan: StudyPlan,
        page: str,
        part: str = "",
        more: Sequence[tuple[str, str]] = (),
    ) -> HttpResponse:
        """Redirect to a page with the changed plan; a 413 if that is too long for any text.

        If no cookie has a plan, that page asks whether the browser is to keep it. part: a fragment
        with its “#”. more: parameters of the address, such as values that couldn't be read.
        """
        if self.kept and self.kept.in_browser:
            return self.keep(plan, _address(page, more, part))
        small = fitting(plan)
        if small is None:
            return self._too_long()
        there = self.kept or KeptPlan(small, None, in_browser=False)
        carried = [*replace(there, plan=small).parameters, *more]
        return _see(_address(page, carried, part))

    def keep(self, plan: StudyPlan, page: str) -> HttpResponse:
        """Have the browser keep a plan, and redirect to a page; a 413 if the plan is too long."""
        response = _see(page)
        return response if kept.keep(self.request, response, plan) else self._too_long()

    def _too_long(self) -> HttpResponse:
        """Say that nothing was changed: no text as long as the changed plan's is ever read."""
        context = {"kept_plan": self.kept}
        return render(self.request, "careers/plan_too_long.html", context, status=413)


def _address(page: str, query: Sequence[tuple[str, str]], part: str = "") -> str:
    return f"{page}?{urlencode(query)}{part}" if query else f"{page}{part}"


def _see(page: str) -> HttpResponse:
    headers = {"Clear-Site-Data": FETCHED_AHEAD, "Cache-Control": "no-store"}
    return HttpResponseRedirect(page, status=303, headers=headers)


def _action(act: Callable[[Action], HttpResponse]) -> Callable[[CatalogRequest], HttpResponse]:
    """A view that acts on a form which a page of this site sent, and refuses any other."""

    @for_forms
    @wraps(act)
    def view(request: CatalogRequest) -> HttpResponse:
        action = Action(request)
        is_silent = says_nothing(request)
        # With no cookie to read or set, a forged form could do no more than a link to an address.
        in_address = is_silent and not kept.cookie_names(request) and act.__name__ != "keep"
        if in_address or is_from_here(request):
            return act(action)
        context = {"is_silent": is_silent, "plan": encode_plan(action.plan)}
        return render(request, "careers/plan_refused.html", context, status=403)

    return view


@_action
def start(action: Action) -> HttpResponse:
    """Take up a role."""
    catalog, plan = action.request.catalog, action.plan
    role = find(catalog.roles, action.sent.get("role", ""))
    said = read_visitor(Reader(action.sent), catalog, None)
    if role:
        plan = plan.with_role(role.slug)
    if said.background and not plan.background:
        plan = replace(plan, background=said.background.slug)
    return action.answer(replace(plan, pace=plan.pace or said.pace), reverse("plan"))


@_action
def drop(action: Action) -> HttpResponse:
    """Give a role up. What was learned for it stays done."""
    slug = action.sent.get("role", "")
    role = find(action.request.catalog.roles, slug)
    slugs = {slug, *((role.slug, *role.formerly) if role else ())}
    return action.answer(action.plan.without_roles(slugs), reverse("plan"))


@_action
def done(action: Action) -> HttpResponse:
    """Mark a lesson as done or not done, or keep which tasks of its practice are ticked."""
    number, plan = action.number("lesson"), action.plan
    if number:
        plan = plan.with_ticks(number, _ticks(action, plan.ticks.get(number, frozenset())))
    if number and "undo" in action.sent:
        plan = plan.without_done(number)
    elif number and "ticks" not in action.sent:
        plan = plan.with_done(number, timezone.now().date())
    lesson = action.request.catalog.lessons.get(number or 0)
    if not lesson:
        return action.answer(plan, reverse("plan"))
    said = read_visitor(Reader(action.sent), action.request.catalog, None).parameters
    return action.answer(plan, lesson.ref.url, "#place", said)


def _ticks(action: Action, ticked: frozenset[int]) -> frozenset[int]:
    """A lesson's ticks, updated for the tasks that the form offered."""

    def marks(name: str) -> frozenset[int]:
        sent = Reader(action.sent).texts(name)
        found = (mark for mark in sent if mark.isascii() and mark.isdigit())
        return frozenset(int(mark[:6]) for mark in found if int(mark[:6]) <= MOST_MARK)

    offered = marks("task")
    return ticked - offered | marks("tick") & offered


@_action
def keep(action: Action) -> HttpResponse:
    """Have the browser keep the plan of an address, merged with or in place of the one it has."""
    sent = decode_plan(action.sent.get(kept.PARAMETER, "")).plan
    here = kept.in_browser(action.request)
    is_merged = here is not None and action.sent.get("how") != "replace"
    plan = merge_plans(here.plan, sent) if here and is_merged else sent
    # The address has the plan too, so that a browser without cookies loses nothing.
    plan = fitting(plan) or plan
    page = _address(reverse("plan"), [(kept.PARAMETER, encode_plan(plan))])
    return action.keep(plan, page)


@_action
def forget(action: Action) -> HttpResponse:
    """Have the browser keep nothing."""
    response = _see(reverse("plan"))
    kept.forget(action.request, response)
    return response


@_action
def change(action: Action) -> HttpResponse:
    """Change where the visitor comes from, and the week's settings.

    Values that can't be read change nothing. They go into the address of the page, which says so
    at their fields.
    """
    reader = Reader(action.sent)
    plan = with_settings(action.plan, reader, action.request.catalog.backgrounds)
    refused = [(each.name, each.value) for each in reader.ignored]
    # The page scrolls to the first refused field, unless its address has a fragment.
    return action.answer(plan, reverse("plan"), "" if refused else "#week", refused)
