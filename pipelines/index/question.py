"""What somebody asks about: a text from a file, from standard input, or of a published article."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.config.settings import Settings
from pipelines.errors import UsageError
from pipelines.index.against import Searched
from pipelines.stages.extract.inputs import Split, find_files
from pipelines.stages.extract.read_split import article_from, read_split
from schemas.article import Article
from schemas.page import Rejected
from sources.urls import canonical_url

STANDARD_INPUT = "-"
LONGEST = 4_000_000
"""Bytes read from standard input: a book."""


@dataclass(frozen=True, slots=True)
class Question:
    """A text, and where it stands if it was published."""

    title: str | None
    text: str
    article_id: str | None = None
    """Of the published article that is asked about; it does not answer itself."""
    address: str | None = None


def question_of(name: str, runs: Sequence[Searched]) -> Question:
    """The question that `name` stands for.

    Args:
        name: a file, `-` for standard input, or the address or id of a published article.
        runs: where published articles are looked for, the newest first; at least one.

    Raises:
        UsageError: there is no such file and no such article, or no article can be read out of it.
    """
    if name == STANDARD_INPUT:
        return _of_bytes(sys.stdin.buffer.read(LONGEST + 1), runs[0].settings)
    if Path(name).is_file():
        return _of_file(name, name, runs[0].settings)
    published = published_question(name, runs)
    if published is None:
        raise UsageError(
            f"{name} is neither a file nor an address or id of a published article; "
            "give one of these, or - for standard input"
        )
    return published


def published_question(name: str, runs: Sequence[Searched]) -> Question | None:
    """The question for the published article with this address or id; None where none has it."""
    for run in runs:
        address = canonical_url(name, run.settings.addresses)
        column, value = ("canonical_url", address) if address else ("article_id", name)
        for article in run.named(column, value):
            return Question(article.title, article.text, article.article_id, article.url)
    return None


def _of_bytes(content: bytes, settings: Settings) -> Question:
    if len(content) > LONGEST:
        raise UsageError(f"standard input holds over {LONGEST:,} bytes; ask about one text")
    suffix = ".html" if content.lstrip()[:1] == b"<" else ".txt"
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(content)
        file.flush()
        return _of_file(file.name, "standard input", settings)


def _of_file(path: str, name: str, settings: Settings) -> Question:
    # a sentence is no article, and may be asked about
    limits = replace(settings.extract, min_words=1)
    files = find_files([path], settings.input.format).files
    for record in read_split(Split((files[0],)), settings) if files else ():
        article = article_from(record, limits, settings.addresses)
        if isinstance(article, Article):
            return Question(article.title, article.text)
        if isinstance(article, Rejected):
            raise UsageError(f"{name} holds no article: {article.message} ({article.reason})")
    raise UsageError(f"{name} holds no article; give an HTML page or a text file")
