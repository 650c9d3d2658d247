"""Answers and hits as JSON, for other programs: of the command line and of `copytrail serve`."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pipelines.index.answer import Answer
from pipelines.index.search import Hits


def answer_content(answer: Answer) -> dict[str, Any]:
    """The answer; texts of articles are left out, their passages are there."""
    return {
        "title": answer.question.title,
        "article_id": answer.question.article_id,
        "searched_runs": answer.searched_runs,
        "notes": list(answer.notes),
        "matches": [_flat(asdict(match)) for match in answer.matches],
    }


def hits_content(hits: Hits) -> dict[str, Any]:
    """The hits, without the texts."""
    return {
        "count": hits.count,
        "is_cut": hits.is_cut,
        "notes": list(hits.notes),
        "hits": [_flat(asdict(hit)) for hit in hits.hits],
    }


def as_json(content: Mapping[str, Any], indent: int | None = 1) -> str:
    """One JSON object in ASCII: no control or bidirectional character reaches a terminal."""
    return json.dumps(content, default=_written, indent=indent, allow_nan=False)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    article = {name: value for name, value in row["article"].items() if name != "text"}
    return article | {name: value for name, value in row.items() if name != "article"}


def _written(value: Any) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"{type(value).__name__} is no value of an answer")
    return value.isoformat()
