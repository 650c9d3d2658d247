"""What can be asked of the server: each address with its parameters and their bounds.

The routes, the checks of what comes in, and openapi.json are made of this one list.
"""

from dataclasses import dataclass
from typing import Literal

from pipelines.serve.request_errors import HTML, JSON

LONGEST_TEXT = 200_000
"""Characters of a text that is asked about: 30,000 words, a long report."""
LONGEST_NAME = 2_000
"""Characters of an address, an id or words."""
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that an endpoint takes."""

    name: str
    description: str
    kind: Literal["string", "integer", "day"] = "string"
    is_required: bool = False
    longest: int = LONGEST_NAME
    """Characters of a string."""
    most: int = MOST_SHOWN
    """Of an integer, which is at least 1."""
    default: int | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that answers."""

    path: str
    name: str
    """Of the answer, in pipelines/serve/answers.py."""
    summary: str
    parameters: tuple[Parameter, ...] = ()
    method: Literal["GET", "POST"] = "GET"
    """With POST the parameters are one JSON object, else they stand in the address."""
    media_type: str = JSON


RUN = Parameter("run", "id of a published run; the newest that has it, unless given")
TOP = Parameter("top", "how many are given at most", "integer", default=50)
ENDPOINTS = (
    Endpoint("/api/runs", "runs", "The published runs, the newest first"),
    Endpoint(
        "/api/match",
        "match",
        "Where a text has been: copies, excerpts, quotations and passages, the earliest first",
        (
            Parameter("text", "the text; or else `article`", longest=LONGEST_TEXT),
            Parameter("article", "article_id or address of a published article"),
            Parameter("top", "how many matches are given at most", "integer", default=200),
        ),
        method="POST",
    ),
    Endpoint(
        "/api/search",
        "search",
        "Articles by words, outlet and day, those with all words in the headline first",
        (
            Parameter("words", "words that all stand in an article", longest=500),
            Parameter("outlet", "a source_id or a host"),
            Parameter("since", "day, published or else fetched then or later (UTC)", "day"),
            Parameter("until", "day, that day or earlier (UTC)", "day"),
            TOP,
        ),
    ),
    Endpoint(
        "/api/outlets",
        "outlets",
        "Outlets of which the name, the id or a host holds some letters, over the newest runs",
        (Parameter("name", "letters; all outlets without them", longest=200), TOP),
    ),
    Endpoint(
        "/api/outlet",
        "outlet",
        "One outlet: its measures, its hosts with the evidence on them, and whom it carries",
        (Parameter("id", "source_id", is_required=True), RUN),
    ),
    Endpoint(
        "/api/outlet/history",
        "outlet_history",
        "The shares of one outlet in each run, with their Wilson 95 % intervals, oldest first",
        (Parameter("id", "source_id", is_required=True),),
    ),
    Endpoint(
        "/api/story",
        "story",
        "One cluster: its timeline, its texts by sentence, and on what its versions differ",
        (Parameter("id", "cluster_id", is_required=True), RUN),
    ),
    Endpoint(
        "/evidence",
        "evidence",
        "An evidence sheet of two articles, as `copytrail explain pair --html` writes it",
        (
            Parameter("left", "article_id or address", is_required=True),
            Parameter("right", "article_id or address of another", is_required=True),
            RUN,
        ),
        media_type=HTML,
    ),
)
