"""The process that reads pages for isolated_reader.py: pages come in, articles go out, in order.

The kernel keeps the time: a timer without handler ends the process even inside a C library or a
regular expression, and even when nobody is left who could kill it. It counts the process's own CPU
time, so that a page's fate does not hang on what else the machine does; a wall clock, much later,
ends what waits and does nothing.
"""

import gc
import io
import pickle
import resource
import signal
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, BinaryIO

from schemas.article import Article, PolicyLink, Snippet
from schemas.page import Page, Rejected, TextRow
from sources.credits.line_classifier import sifted
from sources.extraction.extract import check_extractor, extract_article, out_of_memory
from sources.extraction.process_stats import forget_peak, mapped_bytes, peak_bytes
from sources.extraction.text_rows import article_from_row
from sources.limits import Limits
from sources.url_rules import AddressRules

HEADER = struct.Struct("<QQ")
"""Bytes of the pickle, and of what comes behind it."""
_LIBRARY_ERRORS = ("error", "no-markup")
_Reduced = tuple[Callable[..., Any], tuple[Any, ...]]
WALL_FACTOR = 12
"""Wall-clock time for a page over its CPU time: a machine may be as busy as that."""


def message_parts(message: object) -> list[bytes | pickle.PickleBuffer]:
    """What goes over a pipe for one object: sizes, its pickle, and the bytes of a page as they are.

    Of our records the pickle holds the fields only: what dataclasses themselves do for frozen ones
    with slots took .4 ms an article at either end.
    """
    buffer = io.BytesIO()
    bodies: list[pickle.PickleBuffer] = []
    pickler = pickle.Pickler(buffer, protocol=5, buffer_callback=bodies.append)
    pickler.dispatch_table = _REDUCED
    pickler.dump(message)
    content = buffer.getvalue()
    return [HEADER.pack(len(content), sum(body.raw().nbytes for body in bodies)), content, *bodies]


def _by_fields(record: type) -> Callable[[Any], _Reduced]:
    values = attrgetter(*(field.name for field in fields(record)))
    return lambda record_read: (record, values(record_read))


def _page(page: Page) -> _Reduced:
    record, values = _by_fields_of_page(page)
    return record, tuple(
        pickle.PickleBuffer(value) if isinstance(value, bytes) else value for value in values
    )


_by_fields_of_page = _by_fields(Page)
_REDUCED: dict[type, Callable[[Any], _Reduced]] = {
    Page: _page,
    **{record: _by_fields(record) for record in (Article, Snippet, PolicyLink, Rejected, TextRow)},
}


def write_message(stream: BinaryIO, message: object) -> None:
    """Sends one object."""
    for part in message_parts(message):
        stream.write(part)
    stream.flush()


def read_message(stream: BinaryIO) -> Any:
    """The next object; None at the end, and where the writer ended in the middle of one.

    Both ends of the pipe are our own processes, so that unpickling is safe.
    """
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    sizes = HEADER.unpack(header)
    content, body = map(stream.read, sizes)
    return unpickled(content, body) if (len(content), len(body)) == sizes else None


def unpickled(content: bytes | bytearray, body: bytes | bytearray) -> Any:
    """The object of a pickle, and of a page's bytes where it is one."""
    return pickle.loads(content, buffers=[body])


def main() -> None:
    """Serves pages until the input ends: first the rules, then page after page."""
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not get between the messages
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody listens any more: end without a word
    rules: tuple[Limits, AddressRules] | None = read_message(incoming)
    if rules is None:
        return
    limits, addresses = rules
    check_extractor()  # imports what would else count as the first page's time
    sifted(["A line."], limits.max_snippet_chars)  # and makes its tables
    gc.collect()
    gc.freeze()  # libraries stay: looking through them at every full collection is in vain
    resource.setrlimit(resource.RLIMIT_AS, (limits.max_memory_bytes, limits.max_memory_bytes))
    forget_peak()
    most = peak_bytes() + (limits.max_memory_bytes - mapped_bytes()) // 2
    while (page := read_message(incoming)) is not None:
        forget_peak()
        signal.setitimer(signal.ITIMER_PROF, limits.timeout_s)
        signal.setitimer(signal.ITIMER_REAL, WALL_FACTOR * limits.timeout_s)
        before = time.process_time()
        read = extract_article if isinstance(page, Page) else article_from_row
        result = read(page, limits, addresses)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        spent = time.process_time() - before
        write_message(outgoing, (_out_of_memory(result, most, limits), spent))


def _out_of_memory(result: Article | Rejected, most: int, limits: Limits) -> Article | Rejected:
    """The result; with `memory` for a library's error where the page took most of what there was.

    A library that gets no memory fails in its own words, and most of it was there a moment before.
    """
    if isinstance(result, Article) or result.reason not in _LIBRARY_ERRORS or peak_bytes() < most:
        return result
    message = f"{out_of_memory(limits)}: {result.message}"[:500]
    return replace(result, stage="extract", reason="memory", message=message)


if __name__ == "__main__":
    main()
