"""Where a visitor's study plan is kept: in a cookie, or in the address of the page.

The server keeps nothing. A cookie's name ends in the checksum of its text, so two tabs that change
the plan at once leave a cookie each, and both are read as one plan. Writing a plan deletes the
cookies that it was read from.
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
DECLINED = ("keep", "no")  # in an address: the visitor wants the browser to keep nothing
ONE_YEAR = 365 * 24 * 60 * 60
MOST_COOKIES = 16  # that are read; the site doesn't write more


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A visitor's plan. flaw: what is wrong with the text that it was read from, if anything.

    in_browser: whether a cookie has it; otherwise the address of the page does. is_declined:
    whether the visitor was asked if the browser is to keep it, and said no.
    """

    plan: StudyPlan
    flaw: Flaw | None
    in_browser: bool
    is_declined: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether the visitor has yet to say if the browser is to keep it."""
        return not (self.in_browser or self.is_declined)

    @property
    def text(self) -> str:
        """The plan as text, for an address."""
        return encode_plan(self.plan)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of an address that carries the plan."""
        return [(PARAMETER, self.text), *([DECLINED] if self.is_declined else [])]


def cookie_names(request: HttpRequest) -> list[str]:
    """The names of the cookies that have a visitor's plan; several if tabs changed it at once."""
    return sorted(filter(_NAME.fullmatch, request.COOKIES))[:MOST_COOKIES]


def in_browser(request: HttpRequest) -> KeptPlan | None:
    """The plan in a visitor's cookies, merged from all; None without any."""
    texts = [decode_plan(request.COOKIES[name]) for name in cookie_names(request)]
    if not texts:
        return None
    plan = reduce(merge_plans, (each.plan for each in texts))
    flaw = next((each.flaw for each in texts if each.flaw), None)
    if flaw == Flaw.UNREADABLE and not plan.is_empty:  # another cookie can be read
        flaw = Flaw.DAMAGED
    return KeptPlan(plan, flaw, in_browser=True)


def in_address(said: Reader) -> KeptPlan | None:
    """The plan that an address carries, or a form in its place; None without any."""
    text = said.text(PARAMETER)
    read: PlanText | None = decode_plan(text) if text else None
    if not read:
        return None
    name, no = DECLINED
    return KeptPlan(read.plan, read.flaw, in_browser=False, is_declined=said.text(name) == no)


def kept_plan(request: HttpRequest) -> KeptPlan | None:
    """A visitor's plan: the one in the browser, or else the one in the address."""
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
