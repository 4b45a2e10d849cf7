"""A session that ends while a form is being saved, through a restore or its owner elsewhere."""

import pytest
from django.contrib.sessions.models import Session
from django.db.models.signals import post_save
from django.urls import reverse

from careers.models import Background
from tests.careers.test_whole_forms import fields


@pytest.fixture
def _sessions_end_with_the_save():
    def end(*, created: bool, **_: object) -> None:
        if not created:
            Session.objects.all().delete()

    post_save.connect(end, sender=Background)
    yield
    post_save.disconnect(end, sender=Background)


@pytest.mark.usefixtures("_sessions_end_with_the_save")
def test_who_saves_is_told_that_they_were_logged_out_and_that_it_may_be_saved(editor, catalog):
    background = catalog.background()
    url = reverse("admin:careers_background_change", args=[background.pk])
    form = dict(fields(editor.get(url).content)) | {"title": "Saved", "_save": "Save"}
    answer = editor.post(url, form)
    assert (answer.status_code, "You were logged out just then" in answer.text) == (403, True)
    assert "may be saved already" in answer.text
    background.refresh_from_db()
    assert background.title == "Saved"
