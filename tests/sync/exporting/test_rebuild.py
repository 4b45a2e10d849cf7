"""What an export writes gives, on an empty database, what the site shows."""

from collections.abc import Iterator
from typing import Any

import pytest

from careers.sync.exporting.replace import replace_files
from careers.sync.fields import model_of, shared_fields
from careers.sync.kinds import KINDS
from careers.sync.writing.sides import read_sides
from paths.models import Lesson
from tests.sync.exporting.rebuilt import shown, shown_after_rebuilding
from tests.sync.exporting.whole import make_rewrites

pytestmark = pytest.mark.django_db

GLOSSARY = """\
terms:
  - {slug: gradient, title: gradient, meaning: A direction., status: published}
"""
EDITED: dict[str, Any] = {
    "aliases": ["A"],
    "also": ["A"],
    "needs": ["gradient"],
    "time_split": [{"share": 100, "activity": "code"}],
    "titles": [{"title": "AI Engineer", "varies": "Look for training."}],
    "sources": [{"title": "T", "url": "https://example.org/t"}],
    "learn": [{"title": "T", "url": "https://example.org/t"}],
    "linked": False,
    "starts_fresh": True,
    "entry_bar": "skill",
    "instead": "/careers/",
}


def optional_keys() -> Iterator[tuple[str, str]]:
    """Kind and name of every key that a document may leave out and that is stored in rows."""
    for kind in KINDS:
        of = shared_fields(kind)
        for name, key in of.document.model_fields.items():
            if name in {*of.columns, *of.pointers, *of.links, *of.parts} and not key.is_required():
                yield kind, name


def edit(kind: str, name: str) -> None:
    """Give the last thing of a kind an editor's value for a key, one that no file has."""
    of, thing = shared_fields(kind), model_of(kind)._default_manager.last()
    assert thing is not None
    if name in of.links:
        getattr(thing, name).set([getattr(thing, name).model._default_manager.first()])
    elif name in of.parts:
        getattr(thing, name).all().delete()
    else:
        was = getattr(thing, name)
        by_type = ["The editor's."] if isinstance(was, list) else "The editor's."
        value = Lesson.objects.last() if name in of.pointers else EDITED.get(name, by_type)
        assert value != was
        setattr(thing, name, value)
        thing.save()


@pytest.mark.few(3)
@pytest.mark.parametrize(("kind", "name"), list(optional_keys()))
def test_no_key_that_a_file_may_leave_out_is_lost(files, kind, name):
    files.write("glossary.yaml", GLOSSARY)
    files.apply()
    edit(kind, name)
    live = shown()
    replace_files(files.folder, make_rewrites(files.folder, read_sides(files.read())))
    assert shown_after_rebuilding(files) == live
    assert shown() == live
