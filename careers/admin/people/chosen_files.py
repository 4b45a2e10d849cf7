"""Files that were chosen in a form that comes back: no browser fills them in a second time.

The page of such a form holds them, and sends them along once more. Nothing of it is stored.
"""

import base64
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest

from paths.files import MOST_BYTES

FIELD = "_chosen_file"
MOST_KEPT = 2 * 1024 * 1024  # characters in one page, for a body has an end as well


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file that somebody chose. sends: what its page sends for it; empty if it isn't kept."""

    name: str
    sends: str


def chosen_files(request: HttpRequest) -> list[ChosenFile]:
    """The files that came with a form, each kept as long as there is room."""
    return list(_kept(request))


def restore_files(request: HttpRequest) -> None:
    """Let files that a page kept be there as if they had been chosen again.

    What was chosen now comes behind, and so takes the place of what has its name.
    """
    kept: dict[str, list[Any]] = defaultdict(list)
    for text in request.POST.getlist(FIELD):
        if each := _restored(text):
            kept[each[0]].append(each[1])
    for field, files in kept.items():
        request.FILES.setlist(field, [*files, *request.FILES.getlist(field)])


def _kept(request: HttpRequest) -> Iterator[ChosenFile]:
    room = MOST_KEPT
    sent: Any = request.FILES.lists()
    for field, files in sent:
        for name, file in {each.name: each for each in files}.items():
            sends = _sends(field, file) if file.size <= MOST_BYTES else ""
            if len(sends) > room:
                sends = ""
            room -= len(sends)
            yield ChosenFile(name, sends)


def _sends(field: str, file: Any) -> str:
    file.seek(0)
    packed = base64.b64encode(zlib.compress(file.read())).decode()
    file.seek(0)
    return json.dumps([field, file.name, packed])


def _restored(text: str) -> tuple[str, SimpleUploadedFile] | None:
    """The field of a file, and the file; None for what no page of ours sends."""
    try:
        field, name, packed = json.loads(text)
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(base64.b64decode(packed), MOST_BYTES + 1)
        file = SimpleUploadedFile(str(name), content)
    except (ValueError, TypeError, RecursionError, SuspiciousOperation, zlib.error):
        return None
    return (str(field), file) if unpacking.eof else None
