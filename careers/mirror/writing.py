"""Write the whole public site to a folder: all of it, in one state, or nothing."""

import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from careers.management.locks import folder_lock
from careers.mirror.addresses import file_name, mirrored
from careers.mirror.asking import Site
from careers.mirror.crawl import BrokenSite, Crawled, Link, Write, crawl, still
from careers.mirror.hosts import gone_page, host_files
from careers.mirror.moved import Elsewhere, find_elsewhere
from careers.models import CatalogVersion

MARK = "mirror.json"  # marks a folder as a mirror
_NOWHERE = f"/{'nowhere' * 20}"  # so long that the site doesn't suggest another address


class ForeignFolder(Exception):
    """The folder holds something else, which a mirror would replace."""


class StrandedMirror(Exception):
    """The previous mirror couldn't be put back. The message says where it is."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """What was written. dead: links that lead nowhere, here as on the site."""

    version: int
    pages: int
    files: int
    moved: int
    gone: int
    dead: tuple[Link, ...]


def write_mirror(folder: Path, origin: str) -> Mirror:
    """Mirror the site as it is now to a folder, and replace an earlier mirror there.

    origin: the address that the mirror will have, such as "https://careers.example.org". If
    `folder` is a symbolic link, its target is replaced. Waits while another process writes the same
    mirror. Raises BrokenSite, ForeignFolder or OSError and leaves the folder as it was; or
    StrandedMirror.
    """
    folder = folder.resolve()
    with folder_lock(folder):
        _require_mirror(folder)
        fresh, old = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
        if old.exists() and not folder.exists():
            old.rename(folder)  # an earlier run was killed between the renames, or couldn't go back
        for left in (fresh, old):
            shutil.rmtree(left, ignore_errors=True)
        try:
            with _one_state(), _quiet():
                mirror = _write_all(fresh, Site(origin))
            _swap(folder, fresh, old)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return mirror


def _swap(folder: Path, fresh: Path, old: Path) -> None:
    """Replace the old folder by the new one, or leave it in place."""
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError as error:
        try:
            if old.exists():
                old.rename(folder)
        except OSError:
            words = f"{folder}: {error.strerror}; what it was is in {old}"
            raise StrandedMirror(words) from None
        raise


def _require_mirror(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise ForeignFolder(f"{folder} holds something other than a mirror")
    if folder.exists() and not folder.is_dir():
        raise ForeignFolder(f"{folder} isn't a folder")


@contextmanager
def _one_state() -> Iterator[None]:
    """Read the database from a snapshot of its state now, without keeping anybody from writing."""
    if connection.in_atomic_block:
        yield
        return
    usual = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = usual  # type: ignore[attr-defined]


@contextmanager
def _quiet() -> Iterator[None]:
    """Don't log a warning for each address that isn't found."""
    logger = logging.getLogger("django.request")
    usual = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(usual)


def _write_all(folder: Path, site: Site) -> Mirror:
    written: set[str] = set()  # the same file may be linked with and without a query

    def write(name: str, body: bytes) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        written.add(name)

    version, changed = CatalogVersion.current()
    crawled = crawl(site, write)
    elsewhere = find_elsewhere(site, crawled)
    _write_refusals(site, crawled, elsewhere, write)
    for name, text in host_files(crawled, elsewhere):
        write(name, text.encode())
    mark = {
        "site": site.origin,
        "catalog": version,
        "changed": changed.isoformat() if changed else None,
    }
    write(MARK, json.dumps(mark, indent=1).encode())
    dead = tuple(dict.fromkeys(_dead(crawled, elsewhere)))
    return Mirror(
        version, crawled.pages, len(written), len(elsewhere.moved), len(elsewhere.gone), dead
    )


def _write_refusals(site: Site, crawled: Crawled, elsewhere: Elsewhere, write: Write) -> None:
    """Write the page for addresses that aren't found, and one for each retired thing."""
    for address, answer in elsewhere.gone.items():
        page = still(site, address, answer, crawled)
        write(file_name(gone_page(address)), page.text.encode())
    nowhere = site.ask(_NOWHERE)
    if nowhere.status != 404:
        raise BrokenSite(f"an address that leads nowhere is answered with {nowhere.status}")
    write("404.html", still(site, _NOWHERE, nowhere, crawled).text.encode())


def _dead(crawled: Crawled, elsewhere: Elsewhere) -> Iterator[Link]:
    """Links to what isn't there, or to an id that the page doesn't have."""
    for link in crawled.links:
        address = mirrored(link.address)
        if address in elsewhere.moved:
            continue
        is_page = address in crawled.parts
        if address not in crawled.headers:
            if link.source not in elsewhere.gone and link.address != _NOWHERE:
                yield link
        elif is_page and link.part and link.part not in crawled.parts[address]:
            yield link
