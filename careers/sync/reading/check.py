"""Check whether a catalog's files are in order, and collect warnings.

The result is cached for as long as the files, the code and the day stay the same: then only the
files' digest is computed.
"""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from careers.sync.comparing import report
from careers.sync.problems import grouped_problems
from careers.sync.reading.digest import folder_digest
from careers.sync.reading.prices import old_prices
from careers.sync.reading.reader import read_files_with_digest
from careers.sync.reading.warnings import text_warnings
from paths.text import memo


@dataclass(frozen=True, slots=True)
class Checked:
    """Files in order. contents: how many things of each kind, in words. warnings: as texts."""

    contents: str
    warnings: list[str]


def check_files(folder: Path, today: date) -> Checked:
    """Read and check a catalog folder, or return the cached result for the same files.

    Raises CatalogError with all problems of all files.
    """
    now = folder_digest(folder)
    if now and (known := memo.recall(_question(now, today))):
        return Checked(**known)
    entries, digest = read_files_with_digest(folder)
    warnings = (*text_warnings(folder, entries), *old_prices(folder, entries, today))
    checked = Checked(report.count_by_kind(entries), list(grouped_problems(warnings)))
    # Keyed by the bytes that were read: the files may have changed since the first look at them.
    memo.learn(_question(digest, today), asdict(checked))
    return checked


def _question(digest: str, today: date) -> str:
    return memo.question("checked", digest, str(today))
