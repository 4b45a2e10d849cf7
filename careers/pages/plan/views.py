"""The pages of a study plan."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from careers import changelog
from careers.pages.links import origin
from careers.pages.plan import kept
from careers.published.plan.progress import Progress
from careers.published.plan.study_plan import has_all_of, merge_plans
from careers.published.plan.text import Flaw
from careers.published.plan.week_plan import WeekPlan, plan_weeks
from careers.published.plan.week_settings import flaws_of_settings
from careers.published.query import Reader
from careers.snapshot import CatalogRequest
from paths.addresses import for_reading

MOST_CHANGES = 12
WEEKS_ON_PAPER = 12  # that fit on a sheet


@for_reading
def plan_page(request: CatalogRequest) -> HttpResponse:
    here, there = kept.in_browser(request), kept.in_address(Reader(request.GET))
    if here and there and there.flaw is None and has_all_of(here.plan, there.plan):
        return HttpResponseRedirect(reverse("plan"))
    if here and there and there.flaw != Flaw.UNREADABLE:
        return _two_plans(request, here, there)
    mine, today = here or there, timezone.now().date()
    study = Progress(mine.plan, request.catalog) if mine else None
    flaws = flaws_of_settings(Reader(request.GET), request.catalog.backgrounds)
    context = {
        "kept_plan": mine,
        "no_plan": there if here else None,
        "study": study,
        "forecast": study.forecast(today) if study else None,
        "changes": changelog.news_of_lessons(study.done_since(), request.catalog, MOST_CHANGES)
        if study
        else (),
        "flaws": flaws,
        "ignored": flaws.values(),
    }
    return render(request, "careers/plan.html", context)


def _two_plans(request: CatalogRequest, here: kept.KeptPlan, there: kept.KeptPlan) -> HttpResponse:
    both = merge_plans(here.plan, there.plan)
    context = {
        "there": there,
        "sides": [
            ("In this browser", Progress(here.plan, request.catalog)),
            ("In the link", Progress(there.plan, request.catalog)),
            ("Both together", Progress(both, request.catalog)),
        ],
    }
    return render(request, "careers/plan_two.html", context)


def _weeks(request: CatalogRequest) -> tuple[Progress | None, WeekPlan | None]:
    """A visitor's progress, None without a plan, and weeks, None without a pace or a role in it."""
    mine = kept.kept_plan(request)
    study = Progress(mine.plan, request.catalog) if mine else None
    if not (study and study.plan.pace and study.roles):
        return study, None
    return study, plan_weeks(study.plan, study.to_do, timezone.now().date())


@for_reading
def week_page(request: CatalogRequest) -> HttpResponse:
    study, weeks = _weeks(request)
    if not study:
        return HttpResponseRedirect(reverse("plan"))
    context = {
        "study": study,
        "weeks": weeks,
        "on_paper": weeks.weeks[:WEEKS_ON_PAPER] if weeks else (),
        "further": weeks.weeks[WEEKS_ON_PAPER:] if weeks else (),
    }
    return render(request, "careers/plan_weeks.html", context)


@for_reading
def week_calendar(request: CatalogRequest) -> HttpResponse:
    _, weeks = _weeks(request)
    if not weeks:
        return HttpResponseRedirect(reverse("plan"))
    if weeks.later and not weeks.sessions:
        return HttpResponseRedirect(reverse("plan-weeks"))  # which says why
    from careers.pages.plan.calendar import calendar_file  # noqa: PLC0415  few ask, and it is large

    text = calendar_file(weeks, origin(request), timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="study-plan.ics"'}
    return HttpResponse(text, "text/calendar; charset=utf-8", headers=headers)


@for_reading
def privacy(request: CatalogRequest) -> HttpResponse:
    return render(request, "careers/privacy.html")
