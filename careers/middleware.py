"""What Django has no setting for: response headers, and forms that arrive in part."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers

SIGN = "img/icon-512."  # without the part of its digest and its suffix
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
    """Let no other site embed what we serve, and no page of ours reach for a device.

    But for what is made to be shared: open data, pictures, and the sign of pages that have none.
    What SecurityMiddleware sets is said here too: a wrong Host fails within it, and gets nothing.
    """
    headers = {
        "Permissions-Policy": PERMISSIONS_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    }
    sign = f"{settings.STATIC_URL}{SIGN}"

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = "cross-origin" if request.path.startswith(sign) else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", policy)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def whole_forms(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a body that ends before its Content-Length: half a form looks like a whole, short one.

    A server need not say that the sender went away, and Django neither compares the two nor reads
    a body without a length. Nothing behind this reads a stream: files beside lessons are small, and
    a body has at most DATA_UPLOAD_MAX_MEMORY_SIZE with them.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "Transfer-Encoding" in request.headers:
            return HttpResponse(render_to_string("400_cut_off.html"), status=411)
        if _is_too_large(request):
            return HttpResponse(render_to_string("413.html"), status=413)
        if not _is_whole(request):
            return HttpResponse(render_to_string("400_cut_off.html"), status=400)
        return get_response(request)

    return middleware


def _is_too_large(request: HttpRequest) -> bool:
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return False
    return length > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or length)


def _is_whole(request: HttpRequest) -> bool:
    try:
        return len(request.body) == int(request.META.get("CONTENT_LENGTH") or 0)
    except (UnreadablePostError, ValueError):
        return False
