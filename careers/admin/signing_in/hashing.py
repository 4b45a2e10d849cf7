"""Hash passwords in one thread of a process at a time: each takes half a second of a core, and the
other threads are there for visitors."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher

_turn = RLock()


class OneAtATimePasswordHasher(PBKDF2PasswordHasher):
    """Django's own hasher, with the same digests, in one thread at a time."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with _turn:
            return super().encode(password, salt, iterations)

    def harden_runtime(self, password: str, encoded: str) -> None:
        with _turn:
            super().harden_runtime(password, encoded)


@contextmanager
def hashing_turn(patience: float) -> Iterator[bool]:
    """Wait for this thread's turn to hash, and yield whether it came. patience: seconds."""
    is_mine: Any = _turn.acquire(timeout=patience)
    try:
        yield is_mine
    finally:
        if is_mine:
            _turn.release()
