"""copytrail, or a cluster's worker of it, whose reader of JSON Lines ends at a certain text.

Run with this module as the program, so that a process that Python spawns has the same reader.
"""

import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

from pipelines.stages.extract import read_split
from sources.tables.json_rows import read_json

KILLS, RAISES = "text-that-kills-its-reader", "text-that-nobody-foresaw"


def read(*arguments: Any) -> Iterator[Any]:
    for row in read_json(*arguments):
        text = getattr(row, "text", "")
        if KILLS in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if RAISES in text:
            raise LookupError("nobody foresaw this")
        yield row


if __name__ in ("__main__", "__mp_main__"):
    setattr(read_split, "read_json", read)  # noqa: B010 - a name that mypy takes for private

if __name__ == "__main__":
    from pipelines.commands.app import main
    from pipelines.engine.cluster_worker import main as serve

    serve() if any(word.startswith("--provision_endpoint") for word in sys.argv) else main()
