"""A text of a large catalog: written once for each version and site, and sent from disk."""

import gzip
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import NamedTuple
from weakref import finalize

from careers.published.catalog import Version

PIECE = 64 * 1024  # bytes
QUICKLY = 3  # as gzip measures how hard it tries


class _Key(NamedTuple):
    version: Version
    site: str


class KeptText:
    """A text in two files, plain and compressed, which are gone once nobody needs them."""

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
        """In bytes."""
        return self._file(compressed=compressed).stat().st_size

    def sent(self, *, compressed: bool) -> Iterator[bytes]:
        """The bytes, a piece at a time. As long as somebody reads them the files stay."""
        with self._file(compressed=compressed).open("rb") as file:
            while piece := file.read(PIECE):
                yield piece

    def _file(self, *, compressed: bool) -> Path:
        return self._compressed if compressed else self._plain


class KeptTexts:
    """The text of one version of the catalog. Who asks for it while it is written waits for it."""

    def __init__(self) -> None:
        self._writing = Lock()
        self._kept: tuple[_Key, KeptText] | None = None

    def text(self, version: Version, site: str, pieces: Iterable[str]) -> KeptText:
        """pieces: of the text, which are asked for unless it is there already."""
        key = _Key(version, site)
        with self._writing:
            if self._kept is None or self._kept[0] != key:
                self._kept = key, KeptText(pieces)
            return self._kept[1]
