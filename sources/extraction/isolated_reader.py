"""Pages are read in a process of their own that can be killed: no page takes its neighbours along.

Pages go in ahead of the one being read, so that neither side waits; answers come back in order, so
the first page without one is the one that ended the process. All that wait are sent again to a new
process; one that ends a second is rejected, for the first may have been killed from outside, by a
kernel short of memory say. None is lost and none done twice.
"""

import fcntl
import os
import select
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from signal import SIGALRM, SIGPROF

from schemas.article import Article
from schemas.page import Page, Rejected, TextRow
from sources.extraction.process_stats import sleeping_at
from sources.extraction.reader_process import HEADER, WALL_FACTOR, message_parts, unpickled
from sources.extraction.slow_pages import RESTART_S, SlowPages
from sources.limits import Limits
from sources.url_rules import SHIPPED, AddressRules
from sources.urls import host_of

AHEAD = 4
"""Pages under way: more would only hold more memory."""
POLL_S = 0.2
"""Between two looks at a process that is past its limit by the clock."""
_MAX_LOOKS = 3
"""So many looks in a row at which it sleeps, and has had no CPU time, and it is over."""
GRACE_S = 1.0
"""The timers inside the process come first; this is for one that is stopped or swapped out."""
START_S = 60.0
"""A new process first imports its libraries: 1.3 s of CPU time, on a busy machine much longer."""
PIPE_BYTES = 1 << 20
"""So that pages lie ready whole: in a pipe of 64 kB one of 150 kB went in as many small pieces,
each of which woke both sides."""
_MAX_PARTS = 8
"""Of messages, in one call; three make a page."""


Answer = tuple[Article | Rejected, float]
"""What became of a page, and the CPU time that took, in seconds."""


class IsolatedReader:
    """Reads pages in a child process, one after the other, which the first page starts.

    As a context manager, or by `close`, it leaves no process behind.
    """

    def __init__(self, limits: Limits, addresses: AddressRules = SHIPPED) -> None:
        self._limits, self._addresses = limits, addresses
        self._budget = SlowPages(limits)
        self._waiting: deque[Page | TextRow] = deque()
        self._child: _Child | None = None
        self._read_by_child = 0
        self._is_second_try = False
        self._is_abandoned = False

    def __enter__(self) -> "IsolatedReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process; pages that still wait have no result."""
        self._waiting.clear()
        self._end_child()

    def abandon(self) -> None:
        """Ends the process from whatever thread; who waits for a page gets InterruptedError.

        That is no fault of the page: it must not be told as one that ends its reader.
        """
        self._is_abandoned = True
        if (child := self._child) is not None:
            child.kill()

    def begin(self, share: float = 1.0) -> None:
        """Begins a split of the input, which has budgets of its own.

        Args:
            share: of its file that it is, and so of a host's budget that its pages may take.
        """
        own = replace(self._limits, slow_host_s=share * self._limits.slow_host_s)
        self._budget = SlowPages(own)

    def send(self, page: Page | TextRow) -> Iterator[Article | Rejected]:
        """Takes a page or a long text in, and gives those results that are due by now."""
        self._waiting.append(page)
        if self._child is not None:
            self._child.queue(page)
        while len(self._waiting) > AHEAD:
            yield self._next()

    def drain(self) -> Iterator[Article | Rejected]:
        """The results of all pages that are still under way."""
        while self._waiting:
            yield self._next()

    def _next(self) -> Article | Rejected:
        """The result of the first page that waits."""
        while (result := self._result()) is None:
            self._is_second_try = True
        self._is_second_try = False
        return result

    def _result(self) -> Article | Rejected | None:
        """What became of the first page that waits; None where it is to be read once more."""
        self._check()
        host = _host(self._waiting[0])
        if self._child is None:
            if not self._is_second_try and not self._budget.may_read(host):
                return self._rejected(self._waiting.popleft(), "budget")
            self._child = _Child(self._limits, self._addresses)
            for page in self._waiting:
                self._child.queue(page)
        answer = self._child.answer(self._limits.timeout_s)
        self._check()
        if answer is None:
            reason = self._end_child()
            if reason == "crashed" and not self._is_second_try:
                return None
            tries = 1 + self._is_second_try
            self._budget.spend(host, tries * (self._limits.timeout_s + RESTART_S))
            return self._rejected(self._waiting.popleft(), reason)
        self._waiting.popleft()
        result, cpu_s = answer
        self._budget.spend(host, cpu_s)
        self._read_by_child += 1
        is_used_up = self._read_by_child >= self._limits.pages_per_process
        if is_used_up or getattr(result, "reason", "") == "memory":
            self._end_child()  # libraries leak; the pages it holds go to the next one
        return result

    def _check(self) -> None:
        if self._is_abandoned:
            raise InterruptedError("reading pages was stopped by the end of the worker")

    def _end_child(self) -> str:
        """Ends the process, if there is one; gives what ended it."""
        reason = self._child.end() if self._child else "closed"
        self._child, self._read_by_child = None, 0
        return reason

    def _rejected(self, page: Page | TextRow, reason: str) -> Rejected:
        message = {
            "budget": "not read: pages before it took too long too often",
            "timeout": f"reading took more than {self._limits.timeout_s} s of CPU time",
            "crashed": "the process that read it ended",
        }[reason]
        fetched_at = page.fetched_at if isinstance(page, Page) else None
        return Rejected(page.input, page.position, page.url, "extract", reason, message, fetched_at)


