"""What Django has no setting for: response headers, and forms that arrive in part."""

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.middleware.http import ConditionalGetMiddleware
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_http_date_safe

from careers.pages.site import unavailable

MOST_BYTES_OF_A_STRANGER = 64 * 1024
BODIES_AT_ONCE = 3  # half the threads of a process, so that the others can answer
SECONDS_FOR_A_TURN = 0.2
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "camera",
        "display-capture",
        "geolocation",
        "microphone",
        "payment",
        "usb",
    )
)


def speculation(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let browsers fetch the next page ahead, unless the visitor asks for less data."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Save-Data"])
            if request.headers.get("Save-Data") != "on":
                response.headers["Speculation-Rules"] = f'"{reverse("speculation-rules")}"'
        return response

    return middleware


def isolation(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let no other site embed what we serve, and no page of ours use the visitor's devices.

    Open data and pictures are made to be shared, and set their own header. SecurityMiddleware's
    headers are set here too: a wrong Host fails inside of it, and its answer would have none.
    """
    headers = {
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    }

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


class KnownByItsDate(ConditionalGetMiddleware):
    """Django's, but what changed at another moment than somebody has it from is sent, earlier too.

    The catalog may come from before that: a backup was brought back, or a clock had been ahead.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        asked = request.META.get("HTTP_IF_MODIFIED_SINCE")
        if asked and not _is_same_moment(asked, response.get("Last-Modified", "")):
            del request.META["HTTP_IF_MODIFIED_SINCE"]
        return super().process_response(request, response)


def _is_same_moment(asked: str, changed: str) -> bool:
    moment = parse_http_date_safe(asked)
    return moment is not None and moment == parse_http_date_safe(changed)


def whole_forms(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a body that ends before its Content-Length: half a form looks like a whole, short one.

    A server needn't say that the sender went away, and Django neither compares the two nor reads a
    body without a length. So bodies are read here, into memory, since no view streams them: files
    beside lessons are small, and with them a body has at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes. A
    stranger's has much less.

    Nor does a server give up on a slow sender, for whom a thread waits. So only BODIES_AT_ONCE are
    read at a time, and further ones are answered with a 503.
    """
    turns = BoundedSemaphore(BODIES_AT_ONCE)

    def middleware(request: HttpRequest) -> HttpResponse:
        if "Transfer-Encoding" in request.headers:
            return _refuse("400_cut_off.html", 411)
        if not request.META.get("CONTENT_LENGTH"):
            return get_response(request)
        most = _most_bytes(request)
        if _length(request) > most:
            return _refuse("413.html", 413, {"most": filesizeformat(most)})
        if not turns.acquire(timeout=SECONDS_FOR_A_TURN):
            return unavailable()
        try:
            is_whole = _is_whole(request)
        finally:
            turns.release()
        return get_response(request) if is_whole else _refuse("400_cut_off.html", 400)

    return middleware


def _refuse(template: str, status: int, context: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), status=status)


def _most_bytes(request: HttpRequest) -> int:
    """How many bytes a body may have. Browsers with a cookie of the admin send lessons and files.

    Whether the session is still valid is checked later: a form is kept while its sender logs in
    again.
    """
    cookies = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    is_editor = request.path_info.startswith(reverse("admin:index")) and cookies & {
        *request.COOKIES
    }
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE if is_editor else MOST_BYTES_OF_A_STRANGER


def _length(request: HttpRequest) -> int:
    """The Content-Length in bytes; 0 if it isn't a number, which _is_whole() refuses."""
    try:
        return int(request.META["CONTENT_LENGTH"])
    except ValueError:
        return 0


def _is_whole(request: HttpRequest) -> bool:
    try:
        return len(request.body) == int(request.META["CONTENT_LENGTH"])
    except (UnreadablePostError, ValueError):
        return False
