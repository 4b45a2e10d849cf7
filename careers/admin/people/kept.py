"""Keep a form that was sent after its session had ended, on the page that asks to log in again.

That page sends the form once more to the same address, with its chosen files, and with a name, a
password and a code beside its fields. Nothing is stored.
"""

from collections.abc import Callable, Iterator
from itertools import chain

from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure as refuse
from django.views.decorators.debug import sensitive_post_parameters

from careers.admin.people.chosen_files import FIELD, chosen_files, restore_files
from careers.admin.signing_in.form import SignInForm

NAME, PASSWORD, CODE = "_log_in_name", "_log_in_password", "_log_in_code"
# As HTML, a kept form may take this many times the limit of a body. Nothing but quotes takes six.
MOST_TIMES = 2
NOT_KEPT = {NAME, PASSWORD, CODE, FIELD, "csrfmiddlewaretoken"}


@sensitive_post_parameters(PASSWORD, CODE)
def after_login(request: HttpRequest, go_on: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a request with go_on(). The sender of a form has to log in first, if they aren't."""
    if request.method != "POST":
        return go_on()
    if NAME in request.POST:
        return _log_in(request, go_on)
    if _fields(request) and not site.has_permission(request):
        return _ask(request, SignInForm(request))
    return _with_files(request, go_on)


def _with_files(request: HttpRequest, go_on: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer with go_on(). If the sender is let in, first restore the files that a page kept."""
    if site.has_permission(request):
        restore_files(request)
    return go_on()


def _log_in(request: HttpRequest, go_on: Callable[[], HttpResponse]) -> HttpResponse:
    sent = {
        "username": request.POST[NAME],
        "password": request.POST.get(PASSWORD, ""),
        "code": request.POST.get(CODE, ""),
    }
    form = SignInForm(request, sent)
    if not form.is_valid():
        return _ask(request, form)
    login(request, form.get_user())
    try:
        return _with_files(request, go_on)
    except PermissionDenied:
        form.add_error(None, f"{form.get_user()} may not do that. Log in as somebody who may.")
        return _ask(request, form)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse another site's form. Keep one of ours, whose token is from before a log-in."""
    if not (_is_of_the_admin(request) and _is_of_this_site(request)):
        return refuse(request, reason)
    return _ask(request, SignInForm(request))


def _ask(request: HttpRequest, form: SignInForm) -> HttpResponse:
    fields = _fields(request)
    most = MOST_TIMES * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if sum(map(_length_in_html, chain.from_iterable(fields))) > most:
        raise RequestDataTooBig("A form is too long for a page that keeps it.")
    context = {
        **site.each_context(request),
        "title": "Log in again",
        "form": form,
        "app_path": request.get_full_path(),
        "fields": fields,
        "chosen_files": chosen_files(request),
        "logged_in": site.has_permission(request) and not form.errors,
        "file_field": FIELD,
        "name": NAME,
        "password": PASSWORD,
        "code": CODE,
    }
    answer = render(request, "admin/kept.html", context, status=403)
    add_never_cache_headers(answer)
    return form.wait.tell(answer) if form.wait else answer


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [*_kept(request)]


def _length_in_html(text: str) -> int:
    return len(text) + sum(5 * text.count(character) for character in "\"'&<>")


def _kept(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in NOT_KEPT:
            yield from ((name, str(value)) for value in values)


def _is_of_the_admin(request: HttpRequest) -> bool:
    away = {reverse("admin:login"), reverse("admin:logout")}
    return request.path.startswith(reverse("admin:index")) and request.path not in away


def _is_of_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent it. Other sites can't forge that."""
    ours = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == ours or (
        request.headers.get("Sec-Fetch-Site") == "same-origin"
    )
