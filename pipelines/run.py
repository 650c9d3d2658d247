"""One run from its request to its published tables."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import apache_beam as beam
from apache_beam.io.filesystems import FileSystems

from pipelines import graph, leftovers, publish, storage
from pipelines.engine import engine, is_embedded, worker_count
from pipelines.errors import HELD_BACK, PUBLISHED, UsageError
from pipelines.history import History, Looked
from pipelines.inputs import Found, Split, find_files, splits
from pipelines.kept_split import kept_splits
from pipelines.lock import locked
from pipelines.outcome import Outcome, publish_checked, shortened, with_warnings
from pipelines.progress import Watcher
from pipelines.progress_displays import DISPLAYS
from pipelines.publish import Output
from pipelines.published_run import manifest_of
from pipelines.ratings_file import load_ratings, ratings_bytes
from pipelines.registry_file import load_registries
from pipelines.settings import Settings, told_settings
from pipelines.staging import Summary, Work, run_id_of, summary_from_json, total
from pipelines.window import Window
from schemas.tables import SCHEMA_VERSION, TABLES
from sources.extract import check_extractor
from sources.registry import Registry

RUN_ID = re.compile(r"\w[\w.-]{0,99}")
SOURCES = (".py", ".toml", ".j2", ".css", ".js")
"""What our code is made of; the page's parts too, or a run of older ones would be found again."""
PACKAGES = ("apache-beam", "datasketch", "numpy", "pyarrow", "trafilatura")


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


@dataclass(frozen=True, slots=True)
class Job:
    """A request with all that follows from it before anything is read."""

    request: Request
    found: Found
    splits: tuple[Split, ...]
    binding: str
    """What extracted splits depend on besides their files: settings of extraction, and code."""
    fingerprint: str
    """What the whole run depends on."""
    registry: Registry
    ratings: bytes | None
    extraction: str
    """Digest of the settings that pages are read with."""
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
        root = self.request.work or storage.join(self.request.output, ".work")
        return Work(root, self.fingerprint, kept_splits(self.looked.days))

    def split_keys(self) -> list[str]:
        """The names of the splits' staged files."""
        return [split.key(self.binding) for split in self.splits]


def execute(request: Request) -> Outcome:
    """Runs the request, or says that it was run before.

    Raises:
        UsageError: nothing was read; the request makes no sense, or the output cannot be written.
        LockedError: another run works on the same output.
    """
    job = plan(request)
    try:
        storage.make_folder(job.output.runs)
    except (OSError, ValueError) as error:
        raise UsageError(f"--output {request.output} cannot be written: {error}") from error
    with locked(request.output) as warning:
        job = _looked_back(job)
        known = None if request.is_forced else publish.published_with(job.output, job.fingerprint)
        leftovers.sweep(request.output, job.fingerprint)
        return _known(job, known) if known and _is_filed(job) else _make(job, warning)


def plan(request: Request) -> Job:
    """Finds the inputs and cuts them into splits; raises UsageError as execute does."""
    _, options = engine(request.runner, 1, request.beam_options)
    FileSystems.set_options(options)  # how to reach s3://, gs:// and others; workers get them too
    check_extractor()
    if request.run_id and not RUN_ID.fullmatch(request.run_id):
        raise UsageError(
            f"--run-id names a folder: letters, digits and . _ - of which a letter, digit or _ is "
            f"first, got {request.run_id!r}"
        )
    registry = load_registries(request.settings.sources.registries)
    ratings = load_ratings(request.settings.sources.ratings)
    request = request if is_embedded(request.runner) else _absolute(request)
    found = find_files(request.inputs, request.settings.input.format)
    told = told_settings(request.settings)
    # without a window everything is named as it was before there were windows
    days = [request.window.name] if request.window else []
    binding = _digest([told["input"], told["extract"], code_digest(), *days])
    files = [asdict(file) for file in found.files]
    # what a registry says, not where it stands: repr, for days are no JSON
    outside = [repr(registry), ratings.to_pylist() if ratings else None]
    fingerprint = _digest([told, binding, files, request.run_id, outside])
    work = splits(found.files, request.settings.input.split_bytes)
    rated = None if ratings is None else ratings_bytes(ratings)
    known = (registry, rated, _digest(told["extract"]))
    return Job(request, found, tuple(work), binding, fingerprint, *known, Looked())


