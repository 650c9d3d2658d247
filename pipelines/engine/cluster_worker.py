"""A Python worker beside each worker of a cluster: what Beam's PROCESS environment starts.

Beam's own way is a Go program, `boot`, in a container image. It downloads and unpacks artifacts, of
which we have none: the worker's environment has copytrail installed, as its command shows. What is
left is to ask the runner where its services are and to serve them. Java's side of it:
ProcessEnvironmentFactory in beam-runners-java-fn-execution.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

TIMEOUT_S = 60.0
"""The runner waits longer for us than we for it, so that it hears why a worker did not come."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves the runner that started us until it says stop."""
    options, _ = _parser().parse_known_args(arguments)
    os.environ["PYTHONSAFEPATH"] = "1"  # as the command's own: no code of the working directory
    os.environ.update(
        environment_of(options.id, provisioned(options.provision_endpoint, options.id))
    )
    from apache_beam.runners.worker import sdk_worker_main

    sdk_worker_main.main([])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--id", required=True, help="the name the runner gave this worker")
    parser.add_argument("--provision_endpoint", required=True, help="host:port of the runner")
    return parser


def provisioned(endpoint: str, worker_id: str) -> Any:
    """The runner's ProvisionInfo: where its services are, and the pipeline's options."""
    import grpc
    from apache_beam.portability.api import beam_provision_api_pb2 as messages
    from apache_beam.portability.api import beam_provision_api_pb2_grpc as services

    with grpc.insecure_channel(endpoint) as channel:
        stub = services.ProvisionServiceStub(channel)
        request = messages.GetProvisionInfoRequest()
        answer = stub.GetProvisionInfo(
            request, timeout=TIMEOUT_S, wait_for_ready=True, metadata=[("worker_id", worker_id)]
        )
    return answer.info


def environment_of(worker_id: str, info: Any) -> Mapping[str, str]:
    """The environment variables from which Beam's worker learns what `info` says."""
    from google.protobuf import json_format, text_format

    endpoints = {
        name: text_format.MessageToString(endpoint)
        for name, endpoint in (
            ("CONTROL_API_SERVICE_DESCRIPTOR", info.control_endpoint),
            ("LOGGING_API_SERVICE_DESCRIPTOR", info.logging_endpoint),
            ("STATUS_API_SERVICE_DESCRIPTOR", info.status_endpoint),
        )
        if endpoint.url
    }
    return endpoints | {
        "WORKER_ID": worker_id,
        "PIPELINE_OPTIONS": json_format.MessageToJson(info.pipeline_options),
        "RUNNER_CAPABILITIES": " ".join(info.runner_capabilities),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
