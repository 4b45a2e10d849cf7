"""The pages of who needs what is taught, and those that belong to the site as a whole."""

from django.core.paginator import InvalidPage, Paginator
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from careers import picture
from careers.models import HiringSignal, Role
from careers.outline import roadmap, transit_map
from careers.parts import render_part
from paths.addresses import find

ROLES_A_PAGE = 24


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "signals": HiringSignal.objects.published(),
        "roles": Role.objects.published().in_order(),
    }
    return render(request, "careers/home.html", context)


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    roles = Role.objects.published().in_order().with_card()
    pages = Paginator(roles, ROLES_A_PAGE)
    asked_for = request.GET.get("page") or "1"
    try:
        page, no_such_page = pages.page(asked_for), ""
    except InvalidPage:
        page = pages.get_page(asked_for)
        no_such_page = "".join(filter(str.isprintable, asked_for)) or "?"
    roadmaps = {role: roadmap(role) for role in page}
    context = {
        "page": page,
        "no_such_page": no_such_page,
        "cards": [{"role": role, "roadmap": card} for role, card in roadmaps.items()],
        "map": transit_map(roadmaps.values()),
    }
    return render(request, "careers/role_list.html", context)


@require_safe
def role_map(request: HttpRequest) -> HttpResponse:
    roles = Role.objects.published().in_order().with_roadmap()
    context = {"map": transit_map(roadmap(role) for role in roles)}
    return render(request, "careers/role_map.html", context)


@require_safe
def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    role = find(Role.objects.with_page(), slug)
    context = {"role": role, "roadmap": roadmap(role), "signals": role.signals()}
    return render(request, "careers/role_detail.html", context)


@require_safe
def role_roadmap(request: HttpRequest, slug: str) -> HttpResponse:
    role = find(Role.objects.with_page(), slug)
    context = {"role": role, "roadmap": roadmap(role)}
    return render_part(request, "careers/role_roadmap.html", "card", context)


@require_safe
def role_picture(_request: HttpRequest, slug: str) -> HttpResponse:
    role = find(Role.objects.with_roadmap(), slug)
    return HttpResponse(picture.draw(roadmap(role)), content_type="image/png")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    return render(request, "site.webmanifest", content_type="application/manifest+json")


@require_safe
def speculation_rules(_request: HttpRequest) -> HttpResponse:
    """What a browser may fetch ahead once a visitor points at a link: pages, never the admin."""
    pages = {"href_matches": ["/", "/careers/*", "/paths/*"]}
    rules = {"prefetch": [{"where": pages, "eagerness": "moderate"}]}
    return JsonResponse(rules, content_type="application/speculationrules+json")


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400, rendered without the request: its very host may be what is bad."""
    return HttpResponseBadRequest(render_to_string("400.html"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 if a page could be answered, 503 if the database doesn't."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("The database doesn't answer.\n", "text/plain", status=503)
    return HttpResponse("ok\n", "text/plain")
