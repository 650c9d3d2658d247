"""Splits that end or fail whatever reads them: given up, not tried again for ever.

A page that takes too long ends a child of its worker (sources.extraction.isolated_reader). What
ends the worker itself would be tried again for ever, by an engine or by the next start. So a mark
is left before a split is read, and one that has a mark and is not finished is read in a process of
its own, whose
end its worker outlives. Not by counting attempts: of two splits that are under way when a worker is
lost only one is at fault, and which one no count can tell.
"""

import multiprocessing
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions

from pipelines.engine.worker import die_with
from pipelines.exchange.work_folder import Work
from pipelines.stages.extract.inputs import Split
from pipelines.storage import filesystem
from schemas.page import Rejected

POISONED = "poisoned"
"""Why a split is rejected whole."""
STORES = ("apache_beam", "azure", "boto3", "botocore", "google", "requests", "urllib3")
"""Packages whose errors are of an object store; Beam's of S3 are no OSError."""
_OOM_SCORE = Path("/proc/self/oom_score_adj")
"""Where memory runs out, the kernel is to end this process and not those that wait for it."""
_OUTSIDE = 75
"""Exit code of a process that failed for want of a disk, a network or memory."""


def is_suspect(work: Work, key: str) -> bool:
    """Whether an earlier attempt began the split; ask only of one that is not finished."""
    return filesystem.exists(work.begun(key))


def mark(work: Work, key: str) -> None:
    """Leaves word that the split is begun."""
    filesystem.write_bytes(work.begun(key), b"\n")


def is_outside(error: Exception) -> bool:
    """Whether it speaks of a disk, a network or a memory that is full, and not of the input."""
    package = type(error).__module__.partition(".")[0]
    return isinstance(error, OSError | MemoryError) or package in STORES


def survives(stage: Callable[..., object], *arguments: Any) -> bool:
    """Whether a call ends well in a process of its own.

    Raises:
        OSError: the process failed for a reason outside its input, a full disk say.
    """
    options = FileSystems._pipeline_options  # how to reach object stores; Beam has no getter
    set_options = options.get_all_options(drop_default=True) if options else {}
    context = multiprocessing.get_context("spawn")
    process = context.Process(
        target=_run, args=(multiprocessing.current_process().pid, set_options, stage, arguments)
    )
    process.start()
    process.join()
    if process.exitcode == _OUTSIDE:
        raise OSError("a split could not be staged; the log has the reason")
    return process.exitcode == 0


def poisoned(split: Split) -> list[Rejected]:
    """The rows that stand for a split which nothing survives reading."""
    message = "what reads this part of the input ends or fails each time"
    return [
        Rejected(file.path, split.start, None, "read", POISONED, message) for file in split.files
    ]


def _run(
    parent: int, set_options: dict[str, Any], stage: Callable[..., object], arguments: Any
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with(parent)
    with suppress(OSError):
        _OOM_SCORE.write_text("1000")
    FileSystems.set_options(PipelineOptions.from_dictionary(set_options))
    try:
        stage(*arguments)
    except Exception as error:  # noqa: BLE001 - whatever it is, it goes by the exit code
        traceback.print_exc()
        # memory that one split alone takes is the input's fault, or no start would ever get past it
        is_inputs = isinstance(error, MemoryError)
        sys.exit(_OUTSIDE if is_outside(error) and not is_inputs else 1)
