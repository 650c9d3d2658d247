"""A request with all that follows from it before anything is read."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from apache_beam.io.filesystems import FileSystems

from pipelines.config.ratings_file import load_ratings, ratings_bytes
from pipelines.config.registry_file import load_registries
from pipelines.config.settings import settings_that_change_results
from pipelines.engine.runner import engine, is_embedded
from pipelines.errors import UsageError
from pipelines.exchange.work_folder import Work
from pipelines.history.history import History, Looked
from pipelines.history.history_split import kept_splits
from pipelines.output.publish import Output
from pipelines.run.code_digest import code_digest
from pipelines.run.request import Request, absolute
from pipelines.stages.extract.inputs import InputFiles, Split, find_files, splits
from pipelines.storage import filesystem
from sources.extraction.extract import check_extractor
from sources.outlets.registry import Registry

RUN_ID = re.compile(r"\w[\w.-]{0,99}")


@dataclass(frozen=True, slots=True)
class Job:
    """A request with all that follows from it before anything is read."""

    request: Request
    listing: InputFiles
    splits: tuple[Split, ...]
    binding: str
    """What extracted splits depend on besides their files: settings of extraction, and code."""
    fingerprint: str
    """What the whole run depends on."""
    registry: Registry
    ratings: bytes | None
    extraction: str
    """Digest of the settings that pages are read with."""
    prepared_by: str
    """Digest of the settings and the code that articles of the history are matched by."""
    looked: Looked
    """What it looks back on."""

    @property
    def output(self) -> Output:
        """Where runs are published."""
        return Output(self.request.output)

    @property
    def history(self) -> History:
        """What earlier runs kept for it, and it for later ones."""
        return History(self.output)

    @property
    def tables(self) -> str:
        """Where the tables wait."""
        return self.output.staged(self.fingerprint)

    @property
    def work(self) -> Work:
        """Where everything else waits."""
        root = self.request.work or filesystem.join(self.request.output, ".work")
        history_splits = kept_splits(self.looked.days, self.prepared_by)
        return Work(root, self.fingerprint, history_splits, self.history.folder, self.prepared_by)

    def split_keys(self) -> list[str]:
        """The names of the splits' staged files."""
        return [split.key(self.binding) for split in self.splits]


PAGES = frozenset(("warc", "wacz", "html"))
"""Formats that need an extractor, whose import is a tenth of a small run's time."""


def plan(request: Request) -> Job:
    """Finds the inputs and cuts them into splits; raises UsageError as execute does."""
    _, options = engine(request.runner, 1, request.beam_options)
    FileSystems.set_options(options)  # how to reach s3://, gs:// and others; workers get them too
    if request.run_id and not RUN_ID.fullmatch(request.run_id):
        raise UsageError(
            f"--run-id names a folder: letters, digits and . _ - of which a letter, digit or _ is "
            f"first, got {request.run_id!r}"
        )
    registry = load_registries(request.settings.sources.registries)
    ratings = load_ratings(request.settings.sources.ratings)
    request = request if is_embedded(request.runner) else absolute(request)
    given = request.settings.input
    listing = find_files(request.inputs, given.format, own_files(request), given.follow_links)
    if any(file.format in PAGES for file in listing.files):
        check_extractor()
    settings = settings_that_change_results(request.settings)
    # without a window everything is named as it was before there were windows
    days = [request.window.name] if request.window else []
    reading = [settings["extract"], *_own_addresses(settings)]
    binding = digest([settings["input"], *reading, code_digest(), *days])
    files = [asdict(replace(file, seal="")) for file in listing.files]  # a chmod makes no new run
    # what a registry says, not where it stands: repr, for days are no JSON
    outside = [repr(registry), ratings.to_pylist() if ratings else None]
    fingerprint = digest([settings, binding, files, request.run_id, outside])
    work = splits(listing.files, request.settings.input.split_bytes)
    rated = None if ratings is None else ratings_bytes(ratings)
    known = (
        registry,
        rated,
        digest(reading[0] if len(reading) == 1 else reading),
        digest([*_matching(settings), repr(registry)]),
    )
    return Job(request, listing, tuple(work), binding, fingerprint, *known, Looked())


def _own_addresses(settings: Mapping[str, Any]) -> list[object]:
    """The user's own rules of addresses, where there are any: without, names are as before."""
    rules = settings["addresses"]
    return [rules] if any(rules.values()) else []


def own_files(request: Request) -> list[str]:
    """What we write ourselves, and never read as input."""
    if not filesystem.is_local(request.output):
        return []
    names = ("runs", "state", "export", "index", "latest", "latest.json", "metrics.prom", ".work")
    own = [filesystem.join(request.output, name) for name in names]
    return [*own, request.work] if request.work and filesystem.is_local(request.work) else own


def _matching(settings: Mapping[str, Any]) -> list[object]:
    """What decides how given articles match; how many days are looked back on does not."""
    match = {name: value for name, value in settings["match"].items() if name != "history_days"}
    rules = [settings[name] for name in ("boilerplate", "copies", "roundups", "guard")]
    return [
        match,
        *rules,
        settings["sources"]["min_gap_s"],
        settings["sources"]["witness_h"],
        code_digest(),
    ]


def digest(content_of: object) -> str:
    """The digest of something that JSON can hold."""
    content = json.dumps(content_of, sort_keys=True).encode()
    return hashlib.blake2b(content, digest_size=12).hexdigest()
