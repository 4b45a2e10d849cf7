"""Granian with one socket for all workers. `python -m careers.server` takes Granian's options.

On Linux each of Granian's workers opens a socket of its own. The connections that wait at it are
lost when the worker ends, and until a new one has started, which takes long on a busy machine,
there may be no listener at all. With one socket, as Granian has on other systems, connections wait
until a worker accepts them.

A worker that is to end leaves that socket first, and ends `PARTING` seconds later, since Granian
closes connections that it has accepted and that have sent nothing yet.
"""

import os
import signal
import socket
import sys
from threading import Timer
from typing import Any

from granian import _signals, cli
from granian._granian import WorkerSignal
from granian.net import SocketSpec  # type: ignore[attr-defined]
from granian.server import MPServer
from granian.server.mp import WorkerProcess

PARTING = 1.0  # seconds for clients that have connected to send their request


class OneSocketServer(MPServer):
    """Granian's multi-process server, with one socket that the parent opens."""

    def _init_shared_socket(self) -> None:
        if self.bind_uds:
            super()._init_shared_socket()  # type: ignore[no-untyped-call]
            return
        listening: Any = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._ssp, self._shd, self._sfd = None, listening, listening.get_fd()
        self._sso = socket.socket(fileno=self._sfd)
        self._sso.set_inheritable(True)

    def _respawn_workers(
        self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0
    ) -> None:
        """Replace workers one after the other, and leave out the rest if the server is to end.

        Each takes some seconds, for which the end would have to wait.
        """
        for place in workers:
            if self.interrupt_signal:
                self.main_loop_interrupt.set()  # the signal may have come before that was cleared
                return
            super()._respawn_workers([place], spawn_target, target_loader, delay)

    def _handle_rss_signal(self, spawn_target: Any, target_loader: Any) -> None:
        """Say that workers were replaced: Granian's own message is among those not logged."""
        before = list(self.wrks)
        super()._handle_rss_signal(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        for _ in set(before) - set(self.wrks):
            megabytes = (self.workers_rss or 0) // 1024**2
            print(
                f"[WARNING] A process had more than {megabytes} MB of memory for a minute and a "
                "half, and was replaced: see WORKER_MAX_MB",
                file=sys.stderr, flush=True,
            )  # fmt: skip

    @staticmethod
    @WorkerProcess.wrap_target  # type: ignore[untyped-decorator]
    def _spawn_wsgi_worker(worker_id: int, callback: Any, sock: Any, *others: Any) -> None:
        if sock[1]:
            # Granian calls this function for the event that ends the worker.
            _signals.set_sync_signals = lambda: end_after_leaving(sock[1].get_fd())
        serve: Any = MPServer._spawn_wsgi_worker  # noqa: SLF001  what its own workers run
        serve.__wrapped__(worker_id, callback, sock, *others)


def end_after_leaving(listening: int) -> WorkerSignal:
    """An event that is set PARTING seconds after TERM or INT. Meanwhile nothing is accepted."""
    event = WorkerSignal()
    timer = Timer(PARTING, event.set)
    timer.daemon = True

    def leave(*_: object) -> None:
        if not timer.is_alive():
            leave_socket(listening)
            timer.start()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    return event


def leave_socket(number: int) -> None:
    """Let a file descriptor refer to another socket, to which nobody ever connects.

    Closing it would make Granian fail; shutting the socket down would do so for all workers.
    """
    quiet = socket.socket(socket.AF_UNIX)
    quiet.setblocking(False)
    quiet.bind("")  # Linux makes up a name
    quiet.listen()
    os.dup2(quiet.fileno(), number)
    quiet.close()


if __name__ == "__main__":
    cli.Server = OneSocketServer  # type: ignore[attr-defined]
    cli.entrypoint()  # type: ignore[no-untyped-call]
