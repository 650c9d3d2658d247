"""A worker that is asked for when another was lost already ends the run in the same words."""

import socket

import pytest

from pipelines.commands.exit_status import guarded
from pipelines.engine.forked_worker import Nursery, _ForkedWorkerHandler
from pipelines.engine.watched_worker import WorkerLostError


def begun() -> int:
    handler = _ForkedWorkerHandler.__new__(_ForkedWorkerHandler)  # no server of Beam's is needed
    handler.begin({"WORKER_ID": "second"})
    return 0


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_nursery_that_ended_with_a_lost_worker_forks_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_closed: bool
) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    theirs.close()
    monkeypatch.setattr(Nursery, "line", ours if is_closed else None)
    with ours:
        with pytest.raises(WorkerLostError):
            begun()
        assert guarded(begun) == 5
    assert capsys.readouterr().err.startswith("copytrail: a worker process ended (")
