"""The page on which editors set up their second factor, and change it."""

from typing import Any

import django_otp
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import site
from django.contrib.auth import logout
from django.contrib.auth.views import LoginView, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from careers.admin.signing_in import second_factor
from careers.admin.signing_in.tries import Try, Wait, write_down
from careers.models import Outcome

WRONG = "That isn’t the code. Type the one that your app shows now. Each works once."
ANOTHER = "another"  # in the query: set up a new app, while the old one still counts


def must_set_up(request: HttpRequest) -> bool:
    """Whether an editor signed in by password alone, although a second factor is required."""
    user: Any = request.user
    is_editor = user.is_authenticated and user.is_active and user.is_staff
    return is_editor and not second_factor.is_let_in(request)


@never_cache
@csrf_protect
@sensitive_post_parameters("code")
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Set up a second factor; with one, make new recovery codes, change the app or turn it off."""
    user: Any = request.user
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    app = second_factor.app_of(user)
    if app and not user.is_verified():
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if not app or (ANOTHER in request.GET and second_factor.is_setting_up(user)):
        return _set_up(request)
    return _change(request, app)


def _set_up(request: HttpRequest) -> HttpResponse:
    if "log_out" in request.POST:
        logout(request)
        return HttpResponseRedirect(reverse("admin:login"))
    user: Any = request.user
    app = second_factor.app_to_be(user)
    error, wait = "", None
    if request.method == "POST":
        attempt = Try.of(request, user.get_username())
        if wait := attempt.wait:
            error = wait.why
        elif app.verify_token("".join(request.POST.get("code", "").split())):
            codes = second_factor.confirm(request, app)
            django_otp.login(request, app)
            write_down(request, user, Outcome.SET_UP)
            return _show_codes(request, codes)
        else:
            attempt.refuse(Outcome.WRONG_CODE)
            error = WRONG
    context = {
        "title": "Set up a second factor",
        "app": app,
        "drawing": second_factor.drawing(app),
        "secret": second_factor.secret(app),
        "error": error,
    }
    return _page(request, "admin/second_factor_set_up.html", context, wait)


def _change(request: HttpRequest, app: Any) -> HttpResponse:
    user: Any = request.user
    error, wait = "", None
    if request.method == "POST":
        attempt = Try.of(request, user.get_username())
        if wait := attempt.wait:
            error = wait.why
        elif second_factor.accepting(user, request.POST.get("code", "")):
            return _changed(request, request.POST.get("change", ""))
        else:
            attempt.refuse(Outcome.WRONG_CODE)
            error = WRONG
    context = {
        "title": "Second factor",
        "app": app,
        "codes_left": second_factor.codes_left(user),
        "error": error,
    }
    return _page(request, "admin/second_factor.html", context, wait)


def _changed(request: HttpRequest, change: str) -> HttpResponse:
    """Carry out a change that was confirmed by a right code."""
    user: Any = request.user
    if change == "codes":
        write_down(request, user, Outcome.NEW_CODES)
        return _show_codes(request, second_factor.new_recovery_codes(user))
    if change == "off" and not settings.SECOND_FACTOR_REQUIRED:
        second_factor.take_away(user)
        write_down(request, user, Outcome.TURNED_OFF)
        messages.success(request, "You sign in with your password alone.")
        return HttpResponseRedirect(reverse("admin:index"))
    second_factor.app_to_be(user)
    return HttpResponseRedirect(f"{reverse('admin:second-factor')}?{ANOTHER}")


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {
        "title": "Codes for when your app is lost",
        "codes": codes,
        "next": LoginView(request=request).get_redirect_url(request) or reverse("admin:index"),
    }
    return _page(request, "admin/recovery_codes.html", context)


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], wait: Wait | None = None
) -> HttpResponse:
    """A page of the second factor. wait: given if a code was refused for too many tries."""
    whole = {**site.each_context(request), **context, "required": settings.SECOND_FACTOR_REQUIRED}
    answer = render(request, template, whole)
    return wait.tell(answer) if wait else answer
