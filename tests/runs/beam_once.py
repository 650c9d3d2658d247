"""Beam asks a hundred times for the same options and methods: 40 % of what a small run costs.

Nothing of ours is another for it: what a DoFn's methods want and what the options say stays the
same while a run lasts. Runs that a test starts as a process of their own ask as often as ever.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.transforms import userstate


@contextmanager
def beam_asks_once() -> Iterator[None]:
    """Keeps the answers while the block runs."""
    specs, view_as = userstate.get_dofn_specs, PipelineOptions.view_as
    userstate.get_dofn_specs, PipelineOptions.view_as = _once(specs), _view_once(view_as)
    try:
        yield
    finally:
        userstate.get_dofn_specs, PipelineOptions.view_as = specs, view_as


def _once(specs: Callable[[Any], Any]) -> Callable[[Any], Any]:
    answers: dict[int, tuple[Any, Any]] = {}

    def specs_once(dofn: Any) -> Any:
        if id(dofn) not in answers:
            answers[id(dofn)] = dofn, specs(dofn)  # held, so that its id stays its own
        return answers[id(dofn)][1]

    return specs_once


def _view_once(view_as: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    views: dict[tuple[int, Any], tuple[Any, Any]] = {}

    def view_once(options: Any, kind: Any) -> Any:
        shared = options._all_options
        if (id(shared), kind) not in views:
            views[id(shared), kind] = shared, view_as(options, kind)
        return views[id(shared), kind][1]

    return view_once
