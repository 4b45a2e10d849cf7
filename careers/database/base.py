"""Django's PostgreSQL backend, with time-outs for everything.

The server itself ends a statement that takes too long (`statement_timeout`). If it is frozen, or
behind a broken network, it can't: so the client stops waiting as well, a moment later.
"""

from collections.abc import Generator
from typing import Any, Self

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base
from psycopg import IsolationLevel

from careers.database.availability import DatabaseAway, availability
from careers.database.patience import at_most, waiting_at_most

SECONDS_FOR_A_CHECK = 2.0  # SELECT 1, before a connection is used again
SECONDS_OF_GRACE = 2.0  # for the server to say that it ended a statement


class Connection(psycopg.Connection[Any]):
    """A connection that is closed when the server is silent for too long."""

    patience: float | None = None  # seconds; None: without limit
    was_silent = False

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **named: Any) -> Any:
        limits = (self.patience, at_most.get())
        named.setdefault("timeout", min((each for each in limits if each), default=None))
        heard = availability.heard
        try:
            return super().wait(gen, *args, **named)
        except psycopg.errors._WaitTimeout as expired:  # noqa: SLF001  no other name tells it apart
            # A late answer would be taken for the answer to the next statement.
            self.close()
            self.was_silent = True
            silence = f"no answer within {named['timeout']:g} s"
            availability.note_silence(silence, heard)
            raise psycopg.OperationalError(silence) from expired

    @classmethod
    def with_patience(cls, seconds: float | None, params: dict[str, Any]) -> Self:
        connection = cls.connect(**params)
        connection.patience = seconds
        return connection


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper, with time-outs. While the database is away it fails at once."""

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        params.setdefault("connect_timeout", settings.DATABASE_CONNECT_SECONDS)
        if seconds := settings.DATABASE_STATEMENT_SECONDS:
            limits = f"-c statement_timeout={seconds}s -c idle_in_transaction_session_timeout=60s"
            params["options"] = f"{params.get('options', '')} {limits}".strip()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        self.isolation_level = IsolationLevel.READ_COMMITTED
        seconds = settings.DATABASE_STATEMENT_SECONDS
        patience = seconds + SECONDS_OF_GRACE if seconds else None
        return Connection.with_patience(patience, conn_params)

    _is_its_turn = False  # to try to connect to a database that is away

    def connect(self) -> None:
        if not self._is_its_turn:
            availability.require()
        self._is_its_turn = True
        heard = availability.heard
        try:
            super().connect()
        except self.Database.OperationalError as unreachable:
            availability.note_silence(unreachable, heard)
            raise DatabaseAway(str(unreachable)) from unreachable
        finally:
            self._is_its_turn = False
        availability.note_answer(heard)

    def close_if_health_check_failed(self) -> None:
        """Also check, within two seconds, whether a database that was away is back."""
        connection = self.connection
        known = connection is None or self._is_its_turn or self.in_atomic_block
        if known or not availability.is_away:
            super().close_if_health_check_failed()
            return
        availability.require()
        self.health_check_done = False
        super().close_if_health_check_failed()
        # After a dead connection a new one may work; after a silent one it wouldn't.
        self._is_its_turn = self.connection is None and not connection.was_silent

    def is_usable(self) -> bool:
        """Whether the connection answers within SECONDS_FOR_A_CHECK."""
        if self.connection is None:
            return False
        heard = availability.heard
        with waiting_at_most(SECONDS_FOR_A_CHECK):
            usable = super().is_usable()
        if usable:
            availability.note_answer(heard)
        return usable
