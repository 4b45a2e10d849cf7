"""Tries to sign in: counted, limited, and recorded.

They are counted per account and browser, whatever address the client claims to have. However many
tries come from elsewhere, a browser that signed in to the account before isn't locked out: it has a
signed cookie that says so, and a count of its own.
"""

import datetime
import json
import logging
import math
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from careers.models import Outcome, SignIn

logger = logging.getLogger("careers.sign_in")

MOST_FAILURES = 5
WINDOW = datetime.timedelta(minutes=15)
KEPT = datetime.timedelta(days=180)
FAILURES = {Outcome.WRONG_PASSWORD, Outcome.WRONG_CODE}
SALT = "careers.sign-in"
# The cookie is limited to the admin's path, which `__Host-` doesn't allow.
COOKIE = f"{'__Secure-' if settings.HTTPS else ''}known_browser"


@dataclass(frozen=True, slots=True)
class Wait:
    """The answer to a try that is refused for now.

    why: the reason, in words; seconds: how long until the next try is allowed.
    """

    why: str
    seconds: int

    def tell(self, answer: HttpResponse) -> HttpResponse:
        """Give an answer status 429 with Retry-After: no error of the site's, so no alert."""
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
        answer.headers["Retry-After"] = str(self.seconds)
        return answer


BUSY = Wait("Somebody else is signing in. Try again in a few seconds.", 2)


@dataclass(frozen=True, slots=True)
class Try:
    """A try to sign in. is_known: whether this browser signed in to the account before.

    name: as typed. tried: a digest of account and browser, by which tries are counted.
    """

    request: HttpRequest
    name: str
    is_known: bool
    tried: str

    @classmethod
    def of(cls, request: HttpRequest, name: str) -> "Try":
        browser = _browser(request, name)
        tried = salted_hmac(SALT, json.dumps([name.casefold(), browser]), algorithm="sha256")
        return cls(request, name, bool(browser), tried.hexdigest())

    @property
    def _minutes_to_wait(self) -> int:
        """Minutes until the next try is allowed; 0 if it is allowed now."""
        latest = (
            SignIn.objects.within(WINDOW)
            .filter(tried=self.tried)
            .exclude(outcome__in=set(Outcome) - FAILURES - {Outcome.SIGNED_IN})
        )
        last = list(latest.values_list("outcome", "at")[:MOST_FAILURES])
        if len(last) < MOST_FAILURES or any(outcome not in FAILURES for outcome, _ in last):
            return 0
        left = min(WINDOW, last[-1][1] + WINDOW - timezone.now())
        return max(1, math.ceil(left.total_seconds() / 60))

    @property
    def wait(self) -> Wait | None:
        """The refusal, with how long to wait; None if the next try is allowed."""
        if not (minutes := self._minutes_to_wait):
            return None
        unit = "minute" if minutes == 1 else "minutes"
        return Wait(f"Too many failed attempts. Try again in {minutes} {unit}.", 60 * minutes)

    def refuse(self, outcome: Outcome) -> None:
        user = User.objects.filter(username=self.name).first()
        write_down(self.request, user, outcome, self.tried)

    def accept(self, user: User) -> None:
        write_down(self.request, user, Outcome.SIGNED_IN, self.tried)
        SignIn.objects.filter(at__lt=timezone.now() - KEPT).delete()


def write_down(request: HttpRequest, user: User | None, outcome: Outcome, tried: str = "") -> None:
    """Record an outcome in the database, for the audit, and in the log, for operators.

    tried: Try.tried, if it was a try to sign in.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))[:45]
    forwarded = request.headers.get("X-Forwarded-For", "")[-200:]
    SignIn.objects.create(
        user=user, outcome=outcome, tried=tried, address=address, forwarded_for=forwarded
    )
    level = logging.WARNING if outcome in FAILURES else logging.INFO
    who = user.get_username() if user else "an unknown name"
    logger.log(level, "%s: %s, from %s", who, outcome.label, address)


def remember_browser(response: HttpResponse, name: str) -> None:
    """Set the cookie by which a browser that signed in gets a count of its own."""
    response.set_cookie(
        COOKIE,
        signing.dumps([name.casefold(), secrets.token_hex(8)], salt=SALT),
        max_age=KEPT,
        path=reverse("admin:index"),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _browser(request: HttpRequest, name: str) -> str:
    """The id in this browser's cookie if it signed in to the account before, else empty."""
    try:
        said: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
        account, browser = said
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(browser) if account == name.casefold() else ""
