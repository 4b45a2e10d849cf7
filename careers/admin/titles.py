"""Titles for editors' pages, of things that entries refer to by key."""

from typing import Any

from django.http import HttpRequest

from careers.admin.people.permissions import is_public, may_see_things, public_label
from careers.sync import KINDS, model_of
from paths.models import FormerPathSlug, Lesson


class Titles:
    """Titles of things, by kind and key. The first lookup in a kind reads all of the kind.

    request: its user is shown the titles of hidden things only of kinds that they may see.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._known: dict[str, dict[str, str]] = {}

    def __call__(self, kind: str, key: str) -> str:
        """The title of the thing with this key, or of a path that had it; the key if unknown."""
        if kind not in self._known:
            self._known[kind] = self._read(kind) if kind in KINDS else {}
        return self._known[kind].get(key, key)

    def _read(self, kind: str) -> dict[str, str]:
        model, key = model_of(kind), KINDS[kind].key
        things: Any = model._default_manager.only("pk", key, "title", "status")
        if model is Lesson:
            things = things.select_related("path").only("number", "title", "status", "path__status")
        sees_all = may_see_things(self._request, model)
        titles: dict[str, str] = {}
        for thing in things:
            known_by = str(getattr(thing, key))
            titles[known_by] = thing.title if key == "slug" else f"{known_by} {thing.title}"
            if not sees_all and not is_public(thing):
                titles[known_by] = public_label(thing)
        if kind == "paths":
            for old, present in FormerPathSlug.objects.values_list("slug", "path__slug"):
                titles.setdefault(old, titles[present])
        return titles
