"""The last comparison of files and database, which is shown if a new one would take long.

A catalog of ten thousand roles takes half a minute to compare. So a large one's last result is
shown, with its time and whether something changed since, until somebody compares again.
"""

import datetime
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from threading import Lock

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from careers.admin.files.compared import FilesAndDatabase, files_and_database
from careers.admin.files.stamp import Stamp, folder_stamp
from careers.admin.people.permissions import may_see_things
from careers.sync import KINDS, catalog_state, is_large, model_of

MOST_KEPT = 4  # comparisons, each for editors who may see the same kinds

type Viewer = tuple[str, ...]  # the kinds whose things somebody may see


@dataclass(frozen=True, slots=True)
class Comparison:
    """found: how files and database compared at `made_at`. state: which state both were in then.

    is_outdated: whether either changed since.
    """

    found: FilesAndDatabase
    made_at: datetime.datetime
    state: Hashable
    is_outdated: bool = False


_kept: "OrderedDict[Viewer, Comparison]" = OrderedDict()
_comparing = Lock()


def takes_long(stamp: Stamp | None = None) -> bool:
    """Whether the catalog is too large to compare on each visit. stamp: of its files, if known."""
    folder = settings.CATALOG_DIR
    return is_large(folder, (stamp or folder_stamp(folder)).files)


def last_comparison(request: HttpRequest, *, again: bool = False) -> Comparison:
    """How files and database compare, as the user may see it. again: don't reuse the last result.

    Only large catalogs' results are reused.
    """
    viewer = _viewer(request)
    if not again and takes_long() and (kept := _kept.get(viewer)):
        return replace(kept, is_outdated=kept.state != _state())
    with _comparing:  # one at a time: each takes much memory
        return _compare(request, viewer)


def kept_comparison(request: HttpRequest) -> Comparison | None:
    """The last result for a large catalog, as this user may see it; None if anything changed."""
    kept = _kept.get(_viewer(request))
    return kept if kept and kept.state == _state() else None


def conflicts_of_large() -> int:
    """How many conflicts the last comparison of a large catalog found, whoever it was for.

    0 if there is none, or something changed since.
    """
    kept = next(reversed(_kept.values()), None)
    return kept.found.open_conflicts if kept and kept.state == _state() else 0


def _compare(request: HttpRequest, viewer: Viewer) -> Comparison:
    state = _state(anew=True)
    made = Comparison(files_and_database(request), timezone.now(), state)
    if takes_long():
        _kept[viewer] = made
        _kept.move_to_end(viewer)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def _viewer(request: HttpRequest) -> Viewer:
    return tuple(kind for kind in KINDS if may_see_things(request, model_of(kind)))


def _state(*, anew: bool = False) -> Hashable:
    return folder_stamp(settings.CATALOG_DIR, anew=anew), catalog_state()
