"""Starts the server, on this machine alone unless told otherwise."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pipelines.errors import UsageError
from pipelines.index.build import index_folder
from pipelines.output.read_run import find_run
from pipelines.serve.app import application
from pipelines.serve.guard import is_loopback
from pipelines.serve.workers import Answerers
from pipelines.storage import filesystem

HEAD_S = 10.0
"""How long the head of a request may take to arrive."""
IDLE_S = 15
"""How long a connection is kept without a question."""
CONNECTIONS = 64
HEAD_BYTES = 32_768


def serve(
    folder: str,
    host: str,
    port: int,
    allowed_hosts: Sequence[str],
    at_once: int,
    timeout_s: float,
) -> None:
    """Serves the runs of an output folder until it is stopped.

    Args:
        folder: the output folder, with an index.
        host: the address to listen on.
        port: the port; 0: any that is free.
        allowed_hosts: names by which it may be asked for, beside loopback ones.
        at_once: questions that are answered at the same time.
        timeout_s: what one may take.

    Raises:
        UsageError: there is no run, no index, or the packages are missing.
    """
    try:
        import uvicorn
    except ImportError as error:
        message = "copytrail serve needs starlette and uvicorn: `uv sync --extra serve` brings them"
        raise UsageError(message) from error
    find_run(folder)
    if not filesystem.is_local(folder) or not index_folder(folder).is_dir():
        raise UsageError(f"{folder} has no index; `copytrail index {folder}` makes it")
    if not is_loopback(host) and not allowed_hosts:
        message = f"{host} is not loopback: name by --allow-host how others call this machine"
        raise UsageError(message)

    class _Server(uvicorn.Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Ends the server and nothing else: uvicorn's own would raise them once more."""
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self.handle_exit, number, None)
            yield

    answerers = Answerers(folder, at_once, timeout_s)
    config = uvicorn.Config(
        application(answerers, allowed_hosts),
        host=host,
        port=port,
        http=_protocol(),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=IDLE_S,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=HEAD_BYTES,
    )
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    asyncio.run(_served(_Server(config)))


async def _served(server: Any) -> None:
    """Serves, and says where as soon as it listens."""
    serving = asyncio.create_task(server.serve())
    while not server.started and not serving.done():
        await asyncio.sleep(0.02)
    if server.started:
        host, port, *_ = server.servers[0].sockets[0].getsockname()
        shown = f"[{host}]" if ":" in host else host
        print(f"http://{shown}:{port}/  (Ctrl-C ends it)", flush=True)
    await serving
    if not server.started:
        raise UsageError(f"{server.config.host}:{server.config.port} cannot be listened on")


def _protocol() -> type[asyncio.Protocol]:
    """uvicorn's HTTP with a bound on the time that the head of a request takes; it knows none."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class BoundedProtocol(H11Protocol):
        _waiting: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._watch()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._watch()

        def connection_lost(self, exc: Exception | None) -> None:
            self._forget()
            super().connection_lost(exc)

        def _watch(self) -> None:
            if self.cycle is not None and not self.cycle.response_complete:
                self._forget()  # its head is there
            elif self._waiting is None:
                self._waiting = self.loop.call_later(HEAD_S, self._end)

        def _forget(self) -> None:
            if self._waiting is not None:
                self._waiting.cancel()
                self._waiting = None

        def _end(self) -> None:
            self._waiting = None
            if self.cycle is None or self.cycle.response_complete:
                self.transport.close()

    return BoundedProtocol