class _Child:
    """The process, the bytes still to be sent to it, and those that came back."""

    def __init__(self, limits: Limits, addresses: AddressRules) -> None:
        incoming, self._input = os.pipe()
        self._output, outgoing = os.pipe()
        command = [sys.executable, "-P", "-m", "sources.extraction.reader_process"]
        self._process = subprocess.Popen(command, stdin=incoming, stdout=outgoing)
        os.close(incoming)
        os.close(outgoing)
        os.set_blocking(self._input, False)
        widen(self._input)
        self._to_send: deque[memoryview] = deque()
        self._received = bytearray()
        self._is_overdue = False
        self._has_answered = False
        self.queue((limits, addresses))

    def queue(self, message: object) -> None:
        """Puts an object behind those to be sent, and sends what the pipe takes."""
        self._to_send.extend(map(memoryview, message_parts(message)))
        self._send()

    def answer(self, timeout_s: float) -> Answer | None:
        """The next answer and its CPU time; None where the process ended or took too long.

        By the clock a process may take many times its limit, for a machine may be busy; not one
        that sleeps, for nothing that reads a page has anything to wait for.
        """
        start = time.monotonic()
        end = start + WALL_FACTOR * timeout_s + GRACE_S + (0 if self._has_answered else START_S)
        slept: list[int | None] = []
        while (message := self._whole()) is None:
            now = time.monotonic()
            if now >= end or _stands_still(slept):
                self._is_overdue = True
                return None
            moved = self._exchange(min(POLL_S, end - now))
            if moved is None:
                return None
            if moved:  # it may have slept because this side was slow
                slept.clear()
            elif now > start + timeout_s:
                slept = [*slept[1 - _MAX_LOOKS :], sleeping_at(self._process.pid)]
        self._has_answered = True
        return message

    def kill(self) -> None:
        """Kills the process where it lives."""
        self._process.kill()

    def end(self) -> str:
        """Kills the process where it lives; gives timeout or crashed."""
        self.kill()
        self._process.wait()
        os.close(self._input)
        os.close(self._output)
        is_late = self._is_overdue or -self._process.returncode in (SIGALRM, SIGPROF)
        return "timeout" if is_late else "crashed"

    def _whole(self) -> Answer | None:
        if len(self._received) < HEADER.size:
            return None
        size, more = HEADER.unpack(self._received[: HEADER.size])
        end = HEADER.size + size
        if len(self._received) < end + more:
            return None
        content, rest = self._received[HEADER.size : end], self._received[end : end + more]
        message: Answer = unpickled(content, rest)
        del self._received[: end + more]
        return message

    def _exchange(self, timeout_s: float) -> int | None:
        """At how many ends bytes could be moved, which are; None when the process has ended."""
        ready = select.poll()
        ready.register(self._output, select.POLLIN)
        if self._to_send:
            ready.register(self._input, select.POLLOUT)
        events = ready.poll(1000 * timeout_s)
        for end, _ in events:
            if end == self._input:
                self._send()
            elif not self._receive():
                return None
        return len(events)

    def _send(self) -> None:
        while self._to_send:
            try:
                sent = os.writev(self._input, list(islice(self._to_send, _MAX_PARTS)))
            except BlockingIOError:
                return
            except BrokenPipeError:
                self._to_send.clear()  # it has ended: reading will find that out
                return
            while self._to_send and sent >= len(self._to_send[0]):
                sent -= len(self._to_send.popleft())
            if sent:
                self._to_send[0] = self._to_send[0][sent:]

    def _receive(self) -> bool:
        content = os.read(self._output, PIPE_BYTES)
        self._received += content
        return bool(content)


def _host(page: Page | TextRow) -> str:
    return host_of(page.url or "") or page.input


def widen(pipe: int) -> None:
    """Gives a pipe PIPE_BYTES of room, where the kernel can and lets us (Linux)."""
    if resize := getattr(fcntl, "F_SETPIPE_SZ", None):
        with suppress(OSError):
            fcntl.fcntl(pipe, resize, PIPE_BYTES)


def _stands_still(slept: Sequence[int | None]) -> bool:
    return len(slept) == _MAX_LOOKS and None not in slept and len(set(slept)) == 1
