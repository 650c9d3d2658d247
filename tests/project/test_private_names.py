"""Names that Beam and CPython keep to themselves: a release may take one away without a word.

Each was read in Beam 2.77 and Python 3.11 to 3.13. Where a test fails, read the new release there,
mend the module that the sentence names, and say here which release was read.
"""

import importlib
import inspect
import re
import sys
from pathlib import Path

import pytest
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner import worker_handlers
from apache_beam.transforms.environments import Environment

from pipelines.engine.stage import Stage

WORKERS = "look at pipelines/engine/watched_worker.py, which fails what a lost worker owes"


def test_beam_keeps_the_options_by_which_files_are_reached() -> None:
    before = getattr(FileSystems, "_pipeline_options", None)
    options = PipelineOptions.from_dictionary({"s3_region_name": "somewhere"})
    try:
        FileSystems.set_options(options)
        assert getattr(FileSystems, "_pipeline_options", None) is options, (
            "FileSystems keeps its options under another name: look at "
            "pipelines/stages/extract/poisoned_splits.py, which hands them to a process of its own"
        )
    finally:
        FileSystems.set_options(before)


@pytest.mark.parametrize(
    ("pattern", "parsed"),
    [
        ("a", "[(LITERAL, 97)]"),
        ("^", "[(AT, AT_BEGINNING)]"),
        (".", "[(ANY, None)]"),
        ("[a-c]", "[(IN, [(RANGE, (97, 99))])]"),
        ("a|bc", "[(BRANCH, (None, [[(LITERAL, 97)], [(LITERAL, 98), (LITERAL, 99)]]))]"),
        ("(a)", "[(SUBPATTERN, (1, 0, 0, [(LITERAL, 97)]))]"),
        ("a{2,3}", "[(MAX_REPEAT, (2, 3, [(LITERAL, 97)]))]"),
        ("(?=a)", "[(ASSERT, (1, [(LITERAL, 97)]))]"),
    ],
)
def test_python_reads_a_pattern_as_it_did(pattern: str, parsed: str) -> None:
    sentence = (
        f"re reads {pattern!r} in another way than it did: look at "
        "sources/credits/pattern_prefixes.py, which lists what a pattern can begin with"
    )
    try:
        parser = importlib.import_module("re._parser")
    except ImportError:
        pytest.fail(sentence)
    assert str(parser.parse(pattern)) == parsed, sentence


def test_python_says_of_a_module_that_it_is_being_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "asks_itself.py").write_text("is_new = getattr(__spec__, '_initializing', None)")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("asks_itself")
    del sys.modules["asks_itself"]
    assert (module.is_new, getattr(module.__spec__, "_initializing", None)) == (True, False), (
        "a module's __spec__ has another name for being imported: look at "
        "pipelines/engine/lean_imports.py, which leaves out imports of Beam's while that is so"
    )


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (worker_handlers.GrpcWorkerHandler, "__init__", "self state provision_info grpc_server"),
        (worker_handlers.GrpcWorkerHandler, "logging_api_service_descriptor", "self"),
        (worker_handlers.GrpcWorkerHandler, "close", "self"),
        (worker_handlers.ControlConnection, "abort", "self exn"),
        (worker_handlers.WorkerHandler, "register_environment", "urn payload_type"),
        (worker_handlers.WorkerHandler, "start_worker", "self"),
        (worker_handlers.WorkerHandler, "stop_worker", "self"),
        (Environment, "register_urn", "urn parameter_type constructor"),
    ],
)
def test_beam_handles_a_worker_by_the_same_calls(owner: type, name: str, parameters: str) -> None:
    call = getattr(owner, name, None)
    assert call is not None, f"{owner.__name__}.{name} is gone: {WORKERS}"
    have = " ".join(inspect.signature(call).parameters)
    assert have == parameters, f"{owner.__name__}.{name} wants {have}: {WORKERS}"


@pytest.mark.parametrize("name", ["control_conn", "data_conn", "control_address"])
def test_beam_keeps_what_it_waits_for_under_the_same_name(name: str) -> None:
    source = inspect.getsource(worker_handlers.GrpcWorkerHandler.__init__)
    assert re.search(rf"self\.{name}\b", source), f"a handler has no {name} any more: {WORKERS}"


def test_beam_asks_a_transform_for_its_hints() -> None:
    import apache_beam as beam

    class Silent(Stage):
        def expand(self, pipeline: beam.Pipeline) -> tuple[beam.PCollection, beam.PCollection]:
            raise NotImplementedError

    hints = Silent().get_type_hints()
    assert (hints.input_types, hints.output_types) == (None, None), (
        "Beam reads the annotations of expand all the same: look at pipelines/engine/stage.py, "
        "by which it logs no warning for records of PCollections"
    )
