"""Where a visitor's study plan is: in a cookie of theirs, or in the address of the page.

The server has none of it. A cookie's name ends in the checksum of its text: of two tabs that change
the plan at once each leaves a cookie, and both are read as one plan. Whoever writes takes away the
cookies that it read.
"""

import re
from dataclasses import dataclass
from functools import reduce

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from careers.published.plan.progress import Progress
from careers.published.plan.study_plan import StudyPlan, merge_plans
from careers.published.plan.text import (
    Flaw,
    PlanText,
    checksum,
    decode_plan,
    encode_plan,
    fitting,
)
from careers.published.query import Reader
from careers.snapshot import CatalogRequest

COOKIE = f"{settings.COOKIE_PREFIX}plan"
_NAME = re.compile(rf"{COOKIE}-[01][0-9a-z]{{6}}")
PARAMETER = "plan"  # of an address
DECLINED = ("keep", "no")  # in an address, of who said that the browser is to keep nothing
ONE_YEAR = 365 * 24 * 60 * 60
MOST_COOKIES = 16  # that are read: more were written by nobody


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A visitor's plan. flaw: of the text that it was read from.

    in_browser: whether a cookie has it. Otherwise the address of the page does. is_declined:
    whether they were asked if the browser is to keep it, and said no.
    """

    plan: StudyPlan
    flaw: Flaw | None
    in_browser: bool
    is_declined: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether the visitor has still to say if the browser is to keep it."""
        return not (self.in_browser or self.is_declined)

    @property
    def text(self) -> str:
        """For a link that carries it."""
        return encode_plan(self.plan)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What an address that carries it has of it."""
        return [(PARAMETER, self.text), *([DECLINED] if self.is_declined else [])]


def cookie_names(request: HttpRequest) -> list[str]:
    """The names of the cookies that have a visitor's plan; more than one if tabs were at odds."""
    return sorted(filter(_NAME.fullmatch, request.COOKIES))[:MOST_COOKIES]


def in_browser(request: HttpRequest) -> KeptPlan | None:
    """The plan of a visitor's cookies."""
    texts = [decode_plan(request.COOKIES[name]) for name in cookie_names(request)]
    if not texts:
        return None
    plan = reduce(merge_plans, (each.plan for each in texts))
    flaws = [each.flaw for each in texts if each.flaw]
    return KeptPlan(plan, flaws[0] if flaws else None, in_browser=True)


def in_address(said: Reader) -> KeptPlan | None:
    """The plan that an address, or a form that stands in for one, carries."""
    text = said.text(PARAMETER)
    read: PlanText | None = decode_plan(text) if text else None
    if not read:
        return None
    name, no = DECLINED
    return KeptPlan(read.plan, read.flaw, in_browser=False, is_declined=said.text(name) == no)


def kept_plan(request: HttpRequest) -> KeptPlan | None:
    """A visitor's plan. What an address says doesn't count for who has one in the browser."""
    return in_browser(request) or in_address(Reader(request.GET))


def context(request: CatalogRequest) -> dict[str, object]:
    """For templates: `kept_plan` and `study`, its Progress, where a visitor has a plan."""
    kept = kept_plan(request)
    if not kept:
        return {}
    study = SimpleLazyObject(lambda: Progress(kept.plan, request.catalog))
    return {"kept_plan": kept, "study": study}


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """The parameters that carry a plan to the next page, unless the browser keeps one."""
    there = None if cookie_names(request) else in_address(Reader(request.GET))
    return there.parameters if there else []


def keep(request: HttpRequest, response: HttpResponse, plan: StudyPlan) -> bool:
    """Have a visitor's browser keep a plan instead of what it kept. False if it is too long."""
    small = fitting(plan)
    if small is None:
        return False
    text = encode_plan(small)
    name = f"{COOKIE}-{checksum(text)}"
    for old in cookie_names(request):
        if old != name:
            response.delete_cookie(old, samesite="Lax")
    response.set_cookie(
        name, text, max_age=ONE_YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return True


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """Have a visitor's browser keep nothing of a plan."""
    for name in cookie_names(request):
        response.delete_cookie(name, samesite="Lax")
