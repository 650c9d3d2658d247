"""The answers to what can be asked, each made of the published runs as they are at the time."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from pipelines.errors import DamagedError, UsageError
from pipelines.explain.evidence_sheet import evidence_sheet
from pipelines.index.against import opened_runs
from pipelines.index.answer import answer_question
from pipelines.index.build import index_folder
from pipelines.index.json_forms import answer_content, as_json, hits_content
from pipelines.index.question import Question, published_question
from pipelines.index.search import search_runs, wanted_articles
from pipelines.output.publish import Output
from pipelines.output.read_run import read
from pipelines.report.limits import ReportLimits
from pipelines.report.outlets import outlet as outlet_content
from pipelines.report.packing import as_json as shown_json
from pipelines.report.stories import story as story_content
from pipelines.serve.outlet_history import newest_manifests, outlet_history
from pipelines.serve.request_errors import HTML, JSON, Reply, RequestError

LISTED_RUNS = 1_000
NAMED_RUNS = 60
"""The newest runs in which outlets are looked for by name."""
HOSTS = 6
"""Of an outlet in a list."""
SHOWN = ("outlet", "story")
"""Answers that panels of report.html show: times are in seconds there."""
Values = dict[str, Any]


def reply(folder: str, name: str, values: Values) -> Reply:
    """The answer to a question that was checked; an error of the question is one too.

    Raises:
        RequestError: there is none.
    """
    try:
        if name == "evidence":
            return Reply(200, HTML, _evidence(folder, values))
        content = ANSWERS[name](folder, values)
    except DamagedError as error:
        raise RequestError(500, "damaged", str(error)) from error
    except UsageError as error:
        raise RequestError(422, "no-answer", str(error)) from error
    body = shown_json(content) if name in SHOWN else as_json(content, indent=None).encode()
    return Reply(200, JSON, body)


def _runs(folder: str, _: Values) -> Values:
    manifests = newest_manifests(folder, LISTED_RUNS)
    return {
        "runs": [
            {
                "run": manifest["run_id"],
                "days": (manifest.get("window") or {}).get("days"),
                "articles": manifest["tables"]["articles"]["rows"],
                "outlets": manifest["tables"]["sources"]["rows"],
                "stories": manifest["tables"]["clusters"]["rows"],
                "is_indexed": (index_folder(folder) / f"run={manifest['run_id']}").is_dir(),
            }
            for manifest in manifests
        ]
    }


def _match(folder: str, values: Values) -> Values:
    text, article = values["text"], values["article"]
    if (text is None) == (article is None):
        raise RequestError(400, "bad-request", "give either `text` or `article`")
    with opened_runs(folder) as against:
        question = (
            Question(None, text) if text is not None else published_question(article, against.runs)
        )
        if question is None:
            raise RequestError(
                404, "no-article", f"no published article is called {article[:200]!a}"
            )
        answer = answer_question(question, against.runs, against.notes)
    content = answer_content(answer)
    return content | {"count": len(answer.matches), "matches": content["matches"][: values["top"]]}


def _search(folder: str, values: Values) -> Values:
    days = [day.isoformat() if day else "" for day in (values["since"], values["until"])]
    wanted = wanted_articles(values["outlet"] or "", *days)
    with opened_runs(folder) as against:
        indexes = against.indexes()
        hits = search_runs(values["words"] or "", indexes, values["top"], against.notes, wanted)
    return hits_content(hits)


def _outlets(folder: str, values: Values) -> Values:
    letters = (values["name"] or "").strip().casefold()
    manifests = newest_manifests(folder, NAMED_RUNS + 1)
    outlets: dict[str, Values] = {}
    for manifest in manifests[:NAMED_RUNS]:
        path = Output(folder).run(manifest["run_id"])
        for source_id, name, hosts, articles in _named(path, manifest["fingerprint"]):
            if not any(letters in part.casefold() for part in (source_id, name or "", *hosts)):
                continue
            known = outlets.setdefault(
                source_id,
                {
                    "id": source_id,
                    "name": name,
                    "hosts": list(hosts[:HOSTS]),
                    "n_hosts": len(hosts),
                    "run": manifest["run_id"],
                    "articles": articles,
                    "runs": 0,
                },
            )
            known["runs"] += 1
    ordered = sorted(outlets.values(), key=lambda row: (-row["articles"], row["id"]))
    return {
        "count": len(ordered),
        "outlets": ordered[: values["top"]],
        "is_cut": len(manifests) > NAMED_RUNS,
    }


@lru_cache(maxsize=NAMED_RUNS)
def _named(path: str, _: str) -> tuple[tuple[str, str | None, tuple[str, ...], int], ...]:
    """Id, name, hosts and number of articles of a run's outlets; a published run never changes."""
    table = read(path, "sources", ["source_id", "source_name", "hosts", "n_articles"])
    return tuple(
        (row["source_id"], row["source_name"], tuple(row["hosts"]), row["n_articles"])
        for row in table.to_pylist()
    )


def _outlet(folder: str, values: Values) -> Values:
    for manifest, path in _asked_runs(folder, values["run"]):
        min_n = manifest["settings"]["sources"]["min_n"]
        content = outlet_content(path, values["id"], ReportLimits(), min_n)
        if content is not None:
            return content | {"run": manifest["run_id"], "min_n": min_n}
    raise RequestError(404, "no-outlet", f"no run has an outlet {values['id'][:200]!a}")


def _outlet_history(folder: str, values: Values) -> Values:
    history = outlet_history(folder, values["id"])
    if history is None:
        raise RequestError(404, "no-outlet", f"no run has an outlet {values['id'][:200]!a}")
    return history


def _story(folder: str, values: Values) -> Values:
    for manifest, path in _asked_runs(folder, values["run"]):
        content = story_content(path, values["id"], ReportLimits())
        if content is not None:
            line, detail = content
            return {"run": manifest["run_id"], "story": line, "detail": detail}
    raise RequestError(404, "no-story", f"no run has a story {values['id'][:200]!a}")


def _evidence(folder: str, values: Values) -> bytes:
    """The sheet of the newest run that has both."""
    missing: UsageError | None = None
    for _, path in _asked_runs(folder, values["run"]):
        try:
            return evidence_sheet(path, values["left"], values["right"])
        except UsageError as error:
            missing = missing or error
    raise missing or UsageError(f"{folder} holds no published run")


def _asked_runs(folder: str, run_id: str | None) -> Iterator[tuple[Values, str]]:
    """The run of this id, or all of them, the newest first; their manifests and paths.

    Raises:
        RequestError: there is no such run.
    """
    manifests = newest_manifests(folder, LISTED_RUNS)
    chosen = [manifest for manifest in manifests if run_id in (None, "", manifest["run_id"])]
    if not chosen:
        raise RequestError(404, "no-run", f"there is no run {str(run_id)[:200]!a}")
    for manifest in chosen:
        yield manifest, Output(folder).run(manifest["run_id"])


ANSWERS: dict[str, Callable[[str, Values], Values]] = {
    "runs": _runs,
    "match": _match,
    "search": _search,
    "outlets": _outlets,
    "outlet": _outlet,
    "outlet_history": _outlet_history,
    "story": _story,
}
