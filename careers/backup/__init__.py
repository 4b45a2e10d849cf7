"""The site's database as one file, made while the site runs, checked, and put back."""

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
