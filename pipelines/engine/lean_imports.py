"""What libraries import and no run of ours uses is left out, or waits until it is used.

Beam looks for every package that one of its connectors could want, pyarrow for pandas, tldextract
for what it could fetch lists with.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader, spec_from_loader
from types import ModuleType

_BEAM = "apache_beam"
_OPTIONAL = frozenset(("pandas", "apache_beam.io.gcp.bigquery"))
"""Beam does without where they are missing."""
_UNUSED = frozenset(("apache_beam.io.mongodbio",))
"""Beam takes all names of these for its own, and does without where there are none."""
_LATE = frozenset(("httplib2", "requests"))
"""Loaded at the first use: a job's files from the network, lists that we never fetch. Not boto3:
who installed it uses it, from several threads, and before Python 3.12 two that come first to a
module that is loaded late see it half made."""


class _Lean(MetaPathFinder):
    """Comes before the finders that look on disk."""

    is_for_pyarrow = False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname in _LATE:
            return _late(fullname)
        if fullname in (_BEAM, "pyarrow.dataset"):  # whichever comes first makes an array
            _tell_pyarrow(self)
        if not (_is_loading() or self.is_for_pyarrow):
            return None
        if fullname in _OPTIONAL:
            raise ModuleNotFoundError(f"{fullname} is not needed", name=fullname)
        if fullname in _UNUSED:
            return spec_from_loader(fullname, _Empty())
        return None


class _Empty(Loader):
    def exec_module(self, module: ModuleType) -> None:
        """Leaves the module as it is."""


def _is_loading() -> bool:
    beam = sys.modules.get(_BEAM)
    return bool(beam and getattr(beam.__spec__, "_initializing", False))


def _tell_pyarrow(finder: _Lean) -> None:
    """pyarrow imports pandas at its first array where it can, and does not ask a second time."""
    import pyarrow as pa

    finder.is_for_pyarrow = True
    try:
        pa.array([])
    finally:
        finder.is_for_pyarrow = False


def _late(name: str) -> ModuleSpec | None:
    spec = PathFinder.find_spec(name)
    if spec is not None and spec.loader is not None:
        spec.loader = LazyLoader(spec.loader)
    return spec


def install() -> None:
    """From here on the import of Beam is a lean one."""
    if not any(isinstance(finder, _Lean) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Lean())
