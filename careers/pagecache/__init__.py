"""Public pages from memory, in front of the whole application: one process's own copies.

A public page depends on what its address says, on the catalog version and on the day, and on
nothing else. So each is made once, and answered in a few microseconds from then on.
"""

from careers.pagecache.application import PageCache

__all__ = ["PageCache"]
