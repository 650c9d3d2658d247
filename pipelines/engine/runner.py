"""Which engine runs the graph: the embedded one unless another is asked for by name."""

import os
from collections.abc import Sequence

from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.portability.api import beam_provision_api_pb2
from apache_beam.runners.portability.fn_api_runner import FnApiRunner, worker_handlers
from apache_beam.runners.portability.fn_api_runner.fn_runner import ExtendedProvisionInfo
from apache_beam.runners.portability.portable_runner import JobServiceHandle
from apache_beam.runners.runner import PipelineRunner
from apache_beam.transforms import environments

from pipelines.engine.forked_worker import forking_environment, has_nursery
from pipelines.engine.watched_worker import SpawnedWorkers
from pipelines.errors import UsageError

EMBEDDED = ("embedded", "DirectRunner")
OTHERS = ("FlinkRunner", "SparkRunner", "DataflowRunner", "PortableRunner")


def engine(
    name: str, workers: int, beam_options: Sequence[str]
) -> tuple[PipelineRunner | str, PipelineOptions]:
    """The runner and its options.

    `DirectRunner` means the in-process FnApiRunner here. Beam's own would first try Prism, a binary
    it downloads without a time limit, so that two users get two engines. Worker processes import
    Beam anew (seconds), so one worker stays in this process.

    Raises:
        UsageError: the engine is unknown, or loses rows (DaskRunner, docs/design/engine.md).
    """
    if name in EMBEDDED:
        options = PipelineOptions(list(beam_options), direct_num_workers=workers)
        runner = FnApiRunner(
            default_environment=_environment(workers), provision_info=_provision(options)
        )
        return runner, options
    if name not in OTHERS:
        known = ", ".join([*EMBEDDED, *OTHERS])
        raise UsageError(f"--runner {name} is not offered; known are {known}")
    return name, PipelineOptions([*beam_options, f"--runner={name}"])


def is_embedded(name: str) -> bool:
    """Whether the engine's workers are on this machine and see its files as the driver does."""
    return name in EMBEDDED


def _environment(workers: int) -> environments.Environment:
    """This process for one worker; for more processes of their own."""
    if workers == 1:
        # as Beam's other workers have it: what it would keep it first weighs, by way of all modules
        worker_handlers.STATE_CACHE_SIZE_MB = 0
        return environments.EmbeddedPythonEnvironment.default()
    return forking_environment() if has_nursery() else SpawnedWorkers()


def _provision(options: PipelineOptions) -> ExtendedProvisionInfo:
    """What worker processes are told: the options, or theirs is a file system without its keys."""
    encoded = JobServiceHandle.encode_pipeline_options(options.get_all_options(drop_default=True))
    return ExtendedProvisionInfo(
        beam_provision_api_pb2.ProvisionInfo(retrieval_token="unused", pipeline_options=encoded)
    )


def worker_count(wanted: int, input_bytes: int, small_input_bytes: int) -> int:
    """How many worker processes: as asked, else one for a small input, else one a core.

    Args:
        wanted: as asked for; 0 leaves it to the size of the input.
        input_bytes: as stored, of all inputs.
        small_input_bytes: up to which one worker is enough.
    """
    if wanted:
        return wanted
    return 1 if input_bytes <= small_input_bytes else (os.cpu_count() or 1)
