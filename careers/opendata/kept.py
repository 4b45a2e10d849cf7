"""Large texts, written to disk once for each catalog version and site, and sent from there."""

import gzip
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import NamedTuple
from weakref import finalize

from careers.published.catalog import Version

PIECE = 64 * 1024  # bytes
QUICKLY = 3  # gzip's level


class _Key(NamedTuple):
    version: Version
    site: str


class KeptText:
    """A text in two files, plain and compressed. They are deleted when the object is collected."""

    def __init__(self, pieces: Iterable[str]) -> None:
        folder = tempfile.TemporaryDirectory(prefix="catalog-")
        finalize(self, folder.cleanup)
        self._plain = Path(folder.name, "text")
        self._compressed = Path(folder.name, "text.gz")
        with (
            self._plain.open("wb") as plain,
            gzip.GzipFile(self._compressed, "wb", QUICKLY, mtime=0) as compressed,
        ):
            for piece in pieces:
                data = piece.encode()
                plain.write(data)
                compressed.write(data)

    def size(self, *, compressed: bool) -> int:
        """The size in bytes."""
        return self._file(compressed=compressed).stat().st_size

    def sent(self, *, compressed: bool) -> Iterator[bytes]:
        """The bytes, piece by piece. The files stay as long as somebody reads them."""
        with self._file(compressed=compressed).open("rb") as file:
            while piece := file.read(PIECE):
                yield piece

    def _file(self, *, compressed: bool) -> Path:
        return self._compressed if compressed else self._plain


class KeptTexts:
    """Keeps the text of one catalog version. Requests that come while it is written wait for it."""

    def __init__(self) -> None:
        self._writing = Lock()
        self._kept: tuple[_Key, KeptText] | None = None

    def text(self, version: Version, site: str, pieces: Iterable[str]) -> KeptText:
        """The text for a version and site. pieces: of it; consumed only if it isn't kept yet."""
        key = _Key(version, site)
        with self._writing:
            if self._kept is None or self._kept[0] != key:
                self._kept = key, KeptText(pieces)
            return self._kept[1]
