"""The site's database as one file: written while the site runs, verified, and restored."""

from careers.backup.archive import Contents, NotReadBack, UnusableBackup
from careers.backup.backups import Restored, make_backup, restore_backup
from careers.backup.engine import UnreadableDatabase
from careers.backup.postgresql import MissingProgram

__all__ = [
    "Contents",
    "MissingProgram",
    "NotReadBack",
    "Restored",
    "UnreadableDatabase",
    "UnusableBackup",
    "make_backup",
    "restore_backup",
]
