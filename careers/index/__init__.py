"""What can be found: the full-text index of what is published, on SQLite and on PostgreSQL.

Whoever changes the catalog calls refresh() in the same transaction, as `careers.sync` does. It is
asked by find(); `search` puts what was found in order.
"""

from careers.index.answers import Answer, Result, search
from careers.index.engines import find
from careers.index.keeping import rebuild, rebuild_outdated, refresh

__all__ = ["Answer", "Result", "find", "rebuild", "rebuild_outdated", "refresh", "search"]
