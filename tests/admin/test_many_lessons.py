"""Forms that name lessons: all are listed where they are few, and searched where they are many."""

import pytest

from careers.admin import autocomplete


@pytest.mark.parametrize("kind", ["background", "hiringsignal"])
def test_lessons_are_searched_where_there_are_too_many_to_list(editor, catalog, kind, monkeypatch):
    known, other = catalog.path(lessons=2).lessons.all()
    thing = catalog.signal(known) if kind == "hiringsignal" else catalog.background()
    if kind == "background":
        thing.knows.set([known])
    address = f"/admin/careers/{kind}/{thing.pk}/change/"
    assert other.title in editor.get(address).text
    monkeypatch.setattr(autocomplete, "MOST_TO_SCROLL", 1)
    form = editor.get(address).text
    assert known.title in form
    assert other.title not in form
