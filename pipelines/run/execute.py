"""One run from its request to its published tables."""

import sqlite3
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import timedelta
from typing import Any

import apache_beam as beam

from pipelines.engine.forked_worker import nursery
from pipelines.engine.runner import engine, is_embedded, worker_count
from pipelines.errors import HELD_BACK, PUBLISHED, UsageError
from pipelines.exchange.progress import PART_SHARDS, Watcher
from pipelines.exchange.work_folder import Summary, Work, run_id_of, summary_from_json, total
from pipelines.graph import run_graph
from pipelines.graph.plan import Plan
from pipelines.index.build import update_locked
from pipelines.output import publish
from pipelines.output.read_run import manifest_of
from pipelines.run import cleanup
from pipelines.run.job import Job, digest, plan
from pipelines.run.manifest import manifest
from pipelines.run.outcome import Outcome, publish_checked
from pipelines.run.progress_displays import DISPLAYS
from pipelines.run.request import Request, asked_run_id
from pipelines.stages.match.rounds import rounds_for
from pipelines.storage import filesystem
from pipelines.storage.lock import locked
from schemas.tables import TABLES


def execute(request: Request) -> Outcome:
    """Runs the request, or says that it was run before.

    Raises:
        UsageError: nothing was read; the request makes no sense, or the output cannot be written.
        LockedError: another run works on the same output.
    """
    # first of all: reading a file starts threads, and a process with threads must not fork
    may_need_workers = is_embedded(request.runner) and request.settings.run.workers != 1
    with nursery() if may_need_workers else nullcontext():
        return _execute(plan(request))


def _execute(job: Job) -> Outcome:
    request = job.request
    try:
        filesystem.make_folder(job.output.runs)
    except (OSError, ValueError) as error:
        raise UsageError(f"--output {request.output} cannot be written: {error}") from error
    with locked(request.output) as note:
        job = _looked_back(job)
        known = None if request.is_forced else publish.published_with(job.output, job.fingerprint)
        cleanup.sweep(request.output, job.fingerprint)
        damage = _set_aside_damaged(job, known) if known else None
        if known and damage is None and _is_filed(job):
            return _indexed(job, _with_note(_known(job, known), note))
        return _indexed(job, _with_note(_make(job, damage), note))


def _indexed(job: Job, outcome: Outcome) -> Outcome:
    """The outcome, after the index was brought up to date where the settings say so.

    The run is published by then: what goes wrong with the index is a note and no failure.
    """
    if not job.request.settings.run.index or outcome.exit_code == HELD_BACK:
        return outcome
    folder = job.request.output
    if not filesystem.is_local(folder):
        return _with_note(outcome, f"no index was made: {folder} is not on a local disk")
    try:
        update_locked(folder)
    except (OSError, sqlite3.Error) as error:
        return _with_note(outcome, f"no index was made: {error}; try `copytrail index {folder}`")
    return outcome


def _with_note(outcome: Outcome, note: str | None) -> Outcome:
    return replace(outcome, notes=(*outcome.notes, note)) if note else outcome


def _set_aside_damaged(job: Job, run_id: str) -> str | None:
    """Moves a published run away whose files are not what it says; what to tell of that."""
    path = job.output.run(run_id)
    faults = publish.file_faults(path, manifest_of(path))
    if not faults:
        return None
    hidden = publish.set_aside(job.output, run_id)
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    return (
        f"run {run_id} was damaged ({faults[0]}{more}) and is made anew; what was left of it "
        f"stands in {hidden}"
    )


def _looked_back(job: Job) -> Job:
    """The job with the days before its window, bound to what they hold."""
    window = job.request.window
    if window is None:
        return job
    filesystem.make_folder(job.history.folder)
    job.history.recover()
    before = window.before(job.request.settings.match.history_days)
    looked = job.history.look_back(before, job.extraction)
    held = [[day.day.isoformat(), day.digest] for day in looked.days]
    return replace(job, looked=looked, fingerprint=digest([job.fingerprint, held]))


def _is_filed(job: Job) -> bool:
    window = job.request.window
    return window is None or job.history.is_of(window, job.fingerprint)


def _make(job: Job, damage: str | None) -> Outcome:
    taken = publish.published_ids(job.output)
    manifest = _waiting(job, taken) or _stage(job, taken)
    others = [*([damage] if damage else []), *publish.told_damaged(job.output)]
    manifest = {**manifest, "warnings": sorted({*manifest["warnings"], *others})}
    outcome = publish_checked(job.output, job.tables, manifest, job.request.settings.checks)
    if job.request.window and outcome.exit_code != HELD_BACK:
        job.history.commit(job.fingerprint)
        outcome = replace(outcome, notes=_notes(job))
    job.work.remove(job.split_keys())
    return outcome


