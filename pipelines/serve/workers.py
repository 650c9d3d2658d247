"""Processes that answer questions, each ended when the time of its question is over.

A thread cannot be ended, and a question that takes long would keep its thread; a process can, and
what it held is given back. It writes nothing, and ends by itself with the server.
"""

import asyncio
import logging
import multiprocessing
import signal
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

from pipelines.serve.request_errors import Reply, RequestError

WAITING = 16
"""Questions that may wait for their turn; a further one is told to come back."""
STARTING_S = 120.0
"""What a process may take until it answers the first time: it imports, on a busy machine."""
_READY = "ready"


class Answerers:
    """A fixed number of processes that answer questions about an output folder.

    Args:
        folder: the output folder.
        at_once: questions that are answered at the same time.
        timeout_s: what one may take.
    """

    def __init__(self, folder: str, at_once: int, timeout_s: float) -> None:
        self._idle = [_Answerer(folder, timeout_s) for _ in range(at_once)]
        self._most = at_once + WAITING
        self._inside = 0
        self._turns = asyncio.Semaphore(at_once)
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="answerer")

    def start(self) -> None:
        """Starts the processes, and does not wait for them."""
        for answerer in self._idle:
            answerer.start()

    async def answer(self, name: str, values: dict[str, Any]) -> Reply:
        """The answer to a question.

        Raises:
            RequestError: it has none, took too long, or too many wait.
        """
        if self._inside >= self._most:
            raise RequestError(503, "busy", "too many questions at once; ask again in a moment")
        self._inside += 1
        try:
            async with self._turns:
                answerer = self._idle.pop()
                try:
                    loop = asyncio.get_running_loop()
                    return await loop.run_in_executor(self._threads, answerer.answer, name, values)
                finally:
                    self._idle.append(answerer)
        finally:
            self._inside -= 1

    def stop(self) -> None:
        """Ends the processes."""
        for answerer in self._idle:
            answerer.stop()
        self._threads.shutdown(wait=False)


class _Answerer:
    def __init__(self, folder: str, timeout_s: float) -> None:
        self._folder = folder
        self._timeout_s = timeout_s
        self._process: Any = None
        self._connection: Any = None
        self._is_ready = False

    def start(self) -> None:
        # a fresh interpreter: a copy of this process would have its threads' locks as they were
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_answering, args=(self._folder, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._is_ready = False

    def answer(self, name: str, values: dict[str, Any]) -> Reply:
        try:
            if self._process is None or not self._process.is_alive():
                self.stop()
                self.start()
            self._wait_until_ready()
            self._connection.send((name, values))
            if not self._connection.poll(self._timeout_s):
                self.stop()
                raise RequestError(
                    504,
                    "too-slow",
                    f"no answer within {self._timeout_s:g} s; ask about less",
                )
            answer = self._connection.recv()
        except (EOFError, OSError) as error:
            self.stop()
            raise RequestError(
                500, "ended", "the process that answered ended; ask again"
            ) from error
        if isinstance(answer, Reply):
            return answer
        raise RequestError(*answer)

    def _wait_until_ready(self) -> None:
        if self._is_ready:
            return
        if not self._connection.poll(STARTING_S) or self._connection.recv() != _READY:
            raise EOFError("it did not start")
        self._is_ready = True

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._connection.close()
        self._process = None


def _answering(folder: str, connection: Connection) -> None:
    """Answers until the server is gone."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches all of a terminal; the server ends it
    from dedupe.text.characters import letters
    from pipelines.serve.answers import reply

    letters()  # .3 s that the first question need not take
    connection.send(_READY)
    while True:
        try:
            name, values = connection.recv()
        except EOFError:
            return
        try:
            connection.send(reply(folder, name, values))
        except RequestError as error:
            connection.send((error.status, error.code, error.message))
        except Exception as error:
            logging.getLogger("copytrail").exception("question %s failed", name)
            message = f"the question failed ({type(error).__name__}); the server's log says where"
            connection.send((500, "failed", message))
