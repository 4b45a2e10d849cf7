"""What can be found: the full-text index of what is published, on SQLite and on PostgreSQL.

Whoever changes the catalog calls refresh() in the same transaction, as `careers.sync` does. It is
asked by find(); `search` puts what was found in order.
"""

from careers.index.find import find
from careers.index.keeping import rebuild, rebuild_outdated, refresh
from careers.index.search import Answer, Result, search

__all__ = ["Answer", "Result", "find", "rebuild", "rebuild_outdated", "refresh", "search"]
