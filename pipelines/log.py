"""Where messages go: lines for people, or a JSON object a line for machines, on standard error."""

import json
import logging
import sys
import threading
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

Kind = Literal["human", "json"]
_OWN = "copytrail"
_UNSHOWN = frozenset(("Cc", "Cf", "Cs"))


class JsonLines(logging.Formatter):
    """A record as one line: time, level, event, what it tells, and a traceback if it has one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        fields |= getattr(record, "told", {})
        if record.name != _OWN:
            fields["logger"] = record.name
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields, default=str)


class PlainLines(logging.Formatter):
    """A record for people, without what a terminal would take for a command."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, or a few with a traceback."""
        return "\n".join(map(plain_text, super().format(record).splitlines()))


def plain_text(text: str) -> str:
    """The text without control and direction characters, which names of files may hold.

    >>> plain_text("a\x1b[31m red")
    'a[31m red'
    """
    return "".join(
        character for character in text if unicodedata.category(character) not in _UNSHOWN
    )


def start(kind: Kind = "human", is_verbose: bool = False) -> None:
    """Sets up logging for this process.

    People see one line for a failure; Beam would print each failing stage's traceback before it. It
    is shown with is_verbose, and stands in every JSON line of a failure.
    """
    handler = logging.StreamHandler(sys.stderr)
    plain = PlainLines("%(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if kind == "json" else plain)
    others = logging.ERROR if is_verbose or kind == "json" else logging.CRITICAL
    logging.basicConfig(level=others, handlers=[handler], force=True)
    threading.excepthook = _thread_failed
    own = logging.INFO if kind == "json" else logging.CRITICAL
    logging.getLogger(_OWN).setLevel(logging.DEBUG if is_verbose else own)


def _thread_failed(thread: threading.ExceptHookArgs) -> None:
    """Beam's threads fail by the dozen as a worker is lost: shown as errors of libraries are."""
    if thread.exc_value is not None:
        failure = (thread.exc_type, thread.exc_value, thread.exc_traceback)
        logging.getLogger("threading").error("a thread failed", exc_info=failure)


def is_json() -> bool:
    """Whether machines read what is written."""
    return any(isinstance(handler.formatter, JsonLines) for handler in logging.getLogger().handlers)


def event(name: str, fields: Mapping[str, object], level: int = logging.INFO) -> None:
    """Says that something happened, to machines; people are told in other words.

    Args:
        name: of what happened, one word or two.
        fields: what is said of it; values that JSON has.
        level: of the logging module.
    """
    if is_json():
        logging.getLogger(_OWN).log(level, name, extra={"told": fields})


def failure(message: str, exit_code: int) -> None:
    """Says to machines why the command ends, even after a signal has silenced everything else."""
    logging.disable(logging.NOTSET)
    traceback = sys.exc_info() if sys.exc_info()[0] is not None and exit_code == 5 else None
    fields = {"message": message, "exit_code": exit_code}
    logging.getLogger(_OWN).error("failed", exc_info=traceback, extra={"told": fields})
