"""The index of one published run, open for reading."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from dedupe.candidates.winnowing import WINDOW, fingerprints
from dedupe.text.shingles import placed_shingles
from dedupe.text.words import read_words
from pipelines.config.settings import settings_of_run
from pipelines.errors import DamagedError
from pipelines.index.part import ANY, IndexedArticle, IndexPart, Wanted, word_tokens
from pipelines.output.read_run import manifest_of

VERSION = 2
"""Of the files; an index of another version is made anew."""
PAIRS = "pairs.npy"
"""Published pairs of the run as article numbers, each in both directions, ascending."""
CANDIDATES = 2_000
"""Articles of a run that are compared: those that share most."""
AT_ONCE = 500


class RunIndex:
    """The articles of a run that share words or passages with a text.

    Args:
        folder: of the run in the index.
        run: path of the published run.

    Raises:
        DamagedError: its files are not what its index.json says.
    """

    def __init__(self, folder: Path, run: str) -> None:
        self.run = run
        self.most: int | None = CANDIDATES
        self.run_id = folder.name.removeprefix("run=")
        self.settings = settings_of_run(manifest_of(run)["settings"])
        self._folder = folder
        self._parts: list[IndexPart] = []
        self._firsts: list[int] = []
        with self._undamaged():
            content = contents(folder)
            if content is None or not _has_sizes(folder, content):
                raise ValueError("files are missing or have another size")
            first = 0
            for described in content["parts"]:
                self._parts.append(IndexPart(folder / described["name"]))
                self._firsts.append(first)
                first += described["articles"]
            self._pairs = np.load(folder / PAIRS, mmap_mode="r")

    def close(self) -> None:
        """Gives its files back."""
        for part in self._parts:
            part.close()

    def candidates(self, text: str) -> Iterator[list[IndexedArticle]]:
        """Yields the articles that may share a passage with a text, those that share most first.

        Every article is among them that has a run of WINDOW shingles of the text, or where the
        text is shorter all of its words; but of a run's articles CANDIDATES at most.
        """
        with self._undamaged():
            numbers = self._sharing(text)[:CANDIDATES]
        for start in range(0, len(numbers), AT_ONCE):
            yield self._articles(numbers[start : start + AT_ONCE])

    def _sharing(self, text: str) -> list[int]:
        words = read_words([text]).hashes
        placed = placed_shingles(words, self.settings.match.shingle_words)
        if len(placed.values) < WINDOW:
            tokens = word_tokens(words.values)
            by_part = [part.holding(tokens, "text", CANDIDATES) for part in self._parts]
            return [number for numbers in by_part for number in numbers]
        prints = fingerprints(placed).values
        sharing = [part.sharing(prints) for part in self._parts]
        numbers = np.concatenate([numbers for numbers, _ in sharing])
        counts = np.concatenate([counts for _, counts in sharing])
        return [int(number) for number in numbers[np.lexsort((numbers, -counts))]]

    def holding(
        self, words: str, column: str | None, most: int, wanted: Wanted = ANY
    ) -> list[IndexedArticle]:
        """The articles that hold all words of a question, at most `most`.

        Args:
            words: as a person writes them.
            column: title or text; None: either.
            most: articles.
            wanted: what they are like besides.
        """
        tokens = word_tokens(read_words([words]).hashes.values)
        with self._undamaged():
            numbers = [
                number
                for part in self._parts
                for number in part.holding(tokens, column, most, wanted)
            ]
        return self._articles(numbers[:most])

    def newest(self, wanted: Wanted, most: int) -> list[IndexedArticle]:
        """The articles that are as wanted: the newest of each part, at most `most` of it."""
        with self._undamaged():
            numbers = [number for part in self._parts for number in part.newest(wanted, most)]
        return self._articles(numbers)

    def partners(self, articles: Sequence[IndexedArticle], most: int) -> list[IndexedArticle]:
        """Other articles that the run found to share text with one of these, at most `most`."""
        names = {article.article_id for article in articles}
        with self._undamaged():
            numbers = sorted(
                {
                    int(other)
                    for name in sorted(names)
                    for number in self._numbers(name)
                    for other in self._others(number)
                }
            )
        partners = self._articles(numbers)
        return [article for article in partners if article.article_id not in names][:most]

    def _numbers(self, article_id: str) -> list[int]:
        return [number for part in self._parts for number in part.numbers(article_id)]

    def _others(self, number: int) -> list[int]:
        lefts = self._pairs[:, 0]
        first, last = np.searchsorted(lefts, [number, number + 1])
        return [int(other) for other in self._pairs[first:last, 1]]

    def named(self, column: str, value: str) -> list[IndexedArticle]:
        """The articles whose article_id or canonical_url is this value, by id."""
        with self._undamaged():
            return [article for part in self._parts for article in part.named(column, value)]

    def _articles(self, numbers: Sequence[int]) -> list[IndexedArticle]:
        with self._undamaged():
            places = np.searchsorted(self._firsts, numbers, "right") - 1
            return [
                article
                for number, place in zip(numbers, places.tolist(), strict=True)
                for article in self._parts[place].articles([number])
            ]

    @contextmanager
    def _undamaged(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError, ValueError, EOFError, KeyError) as error:
            raise DamagedError(
                f"the index in {self._folder} is damaged ({error}); "
                f"`copytrail index {self._folder.parent.parent}` makes it anew"
            ) from error


def contents(folder: Path) -> dict[str, Any] | None:
    """What index.json in the folder of a run says; None where it is missing or damaged."""
    try:
        content = json.loads((folder / "index.json").read_bytes())
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and content.get("version") == VERSION else None


def _has_sizes(folder: Path, content: dict[str, Any]) -> bool:
    return all(
        (folder / file["name"]).is_file()
        and (folder / file["name"]).stat().st_size == file["bytes"]
        for file in content["files"]
    )
