"""An evidence sheet: what a run knows of two articles, on one page to file or to send.

The page holds all that it shows, fetches nothing, runs no script, and is the same bytes for the
same run: there is no clock in it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from dedupe.verification.side_by_side import Line
from pipelines.config.settings import settings_of_run
from pipelines.explain.pair import Explained, explain_pair
from pipelines.output.read_run import find_run, manifest_of, read_rows
from pipelines.report.page import inlined, policy, template
from pipelines.storage import filesystem
from schemas.tables import CLUSTER_TIMELINE

ASSETS = Path(__file__).parent / "assets"
LONGEST = 4_000
"""Characters of one passage: the ends of a longer one are shown."""
MOST_ROWS = 400
"""Lines of the comparison."""
_ARTICLE = [
    *("article_id", "authors", "published_zone", "date_source", "modified_at", "fetched_at"),
    *("captured_by", "language", "word_count", "dateline", "wire_credits", "outlet_credits"),
    *("photo_credits", "snippets", "flags", "input", "position", "payload_digest", "declared_url"),
]
_CREDITS = {
    "dateline": "Place that the story begins with",
    "wire_credits": "Agencies that the text is credited to",
    "outlet_credits": "Other outlets that the text is credited to",
    "photo_credits": "Credits of pictures, which are none of the text",
}
_OF_CREDITS = ("wire_credit", "outlet_credit", "dateline")
_CLAIMS = {
    "moment": "with a time of day and a zone",
    "no-zone": "without a time zone: it may be hours off",
    "day": "a day without a time",
    "weak": "doubtful, and it decides nothing",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two articles."""

    name: str
    """A or B."""
    article: Mapping[str, Any]
    timeline: Mapping[str, Any] | None
    """Its row of cluster_timeline; None where it is in no cluster."""
    claim: str
    """What kind of time the page claims, in words."""
    credits: Sequence[tuple[str, Sequence[str]]]
    """What was searched for, and what of it stands there."""
    passages: Sequence[str]
    """That credits were read from."""
    stored: str
    """Where the bytes of the page are."""


def evidence_sheet(folder: str, left: str, right: str) -> bytes:
    """The sheet of two articles of the run in `folder`, as HTML.

    Args:
        folder: a run, or an output folder for its latest.
        left: an article_id, an address, or words of the headline.
        right: another.

    Raises:
        UsageError: there is no run, or no such article in it, or both names are one article's.
    """
    path = find_run(folder)
    manifest = manifest_of(path)
    explained = explain_pair(path, left, right)
    sides = [
        _side(path, name, row, manifest)
        for name, row in (("A", explained.left), ("B", explained.right))
    ]
    style = (ASSETS / "evidence.css").read_text("utf-8")
    page = template(ASSETS / "evidence.html.j2").render(
        policy=policy([], [style]),
        style=inlined(style),
        run_id=manifest["run_id"],
        versions=manifest["versions"],
        digest=_digest(path),
        sides=sides,
        explained=explained,
        words=settings_of_run(manifest["settings"]).match.shingle_words,
        rows=[(_shown(a), _shown(b)) for a, b in explained.rows[:MOST_ROWS]],
        left_out=max(0, len(explained.rows) - MOST_ROWS),
        caveats=_caveats(explained, sides),
        moment=_moment,
    )
    return page.encode("utf-8", "replace")


def _digest(path: str) -> str:
    return hashlib.sha256(filesystem.read_bytes(filesystem.join(path, "run.json"))).hexdigest()


def _side(path: str, name: str, row: Mapping[str, Any], manifest: Mapping[str, Any]) -> Side:
    wanted = pc.field("article_id") == row["article_id"]
    # a run of an earlier version has fewer columns
    article = dict.fromkeys(_ARTICLE) | dict(row) | read_rows(path, "articles", wanted, _ARTICLE)[0]
    cluster = (pc.field("cluster_id") == row["cluster_id"]) & wanted
    rows = read_rows(path, "cluster_timeline", cluster) if row["cluster_id"] else []
    timeline = dict.fromkeys(CLUSTER_TIMELINE.names) | rows[0] if rows else None
    snippets = [
        snippet["snippet"]
        for snippet in article["snippets"] or ()
        if snippet["kind"] in _OF_CREDITS
    ]
    return Side(
        name,
        article,
        timeline,
        _CLAIMS.get((timeline or {}).get("claim_kind") or "", ""),
        [(label, _listed(article[column])) for column, label in _CREDITS.items()],
        list(dict.fromkeys(snippets)),
        _stored(article, manifest),
    )


def _listed(value: Any) -> list[str]:
    return [str(value)] if isinstance(value, str) else list(value or ())


def _stored(article: Mapping[str, Any], manifest: Mapping[str, Any]) -> str:
    """Where the article was read from, as far as the run knows."""
    if not article["input"]:
        return "not known to this run"
    formats = {file["path"]: file["format"] for file in manifest["inputs"]}
    kind = formats.get(article["input"])
    if article["position"] is None:
        return f"{article['input']}; the place in it is not known"
    place = "byte offset" if kind in ("warc", "wacz") else "row or line"
    unknown = "" if kind else " (the file is none of this run's inputs: an earlier run read it)"
    return f"{article['input']}, {place} {article['position']}{unknown}"


def _caveats(explained: Explained, sides: Sequence[Side]) -> list[str]:
    """What this sheet may not be taken to say."""
    caveats = [
        "The earliest copy in a crawl is not the original: a page that was not crawled does not "
        "exist for it.",
        "Licences and agreements cannot be seen in a page: that one text stands in two places "
        "says nothing of whether it may.",
        "A claimed time is what a page says of itself; a fetch is what the crawl saw.",
        "A credit that was not found may stand where it was not looked for, in a picture, say.",
    ]
    if explained.published is None:
        caveats.append("The run published no relation of these two; figures are of their texts.")
    if any(side.article["published_at"] is None for side in sides):
        caveats.append("At least one page gives no date that can be: their order rests on fetches.")
    if any(side.timeline and not side.timeline["is_witnessed"] for side in sides):
        caveats.append(
            "At least one claimed time was not witnessed: the crawl did not see the page soon "
            "after it, and alone it decides nothing against a page that was seen before."
        )
    if any(side.article["flags"] for side in sides):
        caveats.append("Flags of a page say what is odd about it; docs/concepts.md explains each.")
    return caveats


def _shown(line: Line) -> list[tuple[bool, str]]:
    return [(passage.is_shared, _ends(passage.text)) for passage in line]


def _ends(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST // 2]} […] {text[-LONGEST // 2 :]}"


def _moment(time: datetime | None) -> str:
    return "unknown" if time is None else f"{time:%Y-%m-%d %H:%M:%S} UTC"
