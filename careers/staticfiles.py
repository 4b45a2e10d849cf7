"""Static files as they are served: style sheets and scripts without comments."""

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import brotli
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# A string, which stays as it is; or comments with the white space around them; or a line's indent.
UNREAD = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?:\s*/\*.*?\*/)+\s*|\n\s+""", re.DOTALL
)
COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)


def lean(sheet: str) -> str:
    """A style sheet without comments and indents. Tokens with a comment between stay separate."""
    return UNREAD.sub(lambda found: found[1] or "\n", sheet)


def lean_script(script: str) -> str:
    """One of our scripts without lines of comment. None of its strings spans several lines."""
    return COMMENT.sub("", script)


def _lean_by(name: str) -> Callable[[str], str] | None:
    """How to strip a file's comments. Other people's scripts keep theirs, for their licenses."""
    if name.endswith(".css"):
        return lean
    return lean_script if name.startswith("js/") else None


class _Lean:
    """Opens the files of a storage as made_by() returns them."""

    def __init__(self, storage: Storage, made_by: Callable[[str], str]) -> None:
        self.storage, self.made_by = storage, made_by

    def open(self, path: str) -> "ContentFile[bytes]":
        with self.storage.open(path) as file:
            return ContentFile(self.made_by(file.read().decode()).encode())


class _OnceCompressor(Compressor):  # type: ignore[misc]
    """Skips files that an earlier start has compressed already, which would take seconds.

    A file and its copy with a hash in its name have the same bytes, which are compressed once.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.compress_brotli = cache(Compressor.compress_brotli)
        self.compress_gzip = cache(Compressor.compress_gzip)
        self.locks: dict[bytes, Lock] = {}  # by a file's bytes

    def compress(self, path: str) -> list[str]:
        """Called by several threads. For the same bytes, one compresses and the others wait."""
        if _is_compressed(path):
            return []
        with self.locks.setdefault(Path(path).read_bytes(), Lock()):
            written: list[str] = super().compress(path)
        return written


def _is_compressed(path: str) -> bool:
    """Whether a file's compressed copies are complete: a start may have been killed meanwhile."""
    try:
        small = brotli.decompress(Path(f"{path}.br").read_bytes())
        packed = gzip.decompress(Path(f"{path}.gz").read_bytes())
    except (OSError, EOFError, brotli.error, zlib.error):
        return False
    return bool(small == packed == Path(path).read_bytes())


def manifest_name(release: Path) -> str:
    """The file in STATIC_ROOT with the hashed names of a release's files. release: its folder."""
    return f"staticfiles-{sha256(str(release).encode()).hexdigest()[:12]}.json"


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Serves style sheets and scripts without comments, a fifth of their bytes on a first visit.

    Releases share STATIC_ROOT, so that pages of the old and the new one find their files while
    servers are replaced. Each release's folder of code has a manifest of its own, so that the old
    release still starts after a newer one was collected.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        self.manifest_name = manifest_name(settings.BASE_DIR)
        super().__init__(*args, **options)
        self.addresses: dict[str, str] = {}  # name in templates → URL

    def url(self, name: str, force: bool = False) -> str:
        """Django's, but each looked up only once, as a page names a dozen files."""
        if settings.DEBUG or force:
            return str(super().url(name, force))
        address = self.addresses.get(name)
        if address is None:
            address = self.addresses[name] = str(super().url(name))
        return address

    def create_compressor(self, **options: Any) -> Compressor:
        return _OnceCompressor(**options)

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: object
    ) -> Iterator[Any]:
        sources = {
            name: (_Lean(storage, made_by) if (made_by := _lean_by(name)) else storage, path)
            for name, (storage, path) in paths.items()
        }
        yield from super().post_process(sources, dry_run, **options)
        self.addresses.clear()  # files collected anew may have other names
