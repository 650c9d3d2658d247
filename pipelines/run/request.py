"""What the user asked a run for."""

from dataclasses import dataclass, replace
from typing import Literal

from pipelines.config.settings import Settings
from pipelines.storage import filesystem
from pipelines.window import Window


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for."""

    inputs: tuple[str, ...]
    output: str
    settings: Settings
    runner: str = "embedded"
    beam_options: tuple[str, ...] = ()
    work: str | None = None
    run_id: str | None = None
    is_forced: bool = False
    progress: Literal["none", "bars", "lines"] = "none"
    """How progress is shown."""
    window: Window | None = None
    """The days that are published; None: all, and no history."""


def asked_run_id(request: Request) -> str | None:
    """The name asked for, else the window's."""
    return request.run_id or (request.window.name if request.window else None)


def absolute(request: Request) -> Request:
    """The request with paths that a worker in another folder finds too."""
    return replace(
        request,
        inputs=tuple(filesystem.absolute(pattern) for pattern in request.inputs),
        output=filesystem.absolute(request.output),
        work=filesystem.absolute(request.work) if request.work else None,
    )