def _looked_back(job: Job) -> Job:
    """The job with the days before its window, bound to what they hold."""
    window = job.request.window
    if window is None:
        return job
    storage.make_folder(job.history.folder)
    job.history.recover()
    before = window.before(job.request.settings.match.history_days)
    looked = job.history.look_back(before, job.extraction)
    held = [[one.day.isoformat(), one.digest] for one in looked.days]
    return replace(job, looked=looked, fingerprint=_digest([job.fingerprint, held]))


def _is_filed(job: Job) -> bool:
    window = job.request.window
    return window is None or job.history.is_of(window, job.fingerprint)


def _absolute(request: Request) -> Request:
    """The request with paths that a worker in another folder finds too."""
    return replace(
        request,
        inputs=tuple(storage.absolute(one) for one in request.inputs),
        output=storage.absolute(request.output),
        work=storage.absolute(request.work) if request.work else None,
    )


def _make(job: Job, lock_warning: str | None) -> Outcome:
    taken = publish.published_ids(job.output)
    manifest = _waiting(job, taken) or _stage(job, taken)
    outcome = publish_checked(job.output, job.tables, manifest, job.request.settings.checks)
    if job.request.window and outcome.exit_code != HELD_BACK:
        job.history.commit(job.fingerprint)
        outcome = replace(outcome, notes=_notes(job))
    job.work.remove(job.split_keys())
    # no facts of the run: after a kill its bytes are those of any other start
    passing = [*([lock_warning] if lock_warning else []), *publish.told_damaged(job.output)]
    return with_warnings(outcome, passing)


def _waiting(job: Job, taken: tuple[str, ...]) -> dict[str, Any] | None:
    """The manifest of this very run, whole and unpublished: checks held it, or a kill came late."""
    manifest = publish.staged_manifest(job.output, job.fingerprint)
    if manifest is None or job.request.is_forced or manifest["run_id"] in taken:
        return None
    return manifest


def _stage(job: Job, taken: tuple[str, ...]) -> dict[str, Any]:
    """Makes the tables; gives their manifest, without what checks say."""
    _prepare(job)
    _run_graph(job, taken)
    summary = total([_summary(job.work, key) for key in job.split_keys()])
    publish.add_missing_parts(job.tables)
    run_id = run_id_of(asked_run_id(job.request), summary, taken)
    _stage_days(job)
    warnings = sorted([*_warnings(job.found, summary), *job.looked.warnings])
    return _manifest(job, summary, run_id, warnings)


def asked_run_id(request: Request) -> str | None:
    """The name asked for, else the window's."""
    return request.run_id or (request.window.name if request.window else None)


def _stage_days(job: Job) -> None:
    if (window := job.request.window) is not None:
        # by place, so that the same pages are the same bytes whatever the settings
        ordered = sorted(job.splits, key=lambda split: (split.files[0].path, split.start))
        articles = (job.work.staged(split.key(job.binding)) for split in ordered)
        job.history.stage(window, articles, job.fingerprint, job.extraction)


def _notes(job: Job) -> tuple[str, ...]:
    """Which published runs looked back on the days that this run made anew."""
    window, days = job.request.window, job.request.settings.match.history_days
    if window is None:
        return ()
    until = window.last + timedelta(days=days)
    published = publish.windows(job.output).values()
    later = sorted({one.name for one in published if window.last < one.first <= until})
    told = f"runs of {', '.join(later)} looked back on {window.name} as it was; start them again"
    return (told,) if later else ()


