"""An upgrade and the way back, as in docs/operations.md, between the previous release and this
code: every request is answered, and no edit is lost."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.careers.serving import (
    MIGRATE,
    ROOT,
    Server,
    environment,
    free_port,
    run,
    serving,
    set_up,
    wait_for,
)
from tests.careers.test_whole_forms import ROWS, Editor
from tests.operations import cluster
from tests.operations.load import under_load
from tests.operations.nginx import SITE, needs_nginx, running

pytestmark = needs_nginx

# The login page is never cached, so each request for it reaches a server.
PAGES = ["/careers/", "/paths/", "/search/?q=path", "/admin/login/", "/admin/login/"]
# The database steps of bin/release.
RELEASE = MIGRATE + "call_command('catalog', 'apply', '--at-start')"
TITLES = """
from careers.models import Edit
print(*Edit.objects.filter(field="title").order_by("pk").values_list("after", flat=True), sep="\\n")
"""


@pytest.fixture(scope="module")
def database():
    with cluster.running() as running:
        yield running


def test_to_this_code_and_back(before, database, files, tmp_path):
    more = {
        **SITE, "DATABASE_URL": database.url, "SECOND_FACTOR_REQUIRED": "0",
        "CATALOG_DIR": str(files.folder),
    }  # fmt: skip
    session, pk = set_up(tmp_path, ROWS, root=before, **more).split()
    form = (session, f"/admin/careers/background/{pk}/change/", "__Host-sessionid")
    ports = [free_port(), free_port()]
    with ExitStack() as machine:
        nginx = machine.enter_context(running(tmp_path, ports))
        places = [machine.enter_context(ExitStack()) for _ in ports]

        servers: dict[int, Server] = {}

        def replace(root: Path) -> None:
            for port, place in zip(ports, places, strict=True):
                if port in servers:
                    servers[port].process.terminate()
                    assert servers[port].process.wait(timeout=30) == 0
                servers[port] = place.enter_context(serving(tmp_path, root=root, port=port, **more))

        replace(before)
        wait_for(lambda: nginx.status("/livez") == 200)
        with under_load(nginx, lambda: Editor(nginx, *form), PAGES, visitors=2) as load:
            wait_for(lambda: load.confirmed)
            run(RELEASE, environment(tmp_path, **more))
            for root in (ROOT, before):
                replace(root)
                seen = len(load.confirmed)
                wait_for(lambda seen=seen: len(load.confirmed) > seen + 1)
        kept = Editor(nginx, *form).saved[0]
    assert set(load.statuses) == {200}, load.statuses
    # A form from one release may lack fields that the other requires, and is then shown again.
    unsaved = {title: said for title, (_, said) in load.refused.items()}
    assert all(said.startswith("HTTP/1.1 200 ") for said in unsaved.values()), unsaved
    assert kept == load.confirmed[-1]
    history = run(TITLES, environment(tmp_path, **more)).split("\n")
    assert [title for title in history if title in load.confirmed] == load.confirmed
