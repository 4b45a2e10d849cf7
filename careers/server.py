"""Granian, with one socket for all of its processes: `python -m careers.server` takes its options.

On Linux each of its processes opens a socket of its own, and what has come in to one that ends is
lost; while a new one starts, which takes long on a busy machine, nobody may listen at all. One
socket, as it uses on other systems, keeps who comes until a process takes them up.

A process that is to end first leaves that socket, and ends `PARTING` seconds later: Granian closes
connections that it took and that have said nothing yet.
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

PARTING = 1.0  # seconds for who has connected to say what they want


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

    def _respawn_workers(
        self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0
    ) -> None:
        """Replace processes one after the other, and leave out the rest once all are to end.

        Each takes some seconds, and who asked for the end waits no longer than they must.
        """
        for place in workers:
            if self.interrupt_signal:
                self.main_loop_interrupt.set()  # it may have come before that was cleared
                return
            super()._respawn_workers([place], spawn_target, target_loader, delay)

    def _handle_rss_signal(self, spawn_target: Any, target_loader: Any) -> None:
        """Say what was done: Granian's own word for it is one of many that the log is spared."""
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
            # Granian asks this function for the event that ends the process.
            _signals.set_sync_signals = lambda: end_after_leaving(sock[1].get_fd())
        serve: Any = MPServer._spawn_wsgi_worker  # noqa: SLF001  what its own processes run
        serve.__wrapped__(worker_id, callback, sock, *others)


def end_after_leaving(listening: int) -> WorkerSignal:
    """An event that follows TERM or INT after a while, in which nobody new is taken."""
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
    """Let a number stand for another socket, to which nobody ever connects.

    Closed, it would have Granian fail; shut down, it would be closed for the other processes too.
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
