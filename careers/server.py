"""Granian, with one socket for all of its processes: `python -m careers.server` takes its options.

On Linux each of its processes opens a socket of its own, and what has come in to one that ends is
lost; while a new one starts, which takes long on a busy machine, nobody may listen at all. One
socket, as it uses on other systems, keeps who comes until a process takes them up.
"""

import socket
from typing import Any

from granian import cli
from granian.net import SocketSpec  # type: ignore[attr-defined]
from granian.server import MPServer


class OneSocketServer(MPServer):
    """Granian's server of processes, whose socket is the parent's."""

    def _init_shared_socket(self) -> None:
        if self.bind_uds:
            super()._init_shared_socket()  # type: ignore[no-untyped-call]
            return
        listening: Any = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._ssp, self._shd, self._sfd = None, listening, listening.get_fd()
        self._sso = socket.socket(fileno=self._sfd)
        self._sso.set_inheritable(True)


if __name__ == "__main__":
    cli.Server = OneSocketServer  # type: ignore[attr-defined]
    cli.entrypoint()  # type: ignore[no-untyped-call]
