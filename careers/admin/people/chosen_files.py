"""Keep the files chosen in a form that is shown again: browsers don't fill in file fields.

The form's page holds them in hidden fields, which send them once more. Nothing is stored.
"""

import base64
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest

from paths.files import MOST_BYTES
from paths.writing.uploads import MOST_FILES

FIELD = "_chosen_file"
MOST_KEPT = 2 * 1024 * 1024  # characters in one page, as the bodies of requests are limited too

# The names of a file's field and of the file, and its bytes, packed. It is read by a pattern and
# not as JSON, since strangers may send it: nested lists take many times the memory of their text.
SENT = re.compile(r'\["([\w-]{1,100})", ("(?:[^"\\]|\\.){1,255}+"), "([A-Za-z0-9+/=]*+)"\]')


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file that somebody chose. sends: the text in which the page keeps it; empty if it can't."""

    name: str
    sends: str


class RestoredFile(SimpleUploadedFile):
    """A file that a page kept, as if it had been chosen again."""


def chosen_files(request: HttpRequest) -> list[ChosenFile]:
    """The files that came with a form, each kept while there is room.

    What a page kept is passed on as it came: the sender may be a stranger, so nothing is unpacked.
    """
    return list(_kept(request))


def restore_files(request: HttpRequest) -> None:
    """Add the files that a page kept to request.FILES. Call it only for those who are let in.

    A file chosen now replaces a kept one of its name. Raises BadRequest if a kept one can't be
    read, and RequestDataTooBig if they unpack to more bytes than a form may have.
    """
    kept: dict[str, list[Any]] = defaultdict(list)
    room = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    for text in _sent(request):
        field, name, packed = _parts(text)
        content = _unpacked(packed, room)
        room -= len(content)
        kept[field].append(_restored(name, content))
    for field, files in kept.items():
        chosen = request.FILES.getlist(field)
        names = {each.name for each in chosen}
        request.FILES.setlist(field, [*(each for each in files if each.name not in names), *chosen])


def _restored(name: str, content: bytes) -> RestoredFile:
    try:
        return RestoredFile(name, content)
    except SuspiciousOperation as error:
        raise BadRequest("A file that a page kept has a name that none may have.") from error


def _kept(request: HttpRequest) -> Iterator[ChosenFile]:
    characters, room = MOST_KEPT, settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    places = MOST_FILES
    for (field, name), file in _came_along(request).items():
        size = 0 if isinstance(file, str) else file.size
        sends = _sends(field, file) if size <= min(MOST_BYTES, room) and places else ""
        if len(sends) > characters:
            sends = ""
        if sends:
            characters, room, places = characters - len(sends), room - size, places - 1
        yield ChosenFile(name, sends)


def _came_along(request: HttpRequest) -> dict[tuple[str, str], Any]:
    """(field, file name) → the text in which a page kept the file, or the file if chosen now.

    A file chosen now replaces a kept one; otherwise the last of a name counts.
    """
    kept = {_parts(text)[:2]: text for text in _sent(request)}
    lists: Any = request.FILES.lists()
    chosen = {
        (field, file.name): file
        for field, files in lists
        for file in files
        if not isinstance(file, RestoredFile)
    }
    return kept | chosen


def _sends(field: str, file: Any) -> str:
    """The text in which a page keeps a file; that of one kept before is returned as it came."""
    if isinstance(file, str):
        return file
    file.seek(0)
    packed = base64.b64encode(zlib.compress(file.read())).decode()
    file.seek(0)
    return json.dumps([field, file.name, packed], ensure_ascii=False)


def _sent(request: HttpRequest) -> list[str]:
    texts = request.POST.getlist(FIELD)
    if len(texts) > MOST_FILES:
        raise RequestDataTooBig(f"A form sent {len(texts)} files that a page kept.")
    return texts


def _parts(text: str) -> tuple[str, str, str]:
    """The field, name and packed bytes of a file that a page kept. Raises BadRequest."""
    found = SENT.fullmatch(text)
    try:
        if found:
            return found[1], json.loads(found[2]), found[3]
    except ValueError:
        pass
    raise BadRequest("This is no file that a page kept.")


def _unpacked(packed: str, room: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(base64.b64decode(packed), min(MOST_BYTES, room) + 1)
    except (ValueError, zlib.error) as error:
        raise BadRequest("A file that a page kept can't be unpacked.") from error
    if room < len(content) <= MOST_BYTES:
        raise RequestDataTooBig("The files that a page kept are too large together.")
    if len(content) > MOST_BYTES or not unpacking.eof:
        raise BadRequest("A file that a page kept has no end, or is too large.")
    return content
