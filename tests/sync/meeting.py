"""Two writers that meet: an apply that stops at its first write, and an editor with an open form.

    python tests/sync/meeting.py apply CATALOG_DIR
    python tests/sync/meeting.py edit

Run by `test_survival`. Each prints where it stops, and goes on once it reads a line.
"""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")


def pause(where: str) -> None:
    print(where, flush=True)
    sys.stdin.readline()


class FirstWrite:
    """Stops before the first statement that writes, in the middle of a transaction."""

    met = False

    def __call__(self, execute, sql, *args):
        if not self.met and sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.met = True
            pause("writing")
        return execute(sql, *args)


def apply(folder: str) -> None:
    with connection.execute_wrapper(FirstWrite()):
        call_command("catalog", "--dir", folder, "apply")


def edit() -> None:
    """Open the form of a role, wait, and save it with another summary."""
    from django.contrib.auth.models import User  # noqa: PLC0415 - only now is Django set up
    from django.test import Client  # noqa: PLC0415

    from careers.models import Role  # noqa: PLC0415
    from tests.admin.editing import change_url, form_of  # noqa: PLC0415
    from tests.conftest import PLAIN_STATIC_FILES  # noqa: PLC0415

    settings.STORAGES = PLAIN_STATIC_FILES  # a fresh clone has no collected static files
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.create(username="ada", is_staff=True, is_superuser=True))
    role = Role.objects.get(slug="ml-engineer")
    form = form_of(client, role)
    pause("open")
    answer = client.post(change_url(role), form | {"summary": "The editor's."})
    print(answer.status_code, flush=True)


if __name__ == "__main__":
    django.setup()
    apply(sys.argv[2]) if sys.argv[1] == "apply" else edit()
