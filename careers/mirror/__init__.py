"""The whole public site as a folder of files that any static host can serve."""

from careers.mirror.crawl import BrokenSite, Link
from careers.mirror.writing import MARK, ForeignFolder, Mirror, StrandedMirror, write_mirror

__all__ = [
    "MARK",
    "BrokenSite",
    "ForeignFolder",
    "Link",
    "Mirror",
    "StrandedMirror",
    "write_mirror",
]
