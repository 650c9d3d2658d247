"""Matching of real stories that were given the corpus's edits: what the made words cannot show.

uv run python benchmarks/matching_real.py [--seeds 6] [--set copies.near_jaccard=0.2 ...]

The stories are the expected bodies of Readability's test pages (extraction_pages.py fetches them).
The first row has the shipped settings, the second those with --set.
"""

import argparse
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from corpus_writer import Story
from extraction_pages import readability_pages
from matching_corpus import Document, Press
from matching_scores import Rules, b_cubed, match, merged_by_kind, quality, read, recall_by_kind
from matching_settings import value_of, with_setting
from peer_jobs import HOME

from dedupe.text.shingles import shingle_hashes
from dedupe.verification.similarity import overlaps

LEAST = 1200
"""Characters of a story."""
OUTLETS, ROUNDUPS = 40, 25
COLUMNS = "precision | recall | F1 | F1 over texts | heavy found | round-ups merged"


def stories() -> list[Story]:
    """Real stories that share no text with each other."""
    texts = [page.text for page in readability_pages(HOME / "readability-pages")]
    long_stories = [
        story for story in map(_story, texts) if story.size() >= LEAST and len(story.paragraphs) > 3
    ]
    shingles = shingle_hashes([story.text() for story in long_stories], 5)
    pairs = np.stack(np.triu_indices(len(long_stories), 1), axis=1)
    alike = pairs[overlaps(shingles, pairs).containment() > 0.05]
    return [
        story for place, story in enumerate(long_stories) if place not in set(alike[:, 1].tolist())
    ]


def _story(text: str) -> Story:
    lines = [" ".join(part.split()) for part in text.split("\n")]
    paragraphs = [line for line in lines if len(line) > 60]
    sentences = tuple(
        tuple(re.split(r"(?<=[.!?]) (?=[A-Z])", paragraph)) for paragraph in paragraphs
    )
    facts = tuple(sorted(set(re.findall(r"(?<=[a-z] )[A-Z]\w+|\d+", text)))) or ("1",)
    return Story(lines[0][:80], sentences, facts)


def made(real_stories: Sequence[Story], seed: int) -> list[Document]:
    """The stories with copies of all kinds, and round-ups of them."""
    press = Press("latin", seed, range(OUTLETS), 0)
    words = Counter(
        word
        for story in real_stories
        for word in story.text().split()
        if word.islower() and word.isalpha()
    )
    press.writer.words = list(words)
    press.writer.weights = list(itertools.accumulate(map(float, words.values())))
    press.stories = {f"c{place}": story for place, story in enumerate(real_stories)}
    for cluster, story in list(press.stories.items()):
        press.spread(story, cluster, "original")
    press.roundups(ROUNDUPS)
    return press.documents


def rows(corpora: Sequence[Sequence[Document]], changes: Sequence[str]) -> Iterator[str]:
    """The table, a line at a time."""
    yield f"| settings | {COLUMNS} |\n|---|---|---|---|---|---|---|"
    changed = Rules()
    for change in changes:
        name, _, value = change.partition("=")
        kind = type(value_of(changed, name))
        changed = with_setting(changed, name, kind(float(value)))
    variants = {"as shipped": Rules(), ", ".join(changes): changed}
    for name, rules in itertools.islice(variants.items(), 2 if changes else 1):
        figures = [_figures(documents, rules) for documents in corpora]
        yield f"| {name} | {' | '.join(f'{change:.4f}' for change in np.mean(figures, axis=0))} |"


def _figures(documents: Sequence[Document], rules: Rules) -> list[float]:
    matched = match(read(documents, rules), rules)
    recalls, merged = recall_by_kind(matched), merged_by_kind(matched)
    return [
        *quality(matched),
        b_cubed(matched.truth(), matched.labels),
        recalls["heavy"],
        merged["roundup"],
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument(
        "--set", action="append", default=[], help="a setting to change, as NAME=VALUE"
    )
    options = parser.parse_args()
    real_stories = stories()
    print(f"{len(real_stories)} real stories\n")
    for row in rows([made(real_stories, seed) for seed in range(options.seeds)], options.set):
        print(row, flush=True)


if __name__ == "__main__":
    main()
