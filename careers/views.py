"""The pages of who needs what is taught, and those that belong to the site as a whole."""

from django.core.paginator import InvalidPage, Paginator
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from careers import picture, published, snapshot
from careers.map import of_roadmaps
from careers.models import Role
from careers.parts import render_part
from careers.snapshot import CatalogRequest
from paths.addresses import find

ROLES_A_PAGE = 24


@require_safe
def home(request: CatalogRequest) -> HttpResponse:
    catalog = request.catalog
    context = {"signals": catalog.signals.values(), "roles": catalog.roles.values()}
    return render(request, "careers/home.html", context)


@require_safe
def role_list(request: CatalogRequest) -> HttpResponse:
    pages = Paginator(list(request.catalog.roles.values()), ROLES_A_PAGE)
    asked_for = request.GET.get("page") or "1"
    try:
        page, no_such_page = pages.page(asked_for), ""
    except InvalidPage:
        page = pages.get_page(asked_for)
        no_such_page = "".join(filter(str.isprintable, asked_for)) or "?"
    context = {
        "page": page,
        "no_such_page": no_such_page,
        "map": of_roadmaps(role.roadmap for role in page),
    }
    return render(request, "careers/role_list.html", context)


@require_safe
def role_map(request: CatalogRequest) -> HttpResponse:
    roles = request.catalog.roles.values()
    context = {"map": of_roadmaps(role.roadmap for role in roles)}
    return render(request, "careers/role_map.html", context)


@require_safe
def role_detail(request: CatalogRequest, slug: str) -> HttpResponse:
    return render(request, "careers/role_detail.html", {"role": _role(request, slug)})


@require_safe
def role_roadmap(request: CatalogRequest, slug: str) -> HttpResponse:
    return render_part(request, "careers/role_roadmap.html", "card", {"role": _role(request, slug)})


@require_safe
def role_picture(request: CatalogRequest, slug: str) -> HttpResponse:
    return HttpResponse(picture.draw(_role(request, slug).roadmap), content_type="image/png")


def _role(request: CatalogRequest, slug: str) -> published.Role:
    """The public role at a slug. Raises Http404, Gone, or Moved if the slug is a former one."""
    role = request.catalog.roles.get(slug)
    if not role:
        find(Role.objects.all(), slug)
        role = snapshot.current().roles[slug]  # it was published a moment ago
    return role


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
