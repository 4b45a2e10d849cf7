"""The pages of what is taught."""

from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paths import model_server
from paths.addresses import find_by_slug, find_lesson
from paths.models import LearningPath


@require_safe
def path_list(request: HttpRequest) -> HttpResponse:
    paths = LearningPath.objects.published().with_hours()
    return render(request, "paths/path_list.html", {"paths": paths})


@require_safe
def path_detail(request: HttpRequest, slug: str) -> HttpResponse:
    path = find_by_slug(LearningPath.objects.with_hours(), slug)
    lessons = list(path.lessons.in_outline())
    return render(request, "paths/path_detail.html", {"path": path, "lessons": lessons})


@require_safe
def lesson_detail(request: HttpRequest, path_slug: str, slug: str) -> HttpResponse:
    lesson = find_lesson(path_slug, slug)
    outline = list(lesson.path.lessons.in_outline())
    published = [other for other in outline if other.is_published]
    if lesson not in published:
        raise Http404  # it was taken back a moment ago
    place = published.index(lesson)
    context = {
        "lesson": lesson,
        "path": lesson.path,
        "place": outline.index(lesson) + 1,
        "outline": outline,
        "previous": published[place - 1] if place else None,
        "next": published[place + 1] if place + 1 < len(published) else None,
    }
    return render(request, "paths/lesson_detail.html", context)


@require_safe
def model_server_file(_request: HttpRequest) -> HttpResponse:
    """The stand-in for a model, to download."""
    headers = {"Content-Disposition": 'attachment; filename="model_server.py"'}
    return HttpResponse(_model_server(), "text/x-python; charset=utf-8", headers=headers)


@cache
def _model_server() -> bytes:
    return Path(model_server.__file__).read_bytes()
