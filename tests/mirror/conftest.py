"""A small site to mirror, with one thing of each kind, moved and retired ones included."""

from pathlib import Path

import pytest

from careers import index
from careers.models import FormerRoleSlug
from careers.pages import picture
from paths.models import FormerLessonSlug, FormerPathSlug, Status


@pytest.fixture
def small_site(catalog, monkeypatch):
    """A role on a site with fake pictures: drawing takes most of a mirror's time."""
    monkeypatch.setattr(picture, "draw", lambda *_, **__: b"a picture")
    path = catalog.path("rag", lessons=0, drafts=1)
    lesson = catalog.lesson(path, slug="one", body="Try it.\n\n```python\nprint(1)\n```\n")
    other = catalog.path("agents", lessons=1)
    catalog.signal(lesson)
    role = catalog.role("ml-engineer", paths=[path, other], fit_questions=["Do you like it?"])
    FormerRoleSlug.objects.create(role=role, slug="ml-developer")
    FormerPathSlug.objects.create(path=path, slug="retrieval")
    FormerLessonSlug.objects.create(lesson=lesson, path=path, slug="first")
    catalog.role("data-clerk", status=Status.RETIRED, instead="/careers/ml-engineer/")
    beside = [{"name": "cases.csv", "digest": "0" * 64}]
    here = {"status": Status.RETIRED, "instead": "/paths/rag/one/"}
    old = catalog.lesson(path, slug="old", files=beside, **here)
    FormerLessonSlug.objects.create(lesson=old, path=path, slug="older")
    catalog.path("prompting", lessons=0, **here)
    catalog.lesson(path, slug="draft", body="Not to be seen", status=Status.DRAFT)
    index.rebuild()
    return role


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "mirror"
