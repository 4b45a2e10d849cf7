"""The error codes of SQLite."""

_PRIMARY = 0xFF  # masks an extended code down to the primary one


def primary_code(error: BaseException | None) -> int:
    """The primary code of an error of `sqlite3`, such as SQLITE_FULL; 0 if it has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & _PRIMARY
