"""The full-text index of everything published, on SQLite and on PostgreSQL.

Code that changes the catalog calls refresh() in the same transaction, as `careers.sync` does.
find() asks the index; search() also puts the results in order.
"""

from careers.index.answers import Answer, Result, search
from careers.index.engines import find
from careers.index.keeping import rebuild, rebuild_outdated, refresh

__all__ = ["Answer", "Result", "find", "rebuild", "rebuild_outdated", "refresh", "search"]
