"""A cache of public pages in front of the whole application, one for each process.

A public page depends on its address, the catalog version and the day, and on nothing else. So each
is made once, and then answered in a few microseconds.
"""

from careers.pagecache.application import PageCache

__all__ = ["PageCache"]
