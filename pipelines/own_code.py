"""Which code a run was made by."""

import hashlib
from pathlib import Path

SOURCES = (".py", ".toml", ".j2", ".css", ".js")
"""What our code is made of; the page's parts too, or a run of older ones would be found again."""


def code_digest() -> str:
    """A digest of our own source files: staged work of other code is not taken up."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.blake2b(digest_size=8)
    for package in ("dedupe", "pipelines", "schemas", "sources"):
        for path in sorted(one for one in (root / package).rglob("*") if one.suffix in SOURCES):
            digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
