import os
import subprocess
from collections.abc import Iterator
from concurrent import futures
from typing import Any

import grpc
import pytest
from apache_beam.portability.api import beam_provision_api_pb2 as messages
from apache_beam.portability.api import beam_provision_api_pb2_grpc as services
from apache_beam.portability.api import endpoints_pb2

from pipelines.engine.cluster_worker import environment_of, main, provisioned
from tests.runs.makers import ROOT


class Runner(services.ProvisionServiceServicer):
    """A runner's service as Flink has it: it tells a worker by the header what it asked for."""

    def GetProvisionInfo(self, _: Any, context: Any) -> Any:  # noqa: N802  # gRPC's name
        (worker,) = [value for key, value in context.invocation_metadata() if key == "worker_id"]
        info = messages.ProvisionInfo(
            control_endpoint=endpoints_pb2.ApiServiceDescriptor(url=f"127.0.0.1:1/{worker}"),
            logging_endpoint=endpoints_pb2.ApiServiceDescriptor(url="127.0.0.1:2"),
            runner_capabilities=["beam:protocol:one", "beam:protocol:two"],
        )
        info.pipeline_options.update({"beam:option:parallelism:v1": 2})
        return messages.GetProvisionInfoResponse(info=info)


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = grpc.server(futures.ThreadPoolExecutor(1))
    services.add_ProvisionServiceServicer_to_server(Runner(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}"
    server.stop(None).wait()


def test_a_worker_learns_from_its_runner_where_to_serve(endpoint: str) -> None:
    environment = environment_of("7-1", provisioned(endpoint, "7-1"))
    assert environment["CONTROL_API_SERVICE_DESCRIPTOR"].strip() == 'url: "127.0.0.1:1/7-1"'
    assert environment["LOGGING_API_SERVICE_DESCRIPTOR"].strip() == 'url: "127.0.0.1:2"'
    assert environment["WORKER_ID"] == "7-1"
    assert environment["RUNNER_CAPABILITIES"] == "beam:protocol:one beam:protocol:two"
    assert '"beam:option:parallelism:v1": 2' in environment["PIPELINE_OPTIONS"]


def test_a_service_that_the_runner_does_not_have_is_left_out(endpoint: str) -> None:
    environment = environment_of("1-1", provisioned(endpoint, "1-1"))
    assert "STATUS_API_SERVICE_DESCRIPTOR" not in environment


def test_a_call_without_a_runner_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--id", "1-1"])
    assert ended.value.code == 2
    assert "--provision_endpoint" in capsys.readouterr().err


def test_a_first_start_that_fetches_all_prints_the_options_alone() -> None:
    # Maven ends with a colour reset and no line end: it stood before the first option
    call = ". scripts/cluster.sh; needs() { :; }; stop() { :; }; start() { printf '\\033[0m'; }"
    finished = subprocess.run(
        ["bash", "-c", f"{call}; main start"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"COPYTRAIL_WORKER": "bash"},
    )
    assert finished.stdout.startswith("--job_endpoint=")
    assert finished.stderr == "\033[0m"
