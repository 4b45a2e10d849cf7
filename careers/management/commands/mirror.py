"""`manage.py mirror DIR`: the public site as files, for any static host."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http.request import validate_host

from careers import mirror
from careers.management.migrated import require_migrations
from careers.sync import report

DEAD_LINKS = 2


class Command(BaseCommand):
    help = (
        "Write every public page, feed, picture and file into a folder that any static host can "
        "serve, in place of the mirror that it holds. Ends with 2 if links in it lead nowhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--site",
            help="the address that the mirror will have, such as https://careers.example.org; "
            "without it, that of the first of ALLOWED_HOSTS",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        folder: Path = options["folder"].absolute()
        origin = _origin(options["site"])
        require_migrations()
        try:
            done = mirror.write_mirror(folder, origin)
        except (mirror.BrokenSite, mirror.ForeignFolder) as error:
            raise CommandError(f"{error}: nothing was written.") from None
        except mirror.StrandedMirror as error:
            raise CommandError(f"{error}. The next run puts it back.") from None
        except OSError as error:
            what = f"{error.filename or folder}: {error.strerror}"
            raise CommandError(f"{what}: nothing was written.") from None
        for link in done.dead:
            part = f"#{link.part}" if link.part else ""
            self.stderr.write(f"{link.source} leads to {link.address}{part}, which isn't there")
        self.stdout.write(
            f"Mirror of catalog {done.version} written: {report.many(done.pages, 'page')}, "
            f"{report.many(done.files, 'file')}, {report.many(done.moved, 'redirect')}, "
            f"{done.gone} retired, {report.many(len(done.dead), 'dead link')}."
        )
        if done.dead:
            sys.exit(DEAD_LINKS)


def _origin(site: str | None) -> str:
    """The mirror's scheme and host. Raises CommandError if the site doesn't answer for them."""
    if not site:
        host = settings.ALLOWED_HOSTS[0]
        if host.startswith((".", "*")):
            raise CommandError(f"{host} stands for many hosts: name one with --site.")
        site = f"{'https' if settings.HTTPS else 'http'}://{host}"
    parts = _parts(site.rstrip("/"))
    if not parts or parts.scheme not in {"http", "https"} or parts.path or parts.query:
        raise CommandError(f"{site} isn't an address such as https://careers.example.org.")
    if "*" in parts.netloc or not validate_host(parts.hostname or "", settings.ALLOWED_HOSTS):
        raise CommandError(
            f"The site doesn't answer for {parts.hostname}: name it in ALLOWED_HOSTS as well."
        )
    if settings.HTTPS and parts.scheme == "http":
        raise CommandError(f"The site answers over HTTPS only: https://{parts.netloc}.")
    return f"{parts.scheme}://{parts.netloc}"


def _parts(site: str) -> SplitResult | None:
    """An address, split; None if it has no host or an impossible port."""
    try:
        parts = urlsplit(site)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_whole else None
