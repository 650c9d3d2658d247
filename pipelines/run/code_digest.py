"""Which code a run was made by."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import dedupe
import pipelines
import schemas
import sources

PACKAGES = (dedupe, pipelines, schemas, sources)
SOURCES = (".py", ".toml", ".j2", ".css", ".js")
"""What our code is made of; the page's parts too, or a run of older ones would be found again."""


def code_digest(packages: Sequence[ModuleType] = PACKAGES) -> str:
    """Returns a digest of the source files of our packages, wherever they are installed.

    Staged work of other code is not taken up, as it is filed under another digest.

    Raises:
        RuntimeError: a package has no source file, so that nothing could tell its versions apart.
    """
    digest = hashlib.blake2b(digest_size=8)
    for package in packages:
        root = Path(package.__path__[0])
        paths = sorted(path for path in root.rglob("*") if path.suffix in SOURCES)
        if not paths:
            raise RuntimeError(
                f"package {package.__name__} has no source file below {root}; install copytrail as "
                "a folder of files, which a run's staged work is told apart by"
            )
        for path in paths:
            digest.update(path.relative_to(root.parent).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