def _waiting(job: Job, taken: tuple[str, ...]) -> dict[str, Any] | None:
    """The manifest of this very run, whole and unpublished: checks held it, or a kill came late."""
    manifest = publish.staged_manifest(job.output, job.fingerprint)
    if (
        manifest is None
        or job.request.is_forced
        or manifest.get("changed")
        or manifest["run_id"] in taken
    ):
        return None
    return manifest


def _stage(job: Job, taken: tuple[str, ...]) -> dict[str, Any]:
    """Makes the tables; gives their manifest, without what checks say."""
    _prepare(job)
    _run_graph(job, taken)
    keys = job.work.with_revisits(job.split_keys())
    summary = total([_summary(job.work, key) for key in keys])
    publish.add_missing_parts(job.tables)
    run_id = run_id_of(asked_run_id(job.request), summary, taken)
    _stage_days(job)
    return manifest(job, summary, run_id)


def _stage_days(job: Job) -> None:
    if (window := job.request.window) is not None:
        # by place, so that the same pages are the same bytes whatever the settings
        ordered = sorted(job.splits, key=lambda split: (split.files[0].path, split.start))
        keys = job.work.with_revisits(split.key(job.binding) for split in ordered)
        articles = (job.work.staged(key) for key in keys)
        derived = filesystem.list_files(job.work.derived_folder)
        job.history.stage(window, articles, job.fingerprint, job.extraction, derived)


def _notes(job: Job) -> tuple[str, ...]:
    """Which published runs looked back on the days that this run made anew."""
    window, days = job.request.window, job.request.settings.match.history_days
    if window is None:
        return ()
    until = window.last + timedelta(days=days)
    published = publish.windows(job.output).values()
    later = sorted({other.name for other in published if window.last < other.first <= until})
    note = f"runs of {', '.join(later)} looked back on {window.name} as it was; start them again"
    return (note,) if later else ()


def _known(job: Job, run_id: str) -> Outcome:
    path = job.output.run(run_id)
    publish.point_latest_again(job.output, run_id)
    job.work.remove(job.split_keys())  # a kill between publishing and tidying up left them
    manifest = manifest_of(path)
    return Outcome(run_id, path, PUBLISHED, False, manifest, tuple(manifest["warnings"]))


def _prepare(job: Job) -> None:
    """Clears what an interrupted run left half done; its finished splits stay unless forced."""
    filesystem.delete(job.tables)
    job.work.remove(job.split_keys() if job.request.is_forced else ())
    job.work.make()
    for table in TABLES:
        filesystem.make_folder(filesystem.join(job.tables, table))


def _run_graph(job: Job, taken: tuple[str, ...]) -> None:
    request, settings = job.request, job.request.settings
    size = sum(split.size_bytes() for split in job.splits)
    size += sum(day.size_bytes for day in job.looked.days)
    workers = worker_count(settings.run.workers, size, settings.run.small_input_bytes)
    runner, options = engine(request.runner, min(workers, len(job.splits)), request.beam_options)
    known = (job.registry, job.ratings)
    place = (job.work, job.binding, job.tables)
    rounds = rounds_for(settings.run.rounds, size)
    named = (asked_run_id(request), taken)
    stages = Plan(settings, *place, *named, *known, request.window, _archives(job), rounds)
    with _shown(job):
        pipeline = beam.Pipeline(runner=runner, options=options)
        run_graph.build(pipeline, job.splits, stages)
        pipeline.run().wait_until_finish()


def _archives(job: Job) -> tuple[str, ...] | None:
    """The WACZ files; None where no file can hold revisits."""
    formats = {file.format for file in job.listing.files}
    if not formats & {"warc", "wacz"}:
        return None
    return tuple(file.path for file in job.listing.files if file.format == "wacz")


def _shown(job: Job) -> AbstractContextManager[object]:
    if job.request.progress == "none":
        return nullcontext()
    read = {split.key(job.binding): max(1, split.size_bytes()) for split in job.splits}
    parts = {str(shard): 1 for shard in range(PART_SHARDS)}
    sizes = {"extract": read, "clean": read, "match": parts, "tables": dict.fromkeys(TABLES, 1)}
    return Watcher(job.work.progress(), sizes, DISPLAYS[job.request.progress]())


def _summary(staging: Work, key: str) -> Summary:
    return summary_from_json(filesystem.read_bytes(staging.summary(key)))