def code_digest() -> str:
    """A digest of our own source files: staged work of other code is not taken up."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.blake2b(digest_size=8)
    for package in ("dedupe", "pipelines", "schemas", "sources"):
        for path in sorted(one for one in (root / package).rglob("*") if one.suffix in SOURCES):
            digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _known(job: Job, run_id: str) -> Outcome:
    path = job.output.run(run_id)
    publish.point_latest_again(job.output, run_id)
    job.work.remove(job.split_keys())  # a kill between publishing and tidying up left them
    manifest = manifest_of(path)
    return Outcome(run_id, path, PUBLISHED, False, manifest, tuple(manifest["warnings"]))


def _prepare(job: Job) -> None:
    """Clears what an interrupted run left half done; its finished splits stay unless forced."""
    storage.delete(job.tables)
    job.work.remove(job.split_keys() if job.request.is_forced else ())
    job.work.make()
    for table in TABLES:
        storage.make_folder(storage.join(job.tables, table))


def _run_graph(job: Job, taken: tuple[str, ...]) -> None:
    request, told = job.request, job.request.settings
    size = sum(split.size_bytes() for split in job.splits)
    size += sum(day.size_bytes for day in job.looked.days)
    workers = worker_count(told.run.workers, size, told.run.small_input_bytes)
    runner, options = engine(request.runner, min(workers, len(job.splits)), request.beam_options)
    known = (job.registry, job.ratings)
    place = (job.work, job.binding, job.tables)
    stages = graph.Plan(told, *place, size, asked_run_id(request), taken, *known, request.window)
    with _shown(job, stages):
        pipeline = beam.Pipeline(runner=runner, options=options)
        graph.build(pipeline, job.splits, stages)
        pipeline.run().wait_until_finish()


def _shown(job: Job, stages: graph.Plan) -> AbstractContextManager[object]:
    if job.request.progress == "none":
        return nullcontext()
    read = {split.key(job.binding): max(1, split.size_bytes()) for split in job.splits}
    parts = {str(part): 1 for part in range(stages.partitions)}
    sizes = {"extract": read, "clean": read, "match": parts, "tables": dict.fromkeys(TABLES, 1)}
    return Watcher(job.work.progress(), sizes, DISPLAYS[job.request.progress]())


def _summary(staging: Work, key: str) -> Summary:
    return summary_from_json(storage.read_bytes(staging.summary(key)))


def _warnings(found: Found, summary: Summary) -> list[str]:
    warnings = [f"{path} was not read: its format is unknown" for path in found.unread]
    warnings += [f"{file.path} is empty" for file in found.files if file.size_bytes == 0]
    if summary.pages and not summary.articles:
        warnings.append(f"none of {summary.pages} pages became an article; see the table rejected")
    return shortened(sorted([*warnings, *summary.warnings]))


def _manifest(job: Job, summary: Summary, run_id: str, warnings: Sequence[str]) -> dict[str, Any]:
    """What run.json says. No clock stands in it: the same run is the same bytes."""
    tables = publish.described_tables(job.tables)
    return {
        "run_id": run_id,
        "fingerprint": job.fingerprint,
        "schema_version": SCHEMA_VERSION,
        "versions": {"copytrail": version("copytrail")} | {one: version(one) for one in PACKAGES},
        "settings": told_settings(job.request.settings),
        "inputs": [{"path": file.path, "bytes": file.size_bytes} for file in job.found.files],
        "counts": _counts(summary, tables),
        "tables": tables,
        "warnings": list(warnings),
    } | _looked_at(job)


def _looked_at(job: Job) -> dict[str, Any]:
    """The window and the days before it that were known; nothing in a run without one."""
    if job.request.window is None:
        return {}
    days = [one.day.isoformat() for one in job.looked.days]
    return {"window": {"days": job.request.window.name, "history": days}}


def _counts(summary: Summary, tables: Mapping[str, Any]) -> dict[str, Any]:
    """pages = articles + rejected + skipped; a page fetched again with the same text is skipped."""
    articles = tables["articles"]["rows"]
    skipped = dict(summary.skipped)
    if summary.articles > articles:
        skipped["repeated"] = skipped.get("repeated", 0) + summary.articles - articles
    return {
        "pages": summary.pages,
        "articles": articles,
        "rejected": sum(summary.rejected.values()),
        "skipped": sum(skipped.values()),
        "rejected_by_reason": dict(summary.rejected),
        "skipped_by_reason": dict(sorted(skipped.items())),
    }


def _digest(told: object) -> str:
    content = json.dumps(told, sort_keys=True).encode()
    return hashlib.blake2b(content, digest_size=12).hexdigest()
